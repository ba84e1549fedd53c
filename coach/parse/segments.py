"""Runs of candidates → the segments a session holds, with their repetitions and presses."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from statistics import median

from coach.domain import Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import best_runs, worth
from coach.protocol import Protocol, Segment

PARTIAL = 0.6  # of the run's usual length: a shorter repetition is a partial one
SURE = 2.5  # seconds of perfectly fitting motion that make a match 63 % sure
RESUMED_S = 10.0  # the same segment taken up again within this time, with nothing between, is one segment


def segments(candidates: list[Candidate], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments of a session in order of time."""
    runs = best_runs(candidates, protocol)
    joined: list[list[Candidate]] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and before[0].segment == run[0].segment and run[0].span.start_s - before[-1].span.end_s < RESUMED_S:
            before.extend(run)
        else:
            joined.append(list(run))
    return tuple(_match(run, protocol.segments[run[0].segment]) for run in joined)


def _match(run: list[Candidate], segment: Segment) -> SegmentMatch:
    repetitions = _told_apart([c.repetition for c in run if c.repetition is not None])
    holds = tuple(hold for c in run for hold in c.holds)
    ends = [_end(r, segment) for r in repetitions] + [h.span.end_s for h in holds]
    starts = [r.span.start_s for r in repetitions] + [h.span.start_s for h in holds]
    fit = sum(c.fit for c in run) / len(run)
    sure = 1.0 - exp(-sum(max(0.0, worth(c)) for c in run) / SURE)
    return SegmentMatch(segment.id, Span(min(starts), max(ends)), round(fit**0.5 * sure, 3), repetitions, holds)


def _end(repetition: Repetition, segment: Segment) -> float:
    if segment.returns == "stroked" and repetition.returned_s is not None:
        return repetition.returned_s
    return repetition.span.end_s


def _told_apart(repetitions: list[Repetition]) -> tuple[Repetition, ...]:
    """Marks as partial what is much shorter than the same person's usual repetition."""
    if not repetitions:
        return ()
    usual = median(r.reach for r in repetitions)
    return tuple(replace(r, whole=r.whole and r.reach >= PARTIAL * usual) for r in repetitions)


