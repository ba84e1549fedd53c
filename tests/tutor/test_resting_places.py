"""Since when hands lie where they are."""

from __future__ import annotations

import pytest

from coach.tutor.resting_places import RestingPlaces
from coach.tutor.state import At


def kept(*way: tuple[float, At]) -> RestingPlaces:
    out = RestingPlaces()
    for now_s, at in way:
        out.see(now_s, {"left": at})
    return out


def test_a_hand_that_trembles_stays() -> None:
    assert kept((1.0, (0.3, 0.0)), (2.0, (0.33, 0.0)), (3.0, (0.3, 0.03))).since_s == 1.0


@pytest.mark.parametrize(("step", "since_s"), [(0.01, 7.0), (0.003, 1.0)])
def test_a_slow_stroke_is_no_stay(step: float, since_s: float) -> None:
    """Four centimetres of a back in ten seconds are a stroke; one is a hand that slips."""
    way = [(1.0 + k, (0.3, step * k)) for k in range(11)]
    assert kept(*way).since_s == since_s


def test_a_hand_that_is_lost_stays_where_it_was_and_each_that_comes_counts() -> None:
    out = kept((1.0, (0.3, 0.0)))
    out.see(5.0, {})
    out.see(6.0, {"left": (0.31, 0.0)})
    assert out.since_s == 1.0
    out.see(7.0, {"right": (0.7, 0.0)})
    assert out.since_s == 7.0
    assert RestingPlaces().since_s is None


@pytest.mark.parametrize(("now_s", "lacks"), [(1.0, False), (1.2, True), (15.9, True), (16.1, False)])
def test_a_hand_is_lacking_for_a_while_after_it_was_there(now_s: float, lacks: bool) -> None:
    out = kept((1.0, (0.3, 0.0)))
    out.see(now_s, {"right": (0.7, 0.0)})
    assert out.lacks(now_s) == lacks
    assert not RestingPlaces().lacks(now_s)
