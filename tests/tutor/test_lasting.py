"""The clock of a step that is to go on for some time."""

from __future__ import annotations

from math import cos, pi, sin

import pytest

from coach.domain import HANDS, Span
from coach.protocol import DurationRule
from coach.tutor.lasting import Lasting
from coach.tutor.practised import Practised
from coach.tutor.remarks import more
from coach.tutor.state import At, Hint, Seeing, TimeState
from tests.fakes.protocols import shipped

RULE = DurationRule(target_s=(30.0, 50.0), partial_from_s=15.0, bridge_s=4.0)
TURN_S, RADIUS = 2.0, 0.035


def circling(at_s: float) -> At:
    return 0.6 + RADIUS * sin(2 * pi * at_s / TURN_S), 0.2 + RADIUS * cos(2 * pi * at_s / TURN_S)


def watch(timed: Lasting, start_s: float, end_s: float, *, moves: bool = True) -> None:
    for frame in range(round(10 * start_s), round(10 * end_s) + 1):
        now_s = frame / 10
        timed.see(Seeing(now_s, dict.fromkeys(HANDS, circling(now_s if moves else start_s))))


def test_the_clock_runs_while_the_hands_circle_and_stands_while_they_rest() -> None:
    timed = Lasting(RULE)
    watch(timed, 0.0, 12.0)
    assert timed.took_s == pytest.approx(12.0, abs=0.5)
    watch(timed, 12.1, 24.0, moves=False)
    assert timed.took_s == pytest.approx(12.0, abs=1.6)  # until the hands are known to be still
    assert timed.rests(24.0)
    assert timed.state.rests


def test_a_short_pause_is_part_of_it() -> None:
    timed = Lasting(RULE)
    watch(timed, 0.0, 10.0)
    watch(timed, 10.1, 13.0, moves=False)
    watch(timed, 13.1, 20.0)
    assert timed.took_s == pytest.approx(20.0, abs=0.6)


def test_hands_that_move_without_a_pass_of_the_step_are_no_more_than_one_pass() -> None:
    timed = Lasting(RULE, longest_s=20.0)
    watch(timed, 0.0, 45.0)
    assert timed.took_s == pytest.approx(20.0, abs=0.5)
    assert not timed.enough
    timed.take([Span(1.0, 19.0), Span(20.0, 38.0)])
    assert timed.took_s == pytest.approx(44.0, abs=0.6)  # from the first pass on, and what followed the last
    assert timed.enough
    assert not timed.full


def test_what_a_reading_has_forgotten_is_kept() -> None:
    timed = Lasting(RULE)
    timed.take([Span(0.0, 10.0), Span(11.0, 20.0)])
    timed.take([Span(21.0, 32.0)])
    assert timed.took_s == 32.0
    timed.take([])
    assert timed.took_s == 32.0


def test_who_stops_too_soon_is_told_to_go_on() -> None:
    at = Practised(shipped("back_massage_short").segment("fist_circles"), 0.0)
    assert at.timed is not None
    watch(at.timed, 0.0, 50.0)
    assert not at.done
    assert list(more(at)) == [Hint("hint_longer", {"took_s": 50, "low_s": 120}, "fist_circles")]
    at.timed.take([Span(1.0, 130.0)])
    assert at.done
    assert not at.full
    assert list(more(at)) == []
    assert at.state(0, 1).time == TimeState(129.0, 120.0, 180.0, rests=False)
    assert at.state(0, 1).done


def test_a_step_without_a_time_has_no_clock() -> None:
    assert Lasting.of(shipped("oxytocin").segment("heart")) is None
