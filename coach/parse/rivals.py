"""Which other segments a found one might as well be: what the motion alone cannot tell is not to be scored.

Half hearts by one hand alone are a heart without the other hand or a "Love" without its turns; a press between two
pairs of points is either's. Where the other one was not found, the camera does not know which of the two was done.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from coach.domain import HANDS
from coach.moves.candidate import Candidate
from coach.moves.parting import neighbours, pair_of
from coach.parameters.rests import NEIGHBOUR_AS_WELL_SHARE
from coach.parameters.twins import TWIN_EDGE_S
from coach.parse.lattice import worth
from coach.parse.twins import possible_twins
from coach.protocol import Protocol, Segment


def rivals(runs: Sequence[list[Candidate]], candidates: Sequence[Candidate], protocol: Protocol) -> list[list[int]]:
    """For each run the segments, by rank, that none of the runs is and that it might as well be.

    :param candidates: all of the session, in order of their start
    """
    found = {run[0].rank for run in runs}
    starts = [c.span.start_s for c in candidates]
    out: list[list[int]] = []
    for run in runs:
        start_s, end_s = run[0].span.start_s - TWIN_EDGE_S, max(c.span.end_s for c in run) + TWIN_EDGE_S
        within = candidates[bisect_left(starts, start_s) : bisect_right(starts, end_s)]
        beside = _neighbouring(protocol.segments[run[0].rank], protocol) - found
        needed = NEIGHBOUR_AS_WELL_SHARE * gain(run)
        near = {c.rank for c in within if c.rank in beside and _pressed_too(c, end_s, needed)}
        twins = possible_twins(run, candidates, protocol) - found
        out.append(sorted(near | twins | (beside if any(c.unsure for c in run) else set())))
    return out


def _both(one: Candidate) -> bool:
    return bool(one.holds) and len(one.hands) == len(HANDS)


def _neighbouring(own: Segment, protocol: Protocol) -> set[int]:
    """The segments, by rank, that press a neighbouring pair of points."""
    pair = pair_of(own)
    pairs = {rank: pair_of(other) for rank, other in enumerate(protocol.segments) if other is not own}
    return {rank for rank, other in pairs.items() if pair and other and neighbours(pair, other)}


def _pressed_too(one: Candidate, end_s: float, needed: float) -> bool:
    """Whether it is a press by both hands that explains so much, whatever it costs to begin with it."""
    return _both(one) and one.span.end_s <= end_s and gain([one]) >= needed


def gain(run: Iterable[Candidate]) -> float:
    """What a run explains, in seconds of perfectly fitting motion."""
    return sum(max(0.0, worth(c)) for c in run)
