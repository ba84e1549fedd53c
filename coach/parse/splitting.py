"""Tells segments with one path apart, done by the hands in another way, where the motion alone cannot.

What tells them apart is that the first of the two was complete enough, that the second is missing, and that something
parts them: a stop, another segment, or that from there on one hand works alone.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median

from coach.domain import Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.twins import (
    MOST_OF_LOT,
    SPARE_REPETITIONS,
    TELLING_REPETITIONS,
    TWIN_EDGE_S,
    TWIN_REST_RATIO,
    TWIN_REST_S,
    TWIN_REST_WHERE_ENOUGH_RATIO,
    UNSEEN_BESIDE_SHARE,
)
from coach.parse.lagging import split_at_lag
from coach.parse.twins import enough_for_two, read_as, twin_of
from coach.protocol import CountRule, Protocol


def split_at_twins(
    runs: list[list[Candidate]], candidates: list[Candidate], protocol: Protocol
) -> list[list[Candidate]]:
    """Gives a run's tail to its twin where the run holds both.

    :param runs: of the session, in order of time
    :param candidates: all of the session
    """
    out = [list(run) for run in runs]
    for number, run in enumerate(runs):
        twin = twin_of(run[0].rank, protocol)
        if twin is None:
            continue
        follows = number + 1 < len(runs) and runs[number + 1][0].rank == twin
        at = 0 if _again(runs[:number], run, protocol) else _one_then_other(run, runs[number + 1] if follows else [])
        if at is None:
            at = _where(run, protocol, follows=follows)
        if at is None or any(r[0].rank == twin and r[0].span.start_s < run[at].span.start_s for r in out):
            continue
        tail = read_as(twin, run[at:], candidates)
        if len(tail) >= MOST_OF_LOT * (len(run) - at):
            _move(out, run, at, tail)
    parted = [part for run in out for part in split_at_lag(run, out, candidates, protocol)]
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
        at = _stops_after(after) if twin_of(run[0].rank, protocol) == after[0].rank else None
        if at is None or after[0].span.start_s - run[-1].span.end_s > after[at].span.start_s - after[at - 1].span.end_s:
            continue
        while_s = Span(run[-1].span.end_s - TWIN_EDGE_S, after[at].span.start_s + TWIN_EDGE_S)
        own = (c for c in candidates if c.rank == run[0].rank and c.hands == run[-1].hands and c.fit >= IDLE_FIT)
        last = next((c for c in own if while_s.start_s <= c.span.start_s and c.span.end_s <= while_s.end_s), None)
        if last is not None:
            out[k], out[k + 1] = [*out[k], last], after[at:]
    return out


def _stops_after(run: list[Candidate]) -> int | None:
    """Where a run goes on after a stop that follows its first turn or two; None where it does not stop there."""
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    stops = range(1, min(TELLING_REPETITIONS, len(run) - TELLING_REPETITIONS) + 1)
    return next((k for k in stops if rests[k - 1] >= max(TWIN_REST_S, TWIN_REST_RATIO * median(rests[k:]))), None)


def _again(before: list[list[Candidate]], run: list[Candidate], protocol: Protocol) -> bool:
    """Whether the run repeats a segment that was complete enough already."""
    rule = protocol.segments[run[0].rank].count
    done = [sum(c.units for c in other) for other in before if other[0].rank == run[0].rank]
    return rule is not None and max(done, default=0) >= rule.partial_from and len(run) >= rule.partial_from


def _one_then_other(run: list[Candidate], after: list[Candidate]) -> int | None:
    """From which repetition of a run on one hand drew several alone, and then, without a stop, the other one.

    Nobody who means both at once changes hands; who stops may have gone on to the twin.

    :param after: the run of its twin that follows it, if one does
    """
    first = next((k for k, c in enumerate(run) if len(c.hands) == 1), len(run))
    done = [*run[first:], *after]
    alone = [c for c in done if len(c.hands) == 1 and not _unseen_beside(c)]
    changes = [k for k, (a, b) in enumerate(pairwise(alone), 1) if a.hands != b.hands]
    several = len(changes) == 1 and TELLING_REPETITIONS <= changes[0] <= len(alone) - TELLING_REPETITIONS
    if first == len(run) or len(alone) < MOST_OF_LOT * len(done) or not several:
        return None
    spans = [c.repetition.span for c in done if c.repetition is not None]  # without the way back, which one of them has
    rests = [b.start_s - a.end_s for a, b in pairwise(spans)]
    return first if max(rests) < max(TWIN_REST_S, TWIN_REST_WHERE_ENOUGH_RATIO * median(rests)) else None


def _unseen_beside(one: Candidate) -> bool:
    """Whether the hand that does not do it was out of sight for much of it, and may have done it as well."""
    before, after = one.lost_s
    return any(after[h] - before[h] > UNSEEN_BESIDE_SHARE * one.span.duration_s for h in after.keys() - one.hands)


def _where(run: list[Candidate], protocol: Protocol, *, follows: bool) -> int | None:
    """Where a run first falls into two, each complete enough, or None.

    :param follows: the twin comes right after it, so that its own first repetitions may be in this run's tail
    """
    rule = protocol.segments[run[0].rank].count
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    if rule is None or not rests:
        return None
    least = 1 if follows else rule.partial_from
    changes = [k for k in range(rule.partial_from, len(run) - least + 1) if _one_from(run, k)]
    alone = min(changes, key=lambda k: (_against(run, k), -rests[k - 1]), default=None)
    if alone is not None and (follows or sum(c.units for c in run) > rule.target[1]):
        return alone
    if sum(c.units for c in run) <= rule.target[1] + SPARE_REPETITIONS:
        return None
    long, most = max(TWIN_REST_S, TWIN_REST_RATIO * median(rests)), len(run) - rule.partial_from
    stop = next((k for k in range(rule.partial_from, most + 1) if rests[k - 1] >= long), None)
    return _where_enough(run, rule, rests) if stop is None and not follows else stop


def _where_enough(run: list[Candidate], rule: CountRule, rests: list[float]) -> int | None:
    """Where a run that is long enough for two stops longest after as many as are asked for, or one more."""
    if not enough_for_two(run, rule):
        return None
    among = range(rule.target[0], rule.target[1] + SPARE_REPETITIONS + 1)
    first, *others = sorted(among, key=lambda k: rests[k - 1], reverse=True)
    long_s = TWIN_REST_WHERE_ENOUGH_RATIO * max(rests[k - 1] for k in others)
    return first if rests[first - 1] >= max(TWIN_REST_S, long_s) else None


def _one_from(run: list[Candidate], at: int) -> bool:
    """Whether both hands worked before, and one alone from there on."""
    both = [len(c.hands) == 2 for c in run]
    return both[at - 1] and not both[at] and mean(both[:at]) >= MOST_OF_LOT and mean(both[at:]) <= 1.0 - MOST_OF_LOT


def _against(run: list[Candidate], at: int) -> int:
    """How many before it are done by one hand, and from there on by both."""
    both = [len(c.hands) == 2 for c in run]
    return both[:at].count(False) + both[at:].count(True)


def _move(out: list[list[Candidate]], run: list[Candidate], at: int, tail: list[Candidate]) -> None:
    k = next(k for k, other in enumerate(out) if other[0] is run[0])
    follows = k + 1 < len(out) and out[k + 1][0].rank == tail[0].rank
    after = out.pop(k + 1) if follows else []
    out[k : k + 1] = [run[:at], tail + after] if at else [tail + after]
