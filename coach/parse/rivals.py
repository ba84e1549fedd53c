"""Which other segments a found one might as well be: what the motion alone cannot tell is not to be scored.

Half hearts by one hand alone are a heart without the other hand or a "Love" without its turns; a press between two
points is either's. Where the same motion, read as a segment that was not found, is explained about as well, the
camera does not know which of the two was done.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from coach.domain import HANDS, Span
from coach.moves.candidate import Candidate
from coach.moves.parting import neighbours, pair_of
from coach.parse.glimpses import HALT
from coach.parse.lattice import IDLE_FIT, best_runs, worth
from coach.parse.twins import EDGE_S, perhaps_twins
from coach.protocol import Protocol, Segment

# Of the found reading's worth. On 72 simulated sessions (in-house seeds 5000-5047, 9000-9023) and 61 rendered films, 30
# of them marked by a hand too, the other explains no right reading between 0.88 and 0.94 as well, four of 1266 above
# 0.8, and exchanged ones from 0.92 on.
AS_WELL = 0.9
# The same for presses by both hands at neighbouring pairs of points, where the place alone tells them apart: where a
# tracker sees fingertips that reach over a shoulder, and where a person marks the corners, is known no better. Over 159
# rendered films and 240 simulated sessions five of eight exchanged ones lie between 0.28 and 0.5, two of 53 right ones.
AS_WELL_BESIDE = 0.3
AGAIN_S = 3.0  # so soon after a press, and with nothing between, the same again is a second one
MOSTLY = 0.5  # of a press: what shares so much time with it is the same


def rivals(runs: Sequence[list[Candidate]], candidates: Sequence[Candidate], protocol: Protocol) -> list[list[int]]:
    """For each run the segments, by rank, that none of the runs is and that explain its time about as well.

    :param candidates: all of the session, in order of their start
    """
    found = {run[0].segment for run in runs}
    starts = [c.span.start_s for c in candidates]
    out: list[list[int]] = []
    for run in runs:
        start_s, end_s = run[0].span.start_s - EDGE_S, max(c.span.end_s for c in run) + EDGE_S
        within = candidates[bisect_left(starts, start_s) : bisect_right(starts, end_s)]
        readings: dict[int, list[Candidate]] = {}
        for c in within:
            if c.segment not in found and c.span.end_s <= end_s:
                readings.setdefault(c.segment, []).append(c)
        own = protocol.segments[run[0].segment]
        beside = _beside(own, protocol) - found
        told = {rank for rank, reading in readings.items() if _explains(reading, AS_WELL * gain(run), protocol)}
        near = {rank for rank in beside if _pressed_too(readings.get(rank, ()), AS_WELL_BESIDE * gain(run))}
        twins = perhaps_twins(run, candidates, protocol) - found
        out.append(sorted(told | near | twins | (beside if any(c.unsure for c in run) else set())))
    return out


def pressed_twice(
    runs: Sequence[list[Candidate]], either: Sequence[list[int]], candidates: Sequence[Candidate], protocol: Protocol
) -> list[tuple[list[Candidate], list[int]]]:
    """The runs with their rivals, in order of time, and what both hands pressed a second time right before or after.

    Where a neighbouring pair of points comes before these and is missing, the first of the two presses may have been
    of that, if it lay near it too; where it comes after, the second: nobody presses the same twice for nothing.
    """
    found = {run[0].segment for run in runs}
    pressed = [c for c in candidates if _both(c)]
    out: list[tuple[list[Candidate], list[int]]] = []
    for run, others in zip(runs, either, strict=True):
        rank = run[0].segment
        missing = _beside(protocol.segments[rank], protocol) - found
        first, second = _parts(run, runs, pressed, protocol) if missing else (run, [])
        if not second:
            out.append((run, others))
            continue
        earlier, later = ({r for r in missing if (r > rank) == after} for after in (False, True))
        told = [(part, _near(part[0], beside, pressed)) for part, beside in ((first, earlier), (second, later))]
        if any(beside for _, beside in told):
            out += [(part, sorted(beside | (set(others) - missing))) for part, beside in told]
        else:
            out.append((run, others))
    return sorted(out, key=lambda told: told[0][0].span.start_s)


def _parts(
    run: list[Candidate], runs: Iterable[list[Candidate]], pressed: Iterable[Candidate], protocol: Protocol
) -> tuple[list[Candidate], list[Candidate]]:
    """The first and the second of two presses of a pair of points; no second where there is one.

    :param pressed: all presses by both hands
    """
    again = (k for k, (a, b) in enumerate(pairwise(run), 1) if _both(a) and _both(b) and _soon(a, b))
    if (at := next(again, None)) is not None:
        return run[:at], run[at:]
    second = _second(run, runs, pressed, protocol)
    if second is None:
        return run, []
    return (run, [second]) if second.span.start_s > run[0].span.start_s else ([second], run)


def _second(
    run: list[Candidate], runs: Iterable[list[Candidate]], pressed: Iterable[Candidate], protocol: Protocol
) -> Candidate | None:
    """The plainest press of the same points right before or after a run, that no run took."""
    rule, wider = protocol.segments[run[0].segment].hold, Span(run[0].span.start_s, run[-1].span.end_s).wider(AGAIN_S)
    if rule is None:
        return None
    taken = [c.span for each in runs for c in each if c.span.overlap_s(wider) > 0.0]
    own = [
        c
        for c in pressed
        if c.segment == run[0].segment
        and c.fit >= IDLE_FIT
        and c.span.duration_s >= HALT * rule.long_enough_s
        and c.span.overlap_s(wider) > 0.0
        and not any(c.span.overlap_s(other) > 0.0 for other in taken)
    ]
    return max(own, key=worth, default=None)


def _near(press: Candidate, missing: Iterable[int], pressed: Iterable[Candidate]) -> set[int]:
    """Those of the missing segments, by rank, whose points the hands were near to during a press."""
    same = [c for c in pressed if c.fit >= IDLE_FIT and c.span.overlap_s(press.span) >= MOSTLY * press.span.duration_s]
    return {c.segment for c in same}.intersection(missing)


def _both(one: Candidate) -> bool:
    return bool(one.holds) and len(one.turns) == len(HANDS)


def _soon(one: Candidate, other: Candidate) -> bool:
    return 0.0 < other.span.start_s - one.span.end_s < AGAIN_S


def _beside(own: Segment, protocol: Protocol) -> set[int]:
    """The segments, by rank, that press a neighbouring pair of points."""
    pair = pair_of(own)
    pairs = {rank: pair_of(other) for rank, other in enumerate(protocol.segments) if other is not own}
    return {rank for rank, other in pairs.items() if pair and other and neighbours(pair, other)}


def _pressed_too(reading: Iterable[Candidate], needed: float) -> bool:
    """Whether one press by both hands explains so much, whatever it costs to begin with it."""
    return any(_both(c) and gain([c]) >= needed for c in reading)


def _explains(reading: list[Candidate], needed: float, protocol: Protocol) -> bool:
    if gain(reading) < needed:  # even with what overlaps: not worth a search
        return False
    return sum(gain(run) for run in best_runs(reading, protocol)) >= needed


def gain(run: Iterable[Candidate]) -> float:
    """What a run explains, in seconds of perfectly fitting motion."""
    return sum(max(0.0, worth(c)) for c in run)
