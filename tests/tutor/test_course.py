"""The way through the steps."""

from __future__ import annotations

import pytest

from coach.domain import SegmentMatch, Span
from coach.parameters.live_steps import STEP_BEGAN_BEFORE_S
from coach.tutor.course import Course
from tests.tutor.readings import PROTOCOL, reading, strokes
from tests.tutor.strokes import given


def test_a_step_that_began_before_it_was_entered_keeps_what_was_left_and_passed_over() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["neck_points"], 10.0, joined=False)
    at = course.follow(PROTOCOL.rank["shoulder_stroke"], 20.0)
    at.skipped = ("neck_stroke",)
    assert at.left == "neck_points"
    assert course.joins(reading(26.0, "shoulder_stroke", (), strokes("shoulder_stroke", 17.0, 3)))
    assert course.at is not None
    assert (course.at.since_s, course.at.left, course.at.skipped) == (
        17.0 - STEP_BEGAN_BEFORE_S,
        "neck_points",
        ("neck_stroke",),
    )


def test_a_step_is_taken_up_from_its_begin_once() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["neck_points"], 10.0, joined=False)
    course.go(PROTOCOL.rank["shoulder_stroke"], 20.0, joined=True)
    begun = (SegmentMatch("shoulder_stroke", Span(start_s, 26.0), 0.9) for start_s in (17.0, 14.0))
    assert [course.joins(reading(26.0, "shoulder_stroke", (), match)) for match in begun] == [True, False]


@pytest.mark.parametrize(
    ("count", "begun_s", "taken_up"),
    [
        (6, 17.2, True),  # the sixth was the first heart: the five that are asked for were over
        (6, 15.9, False),  # amid the fifth
        (5, 17.2, True),
        (4, 17.2, False),  # not yet all that is asked for
    ],
)
def test_a_step_that_began_amid_the_last_strokes_is_taken_up_from_its_begin(
    count: int, begun_s: float, taken_up: bool
) -> None:
    """Strokes of three seconds, from 1 to 16 s and on."""
    course = Course(PROTOCOL.segments)
    done = strokes("spine_strokes", 1.0, count)
    course.go(PROTOCOL.rank["spine_strokes"], 0.0, joined=False).read(given(done, 21.0), PROTOCOL, ())
    course.go(PROTOCOL.rank["heart"], 20.0, joined=True)
    now = reading(26.0, "heart", (), SegmentMatch("heart", Span(begun_s, 26.0), 0.9))
    assert course.joins(now) is taken_up
    assert course.at is not None
    assert course.at.since_s == (begun_s - STEP_BEGAN_BEFORE_S if taken_up else 20.0)


@pytest.mark.parametrize(
    ("following", "joined", "taken_up"),
    [
        ("spine_circles", True, True),
        ("spine_circles", False, False),  # a command began it
        ("shoulder_points", True, False),  # of presses the frames know best when they begin
    ],
)
def test_only_strokes_that_the_trainee_went_on_to_are_taken_up(following: str, joined: bool, taken_up: bool) -> None:
    course = Course(PROTOCOL.segments)
    done = strokes("shoulder_stroke", 1.0, 6)
    course.go(PROTOCOL.rank["shoulder_stroke"], 0.0, joined=False).read(given(done, 21.0), PROTOCOL, ())
    course.go(PROTOCOL.rank[following], 20.0, joined=joined)
    now = reading(26.0, following, (), SegmentMatch(following, Span(17.2, 26.0), 0.9))
    assert course.joins(now) is taken_up


def test_what_was_entered_by_a_command_begins_then() -> None:
    course = Course(PROTOCOL.segments)
    course.go(PROTOCOL.rank["shoulder_stroke"], 20.0, joined=False)
    assert not course.joins(reading(26.0, "shoulder_stroke", (), strokes("shoulder_stroke", 17.0, 3)))
