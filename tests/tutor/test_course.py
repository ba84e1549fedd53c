"""The way through the steps."""

from __future__ import annotations

from coach.domain import SegmentMatch, Span
from coach.tutor.course import BEFORE_S, Course
from tests.tutor.readings import PROTOCOL, reading, strokes


def test_a_step_that_began_before_it_was_entered_keeps_what_was_left_and_passed_over() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["neck_points"], 10.0, joined=False)
    at = course.follow(PROTOCOL.rank["shoulder_stroke"], 20.0)
    at.skipped = ("neck_stroke",)
    assert at.left == "neck_points"
    assert course.joins(reading(26.0, "shoulder_stroke", (), strokes("shoulder_stroke", 17.0, 3)))
    assert course.at is not None
    assert (course.at.since_s, course.at.left, course.at.skipped) == (17.0 - BEFORE_S, "neck_points", ("neck_stroke",))


def test_a_step_is_taken_up_from_its_begin_once() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["neck_points"], 10.0, joined=False)
    course.go(PROTOCOL.rank["shoulder_stroke"], 20.0, joined=True)
    begun = (SegmentMatch("shoulder_stroke", Span(start_s, 26.0), 0.9) for start_s in (17.0, 14.0))
    assert [course.joins(reading(26.0, "shoulder_stroke", (), match)) for match in begun] == [True, False]


def test_what_was_entered_by_a_command_begins_then() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["shoulder_stroke"], 20.0, joined=False)
    assert not course.joins(reading(26.0, "shoulder_stroke", (), strokes("shoulder_stroke", 17.0, 3)))
