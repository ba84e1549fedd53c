"""Segments with one path, done by the hands in another way: told apart where the motion alone cannot.

A "Love" drawn with both hands at once, or with one hand alone, is the same motion as such a heart. What tells them
apart is that the first of the two was complete enough, that the second is missing, and that something parts them: a
stop, another segment, or that from there on one hand works alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import mean, median

from coach.domain import Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import IDLE_FIT
from coach.protocol import CountRule, Protocol

# A rest between two segments, in seconds and times the run's usual rest; d* sessions rest 1.5 s between segments.
REST_S, RESTS = 1.0, 2.5
PLAINLY = 1.5  # times as long as those beside it: a rest where the first of two segments would end
EDGE_S = 0.8  # by which the twin's repetitions may begin earlier or end later
SPARE = 1  # beyond the most that is asked for: one too many is no second segment, however she rests before it
MOSTLY = 0.8  # of the repetitions on either side of where the hands change
# Of their time: hands of which one lags draw at once for so much of it, those that take turns for less than half of it;
# told by so many repetitions. Where there is but one lot, nobody knows from a smaller share on: in 840 simulated
# sessions it was 0.18 and 0.24 of two such lots of which one hand lagged, at most 0.13 of 21 in which they took turns.
LAGS, FEW = 0.25, 2
MAY_LAG = 0.15


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
        if len(tail) >= MOSTLY * (len(run) - at):
            _move(out, run, at, tail)
    parted = [part for run in out for part in _lagging(run, out, candidates, protocol)]
    return _last_taken_back(parted, candidates, protocol)


def _last_taken_back(
    runs: list[list[Candidate]], candidates: list[Candidate], protocol: Protocol
) -> list[list[Candidate]]:
    """The runs, of which one takes its last repetition back from its twin right after it.

    Drawn by one hand, or by two of which one lags, it looks more like a turn or two of the twin. That the twin stops
    after those, and then no more, tells whose they are.
    """
    out = list(runs)
    for k, (run, after) in enumerate(pairwise(runs)):
        at = _stops_after(after) if _twin(run[0].segment, protocol) == after[0].segment else None
        if at is None or after[0].span.start_s - run[-1].span.end_s > after[at].span.start_s - after[at - 1].span.end_s:
            continue
        while_s = Span(run[-1].span.end_s - EDGE_S, after[at].span.start_s + EDGE_S)
        own = (c for c in candidates if c.segment == run[0].segment and c.turns == run[-1].turns and c.fit >= IDLE_FIT)
        last = next((c for c in own if while_s.start_s <= c.span.start_s and c.span.end_s <= while_s.end_s), None)
        if last is not None:
            out[k], out[k + 1] = [*out[k], last], after[at:]
    return out


def _stops_after(run: list[Candidate]) -> int | None:
    """Where a run goes on after a stop that follows its first turn or two; None where it does not stop there."""
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    stops = range(1, min(FEW, len(run) - FEW) + 1)
    return next((k for k in stops if rests[k - 1] >= max(REST_S, RESTS * median(rests[k:]))), None)


def _lagging(
    run: list[Candidate], runs: list[list[Candidate]], candidates: list[Candidate], protocol: Protocol
) -> list[list[Candidate]]:
    """A run, parted where its first half is the missing twin before it, done by hands of which one lags behind.

    Half a repetition late, two hands that should draw together seem to take turns. What tells that they are two
    segments, with a stop between them, is that there are too many turns, or that in the first lot each hand begins
    before the other is done, and in the second none does.
    """
    rank = run[0].segment
    first, rule = _twin_before(rank, protocol), protocol.segments[rank].count
    if first is None or rule is None or any(other[0].segment == first for other in runs):
        return [run]
    sides = 2 if rule.per == "side" else 1
    many = sum(c.units for c in run) > rule.target[1] * sides + SPARE
    halves = _halves(run, candidates)
    at = _stop(run, rule.partial_from * sides) if many else _lot(run, halves)
    if at is None:
        return [run]
    begun_s = min(c.span.start_s for c in (run[0], *halves))
    while_s = Span(begun_s - EDGE_S, run[at].span.start_s + EDGE_S)
    head, least = _both_at_once(first, while_s, candidates), protocol.segments[first].count
    return [head, run[at:]] if least is not None and len(head) >= least.partial_from else [run]


def _halves(run: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """All repetitions by one hand while a run lasts, which takes no two at once, and what runs into its first."""
    start_s, end_s = run[0].span.start_s, run[-1].span.end_s
    return [
        c
        for c in candidates
        if c.segment == run[0].segment and len(c.turns) == 1 and c.fit >= IDLE_FIT
        if c.span.end_s > start_s and c.span.start_s < end_s
    ]


def _lot(run: list[Candidate], halves: list[Candidate]) -> int | None:
    """Where a run's second lot begins, if in the first the hands draw at once for a part of the time."""
    ends = accumulate((c.span.end_s for c in halves), max)
    rests = [c.span.start_s - end_s for c, end_s in zip(halves[1:], ends, strict=False)]
    k = max(range(FEW, len(halves) - FEW + 1), key=lambda k: rests[k - 1], default=None)
    if k is None or rests[k - 1] < REST_S or not _at_once(halves[:k]) >= LAGS > 2.0 * _at_once(halves[k:]):
        return None
    return next((n for n, c in enumerate(run) if c.span.start_s >= halves[k].span.start_s), None)


def _at_once(halves: list[Candidate]) -> float:
    """0-1, for how much of the time in which a hand draws the other one does too."""
    both_s = sum(a.span.overlap_s(b.span) for a, b in pairwise(halves) if a.turns != b.turns)
    return 2.0 * both_s / sum(c.span.duration_s for c in halves)


