"""Runs of candidates → the segments a session holds, with their repetitions and presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp
from statistics import median

from coach.domain import Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import best_runs
from coach.parse.resting import doubtful, without_repeats
from coach.parse.rivals import gain, rivals
from coach.parse.told_apart import told_apart
from coach.parse.twins import unit_by_unit
from coach.protocol import Protocol, Segment

# Of the run's usual length: a shorter repetition is a partial one; one like it is whole, where the usual one is.
PARTIAL, ALIKE = 0.6, 0.8
SURE = 2.5  # seconds of perfectly fitting motion that make a match 63 % sure
TRIM_FROM = 3  # repetitions in a run: with fewer there is no usual one
# What fits worse than this share of the run's median is another motion; of the other signs it takes two.
ODD_FIT, SO_SO, ODD_PACE, ODD_REACH, ODD_PAUSE_S = 0.35, 0.9, (0.6, 1.8), (0.7, 1.4), 1.5
OTHER_PACE = (0.45, 2.5)  # nobody's repetitions differ so much from each other
ALONE_FIT = 0.8  # of the median: one hand of two, while the other is out of sight, is worth more
RESUMED_S = 10.0  # the same segment taken up again within this time, with nothing between, is one segment


def segments(candidates: list[Candidate], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments of a session in order of time."""
    candidates = [c for c in candidates if not c.doubted]
    kept, travel = _runs(candidates, protocol)
    if travel:  # what time it took may be that of a segment that was not found
        again, _ = _runs(candidates, protocol, travel)
        if not {run[0].segment for run in again} <= {run[0].segment for run in kept}:
            kept = again
    told = zip(kept, rivals(kept, candidates, protocol), strict=True)
    named = [unit_by_unit(run, others, candidates, protocol) for run, others in told]
    found = [
        replace(matched(run, protocol.segments[run[0].segment]), rivals=tuple(protocol.segments[k].id for k in others))
        for run, others in named
    ]
    return doubtful(without_repeats(found, protocol), protocol)


def _runs(
    candidates: list[Candidate], protocol: Protocol, travel: Sequence[Candidate] = ()
) -> tuple[list[list[Candidate]], list[Candidate]]:
    """The runs in order of time, without what their ends picked up, and what that was.

    :param travel: candidates that no run is to be made of
    """
    left_out = {id(c) for c in travel}
    known = [c for c in candidates if id(c) not in left_out]
    joined: list[list[Candidate]] = []
    for run in best_runs(known, protocol):
        before = joined[-1] if joined else None
        if before and before[0].segment == run[0].segment and run[0].span.start_s - before[-1].span.end_s < RESUMED_S:
            before.extend(run)
        else:
            joined.append(list(run))
    joined = told_apart(joined, candidates, protocol)
    kept = [run if run[0].holds else _trimmed(run) for run in joined]
    inside = {id(c) for run in kept for c in run}
    return kept, [c for run in joined for c in run if id(c) not in inside]


def _trimmed(run: list[Candidate]) -> list[Candidate]:
    """Without what a run's ends picked up: travel that looks like one more repetition, but not like these."""
    if len(run) < TRIM_FROM:
        return run
    usual = _Usual.of(run)

    def odd(one: Candidate, before: Candidate, after: Candidate) -> bool:
        alone = usual.both and len(one.turns) == 1 and one.fit < ALONE_FIT * usual.fit
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
            2 * sum(len(c.turns) == 2 for c in run) > len(run),
            2 * sum(r.returned_s is not None for r in done) > len(done),
            median(c.fit for c in run),
            median(r.span.duration_s for r in done),
            median(r.reach for r in done),
            max(0.0, median(pauses)),
        )

    def odd(self, candidate: Candidate, pause_s: float, *, alone: bool = False) -> bool:
        """:param alone: done by one hand, where both do the others"""
        done = candidate.repetition
        pace = 1.0 if done is None else done.span.duration_s / self.lasts_s
        if done is None or candidate.fit < ODD_FIT * self.fit or not OTHER_PACE[0] <= pace <= OTHER_PACE[1]:
            return True
        signs = (
            candidate.fit < SO_SO * self.fit,
            alone,
            self.returns and done.returned_s is None,
            not ODD_PACE[0] <= pace <= ODD_PACE[1],
            not ODD_REACH[0] <= done.reach / self.reach <= ODD_REACH[1],
            pause_s > ODD_PAUSE_S + 2.0 * self.pause_s,
        )
        return sum(signs) >= 2


def matched(run: list[Candidate], segment: Segment) -> SegmentMatch:
    """A run of candidates of a segment, in order of time, as that segment."""
    repetitions = wholes([c.repetition for c in run if c.repetition is not None], segment)
    holds = tuple(hold for c in run for hold in c.holds)
    ends = [_end(r, segment) for r in repetitions] + [h.span.end_s for h in holds]
    starts = [r.span.start_s for r in repetitions] + [h.span.start_s for h in holds]
    fit = sum(c.fit for c in run) / len(run)
    sure = 1.0 - exp(-gain(run) / SURE)
    return SegmentMatch(segment.id, Span(min(starts), max(ends)), round(fit**0.5 * sure, 3), repetitions, holds)


def _end(repetition: Repetition, segment: Segment) -> float:
    if segment.returns == "stroked" and repetition.returned_s is not None:
        return repetition.returned_s
    return repetition.span.end_s


def wholes(repetitions: list[Repetition], segment: Segment) -> tuple[Repetition, ...]:
    """Marks as partial what is much shorter than the same person's usual repetition; what is like it is as whole."""
    if not repetitions:
        return ()
    usual = median(r.reach for r in repetitions)
    alike = ALIKE * usual if usual >= segment.reach[0] else float("inf")
    return tuple(replace(r, whole=(r.whole or r.reach >= alike) and r.reach >= PARTIAL * usual) for r in repetitions)
