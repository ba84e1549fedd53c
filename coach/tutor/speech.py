"""What is said aloud: one clip at a time, the most useful first, and nothing when its moment has passed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from coach.tutor.state import Said

Sort: TypeAlias = Literal["phase", "hint", "praise", "step", "count"]

# How long a clip takes to say and how long it may wait for its turn, s. A count that comes late is a wrong count.
LASTS_S: dict[Sort, float] = {"phase": 1.6, "hint": 2.2, "praise": 0.8, "step": 1.8, "count": 0.6}
WAITS_S: dict[Sort, float] = {"phase": 4.0, "hint": 2.5, "praise": 1.5, "step": 5.0, "count": 0.7}
FIRST: tuple[Sort, ...] = ("phase", "hint", "count", "praise", "step")
SHOWN = 4  # clips that stay in the state, for a page that missed a message


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
    _waiting: list[_Waiting] = field(default_factory=list)

    def say(self, clip: str, sort: Sort, now_s: float) -> None:
        """Asks for a clip. A new count or step takes the place of one that still waits."""
        self._waiting = [w for w in self._waiting if w.sort != sort or sort == "phase"]
        self._waiting.append(_Waiting(clip, sort, now_s))

    def forget(self, sort: Sort) -> None:
        """What waits of this sort is no longer true."""
        self._waiting = [w for w in self._waiting if w.sort != sort]

    def tick(self, now_s: float) -> None:
        """Says the next clip if the last one has been said."""
        self._waiting = [w for w in self._waiting if now_s - w.since_s <= WAITS_S[w.sort]]
        if not self._waiting or now_s < self._busy_until_s:
            return
        first = min(self._waiting, key=lambda w: FIRST.index(w.sort))
        self._waiting.remove(first)
        self._number += 1
        self._busy_until_s = now_s + LASTS_S[first.sort]
        self.said = (*self.said[-(SHOWN - 1) :], Said(self._number, first.clip))
