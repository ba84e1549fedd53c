"""Segments with one path, done by the hands in another way: which they are, and what may have been either.

A "Love" drawn with both hands at once, or with one hand alone, is the same motion as such a heart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.twins import MOST_OF_LOT, PERHAPS_LAG_SHARE, SPARE_REPETITIONS, TWIN_EDGE_S
from coach.protocol import CountRule, Protocol


def twin_of(rank: int, protocol: Protocol) -> int | None:
    """The next segment of the same part with the same path and primitive, done with the hands in another way."""
    segment = protocol.segments[rank]
    for k, other in enumerate(protocol.segments[rank + 1 :], rank + 1):
        same = (other.path, other.primitive, other.part) == (segment.path, segment.primitive, segment.part)
        if same and segment.path is not None and other.hands != segment.hands:
            return k
    return None


def twin_before(rank: int, protocol: Protocol) -> int | None:
    """The one whose twin a segment is; by rank."""
    return next((k for k in range(rank) if twin_of(k, protocol) == rank), None)


def possible_twins(run: list[Candidate], candidates: Sequence[Candidate], protocol: Protocol) -> set[int]:
    """The twins, by rank, that a run, or its end, may have been where they were not found.

    Of what one hand does alone, half of the one is half of the other; turns that overlap may be both hands' of which
    one lags; and of a run that is long enough for two the last may have been the second.
    """
    rank, done = run[0].rank, [c.hands for c in run if len(c.hands) == 1]
    alone = len(done) >= MOST_OF_LOT * len(run) and len(set(done)) == 1
    first, second = twin_before(rank, protocol), twin_of(rank, protocol)
    found: set[int] = set()
    if first is not None and (alone or _may_lag(halves_of(run, candidates))):
        found.add(first)
    rule = protocol.segments[rank].count
    if second is not None and (alone or (rule is not None and enough_for_two(run, rule))):
        found.add(second)
    return found


def _may_lag(halves: list[Candidate]) -> bool:
    return bool(halves) and at_once(halves) >= PERHAPS_LAG_SHARE


def by_whole_units(
    run: list[Candidate], rivals: list[int], candidates: list[Candidate], protocol: Protocol
) -> tuple[list[Candidate], list[int]]:
    """Reads a run as its twin where it might be either and one hand did it alone: whole ones of that, not half ones.

    :param rivals: the segments, by rank, that the run might as well be; of what is returned likewise
    """
    twin = twin_of(run[0].rank, protocol)
    if twin not in rivals or mean(len(c.hands) == 2 for c in run) > 1.0 - MOST_OF_LOT:
        return run, rivals
    reading = read_as(twin, run, candidates)
    if len(reading) < len(run):
        return run, rivals
    return reading, sorted({run[0].rank, *rivals} - {twin})


def enough_for_two(run: list[Candidate], rule: CountRule) -> bool:
    """Whether a run holds as many as are asked for, and enough besides for another; of turns nobody knows."""
    return rule.per != "side" and len(run) >= rule.target[1] + SPARE_REPETITIONS + rule.partial_from


def read_as(twin: int, tail: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    """The same stretch of time, read as the twin."""
    start, end = tail[0].span.start_s - TWIN_EDGE_S, tail[-1].span.end_s + TWIN_EDGE_S
    reading: list[Candidate] = []
    for c in candidates:
        inside = c.rank == twin and start <= c.span.start_s and c.span.end_s <= end
        if inside and c.fit >= IDLE_FIT and (not reading or c.span.start_s >= reading[-1].span.end_s - TWIN_EDGE_S):
            reading.append(c)
    return reading


def halves_of(run: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """All repetitions by one hand while a run lasts, which takes no two at once, and what runs into its first."""
    start_s, end_s = run[0].span.start_s, run[-1].span.end_s
    return [
        c
        for c in candidates
        if c.rank == run[0].rank and len(c.hands) == 1 and c.fit >= IDLE_FIT
        if c.span.end_s > start_s and c.span.start_s < end_s
    ]


def at_once(halves: list[Candidate]) -> float:
    """0-1, for how much of the time in which a hand draws the other one does too."""
    both_s = sum(a.span.overlap_s(b.span) for a, b in pairwise(halves) if a.hands != b.hands)
    return 2.0 * both_s / sum(c.span.duration_s for c in halves)
