"""Readings made by hand, as the tutor would get them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.score.evidence import Visibility
from coach.tutor import Hint, WindowReading
from coach.tutor.window import Past
from tests.fakes.protocols import shipped

PROTOCOL = shipped("oxytocin")
CLEAR = Visibility(np.arange(0.0, 60.0, 0.05), {hand: np.ones(1200, dtype=np.bool_) for hand in HANDS})


def hold(point: str, start_s: float, end_s: float, off: float = 0.02) -> Hold:
    return Hold(point, Span(start_s, end_s), "left" if point.endswith("left") else "right", off)


def reading(at_s: float, name: str, holds: Sequence[Hold], *others: SegmentMatch) -> WindowReading:
    rank = PROTOCOL.rank[name]
    rule = PROTOCOL.segment(name).hold
    near = {p.id: p.tolerance for p in (*rule.points, *rule.confusable)} if rule is not None else {}
    fits = [0.8 if h.off <= near.get(h.point, 1.0) else 0.2 for h in holds]  # as the core has them
    own = tuple(
        Candidate(rank, h.span, fit, frozenset((h.hand,)), holds=(h,)) for h, fit in zip(holds, fits, strict=True)
    )
    return WindowReading(at_s, others, (), CLEAR, Past.none(0.0), since=own)


def strokes(name: str, start_s: float, count: int, lasts_s: float = 3.0) -> SegmentMatch:
    done = [Repetition(Span(start_s + lasts_s * k, start_s + lasts_s * (k + 1)), "both") for k in range(count)]
    return SegmentMatch(name, Span(start_s, start_s + lasts_s * count), 0.9, tuple(done))


def keys(hints: Sequence[Hint]) -> list[tuple[str, object]]:
    return [(h.key, h.values.get("point")) for h in hints]


def hidden(hand: Hand, *spans: Span) -> Visibility:
    seen = {h: CLEAR.seen[h].copy() for h in HANDS}
    for span in spans:
        seen[hand][(CLEAR.time_s >= span.start_s) & (CLEAR.time_s < span.end_s)] = False
    return Visibility(CLEAR.time_s, seen)
