"""Segments with one path, done by the hands in another way: told apart where the motion alone cannot.

A "Love" drawn with both hands at once, or with one hand alone, is the same motion as such a heart. What tells them
apart is that the first of the two was complete enough, that the second is missing, and that something parts them: a
stop, another segment, or that from there on one hand works alone.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median

from coach.moves.candidate import Candidate
from coach.parse.lattice import IDLE_FIT
from coach.protocol import Protocol

# A rest between two segments, in seconds and times the run's usual rest; d* sessions rest 1.5 s between segments.
REST_S, RESTS = 1.0, 2.5
EDGE_S = 0.8  # by which the twin's repetitions may begin earlier or end later
SPARE = 1  # beyond the most that is asked for: one too many is no second segment, however she rests before it
MOSTLY = 0.8  # of the repetitions on either side of where the hands change


def told_apart(runs: list[list[Candidate]], candidates: list[Candidate], protocol: Protocol) -> list[list[Candidate]]:
    """Gives a run's tail to its twin where the run holds both.

    :param runs: of the session, in order of time
    :param candidates: all of the session
    """
    out = [list(run) for run in runs]
    for number, run in enumerate(runs):
        twin = _twin(run[0].segment, protocol)
        if twin is None:
            continue
        follows = number + 1 < len(runs) and runs[number + 1][0].segment == twin
        at = 0 if _again(runs[:number], run, protocol) else _where(run, protocol, follows=follows)
        if at is None or any(r[0].segment == twin and r[0].span.start_s < run[at].span.start_s for r in out):
            continue
        tail = _read_as(twin, run[at:], candidates)
        if len(tail) >= len(run) - at:
            _move(out, run, at, tail)
    return out


def unit_by_unit(
    run: list[Candidate], rivals: list[int], candidates: list[Candidate], protocol: Protocol
) -> tuple[list[Candidate], list[int]]:
    """Reads a run as its twin where it might be either and one hand did it alone: whole ones of that, not half ones.

    :param rivals: the segments, by rank, that the run might as well be; of what is returned likewise
    """
    twin = _twin(run[0].segment, protocol)
    if twin not in rivals or mean(len(c.turns) == 2 for c in run) > 1.0 - MOSTLY:
        return run, rivals
    reading = _read_as(twin, run, candidates)
    if len(reading) < len(run):
        return run, rivals
    return reading, sorted({run[0].segment, *rivals} - {twin})


def _again(before: list[list[Candidate]], run: list[Candidate], protocol: Protocol) -> bool:
    """Whether the run repeats a segment that was complete enough already."""
    rule = protocol.segments[run[0].segment].count
    done = [sum(c.units for c in other) for other in before if other[0].segment == run[0].segment]
    return rule is not None and max(done, default=0) >= rule.partial_from and len(run) >= rule.partial_from


def _read_as(twin: int, tail: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    """The same stretch of time, read as the twin."""
    start, end = tail[0].span.start_s - EDGE_S, tail[-1].span.end_s + EDGE_S
    reading: list[Candidate] = []
    for c in candidates:
        inside = c.segment == twin and start <= c.span.start_s and c.span.end_s <= end
        if inside and c.fit >= IDLE_FIT and (not reading or c.span.start_s >= reading[-1].span.end_s - EDGE_S):
            reading.append(c)
    return reading


def _where(run: list[Candidate], protocol: Protocol, *, follows: bool) -> int | None:
    """Where a run first falls into two, each complete enough, or None.

    :param follows: the twin comes right after it, so that its own first repetitions may be in this run's tail
    """
    rule = protocol.segments[run[0].segment].count
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    if rule is None or not rests:
        return None
    least = 1 if follows else rule.partial_from
    alone = next((k for k in range(rule.partial_from, len(run) - least + 1) if _one_from(run, k)), None)
    if alone is not None and (follows or sum(c.units for c in run) > rule.target[1]):
        return alone
    if sum(c.units for c in run) <= rule.target[1] + SPARE:
        return None
    long, most = max(REST_S, RESTS * median(rests)), len(run) - rule.partial_from
    return next((k for k in range(rule.partial_from, most + 1) if rests[k - 1] >= long), None)


def _one_from(run: list[Candidate], at: int) -> bool:
    """Whether both hands worked before, and one alone from there on."""
    both = [len(c.turns) == 2 for c in run]
    return both[at - 1] and not both[at] and mean(both[:at]) >= MOSTLY and mean(both[at:]) <= 1.0 - MOSTLY


def _move(out: list[list[Candidate]], run: list[Candidate], at: int, tail: list[Candidate]) -> None:
    k = next(k for k, other in enumerate(out) if other[0] is run[0])
    if at == 0:
        out[k] = tail
        return
    out[k] = run[:at]
    follows = k + 1 < len(out) and out[k + 1][0].segment == tail[0].segment
    if follows:
        out[k + 1] = tail + out[k + 1]
    else:
        out.insert(k + 1, tail)


def _twin(rank: int, protocol: Protocol) -> int | None:
    """The next segment of the same part with the same path and primitive, done with the hands in another way."""
    segment = protocol.segments[rank]
    for k, other in enumerate(protocol.segments[rank + 1 :], rank + 1):
        same = (other.path, other.primitive, other.part) == (segment.path, segment.primitive, segment.part)
        if same and segment.path is not None and other.hands != segment.hands:
            return k
    return None
