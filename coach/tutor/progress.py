"""How far a step is: its repetitions so far, and whether the trainee has gone on to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

from coach.domain import HANDS, Hand, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.live_repetitions import EXPLAINED_SHARE, FIRST_REPETITIONS_FIT
from coach.protocol import Protocol, Segment
from coach.tutor.other_step import next_begun, other_step, rightly, unconfirmed_other
from coach.tutor.repetitions import (
    candidates,
    chain,
    ended_s,
    explained_s,
    likely,
    matched,
    not_before,
    took_s,
    until_twin,
)
from coach.tutor.window import Step, WindowReading


@dataclass(frozen=True, slots=True)
class Progress:
    """A step's repetitions so far."""

    match: SegmentMatch | None
    other: SegmentMatch | None  # another segment, done since
    next: bool = False  # the one that follows has begun
    beside: tuple[Repetition, ...] = ()  # of one hand, while the other did what counts

    @property
    def whole(self) -> tuple[Repetition, ...]:
        return self.match.whole if self.match is not None else ()

    def count(self, segment: Segment) -> int:
        """Where each side has its own count, the smaller one."""
        if segment.count is not None and segment.count.per == "side":
            return min(self.sides().values())
        return len(self.whole)

    def sides(self) -> dict[Hand, int]:
        return {hand: sum(r.hand in (hand, "both") for r in self.whole) for hand in HANDS}

    def last_s(self) -> float | None:
        """When the last repetition ended."""
        ends = [ended_s(r) for r in self.match.repetitions] if self.match is not None else []
        return max(ends, default=None)

    def apart(self) -> Progress:
        """Without the repetitions that were the other segment's."""
        own, other = self.match, self.other
        if own is None or other is None:
            return self
        done = tuple(r for r in own.repetitions if explained_s(other, r.span) < EXPLAINED_SHARE * r.span.duration_s)
        return replace(self, match=replace(own, repetitions=done) if done else None)

    def usual_s(self) -> float | None:
        """How long a repetition takes, from one start to the next."""
        return median(took_s(r) for r in self.whole) if self.whole else None


def progress(reading: WindowReading, step: Step, protocol: Protocol, pauses: Iterable[Span] = ()) -> Progress:
    """:param pauses: what was done meanwhile does not count"""
    segment, pauses = protocol.segment(step.segment_id), tuple(pauses)
    own = candidates(reading, segment, protocol, pauses)
    found = chain(not_before(own, reading, segment, protocol))
    run = until_twin(likely(found, segment), segment, protocol)
    match = matched(run, segment) if segment.hold is None else None
    other = other_step(reading, step, match, own, protocol) or unconfirmed_other(reading, step, match, pauses, protocol)
    if other is not None:
        match = rightly(match, other, protocol)
    aside = _beside(c for c in own if c not in run) if match is not None and match.repetitions else ()
    return Progress(match, other, next_begun(reading, match, segment, protocol), aside)


def beside(match: SegmentMatch, reading: WindowReading, protocol: Protocol) -> tuple[Repetition, ...]:
    """What one hand did of a segment while the other did what was counted."""
    counted = {(r.span, r.hand) for r in match.repetitions}
    own = (c for c in reading.since if c.rank == protocol.rank[match.segment_id] and c.repetition is not None)
    return _beside(c for c in own if c.repetition is not None and (c.repetition.span, c.repetition.hand) not in counted)


def _beside(others: Iterable[Candidate]) -> tuple[Repetition, ...]:
    return tuple(
        c.repetition
        for c in others
        if c.repetition is not None and len(c.hands) == 1 and c.fit >= FIRST_REPETITIONS_FIT
    )
