"""Whether another step is done, or the next one has begun, from candidates made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.tutor.progress import progress
from coach.tutor.window import Step
from tests.tutor.made import PROTOCOL, made, reading, several


def test_another_segment_is_noticed_unless_the_steps_own_repetitions_explain_it() -> None:
    love = SegmentMatch("love", Span(10.0, 23.0), 0.8, tuple(c.repetition for c in several("love", 3) if c.repetition))
    step = Step("heart", 9.0)
    assert progress(reading(25.0, [], love), step, PROTOCOL).other is love
    assert progress(reading(25.0, several("heart", 3), love), step, PROTOCOL).other is None


@pytest.mark.parametrize(
    ("step", "confidence", "lasts_s", "noticed"),
    [
        ("shoulder_stroke", 0.31, 2.0, True),
        ("shoulder_stroke", 0.29, 2.0, False),
        ("shoulder_stroke", 0.31, 1.9, False),  # perhaps a rest
        ("neck_points", 0.31, 2.0, False),  # not its next step
    ],
)
def test_one_long_press_by_a_single_hand_is_noticed_where_it_is_the_next_steps(
    step: str, confidence: float, lasts_s: float, noticed: bool
) -> None:
    pressed = Hold("hollow_right", Span(20.0, 20.0 + lasts_s), "right", 0.03)
    match = SegmentMatch("shoulder_points", pressed.span, confidence, holds=(pressed,))
    other = progress(reading(25.0, [], match, name=step), Step(step, 9.0), PROTOCOL).other
    assert (other is match) is noticed


@pytest.mark.parametrize(
    ("confidence", "lasts_s", "noticed"), [(0.26, 2.0, True), (0.24, 2.0, False), (0.26, 1.9, False)]
)
def test_a_long_press_by_both_hands_is_noticed_a_little_sooner(
    confidence: float, lasts_s: float, noticed: bool
) -> None:
    holds = tuple(Hold(f"hollow_{side}", Span(20.0, 20.0 + lasts_s), side, 0.03) for side in HANDS)
    match = SegmentMatch("shoulder_points", holds[0].span, confidence, holds=holds)
    before = SegmentMatch("neck_stroke", Span(1.0, 8.0), 0.9)
    now = reading(25.0, [], before, match, name="shoulder_stroke")
    other = progress(now, Step("shoulder_stroke", 9.0), PROTOCOL).other
    assert (other is match) is noticed


@pytest.mark.parametrize(
    ("strokes", "pressed_s", "noticed"),
    [
        (2, 6.0, False),  # the hands rested there before the first stroke
        (1, 6.0, True),  # a single one may be the way to the next step
        (2, 18.0, True),  # after the strokes
        (0, 6.0, True),
    ],
)
def test_who_pressed_and_strokes_since_is_at_the_strokes(strokes: int, pressed_s: float, noticed: bool) -> None:
    """Strokes by one hand from 10 s on, of the step that began at 1 s, and three seconds of the next step's presses."""
    holds = tuple(Hold(f"hollow_{side}", Span(pressed_s, pressed_s + 3.0), side, 0.03) for side in HANDS)
    match, before = (
        SegmentMatch("shoulder_points", holds[0].span, 0.31, holds=holds),
        SegmentMatch("neck_stroke", Span(0.0, 0.9), 0.9),
    )
    done = [made("shoulder_stroke", 10.0 + 3.5 * k, 3.0, "right", fit=0.7) for k in range(strokes)]
    found = progress(reading(25.0, done, before, match, name="shoulder_stroke"), Step("shoulder_stroke", 1.0), PROTOCOL)
    assert len(found.whole) == strokes
    assert (found.other is match) is noticed


