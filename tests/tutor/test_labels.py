"""The presses that the page of a guided step tells of, as labels of the live bench."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import Hold, SegmentMatch, Span
from coach.tutor import Hint, Mode, TutorState
from coach.tutor.state import HoldState, StepState
from tests.tutor.labels import LOOK_AHEAD_S, Labels, Rings
from tests.tutor.readings import PROTOCOL, reading

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
    rings = Rings()
    end_s = pressed(rings, 10.0, 2.6, mode=mode)
    rings.show(shown(RIGHT, 0.0, LEFT, mode=mode), end_s + 0.1)
    assert told(rings, 11.0) == [None]


def test_a_segment_that_a_reading_is_sure_of_goes_before_a_ring() -> None:
    labels = Labels()
    labels.rings.show(shown(RIGHT, 0.0, LEFT), 12.0)
    hold = Hold("c_left", Span(10.0, 13.0), "left", 0.02)
    other = SegmentMatch("shoulder_c_grip", Span(10.0, 13.0), 0.9, holds=(hold,))
    labels.read(reading(11.0 + LOOK_AHEAD_S, STEP, ()), PROTOCOL)
    labels.read(reading(11.2 + LOOK_AHEAD_S, STEP, (), other), PROTOCOL)
    labels.read(reading(13.5 + LOOK_AHEAD_S, STEP, ()), PROTOCOL)
    assert [one.segment for one in labels.each] == [STEP, "shoulder_c_grip", None]
