"""Presses that may be a rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import SegmentMatch
from coach.parse.resting import with_rests_marked, without_repeats
from tests.fakes.evidence import at, holding, press
from tests.fakes.protocols import shipped

MASSAGE = shipped("oxytocin")
RESTS_S = 4.2


def both(segment: str, point: str, start_s: float, lasts_s: float) -> SegmentMatch:
    return holding(
        segment,
        press(f"{point}_left", start_s, lasts_s),
        press(f"{point}_right", start_s, lasts_s, "right"),
    )


def rests(*session: SegmentMatch) -> list[bool]:
    return [match.rest for match in with_rests_marked(session, MASSAGE)]


@pytest.mark.parametrize(("lasts_s", "rest"), [(3.0, False), (RESTS_S - 0.1, False), (RESTS_S + 0.1, True)])
def test_both_hands_that_stay_much_longer_than_is_asked_may_rest(lasts_s: float, rest: bool) -> None:
    assert rests(at("shoulder_stroke", 0.0, 9.0), both("shoulder_points", "hollow", 12.0, lasts_s)) == [False, rest]
    assert rests(both("shoulder_points", "hollow", 12.0, lasts_s)) == [rest]  # nothing else is practised


@pytest.mark.parametrize(
    ("other", "rest"),
    [
        (at("shoulder_stroke", 0.0, 9.0), False),  # of its part
        (at("shoulder_stroke", 40.0, 49.0), True),  # she waits to begin
        (at("neck_stroke", 0.0, 9.0), True),
        (at("spine_circles", 40.0, 49.0), True),
    ],
)
def test_a_press_amid_steps_of_other_parts_alone_may_be_a_rest_however_short(other: SegmentMatch, rest: bool) -> None:
    hollow = both("shoulder_points", "hollow", 12.0, 2.5)
    session = sorted((other, hollow), key=lambda match: match.span.start_s)
    assert dict(zip((m.segment_id for m in session), rests(*session), strict=True))["shoulder_points"] == rest


def test_what_is_pressed_twice_amid_steps_of_other_parts_is_no_step_of_its_own_part() -> None:
    twice = both("shoulder_c_grip", "c", 12.0, 3.0), both("shoulder_c_grip", "c", 16.0, 2.5)
    assert rests(*twice, at("spine_circles", 40.0, 49.0)) == [True, True, False]
    assert rests(at("shoulder_stroke", 0.0, 9.0), *twice, at("spine_circles", 40.0, 49.0))[1:3] == [False, False]


def test_what_comes_right_before_or_after_shows_that_a_press_is_one() -> None:
    """In the protocol the grip comes right before the circles on the left shoulder blade."""
    grip = both("shoulder_c_grip", "c", 12.0, 2.5)
    assert rests(grip, at("scapula_left_circles", 16.0, 25.0)) == [False, False]
    assert rests(grip, at("scapula_left_points", 16.0, 25.0)) == [True, False]


@pytest.mark.parametrize(
    ("before", "after", "rest"),
    [
        ((), ("neck_stroke", "shoulder_stroke"), True),  # she waits with her hands there before she begins
        ((), ("shoulder_stroke", "neck_stroke"), True),
        (("shoulder_stroke",), ("neck_stroke",), False),  # it comes right after the stroke
        (("shoulder_stroke", "scapula_left_circles"), ("scapula_left_points",), True),
        (("neck_stroke",), ("scapula_left_circles", "shoulder_stroke"), False),
    ],
)
def test_a_press_out_of_its_turn_may_be_a_rest_though_a_step_of_its_part_is_done_elsewhere(
    before: tuple[str, ...], after: tuple[str, ...], rest: bool
) -> None:
    """Between others, each ten seconds from the next."""
    hollow = both("shoulder_points", "hollow", 10.0 * len(before), 2.5)
    done = [at(name, 10.0 * k, 10.0 * k + 6.0) for k, name in enumerate(before)]
    later = [
        at(name, hollow.span.start_s + 10.0 * (k + 1), hollow.span.start_s + 10.0 * k + 16.0)
        for k, name in enumerate(after)
    ]
    assert rests(*done, hollow, *later)[len(before)] is rest
    grip = both("shoulder_c_grip", "c", 12.0, 2.5)  # the step that comes next is of its own part
    neck = at("neck_stroke", 0.0, 9.0)
    assert rests(neck, grip, at("shoulder_stroke", 20.0, 29.0)) == [False, False, False]


def test_one_hand_alone_at_a_place_for_both_may_rest_too() -> None:
    assert rests(holding("shoulder_points", press("hollow_right", 12.0, 6.0, "right"))) == [True]


def test_where_no_hand_rests_a_press_is_one_however_long() -> None:
    assert rests(holding("scapula_left_points", press("3", 12.0, 9.0))) == [False]
    assert rests(holding("neck_points", press("ear_left", 12.0, 9.0))) == [False]


@pytest.mark.parametrize(("pause_s", "rest"), [(1.0, False), (5.0, True)])
def test_presses_side_by_side_may_run_into_one(pause_s: float, rest: bool) -> None:
    hollow, grip = both("shoulder_points", "hollow", 12.0, 5.0), both("shoulder_c_grip", "c", 17.0 + pause_s, 3.0)
    assert rests(hollow, grip) == [rest, False]
    grip = both("shoulder_c_grip", "c", 9.0 - pause_s, 3.0)
    assert rests(grip, hollow) == [False, rest]


@pytest.mark.parametrize(("lasts_s", "rest"), [(3.3, False), (5.8, True)])
def test_a_hand_that_stays_for_longer_than_two_presses_in_a_row_may_rest_in_both(lasts_s: float, rest: bool) -> None:
    """It slid a little from one place to the other, while the other hand did something else."""
    hollow = holding("shoulder_points", press("hollow_left", 2.0, lasts_s))
    grip = holding("shoulder_c_grip", press("c_left", 2.1 + lasts_s, lasts_s))
    assert rests(hollow, grip) == [rest, rest]
    ears = holding("neck_points", press("ear_left", 2.1 + lasts_s, lasts_s))
    assert rests(at("shoulder_stroke", -9.0, 0.0), hollow, ears) == [False, rest, False]
    hollows, grips = (
        both("shoulder_points", "hollow", 2.0, lasts_s),
        both("shoulder_c_grip", "c", 2.1 + lasts_s, lasts_s),
    )
    assert rests(hollows, grips) == [False, False]  # both hands go from pair to pair


def test_who_presses_everything_long_does_not_rest() -> None:
    points = [holding("scapula_left_points", *(press(p, 40.0 + 6.0 * k, 5.2) for k, p in enumerate(("3", "6", "8"))))]
    before = (at("shoulder_stroke", 0.0, 9.0), both("shoulder_points", "hollow", 12.0, 5.5))
    assert rests(*before, *points) == [False, False, False]
    few = [holding("scapula_left_points", press("3", 40.0, 5.0))]
    assert rests(*before, *few) == [False, True, False]


@pytest.mark.parametrize(
    ("first", "between", "kept"),
    [
        (both("shoulder_points", "hollow", 12.0, 3.0), [both("shoulder_c_grip", "c", 17.0, 3.0)], False),
        (both("shoulder_points", "hollow", 12.0, 1.5), [both("shoulder_c_grip", "c", 17.0, 3.0)], True),  # too short
        (holding("shoulder_points", press("hollow_left", 12.0)), [at("scapula_left_circles", 17.0, 25.0)], True),
        (both("shoulder_points", "hollow", 12.0, 3.0), [], True),  # the same press, broken off for a moment
        (at("shoulder_stroke", 2.0, 14.0), [both("shoulder_c_grip", "c", 17.0, 3.0)], True),  # it comes late
    ],
)
def test_who_has_done_it_rightly_and_comes_back_rests(
    first: SegmentMatch, between: list[SegmentMatch], kept: bool
) -> None:
    again = both("shoulder_points", "hollow", 30.0, 3.5)
    session = [first, *between, again]
    assert without_repeats(session, MASSAGE) == tuple(session if kept else session[:-1])


def test_who_comes_back_to_do_better_what_was_wrong_may_rest_there() -> None:
    stroke, grip = at("shoulder_stroke", 0.0, 9.0), both("shoulder_c_grip", "c", 16.0, 3.0)
    short, long = both("shoulder_points", "hollow", 12.0, 1.0), both("shoulder_points", "hollow", 22.0, 3.0)
    assert rests(stroke, short, grip, long) == [False, False, False, True]
    assert rests(stroke, short, long) == [False, False, False]  # at once
    assert rests(stroke, grip, long) == [False, False, False]  # the first time
    ears = [both("neck_points", "ear", start_s, 1.0) for start_s in (12.0, 22.0)]
    assert rests(ears[0], at("shoulder_stroke", 14.0, 20.0), ears[1]) == [False, False, False]  # where no hands rest
    waits = both("shoulder_points", "hollow", -8.0, RESTS_S + 2.0)
    assert rests(waits, stroke, grip, long) == [True, False, False, False]  # before, she only waited there


def test_points_where_no_hand_rests_may_be_pressed_again() -> None:
    points = [holding("neck_points", press("ear_left", t), press("ear_right", t, 3.0, "right")) for t in (2.0, 30.0)]
    session = (points[0], at("shoulder_stroke", 10.0, 25.0), points[1])
    assert without_repeats(session, MASSAGE) == session


def test_hands_that_wait_at_points_before_the_strokes_press_them_afterwards() -> None:
    """The same points come again once the strokes are done: before, they lay there until she began."""
    strokes, waited = at("shoulder_stroke", 8.0, 20.0), both("shoulder_points", "hollow", 2.0, 2.5)
    pressed = both("shoulder_points", "hollow", 22.0, 3.0)
    assert rests(waited, strokes, pressed) == [True, False, False]
    assert rests(waited, strokes) == [True, False]  # nobody knows whether she pressed too early, or waited to begin
    neck = at("neck_stroke", -20.0, -8.0)
    assert rests(neck, waited, strokes) == [False, False, False]  # pressed too early, and not again
    assert rests(neck, waited, strokes, pressed) == [False, True, False, False]
    assert rests(waited, both("shoulder_c_grip", "c", 5.0, 2.5), strokes, pressed)[0] is True  # one rest, read as two
    assert rests(strokes, both("shoulder_points", "hollow", 23.0, 2.5), pressed)[1] is False
    ears = both("neck_points", "ear", 2.0, 2.5)  # there no hands rest
    assert rests(ears, at("neck_stroke", 8.0, 20.0), both("neck_points", "ear", 22.0, 3.0)) == [False] * 3


def test_palms_that_have_not_moved_since_the_step_before_may_not_have_gone_on() -> None:
    strokes, hollow = at("shoulder_stroke", 0.0, 20.0), both("shoulder_points", "hollow", 22.0, 2.4)
    grip = both("shoulder_c_grip", "c", 24.9, 1.5)

    def lain(*lasts_s: float) -> SegmentMatch:
        return replace(grip, holds=tuple(replace(h, perhaps_s=s) for h, s in zip(grip.holds, lasts_s, strict=True)))

    assert rests(strokes, hollow, lain(4.3, 4.3)) == [False, False, True]
    assert rests(strokes, hollow, lain(4.3, 0.0)) == [False] * 3  # one of them did
    assert rests(strokes, hollow, lain(2.1, 2.1)) == [False] * 3
    assert rests(strokes, lain(4.3, 4.3)) == [False] * 2  # there was none before


def test_what_was_pressed_while_she_waited_does_not_make_the_press_a_repeat() -> None:
    strokes, waited = at("shoulder_stroke", 8.0, 20.0), both("shoulder_points", "hollow", 2.0, 2.5)
    one = holding("shoulder_points", press("hollow_left", 22.0, 4.0))
    assert without_repeats((waited, strokes, one), MASSAGE) == (waited, strokes, one)
    before = at("shoulder_stroke", 0.0, 1.0)
    assert without_repeats((before, waited, strokes, one), MASSAGE) == (before, waited, strokes)
