"""A segment that both hands draw at once, done by hands of which one lags behind: they seem to take turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median

from coach.domain import Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.twins import (
    LAG_SHARE,
    SPARE_REPETITIONS,
    TELLING_REPETITIONS,
    TWIN_EDGE_S,
    TWIN_REST_RATIO,
    TWIN_REST_S,
)
from coach.parse.twins import at_once, halves_of, twin_before
from coach.protocol import Protocol


def split_at_lag(
    run: list[Candidate], runs: list[list[Candidate]], candidates: list[Candidate], protocol: Protocol
) -> list[list[Candidate]]:
    """A run, parted where its first half is the missing twin before it, done by hands of which one lags behind.

    Half a repetition late, two hands that should draw together seem to take turns. What tells that they are two
    segments, with a stop between them, is that there are too many turns, or that in the first lot each hand begins
    before the other is done, and in the second none does.

    :param runs: all of the session
    :param candidates: all of the session
    """
    rank = run[0].rank
    first, rule = twin_before(rank, protocol), protocol.segments[rank].count
    if first is None or rule is None or any(other[0].rank == first for other in runs):
        return [run]
    sides = 2 if rule.per == "side" else 1
    many = sum(c.units for c in run) > rule.target[1] * sides + SPARE_REPETITIONS
    halves = halves_of(run, candidates)
    at = _stop(run, rule.partial_from * sides) if many else _lot(run, halves)
    if at is None:
        return [run]
    begun_s = min(c.span.start_s for c in (run[0], *halves))
    while_s = Span(begun_s - TWIN_EDGE_S, run[at].span.start_s + TWIN_EDGE_S)
    head, least = _both_at_once(first, while_s, candidates), protocol.segments[first].count
    return [head, run[at:]] if least is not None and len(head) >= least.partial_from else [run]


def _lot(run: list[Candidate], halves: list[Candidate]) -> int | None:
    """Where a run's second lot begins, if in the first the hands draw at once for a part of the time."""
    ends = accumulate((c.span.end_s for c in halves), max)
    rests = [c.span.start_s - end_s for c, end_s in zip(halves[1:], ends, strict=False)]
    k = max(range(TELLING_REPETITIONS, len(halves) - TELLING_REPETITIONS + 1), key=lambda k: rests[k - 1], default=None)
    if k is None or rests[k - 1] < TWIN_REST_S or not at_once(halves[:k]) >= LAG_SHARE > 2.0 * at_once(halves[k:]):
        return None
    return next((n for n, c in enumerate(run) if c.span.start_s >= halves[k].span.start_s), None)


def _stop(run: list[Candidate], least: int) -> int | None:
    """Where a run stops longest, if that is a stop and leaves so many on either side."""
    rests = [b.span.start_s - a.span.end_s for a, b in pairwise(run)]
    at = max(range(least, len(run) - least + 1), key=lambda k: rests[k - 1], default=None)
    return at if at is not None and rests[at - 1] >= max(TWIN_REST_S, TWIN_REST_RATIO * median(rests)) else None


def _both_at_once(rank: int, while_s: Span, candidates: list[Candidate]) -> list[Candidate]:
    """A stretch of time, read as a segment that both hands draw together: two halves that overlap are one."""
    start_s, end_s = while_s.start_s, while_s.end_s
    halves = [c for c in candidates if c.rank == rank and start_s <= c.span.start_s and c.span.end_s <= end_s]
    out: list[Candidate] = []
    waiting: Candidate | None = None
    for half in (c for c in halves if len(c.hands) == 1 and c.fit >= IDLE_FIT):
        if waiting is not None and half.hands != waiting.hands and half.span.overlap_s(waiting.span) > 0.0:
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
    return replace(one, span=span, hands=one.hands | other.hands, repetition=repetition, fit=min(one.fit, other.fit))
