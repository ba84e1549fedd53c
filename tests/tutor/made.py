"""Repetitions made by hand as candidates, and readings of them in a step."""

from __future__ import annotations

import numpy as np

from coach.domain import HANDS, Hands, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.score.evidence import Visibility
from coach.tutor import WindowReading
from coach.tutor.window import Past, Step
from tests.fakes.protocols import shipped

PROTOCOL = shipped("oxytocin")
CLEAR = Visibility(np.arange(0.0, 200.0, 0.05), {hand: np.ones(4000, dtype=np.bool_) for hand in HANDS})


def made(
    segment: str, start_s: float, lasts_s: float = 3.0, hand: Hands = "both", fit: float = 0.9, **of: float
) -> Candidate:
    span = Span(start_s, start_s + lasts_s)
    turns = frozenset(HANDS) if hand == "both" else frozenset((hand,))
    returned = span.end_s + 1.0 if PROTOCOL.segment(segment).returns == "stroked" else None
    done = Repetition(span, hand, of.get("reach", 1.0) >= 0.4, returned, fit, **of)
    return Candidate(PROTOCOL.rank[segment], Span(start_s, returned or span.end_s), fit, turns, done)


def several(
    segment: str, count: int, every_s: float = 4.5, lasts_s: float = 3.0, fit: float = 0.9, **of: float
) -> list[Candidate]:
    return [made(segment, 10.0 + every_s * k, lasts_s, "both", fit, **of) for k in range(count)]


def reading(
    at_s: float, candidates: list[Candidate], *found: SegmentMatch, since_s: float = 9.0, name: str = "heart"
) -> WindowReading:
    step = Step(name, since_s)
    return WindowReading(at_s, found, (), CLEAR, Past.none(0.0), step, tuple(candidates))
