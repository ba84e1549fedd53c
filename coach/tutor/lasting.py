"""How long a step that is to go on for some time has gone on: by the readings, and since then by the hands' motion."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import dist

from coach.domain import Hand, Span
from coach.parameters.hand_motion import CIRCLED, CIRCLED_WITHIN_S, ONE_MOTION_GAP_S
from coach.parameters.live_repetitions import LONGEST_PASS_S
from coach.protocol import DurationRule, Segment
from coach.score.duration import lasting_s, stretches
from coach.tutor.state import At, Seeing, TimeState


@dataclass(slots=True)
class Lasting:
    """The time of one step. Between the end of the last pass that a reading knows and now the moving hands tell it."""

    rule: DurationRule
    longest_s: float = LONGEST_PASS_S
    took_s: float = 0.0  # as it is known now
    shown_s: float = 0.0  # never less than before
    moved_s: float | None = None  # when a hand moved last
    _known: tuple[Span, ...] = ()
    _moving: list[Span] = field(default_factory=list)
    _places: deque[tuple[float, dict[Hand, At]]] = field(default_factory=deque)

    @classmethod
    def of(cls, segment: Segment) -> Lasting | None:
        """That of a step; None where the protocol asks for no time."""
        if segment.duration is None:
            return None
        return cls(segment.duration, segment.tempo.longest_s if segment.tempo is not None else LONGEST_PASS_S)

    @property
    def enough(self) -> bool:
        return self.shown_s >= self.rule.target_s[0]

    @property
    def full(self) -> bool:
        return self.shown_s >= self.rule.target_s[1]

    def rests(self, now_s: float) -> bool:
        """Whether the hands have been still for longer than is part of the step."""
        return self.moved_s is not None and now_s - self.moved_s > self.rule.bridge_s

    @property
    def state(self) -> TimeState:
        """What a page shows of it."""
        now_s = self._places[-1][0] if self._places else 0.0
        return TimeState(round(self.shown_s, 1), *self.rule.target_s, rests=self.rests(now_s))

    def see(self, seeing: Seeing) -> None:
        """Takes one frame."""
        now_s = seeing.now_s
        while self._places and now_s - self._places[0][0] > CIRCLED_WITHIN_S:
            self._places.popleft()
        before = [(hand, at) for _, hands in self._places for hand, at in hands.items()]
        self._places.append((now_s, dict(seeing.hands)))
        if any(hand in seeing.hands and dist(at, seeing.hands[hand]) > CIRCLED for hand, at in before):
            self._moves(now_s)
        self._reckon()

    def take(self, repetitions: Iterable[Span]) -> None:
        """Takes what a reading knows of the step; what is older than all of that stays as it was known."""
        new = tuple(repetitions)
        if new:
            first_s = min(span.start_s for span in new)
            self._known = stretches((*(s for s in self._known if s.end_s <= first_s), *new), 0.0)
        self._reckon()

    def _moves(self, now_s: float) -> None:
        self.moved_s = now_s
        if self._moving and now_s - self._moving[-1].end_s <= ONE_MOTION_GAP_S:
            self._moving[-1] = Span(self._moving[-1].start_s, now_s)
        else:
            self._moving.append(Span(now_s, now_s))

    def _reckon(self) -> None:
        """A pass that no reading has come to know by its longest time was none."""
        ends_s = max((span.end_s for span in self._known), default=None)
        since = [s for s in self._moving if ends_s is None or s.end_s > ends_s]
        self._moving = since or self._moving[-1:]
        from_s = ends_s if ends_s is not None else min((s.start_s for s in since), default=0.0)
        until_s = from_s + self.longest_s
        now = [Span(max(s.start_s, from_s), min(s.end_s, until_s)) for s in since if s.start_s < until_s]
        self.took_s = lasting_s(stretches((*self._known, *now), self.rule.bridge_s))
        self.shown_s = max(self.shown_s, self.took_s)