def test_who_circled_before_the_strokes_did_another_step() -> None:
    """Nobody rests so: only of presses it is not known."""
    circles = tuple(Repetition(Span(s, s + 2.0), "left", fit=0.9) for s in (2.0, 4.0, 6.0))
    match = SegmentMatch("scapula_left_circles", Span(2.0, 8.0), 0.9, circles)
    done = [made("shoulder_stroke", 10.0 + 3.5 * k, 3.0) for k in range(2)]
    now = reading(25.0, done, SegmentMatch("neck_stroke", Span(0.0, 0.9), 0.9), match, name="shoulder_stroke")
    assert progress(now, Step("shoulder_stroke", 1.0), PROTOCOL).other is match


@pytest.mark.parametrize(
    ("step", "confidence", "points", "noticed"),
    [
        ("scapula_right_circles", 0.31, ("9", "6"), True),
        ("scapula_right_circles", 0.29, ("9", "6"), False),
        ("scapula_right_circles", 0.31, ("6", "6"), False),  # where a hand rests
        ("scapula_left_points", 0.31, ("9", "6"), False),  # not its next step
    ],
)
def test_short_presses_of_several_points_are_noticed_where_they_are_the_next_steps(
    step: str, confidence: float, points: tuple[str, ...], noticed: bool
) -> None:
    holds = tuple(Hold(p, Span(20.0 + 2.0 * k, 20.8 + 2.0 * k), "right", 0.03) for k, p in enumerate(points))
    match = SegmentMatch("scapula_right_points", Span(20.0, 22.8), confidence, holds=holds)
    other = progress(reading(25.0, [], match, name=step), Step(step, 9.0), PROTOCOL).other
    assert (other is match) is noticed


@pytest.mark.parametrize(
    ("step", "name", "confidence", "sides", "noticed"),
    [
        ("neck_stroke", "neck_points", 0.11, HANDS, True),
        ("neck_stroke", "neck_points", 0.09, HANDS, False),
        ("neck_stroke", "neck_points", 0.39, HANDS[:1], False),
        ("shoulder_stroke", "shoulder_points", 0.39, HANDS, False),  # hands rest there: the grip is beside it
        ("neck_points", "neck_points", 0.39, HANDS, False),
        ("shoulder_stroke", "neck_points", 0.39, HANDS, False),
    ],
)
def test_a_short_press_by_both_hands_at_once_is_noticed_where_hands_do_not_rest(
    step: str, name: str, confidence: float, sides: tuple[Hand, ...], noticed: bool
) -> None:
    place = "ear" if name == "neck_points" else "hollow"
    holds = tuple(Hold(f"{place}_{side}", Span(20.0, 20.9), side, 0.03) for side in sides)
    match = SegmentMatch(name, Span(20.0, 20.9), confidence, holds=holds)
    other = progress(reading(22.0, [], match, name=step), Step(step, 9.0), PROTOCOL).other
    assert (other is match) is noticed


@pytest.mark.parametrize(
    ("name", "confidence", "fit", "noticed"),
    [
        ("spine_circles", 0.41, 0.8, True),  # the next
        ("spine_circles", 0.39, 0.89, False),
        ("spine_circles", 0.31, 0.9, True),  # well drawn, and in turn
        ("spine_circles", 0.29, 0.9, False),
        ("spine_strokes", 0.41, 0.8, True),  # the one after
        ("heart", 0.59, 0.8, False),
        ("heart", 0.61, 0.8, True),
        ("heart", 0.41, 0.9, True),  # by both hands at once, and well drawn
        ("heart", 0.39, 0.9, False),
        ("scapula_right_circles", 0.59, 0.9, False),  # the one before
        ("scapula_right_circles", 0.61, 0.8, True),
    ],
)
def test_what_is_far_from_its_turn_must_be_surer(name: str, confidence: float, fit: float, noticed: bool) -> None:
    done = several(name, 3, fit=fit)
    spans = tuple(c.repetition for c in done if c.repetition is not None)
    found = SegmentMatch(name, Span(10.0, 22.0), confidence, spans)
    given = reading(23.0, done, found, name="scapula_right_points")
    assert (progress(given, Step("scapula_right_points", 9.0), PROTOCOL).other is found) == noticed


