"""The presses that the page of a guided step tells of, as labels of the live bench."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import Hold, SegmentMatch, Span
from coach.tutor import Hint, Mode, TutorState
from coach.tutor.state import HoldState, StepState
from coach.tutor.window import Step
from tests.tutor.labels import EACH_S, LOOK_AHEAD_S, Labels, Rings, doing
from tests.tutor.readings import PROTOCOL, hold, reading, strokes

STEP = "shoulder_points"
LEFT, RIGHT = "hollow_left", "hollow_right"


def shown(point: str, held_s: float, *done: str, mode: Mode = "guided", step: str = STEP) -> TutorState:
    hold = HoldState(point, held_s, 2.0, done)
    at = StepState(step, 0, 1, "together", len(done), None, None, None, hold, done=False)
    return TutorState("practising", mode, at, (), None, None, None, None, (), 0.0)


def told(rings: Rings, *times_s: float) -> list[str | None]:
    return [None if (one := rings.at(t)) is None else one.segment for t in times_s]


def pressed(rings: Rings, from_s: float, held_s: float, point: str = LEFT, mode: Mode = "guided") -> float:
    """A ring that fills from then on; returns when it is seen last."""
    for tenth in range(1, round(10 * held_s) + 1):
        rings.show(shown(point, tenth / 10, mode=mode), from_s + tenth / 10)
    return from_s + held_s


def test_a_ring_counts_from_its_beginning_once_its_point_is_ticked_off() -> None:
    rings = Rings()
    rings.show(shown(LEFT, 0.0), 9.0)
    end_s = pressed(rings, 10.0, 2.6)
    assert told(rings, 10.5) == [None]
    rings.show(shown(RIGHT, 0.0, LEFT), end_s + 0.1)
    assert told(rings, 9.9, 10.1, 12.6, 12.8) == [None, STEP, STEP, None]
    rings.show(shown(RIGHT, 0.0, LEFT), 20.0)
    assert len(rings.told) == 1  # it is ticked off once


def test_what_was_ticked_off_without_a_ring_was_pressed_long_enough() -> None:
    rings = Rings()
    rings.show(shown(RIGHT, 0.0, LEFT), 10.0)
    assert told(rings, 7.9, 8.1, 9.9, 10.1) == [None, STEP, STEP, None]


def test_a_ring_of_long_ago_is_not_the_press_that_is_ticked_off() -> None:
    rings = Rings()
    pressed(rings, 10.0, 0.8)
    rings.show(shown(LEFT, 0.0), 11.0)
    rings.show(shown(RIGHT, 0.0, LEFT), 20.0)
    assert told(rings, 10.4, 15.0, 18.5) == [None, None, STEP]


def test_a_ring_that_was_broken_off_begins_anew() -> None:
    rings = Rings()
    pressed(rings, 10.0, 0.8)
    rings.show(shown(LEFT, 0.0), 10.9)
    rings.show(shown(LEFT, 0.0, LEFT), pressed(rings, 11.5, 2.6) + 0.1)
    assert told(rings, 10.4, 11.6) == [None, STEP]


@pytest.mark.parametrize("named", [LEFT, RIGHT])  # of both hands' rings only the longer is shown
def test_a_short_press_counts_once_the_hint_says_so(named: str) -> None:
    rings = Rings()
    end_s = pressed(rings, 10.0, 0.9)
    rings.show(shown(LEFT, 0.0), end_s + 0.5)
    assert told(rings, 10.5) == [None]
    hint = Hint("hint_hold_longer", {"point": named, "held_s": 0.7}, STEP)
    for later_s in (1.0, 1.1, 5.0):
        rings.show(replace(shown(LEFT, 0.0), hint=hint), end_s + later_s)
    assert told(rings, 9.9, 10.2, 10.6, 10.8) == [None, STEP, STEP, None]
    assert len(rings.told) == 1


def test_of_several_points_the_one_that_the_hint_names_was_short() -> None:
    rings = Rings()
    pressed(rings, 10.0, 0.9, LEFT)
    end_s = pressed(rings, 12.0, 0.8, RIGHT)
    rings.show(
        replace(shown(RIGHT, 0.0), hint=Hint("hint_hold_longer", {"point": LEFT, "held_s": 0.9}, STEP)), end_s + 0.1
    )
    assert told(rings, 10.5, 12.5) == [STEP, None]


def test_another_hint_or_one_for_another_step_tells_of_no_press() -> None:
    rings = Rings()
    end_s = pressed(rings, 10.0, 0.9)
    for hint in (
        Hint("hint_missing_point", {"point": LEFT}, STEP),
        Hint("hint_hold_longer", {"point": "9", "held_s": 0.9}, "heart"),
    ):
        rings.show(replace(shown(LEFT, 0.0), hint=hint), end_s + 1.0)
    assert told(rings, 10.5) == [None]


@pytest.mark.parametrize("mode", ["free", "exam"])
def test_where_no_step_is_asked_for_the_readings_tell_alone(mode: Mode) -> None:
    labels, hint = Labels(), Hint("hint_hold_longer", {"point": RIGHT, "held_s": 0.9}, STEP)
    labels.read(reading(14.0, STEP, [hold(RIGHT, 11.0, 11.9)]), PROTOCOL)
    end_s = pressed(labels.rings, 10.0, 2.6, mode=mode)
    labels.rings.show(replace(shown(RIGHT, 0.0, LEFT, mode=mode), hint=hint), end_s + 0.1)
    assert told(labels.rings, 11.0, 11.5) == [None, None]


def test_a_segment_that_a_reading_is_sure_of_goes_before_a_ring() -> None:
    labels = Labels()
    labels.rings.show(shown(RIGHT, 0.0, LEFT), 12.0)
    c_grip = Hold("c_left", Span(10.0, 13.0), "left", 0.02)
    other = SegmentMatch("shoulder_c_grip", Span(10.0, 13.0), 0.9, holds=(c_grip,))
    for at_s, found in ((11.0, ()), (11.2, (other,)), (12.1, ())):
        labels.read(reading(at_s + LOOK_AHEAD_S, STEP, (), *found), PROTOCOL)
    each = {round(one.time_s, 1): one.segment for one in labels.each}
    assert [each[at_s] for at_s in (11.0, 11.1, 11.2, 11.3, 12.1)] == [STEP, *2 * ["shoulder_c_grip"], STEP, None]
    assert list(each) == [pytest.approx(11.0 + EACH_S * k) for k in range(12)]


@pytest.mark.parametrize(
    ("asked", "told"),
    [("neck_points", None), (None, STEP), (STEP, STEP), ("shoulder_stroke", STEP)],
)
def test_who_waits_for_the_step_that_is_asked_for_presses_nothing(asked: str | None, told: str | None) -> None:
    holds = tuple(hold(point, 3.0, 6.5) for point in (LEFT, RIGHT))
    first = SegmentMatch(STEP, Span(3.0, 6.5), 0.57, holds=holds)
    step = Step(asked, 1.0) if asked is not None else None

    def named(*found: SegmentMatch) -> str | None:
        now = doing(replace(reading(9.0, STEP, (), *found), step=step), PROTOCOL, 5.0)
        return now.segment_id if now is not None else None

    assert named(first) == told
    assert named(first, strokes("shoulder_stroke", 7.0, 1)) == STEP  # something was done before


def test_an_answer_that_comes_after_a_pause_or_the_end_is_none() -> None:
    stroke = strokes("shoulder_stroke", 2.0, 9)
    labels = Labels()
    for at_s in (10.0, 13.0):
        labels.read(reading(at_s, STEP, (), stroke), PROTOCOL)
    labels.end(reading(20.0, STEP, (), stroke), PROTOCOL)
    told_s = [one.time_s for one in labels.each if one.segment is not None]
    assert [one.time_s for one in labels.each] == [pytest.approx(6.0 + EACH_S * k) for k in range(141)]
    assert told_s == [pytest.approx(t / 10) for t in (60, *range(80, 91), *range(150, 201))]


def test_a_ring_that_shrinks_begins_later() -> None:
    rings = Rings()
    pressed(rings, 10.0, 1.5)
    for tenth in range(1, 27):  # it is full from 14.0 on
        rings.show(shown(LEFT, min(tenth / 10, 2.0)), 12.0 + tenth / 10)
    rings.show(shown(RIGHT, 0.0, LEFT), 14.7)
    assert told(rings, 11.0, 11.9, 12.1, 14.6) == [None, None, STEP, STEP]


def ticked(*holds: Hold) -> Labels:
    """A reading of presses, and then the page ticks a point off without a ring that fills."""
    labels = Labels()
    labels.read(reading(15.0, STEP, holds), PROTOCOL)
    labels.rings.show(shown(RIGHT, 0.0, LEFT), 15.1)
    return labels


def test_the_reading_knows_when_what_is_ticked_off_was_pressed() -> None:
    known = hold(LEFT, 9.0, 12.8)
    rings = ticked(hold(LEFT, 3.0, 6.0), known, hold(LEFT, 13.0, 14.0), hold(RIGHT, 11.0, 15.0)).rings
    assert [one.span for one in rings.told] == [known.span]  # the newest of the point that was long enough
    assert [one.span for one in ticked(hold(LEFT, 9.0, 12.5)).rings.told] == [Span(13.1, 15.1)]  # of long ago


@pytest.mark.parametrize(("fit", "second", "known"), [(0.8, False, True), (0.0, False, False), (0.8, True, False)])
def test_what_no_reading_takes_for_a_press_of_the_point_is_none(fit: float, second: bool, known: bool) -> None:
    labels, own = Labels(), reading(15.0, STEP, [hold(LEFT, 11.0, 14.5)])
    labels.read(replace(own, since=tuple(replace(c, fit=fit, second=second) for c in own.since)), PROTOCOL)
    labels.rings.show(shown(RIGHT, 0.0, LEFT), 15.1)
    assert (labels.rings.told[0].span == Span(11.0, 14.5)) is known


def test_a_press_that_goes_on_after_its_point_was_ticked_off_is_longer() -> None:
    labels = ticked(hold(LEFT, 11.0, 15.0))
    labels.read(reading(15.5, STEP, [hold(LEFT, 11.1, 15.5), hold(LEFT, 13.0, 15.4)]), PROTOCOL)
    labels.read(reading(16.0, STEP, [hold(LEFT, 11.0, 15.9), hold(LEFT, 11.1, 16.0)]), PROTOCOL)
    labels.read(reading(20.0, STEP, [hold(LEFT, 15.0, 20.0)]), PROTOCOL)  # another one
    assert [one.span for one in labels.rings.told] == [Span(11.1, 16.0)]


def test_the_reading_knows_which_press_the_hint_calls_short() -> None:
    labels = Labels()
    labels.read(reading(15.0, STEP, [hold(LEFT, 10.0, 10.9), hold(LEFT, 12.0, 12.5)]), PROTOCOL)
    pressed(labels.rings, 13.0, 0.9)
    hint = Hint("hint_hold_longer", {"point": LEFT, "held_s": 0.9}, STEP)
    labels.rings.show(replace(shown(LEFT, 0.0), hint=hint), 15.1)
    assert [one.span for one in labels.rings.told] == [Span(10.0, 10.9)]
