"""Presses that may be a rest."""

from __future__ import annotations

import pytest

from coach.domain import SegmentMatch
from coach.parse.resting import doubtful
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
    return [match.rest for match in doubtful(session, MASSAGE)]


@pytest.mark.parametrize(("lasts_s", "rest"), [(3.0, False), (RESTS_S - 0.1, False), (RESTS_S + 0.1, True)])
def test_both_hands_that_stay_much_longer_than_is_asked_may_rest(lasts_s: float, rest: bool) -> None:
    assert rests(at("shoulder_stroke", 0.0, 9.0), both("shoulder_points", "hollow", 12.0, lasts_s)) == [False, rest]
    assert rests(both("shoulder_points", "hollow", 12.0, lasts_s)) == [rest]  # nothing else is practised


def test_one_hand_alone_at_a_place_for_both_may_rest_too() -> None:
    assert rests(holding("shoulder_points", press("hollow_right", 12.0, 6.0, "right"))) == [True]


def test_where_no_hand_rests_a_press_is_one_however_long() -> None:
    assert rests(holding("scapula_left_points", press("3", 12.0, 9.0))) == [False]
    assert rests(holding("neck_points", press("ear_left", 12.0, 9.0))) == [False]


@pytest.mark.parametrize(("pause_s", "rest"), [(1.0, False), (5.0, True)])
def test_who_goes_from_one_pair_of_points_to_the_next_does_not_rest(pause_s: float, rest: bool) -> None:
    hollow, grip = both("shoulder_points", "hollow", 12.0, 5.0), both("shoulder_c_grip", "c", 17.0 + pause_s, 3.0)
    assert rests(hollow, grip) == [rest, False]
    grip = both("shoulder_c_grip", "c", 9.0 - pause_s, 3.0)
    assert rests(grip, hollow) == [False, rest]


def test_who_presses_everything_long_does_not_rest() -> None:
    points = [holding("scapula_left_points", *(press(p, 40.0 + 6.0 * k, 5.2) for k, p in enumerate(("3", "6", "8"))))]
    before = (at("shoulder_stroke", 0.0, 9.0), both("shoulder_points", "hollow", 12.0, 5.5))
    assert rests(*before, *points) == [False, False, False]
    few = [holding("scapula_left_points", press("3", 40.0, 5.0))]
    assert rests(*before, *few) == [False, True, False]