@pytest.mark.parametrize(("count", "hand"), [(2, "both"), (3, "left")])
def test_what_is_far_from_its_turn_must_be_surer_where_it_is_little_or_by_one_hand(count: int, hand: Hand) -> None:
    done = tuple(c.repetition for c in several("heart", count, fit=0.9) if c.repetition is not None)
    found = SegmentMatch("heart", Span(10.0, 22.0), 0.59, tuple(replace(r, hand=hand) for r in done))
    given = reading(23.0, [], found, name="scapula_right_points")
    assert progress(given, Step("scapula_right_points", 9.0), PROTOCOL).other is None


@pytest.mark.parametrize(
    ("step", "after_s", "before", "confidence", "noticed"),
    [
        ("neck_points", 0.0, 0, 0.7, False),
        ("neck_points", 0.0, 2, 0.7, True),
        ("neck_points", 4.0, 0, 0.7, True),  # one after the other: no hands rest so
        ("shoulder_stroke", 0.0, 0, 0.7, True),  # the next
        ("shoulder_stroke", 0.0, 0, 0.35, False),  # not plain: nobody knows whether it is the press or a rest
        ("shoulder_stroke", 0.0, 2, 0.35, True),
        ("shoulder_c_grip", 0.0, 0, 0.7, False),  # the one before
    ],
)
def test_hands_that_press_at_once_before_all_else_may_rest(
    step: str, after_s: float, before: int, confidence: float, noticed: bool
) -> None:
    """Five seconds at rest before the first step were taken for a later one, and the next one's hints came then."""
    begun_s = {"left": 20.0, "right": 20.0 + after_s}
    holds = tuple(Hold(f"hollow_{hand}", Span(begun_s[hand], begun_s[hand] + 3.7), hand, 0.03) for hand in HANDS)
    match = SegmentMatch("shoulder_points", Span(20.0, 23.7 + after_s), confidence, holds=holds)
    repeated = tuple(c.repetition for c in several("neck_stroke", before) if c.repetition)
    done = (SegmentMatch("neck_stroke", Span(10.0, 18.0), 0.9, repeated),) if before else ()
    other = progress(reading(30.0, [], *done, match, name=step), Step(step, 9.0), PROTOCOL).other
    assert (other is match) is noticed


def test_hands_that_press_after_strokes_that_no_segment_has_yet_do_not_rest_before_them() -> None:
    holds = tuple(Hold(f"hollow_{hand}", Span(20.0, 23.7), hand, 0.03) for hand in HANDS)
    match = SegmentMatch("shoulder_points", Span(20.0, 23.7), 0.7, holds=holds)
    for count, noticed in ((0, False), (2, True)):
        given = reading(30.0, several("neck_stroke", count), match, name="neck_stroke")
        assert (progress(given, Step("neck_stroke", 9.0), PROTOCOL).other is match) is noticed


def test_of_a_segment_that_began_before_the_step_only_what_was_done_since_is_noticed() -> None:
    """The coach went on amid it; of one that comes before the step, it is what has just been done."""
    love = SegmentMatch("love", Span(10.0, 23.0), 0.8, tuple(c.repetition for c in several("love", 3) if c.repetition))
    other = progress(reading(25.0, [], love, since_s=12.0), Step("heart", 12.0), PROTOCOL).other
    assert other is not None
    assert other.repetitions == love.repetitions[1:]
    assert progress(reading(25.0, [], love, since_s=16.0), Step("heart", 16.0), PROTOCOL).other is None  # one is left
    before = replace(love, segment_id="spine_strokes")
    assert progress(reading(25.0, [], before, since_s=12.0), Step("heart", 12.0), PROTOCOL).other is None


def next_began(*holds: Hold) -> bool:
    """Whether, after five circles, these presses are the next step's."""
    circles = [made("scapula_left_circles", 10.0 + 2.5 * k, 2.4, "left") for k in range(5)]
    pressed = SegmentMatch("scapula_left_points", Span(23.5, 25.0), 0.8, holds=holds)
    name = "scapula_left_circles"
    return progress(reading(25.0, circles, pressed, name=name), Step(name, 9.0), PROTOCOL).next


