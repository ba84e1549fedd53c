"""Steps of strokes and circles made by hand, from readings, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

from coach.domain import HANDS, Hands, SegmentMatch
from coach.moves.candidate import Candidate
from coach.score.evidence import Visibility
from coach.tutor import WindowReading
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised
from coach.tutor.window import Past, Step
from tests.tutor.readings import CLEAR, PROTOCOL


def given(
    match: SegmentMatch, at_s: float, sight: Visibility = CLEAR, *others: SegmentMatch, hand: Hands = "both"
) -> WindowReading:
    """A reading whose segment is the step's, as it would be told."""
    rank, turns = PROTOCOL.rank[match.segment_id], frozenset(HANDS) if hand == "both" else frozenset((hand,))
    own = tuple(Candidate(rank, r.span, 0.9, turns, r) for r in match.repetitions)
    return WindowReading(at_s, (match, *others), (), sight, Past.none(0.0), Step(match.segment_id, 0.0), since=own)


def told(now: WindowReading, name: str) -> list[str]:
    """What is said of a step that began at 0 s."""
    at = Practised(PROTOCOL.segment(name), 0.0)
    at.read(now, PROTOCOL, ())
    return [h.key for h in guided_hints(at, now, PROTOCOL)]


def by(hand: Hands, match: SegmentMatch) -> SegmentMatch:
    return replace(match, repetitions=tuple(replace(r, hand=hand) for r in match.repetitions))
