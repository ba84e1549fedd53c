"""Runs of candidates → the segments a session holds, with their repetitions and presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp
from statistics import median

from coach.domain import Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.runs import (
    MATCH_SURE_S,
    ODD_FIT_SHARE,
    ODD_LEAST_REACH,
    ODD_LEAST_TIME,
    ODD_MOST_REACH,
    ODD_MOST_TIME,
    ODD_PAUSE_S,
    ODD_PAUSES,
    ONE_HANDED_FIT_SHARE,
    OTHER_MOTION_FIT_SHARE,
    OTHER_MOTION_LEAST_TIME,
    OTHER_MOTION_MOST_TIME,
    PARTIAL_REPETITION_SHARE,
    RESUMED_S,
    USUAL_FROM_REPETITIONS,
    WHOLE_REPETITION_SHARE,
)
from coach.parse.lattice import best_runs
from coach.parse.resting import with_rests_marked, without_repeats
from coach.parse.rivals import gain, rivals
from coach.parse.splitting import split_at_twins
from coach.parse.twins import by_whole_units
from coach.protocol import Protocol, Segment


def segments(candidates: list[Candidate], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments of a session in order of time."""
    candidates = [c for c in candidates if not c.doubted]
    kept, travel = _runs(candidates, protocol)
    if travel:  # what time it took may be that of a segment that was not found
        again, _ = _runs(candidates, protocol, travel)
        if not {run[0].rank for run in again} <= {run[0].rank for run in kept}:
            kept = again
    with_rivals = zip(kept, rivals(kept, candidates, protocol), strict=True)
    named = [by_whole_units(run, others, candidates, protocol) for run, others in with_rivals]
    found = [
        replace(as_match(run, protocol.segments[run[0].rank]), rivals=tuple(protocol.segments[k].id for k in others))
        for run, others in named
    ]
    return with_rests_marked(without_repeats(found, protocol), protocol)


def _runs(
    candidates: list[Candidate], protocol: Protocol, travel: Sequence[Candidate] = ()
) -> tuple[list[list[Candidate]], list[Candidate]]:
    """The runs in order of time, without what their ends picked up, and what that was.

    :param travel: candidates that no run is to be made of
    """
    left_out = {id(c) for c in travel}
    remaining = [c for c in candidates if id(c) not in left_out]
    joined: list[list[Candidate]] = []
    for run in best_runs(remaining, protocol):
        before = joined[-1] if joined else None
        if before and before[0].rank == run[0].rank and run[0].span.start_s - before[-1].span.end_s < RESUMED_S:
            before.extend(run)
        else:
            joined.append(list(run))
    joined = split_at_twins(joined, candidates, protocol)
    kept = [run if run[0].holds else _trimmed(run) for run in joined]
    inside = {id(c) for run in kept for c in run}
    return kept, [c for run in joined for c in run if id(c) not in inside]


def _trimmed(run: list[Candidate]) -> list[Candidate]:
    """Without what a run's ends picked up: travel that looks like one more repetition, but not like these."""
    if len(run) < USUAL_FROM_REPETITIONS:
        return run
    usual = _Usual.of(run)

    def odd(one: Candidate, before: Candidate, after: Candidate) -> bool:
        alone = usual.both and len(one.hands) == 1 and one.fit < ONE_HANDED_FIT_SHARE * usual.fit
        return usual.odd(one, after.span.start_s - before.span.end_s, alone=alone)

    first, last = 0, len(run)
    while first + 1 < last and odd(run[first], run[first], run[first + 1]):
        first += 1
    while last - 1 > first and odd(run[last - 1], run[last - 2], run[last - 1]):
        last -= 1
    return run[first:last] if last - first > 1 else run  # where all are odd, none is


@dataclass(frozen=True, slots=True)
class _Usual:
    """A run's medians."""

    both: bool  # whether it is done with both hands
    returns: bool  # whether the hands come back
    fit: float
    lasts_s: float
    reach: float
    pause_s: float

    @classmethod
    def of(cls, run: list[Candidate]) -> _Usual:
        done = [c.repetition for c in run if c.repetition is not None]
        pauses = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
        return cls(
            2 * sum(len(c.hands) == 2 for c in run) > len(run),
            2 * sum(r.returned_s is not None for r in done) > len(done),
            median(c.fit for c in run),
            median(r.span.duration_s for r in done),
            median(r.reach for r in done),
            max(0.0, median(pauses)),
        )

    def odd(self, candidate: Candidate, pause_s: float, *, alone: bool = False) -> bool:
        """:param alone: done by one hand, where both do the others"""
        done = candidate.repetition
        if done is None or candidate.fit < OTHER_MOTION_FIT_SHARE * self.fit:
            return True
        time = done.span.duration_s / self.lasts_s
        if not OTHER_MOTION_LEAST_TIME <= time <= OTHER_MOTION_MOST_TIME:
            return True
        reach = done.reach / self.reach
        signs = (
            candidate.fit < ODD_FIT_SHARE * self.fit,
            alone,
            self.returns and done.returned_s is None,
            not ODD_LEAST_TIME <= time <= ODD_MOST_TIME,
            not ODD_LEAST_REACH <= reach <= ODD_MOST_REACH,
            pause_s > ODD_PAUSE_S + ODD_PAUSES * self.pause_s,
        )
        return sum(signs) >= 2


def as_match(run: list[Candidate], segment: Segment) -> SegmentMatch:
    """A run of candidates of a segment, in order of time, as that segment."""
    repetitions = with_wholes_marked([c.repetition for c in run if c.repetition is not None], segment)
    holds = tuple(hold for c in run for hold in c.holds)
    ends = [_end(r, segment) for r in repetitions] + [h.span.end_s for h in holds]
    starts = [r.span.start_s for r in repetitions] + [h.span.start_s for h in holds]
    fit = sum(c.fit for c in run) / len(run)
    sure = 1.0 - exp(-gain(run) / MATCH_SURE_S)
    return SegmentMatch(segment.id, Span(min(starts), max(ends)), round(fit**0.5 * sure, 3), repetitions, holds)


def _end(repetition: Repetition, segment: Segment) -> float:
    if segment.returns == "stroked" and repetition.returned_s is not None:
        return repetition.returned_s
    return repetition.span.end_s


def with_wholes_marked(repetitions: list[Repetition], segment: Segment) -> tuple[Repetition, ...]:
    """Marks as partial what is much shorter than the same person's usual repetition; what is like it is as whole."""
    if not repetitions:
        return ()
    usual = median(r.reach for r in repetitions)
    alike = WHOLE_REPETITION_SHARE * usual if usual >= segment.reach[0] else float("inf")
    return tuple(
        replace(r, whole=(r.whole or r.reach >= alike) and r.reach >= PARTIAL_REPETITION_SHARE * usual)
        for r in repetitions
    )
