"""Strokes that were broken off: the hands set out on their usual way and came back too soon, then did it once more.

The core cuts motion into legs of at least half the shortest whole repetition, and what is shorter becomes part of its
neighbours. Once somebody has done a whole one it is known how far hers go and where, and the cut can be finer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from coach.domain import HANDS, Floats, Hand, Span
from coach.moves.candidate import Candidate
from coach.moves.template import template
from coach.moves.trace import Trace
from coach.moves.zigzag import TurningPoint, zigzag
from coach.parameters.live_repetitions import (
    BROKEN_OFF_LONGEST,
    BROKEN_OFF_NEWEST,
    LEAST_SWING,
    NEAR_USUAL_TURN,
    OUT_TOGETHER_SHARE,
    SWING_SHARE,
)
from coach.parameters.runs import PARTIAL_REPETITION_SHARE
from coach.parameters.strokes import BESIDE_PATH
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Segment


@dataclass(frozen=True, slots=True)
class _Outing:
    """Out and back, or on the way out still."""

    start_s: float
    back_s: float | None
    way: Floats  # (k, 2) back units, the places on the way out
    low: float  # the signal where it begins, where it turns and where it ends
    high: float
    back: float

    @property
    def reach(self) -> float:
        return self.high - self.low

    @property
    def lasts_s(self) -> float:
        return (self.back_s or self.start_s) - self.start_s


def may_break_off(segment: Segment) -> bool:
    """Whether a repetition is one way out, of which it can be told that it is broken off."""
    return segment.primitive in ("stroke", "curve") and segment.hands != "alternating"


def broken_off(
    traces: Mapping[Hand, Trace], segment: Segment, whole: Iterable[Candidate], since_s: float
) -> tuple[Span, ...]:
    """When strokes were broken off after which another followed.

    :param whole: her whole repetitions so far
    :param since_s: what was done before belongs to another segment
    """
    if not may_break_off(segment):
        return ()
    done = list(whole)
    found = {hand: _one_hand(traces[hand], segment, [c for c in done if hand in c.hands], since_s) for hand in HANDS}
    at_work = [broken for broken in found.values() if broken is not None]
    if len(at_work) < len(HANDS):
        return tuple(at_work[0]) if at_work else ()
    left, right = at_work
    return tuple(a for a in left if any(_at_once(a, b) for b in right))


def _at_once(one: Span, other: Span) -> bool:
    return one.overlap_s(other) >= OUT_TOGETHER_SHARE * min(one.duration_s, other.duration_s)


def _one_hand(trace: Trace, segment: Segment, done: list[Candidate], since_s: float) -> list[Span] | None:
    """What a hand broke off; None where it has done nothing whole."""
    outings = list(_outings(trace, segment, done, since_s))
    described = template(segment, trace.hand)
    whole = [o for o in outings if o.reach >= segment.reach[0] * described.length and _on_path(o, described.points)]
    if not whole:
        return None
    usual = median(o.reach for o in whole)
    low = median(o.low for o in whole)
    begun = [_is_broken(o, whole, low, usual) for o in outings]
    return [
        Span(one.start_s, one.back_s)
        for k, (one, after) in list(enumerate(pairwise(outings)))[-BROKEN_OFF_NEWEST:]
        if one.back_s is not None
        and begun[k]
        and after.start_s == one.back_s  # else the hand was lost between
        and (begun[k + 1] or after.reach >= PARTIAL_REPETITION_SHARE * usual)
    ]


def _is_broken(one: _Outing, whole: list[_Outing], low: float, usual: float) -> bool:
    """Whether it went out on the usual way, from where she usually begins, and was back too soon.

    :param low: her usual beginning, on the way
    :param usual: how far she usually goes
    """
    return (
        one.back_s is not None
        and one.reach < PARTIAL_REPETITION_SHARE * usual
        and max(one.low, one.back) <= low + NEAR_USUAL_TURN * usual
        and one.lasts_s <= BROKEN_OFF_LONGEST * max(o.lasts_s for o in whole)
        and any(_on_path(one, w.way) for w in whole)
    )


def _on_path(outing: _Outing, path: Floats) -> bool:
    """Whether it turned somewhere on a path."""
    return float(np.hypot(*(path - outing.way[-1]).T).min()) <= BESIDE_PATH


def _outings(trace: Trace, segment: Segment, done: list[Candidate], since_s: float) -> Iterator[_Outing]:
    described = template(segment, trace.hand)
    place = trace.at(segment.contact)
    if segment.primitive == "stroke":
        signal = (place - described.origin) @ described.along
    else:  # a curve goes up before it goes down: how far it is from where hers begin grows all the way
        starts = _starts(trace, place, done)
        if starts is None:
            return
        signal = np.hypot(*(place - starts).T)
    for turns in zigzag(signal, max(LEAST_SWING, SWING_SHARE * described.length)):
        for k, (low, high) in enumerate(pairwise(turns)):
            if not low.high and float(trace.time_s[low.index]) >= since_s:
                yield _outing(trace, place, low, high, turns[k + 2] if k + 2 < len(turns) else None)


def _outing(trace: Trace, place: Floats, low: TurningPoint, high: TurningPoint, back: TurningPoint | None) -> _Outing:
    return _Outing(
        float(trace.time_s[low.index]),
        None if back is None else float(trace.time_s[back.index]),
        place[low.index : high.index + 1],
        low.value,
        high.value,
        high.value if back is None else back.value,
    )


def _starts(trace: Trace, place: Floats, done: list[Candidate]) -> Floats | None:
    """(2,) where the hand's whole repetitions begin; None where none is in sight."""
    first_s = float(trace.time_s[0]) if len(trace.time_s) else 0.0
    begun = [c.repetition.span.start_s for c in done if c.repetition is not None]
    index = [round((s - first_s) * SAMPLE_RATE_HZ) for s in begun]
    seen = [place[k] for k in index if 0 <= k < len(place) and np.isfinite(place[k]).all()]
    return None if not seen else np.median(np.array(seen), axis=0)