def test_a_press_at_the_next_steps_point_begins_it() -> None:
    assert next_began(Hold("3", Span(23.5, 25.0), "left", 0.02))


@pytest.mark.parametrize("hands", [HANDS, ("left",)])
def test_a_short_press_by_both_hands_begins_the_next_step_and_one_by_a_single_hand_may_be_a_halt(
    hands: tuple[Hand, ...],
) -> None:
    name, span = "neck_stroke", Span(23.5, 24.0)
    done = [made(name, 10.0 + 2.5 * k, 2.4, "right") for k in range(5)]
    holds = tuple(Hold(f"ear_{hand}", span, hand, 0.02) for hand in hands)
    given = reading(25.0, done, SegmentMatch("neck_points", span, 0.2, holds=holds), name=name)
    assert progress(given, Step(name, 9.0), PROTOCOL).next is (hands == HANDS)


@pytest.mark.parametrize(
    "rest",
    [
        Hold("3", Span(23.5, 25.0), "left", 0.09),  # at the edge of its place
        Hold("3", Span(23.5, 24.0), "left", 0.02),
        Hold("3", Span(19.5, 21.0), "left", 0.02),  # the circles went on after it
    ],
)
def test_a_hand_that_rests_between_two_repetitions_does_not_begin_the_next_step(rest: Hold) -> None:
    assert not next_began(rest)


def test_halves_in_turn_are_the_segment_in_turn_though_one_hand_would_fit_the_step() -> None:
    halves = [made("heart", 10.0 + 2.5 * k, 2.0, "left" if k % 2 else "right", 0.6) for k in range(4)]
    drawn = tuple(c.repetition for c in halves if c.repetition is not None)
    love = SegmentMatch("love", Span(10.0, 19.5), 0.8, drawn)
    assert progress(reading(25.0, halves, love), Step("heart", 9.0), PROTOCOL).other is love


def _love(halves: list[Candidate]) -> SegmentMatch:
    drawn = tuple(c.repetition for c in halves if c.repetition is not None)
    return SegmentMatch("love", Span(drawn[0].span.start_s, drawn[-1].span.end_s), 0.8, drawn)


def other_than_hearts(halves: list[Candidate], before: tuple[Candidate, ...] = ()) -> bool:
    """Whether halves that a reading calls the segment in turn are believed to be that, in the step with both hands."""
    given = reading(40.0, [*before, *halves], _love(halves))
    return progress(given, Step("heart", 9.0), PROTOCOL).other is not None


def test_halves_by_one_hand_alone_are_the_step_done_by_one_hand() -> None:
    alone = [made("heart", 20.0 + 4.2 * k, 3.0, "left", 0.6) for k in range(3)]
    assert not other_than_hearts(alone)
    lags = reading(40.0, alone[:1], _love(alone))  # its own repetitions are told a moment later
    assert progress(lags, Step("heart", 9.0), PROTOCOL).other is None
    hearts = (made("heart", 10.0), made("heart", 14.5))
    assert other_than_hearts(alone, hearts)  # both hands have drawn it rightly


@pytest.mark.parametrize(("every_s", "other"), [(2.5, True), (2.0, True), (1.75, False), (1.4, False)])
def test_a_hand_that_follows_before_the_other_is_done_does_not_take_turns(every_s: float, other: bool) -> None:
    halves = [made("heart", 20.0 + every_s * k, 2.0, "left" if k % 2 else "right", 0.6) for k in range(4)]
    assert other_than_hearts(halves) is other


def test_a_heart_that_each_hand_alone_would_fit_too_hides_no_turns() -> None:
    heart = (made("heart", 10.0), *(made("heart", 10.0, 3.0, hand, 0.6) for hand in HANDS))
    halves = [made("heart", 16.0 + 2.5 * k, 2.0, "left" if k % 2 else "right", 0.6) for k in range(4)]
    assert other_than_hearts(halves, heart)