def _stop(run: list[Candidate], least: int) -> int | None:
    """Where a run stops longest, if that is a stop and leaves so many on either side."""
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    at = max(range(least, len(run) - least + 1), key=lambda k: rests[k - 1], default=None)
    return at if at is not None and rests[at - 1] >= max(REST_S, RESTS * median(rests)) else None


def _both_at_once(rank: int, while_s: Span, candidates: list[Candidate]) -> list[Candidate]:
    """A stretch of time, read as a segment that both hands draw together: two halves that overlap are one."""
    start_s, end_s = while_s.start_s, while_s.end_s
    halves = [c for c in candidates if c.segment == rank and start_s <= c.span.start_s and c.span.end_s <= end_s]
    out: list[Candidate] = []
    waiting: Candidate | None = None
    for half in (c for c in halves if len(c.turns) == 1 and c.fit >= IDLE_FIT):
        if waiting is not None and half.turns != waiting.turns and half.span.overlap_s(waiting.span) > 0.0:
            out.append(_joined(waiting, half))
            waiting = None
        else:
            waiting = half
    return out


def _joined(one: Candidate, other: Candidate) -> Candidate:
    """Two hands' halves as one repetition by both, from when the first begins to when the second ends."""
    mine, its = one.repetition, other.repetition
    if mine is None or its is None:
        raise ValueError("a half without its repetition")
    span = Span(one.span.start_s, max(one.span.end_s, other.span.end_s))
    repetition = replace(
        mine,
        span=Span(mine.span.start_s, max(mine.span.end_s, its.span.end_s)),
        hand="both",
        whole=mine.whole or its.whole,
        returned_s=max((r.returned_s for r in (mine, its) if r.returned_s is not None), default=None),
        fit=min(mine.fit, its.fit),
        reach=max(mine.reach, its.reach),
        balance=min(mine.reach, its.reach) / max(mine.reach, its.reach),
        sync=one.span.overlap_s(other.span) / span.duration_s,
    )
    return replace(one, span=span, turns=one.turns | other.turns, repetition=repetition, fit=min(one.fit, other.fit))


def perhaps_twins(run: list[Candidate], candidates: Sequence[Candidate], protocol: Protocol) -> set[int]:
    """The twins, by rank, that a run, or its end, may have been where they were not found.

    Of what one hand does alone, half of the one is half of the other; turns that overlap may be both hands' of which
    one lags; and of a run that is long enough for two the last may have been the second.
    """
    rank, done = run[0].segment, [c.turns for c in run if len(c.turns) == 1]
    alone = len(done) >= MOSTLY * len(run) and len(set(done)) == 1
    first, second = _twin_before(rank, protocol), _twin(rank, protocol)
    found: set[int] = set()
    if first is not None and (alone or _may_lag(_halves(run, candidates))):
        found.add(first)
    rule = protocol.segments[rank].count
    if second is not None and (alone or (rule is not None and _enough_for_two(run, rule))):
        found.add(second)
    return found


def _may_lag(halves: list[Candidate]) -> bool:
    return bool(halves) and _at_once(halves) >= MAY_LAG


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
    changes = [k for k in range(rule.partial_from, len(run) - least + 1) if _one_from(run, k)]
    alone = min(changes, key=lambda k: (_against(run, k), -rests[k - 1]), default=None)
    if alone is not None and (follows or sum(c.units for c in run) > rule.target[1]):
        return alone
    if sum(c.units for c in run) <= rule.target[1] + SPARE:
        return None
    long, most = max(REST_S, RESTS * median(rests)), len(run) - rule.partial_from
    stop = next((k for k in range(rule.partial_from, most + 1) if rests[k - 1] >= long), None)
    return _where_enough(run, rule, rests) if stop is None and not follows else stop


def _where_enough(run: list[Candidate], rule: CountRule, rests: list[float]) -> int | None:
    """Where a run that is long enough for two stops longest after as many as are asked for, or one more."""
    if not _enough_for_two(run, rule):
        return None
    among = range(rule.target[0], rule.target[1] + SPARE + 1)
    first, *others = sorted(among, key=lambda k: rests[k - 1], reverse=True)
    return first if rests[first - 1] >= max(REST_S, PLAINLY * max(rests[k - 1] for k in others)) else None


def _enough_for_two(run: list[Candidate], rule: CountRule) -> bool:
    """Whether a run holds as many as are asked for, and enough besides for another; of turns nobody knows."""
    return rule.per != "side" and len(run) >= rule.target[1] + SPARE + rule.partial_from


def _one_from(run: list[Candidate], at: int) -> bool:
    """Whether both hands worked before, and one alone from there on."""
    both = [len(c.turns) == 2 for c in run]
    return both[at - 1] and not both[at] and mean(both[:at]) >= MOSTLY and mean(both[at:]) <= 1.0 - MOSTLY


def _against(run: list[Candidate], at: int) -> int:
    """How many before it are done by one hand, and from there on by both."""
    both = [len(c.turns) == 2 for c in run]
    return both[:at].count(False) + both[at:].count(True)


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


def _twin_before(rank: int, protocol: Protocol) -> int | None:
    return next((k for k in range(rank) if _twin(k, protocol) == rank), None)


def _twin(rank: int, protocol: Protocol) -> int | None:
    """The next segment of the same part with the same path and primitive, done with the hands in another way."""
    segment = protocol.segments[rank]
    for k, other in enumerate(protocol.segments[rank + 1 :], rank + 1):
        same = (other.path, other.primitive, other.part) == (segment.path, segment.primitive, segment.part)
        if same and segment.path is not None and other.hands != segment.hands:
            return k
    return None
