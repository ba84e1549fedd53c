"""What a criterion looks at, put together from a few numbers."""

from __future__ import annotations

import numpy as np

from coach.domain import HANDS, Hand, Hands, Hold, Repetition, SegmentMatch, Span
from coach.parse.unclaimed import Unclaimed
from coach.protocol import Protocol
from coach.score.evidence import Evidence, Visibility

LENGTH = Span(0.0, 100.0)


def sight(*hidden: tuple[Hand, float, float]) -> Visibility:
    """Both hands in view for 100 s but for (hand, from, to)."""
    time_s = np.arange(0.0, 100.0, 0.05)
    seen = {hand: np.ones(len(time_s), dtype=np.bool_) for hand in HANDS}
    for hand, start_s, end_s in hidden:
        seen[hand][(time_s >= start_s) & (time_s < end_s)] = False
    return Visibility(time_s, seen)


def strokes(
    times: int,
    *,
    hand: Hands = "right",
    begin_s: float = 10.0,
    each_s: float = 2.0,
    back_s: float | None = None,
    whole: bool = True,
    fit: float = 1.0,
    reach: float = 1.0,
    balance: float = 1.0,
    sync: float = 1.0,
) -> tuple[Repetition, ...]:
    step = each_s + (back_s or 0.0)
    spans = [Span(begin_s + step * k, begin_s + step * k + each_s) for k in range(times)]
    return tuple(
        Repetition(s, hand, whole, None if back_s is None else s.end_s + back_s, fit, reach, balance, sync)
        for s in spans
    )


def match(segment_id: str, *repetitions: Repetition) -> SegmentMatch:
    return SegmentMatch(segment_id, Span(repetitions[0].span.start_s, repetitions[-1].span.end_s), 0.9, repetitions)


def at(segment_id: str, start_s: float, end_s: float) -> SegmentMatch:
    return SegmentMatch(segment_id, Span(start_s, end_s), 0.9)


def holding(segment_id: str, *holds: Hold) -> SegmentMatch:
    return SegmentMatch(segment_id, Span(holds[0].span.start_s, holds[-1].span.end_s), 0.9, (), holds)


def press(point: str, start_s: float, lasts_s: float = 3.0, hand: Hand = "left") -> Hold:
    return Hold(point, Span(start_s, start_s + lasts_s), hand)


def evidence(
    protocol: Protocol,
    segment_id: str,
    *session: SegmentMatch,
    view: Visibility | None = None,
    length: Span = LENGTH,
    unclaimed: tuple[Unclaimed, ...] = (),
) -> Evidence:
    ordered = tuple(sorted(session, key=lambda m: m.span.start_s))
    own = tuple(m for m in ordered if m.segment_id == segment_id)
    return Evidence(protocol.segment(segment_id), own, ordered, protocol, view or sight(), length, unclaimed=unclaimed)
