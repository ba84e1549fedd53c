"""What is said aloud: one clip at a time, the most useful first, and nothing when its moment has passed."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Literal, TypeAlias

from coach.parameters.hints import CLIPS_KEPT
from coach.parameters.speech import (
    COUNT_CLIP_S,
    COUNT_CLIP_WAITS_S,
    HINT_CLIP_S,
    HINT_CLIP_WAITS_S,
    HOW_CLIP_S,
    HOW_CLIP_WAITS_S,
    NEXT_CLIP_S,
    NEXT_CLIP_WAITS_S,
    PHASE_CLIP_S,
    PHASE_CLIP_WAITS_S,
    STEP_CLIP_S,
    STEP_CLIP_WAITS_S,
    UNSEEN_CLIP_S,
    UNSEEN_CLIP_WAITS_S,
)
from coach.tutor.clip_lengths import CLIPS_S
from coach.tutor.state import Said

Sort: TypeAlias = Literal["phase", "unseen", "hint", "step", "count", "next", "how"]

# How long a clip that is not listed takes to say, such as a step of a trainer's own protocol, and how long one may wait
# for its turn, s. A count that comes late is a wrong count.
LASTS_S: dict[Sort, float] = {
    "phase": PHASE_CLIP_S,
    "unseen": UNSEEN_CLIP_S,
    "hint": HINT_CLIP_S,
    "step": STEP_CLIP_S,
    "count": COUNT_CLIP_S,
    "next": NEXT_CLIP_S,
    "how": HOW_CLIP_S,
}
WAITS_S: dict[Sort, float] = {
    "phase": PHASE_CLIP_WAITS_S,
    "unseen": UNSEEN_CLIP_WAITS_S,
    "hint": HINT_CLIP_WAITS_S,
    "step": STEP_CLIP_WAITS_S,
    "count": COUNT_CLIP_WAITS_S,
    "next": NEXT_CLIP_WAITS_S,
    "how": HOW_CLIP_WAITS_S,
}
FIRST: tuple[Sort, ...] = ("phase", "unseen", "hint", "next", "count", "step", "how")
# These cut short how a step goes, which takes longer than they may wait: who counts already does it.
CUTS: tuple[Sort, ...] = ("unseen", "hint", "next", "count")


@dataclass(slots=True)
class _Waiting:
    clip: str
    sort: Sort
    since_s: float


@dataclass(slots=True)
class Speech:
    """The queue of one session."""

    said: tuple[Said, ...] = ()
    _number: int = 0
    _busy_until_s: float = -1e9
    _saying: Sort = "phase"
    _waiting: list[_Waiting] = field(default_factory=list)

    def say(self, clip: str, sort: Sort, now_s: float) -> None:
        """Asks for a clip. It takes the place of one of the same sort that still waits."""
        self.forget(sort)
        self._waiting.append(_Waiting(clip, sort, now_s))

    def forget(self, sort: Sort) -> None:
        """What waits of this sort is no longer true."""
        self._waiting = [w for w in self._waiting if w.sort != sort]

    def drop(self, sort: Sort) -> None:
        """The same, and what is being said of it is cut short, as on the page."""
        self.forget(sort)
        if self._saying == sort:
            self._busy_until_s = -inf

    def tick(self, now_s: float) -> None:
        """Says the next clip if the last one has been said; what cuts the last one short does so on the page too."""
        self._waiting = [w for w in self._waiting if now_s - w.since_s <= WAITS_S[w.sort]]
        if not self._waiting:
            return
        first = min(self._waiting, key=lambda w: FIRST.index(w.sort))
        cuts = first.sort == "phase" or (self._saying == "how" and first.sort in CUTS)
        cuts |= first.sort == "next" and self._saying in ("step", "next", "hint")  # of a step that is over already
        if now_s < self._busy_until_s and not cuts:
            return
        self._waiting.remove(first)
        self._number += 1
        self._busy_until_s, self._saying = now_s + lasts_s(first.clip, first.sort), first.sort
        self.said = (*self.said[-(CLIPS_KEPT - 1) :], Said(self._number, first.clip))


def lasts_s(clip: str, sort: Sort) -> float:
    """How long a clip, or several that are joined by "+", takes to say."""
    pieces = clip.split("+")
    return sum(CLIPS_S.get(piece, LASTS_S[sort] / len(pieces)) for piece in pieces)
