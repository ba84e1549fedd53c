"""Free practice and exam: what is done at a moment, and told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.hints import STEP_OVER_SHOWN_S
from coach.tutor import WindowReading
from coach.tutor.unguided import Unguided, sure
from coach.tutor.window import Past
from tests.tutor.labels import doing
from tests.tutor.readings import CLEAR, PROTOCOL, hold, reading, strokes


def told_at(time_s: float, *found: SegmentMatch, later_s: float = 0.0) -> str | None:
    now = doing(reading(time_s + later_s, "heart", (), *found), PROTOCOL, time_s)
    return now.segment_id if now is not None else None


def test_a_slow_stroke_that_is_not_over_is_what_was_done_before() -> None:
    """Passes of ten seconds: a further one is under way for sixteen, and one more."""
    passes = strokes("spine_circles", 1.0, 3, 10.0)
    assert [told_at(s, passes) for s in (0.5, 1.0, 30.9, 40.0, 47.9, 48.1)] == [None, *["spine_circles"] * 4, None]
    assert [told_at(s, passes, strokes("love", 45.0, 4)) for s in (40.0, 45.0)] == [None, "love"]  # the gap is known
    assert [told_at(32.0, passes, later_s=s) for s in (4.0, 15.9, 16.1)] == [
        "spine_circles",
        "spine_circles",
        None,
    ]


def test_once_the_session_is_over_what_might_have_been_a_rest_is_told_as_it_is_read() -> None:
    pressed = SegmentMatch("shoulder_points", Span(12.0, 13.0), 0.3, holds=(hold("hollow_right", 12.0, 13.0),))
    now = reading(14.0, "shoulder_points", pressed.holds, strokes("shoulder_stroke", 1.0, 3), pressed)
    told = [doing(now, PROTOCOL, 12.5, ended=ended) for ended in (False, True)]
    assert [match and match.segment_id for match in told] == ["shoulder_stroke", "shoulder_points"]


def test_after_the_last_press_there_comes_no_further_one() -> None:
    both = SegmentMatch("shoulder_points", Span(1.0, 4.0), 0.9, holds=(hold("hollow_left", 1.0, 4.0),))
    whole = replace(both, holds=(*both.holds, hold("hollow_right", 1.0, 4.0)))
    assert [told_at(4.5, whole), told_at(4.5, both), told_at(5.5, both)] == [None, "shoulder_points", None]
    assert told_at(4.5, both, later_s=4.0) is None  # it would be known by then


@pytest.mark.parametrize(
    ("before", "confidence", "lasts_s", "told"),
    [
        (4, 0.3, 0.9, "shoulder_stroke"),  # a rest amid the strokes
        (5, 0.3, 0.9, "shoulder_points"),  # they are done
        (4, 0.5, 0.9, "shoulder_points"),
        (4, 0.3, 3.2, "shoulder_points"),  # long enough for a press
        (0, 0.3, 0.9, None),
    ],
)
def test_a_short_press_may_be_a_rest_unless_the_step_before_is_done(
    before: int, confidence: float, lasts_s: float, told: str | None
) -> None:
    stroked = [strokes("shoulder_stroke", 16.0 - 3.0 * before, before)] if before else []
    holds = tuple(hold(f"hollow_{side}", 16.0, 16.0 + lasts_s) for side in ("left", "right"))
    pressed = SegmentMatch("shoulder_points", Span(16.0, 16.0 + lasts_s), confidence, holds=holds)
    assert told_at(16.5, *stroked, pressed, later_s=4.0) == told


@pytest.mark.parametrize(
    ("sides", "confidence", "told"),
    [(("left", "right"), 0.11, "neck_points"), (("left",), 0.3, None), (("left", "right"), 0.09, None)],
)
def test_a_short_press_by_both_hands_where_they_do_not_rest_is_one(
    sides: tuple[str, ...], confidence: float, told: str | None
) -> None:
    """Behind the ears; the shoulders' points are beside each other, and hands rest there."""
    holds = tuple(hold(f"ear_{side}", 3.0, 3.9) for side in sides)
    pressed = SegmentMatch("neck_points", Span(3.0, 3.9), confidence, holds=holds)
    assert told_at(3.5, pressed, later_s=2.5) == told


@pytest.mark.parametrize(
    ("gap_s", "sides", "told"),
    [
        (3.9, ("left", "right"), "shoulder_stroke"),  # hands rest between two strokes
        (4.1, ("left", "right"), "shoulder_points"),
        (4.1, ("left",), "shoulder_stroke"),
    ],
)
def test_a_short_press_by_both_hands_long_after_the_last_stroke_is_one(
    gap_s: float, sides: tuple[str, ...], told: str
) -> None:
    """Two strokes of three seconds, of five that are asked for: a third would be over four seconds after them."""
    stroked = strokes("shoulder_stroke", 10.0 - gap_s, 2)
    holds = tuple(hold(f"hollow_{side}", 16.0, 16.9) for side in sides)
    pressed = SegmentMatch("shoulder_points", Span(16.0, 16.9), 0.3, holds=holds)
    assert told_at(16.5, stroked, pressed, later_s=0.9) == told


def test_a_step_is_shown_while_a_further_repetition_may_be_under_way_and_until_its_end_has_been_told() -> None:
    passes = strokes("spine_circles", 1.0, 3, 10.0)  # over at 31.0, further ones until 48.0
    unguided = Unguided(PROTOCOL)
    shown = [
        unguided.newest(reading(s, "heart", (), passes), None)
        for s in (31.0, 47.9, 47.9 + STEP_OVER_SHOWN_S, 48.1 + STEP_OVER_SHOWN_S)
    ]
    assert [at.segment.id if at is not None else None for at in shown] == [*["spine_circles"] * 3, None]


def either(at_s: float, found: str, other: str, fit: float = 0.8) -> WindowReading:
    """Five strokes from 1 s on, read as one segment, that might as well be another."""
    match = strokes(found, 1.0, 5)
    both = frozenset(HANDS)
    own = [Candidate(PROTOCOL.rank[name], r.span, fit, both, r) for name in (found, other) for r in match.repetitions]
    return WindowReading(at_s, (match,), (), CLEAR, Past.none(0.0), since=tuple(own), either=(other,))


def test_what_might_as_well_be_what_was_told_before_goes_on_being_that() -> None:
    unguided, at = Unguided(PROTOCOL), None
    shown = []
    for now in (
        reading(10.0, "heart", (), strokes("heart", 1.0, 3)),
        either(16.5, "spine_strokes", "heart"),
        either(16.5, "heart", "spine_strokes"),
        reading(16.9, "heart", (), strokes("spine_strokes", 1.0, 5)),  # surely
        either(17.0, "heart", "spine_strokes"),
        either(17.0, "spine_circles", "love"),
    ):
        at = unguided.newest(now, at)
        shown.append((at.segment.id, at.count) if at is not None else None)
    assert shown[:3] == [("heart", 3), ("heart", 5), ("heart", 5)]
    assert shown[3:] == [("spine_strokes", 5), ("spine_strokes", 5), ("spine_circles", 5)]
    hearts = [doing(either(16.5, "spine_strokes", "heart"), PROTOCOL, 12.5, told) for told in ("heart", "love", "")]
    assert [m.segment_id if m else None for m in hearts] == ["heart", "spine_strokes", "spine_strokes"]


def test_what_might_as_well_be_presses_is_told_as_it_is_read() -> None:
    now = either(16.5, "spine_strokes", "shoulder_points")
    assert [m.segment_id for m in sure(now, PROTOCOL, "shoulder_points")] == ["spine_strokes"]
