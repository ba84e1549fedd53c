"""Hands are drawn where they are, in pictures that nobody looked at too."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Hand, HandTrack
from coach.locate.drawn import NEAR_S, drawn, neighbours

TIMES = np.array([0.0, 0.1, 0.2, 0.5])


def track(hand: Hand, seen: tuple[bool, ...]) -> HandTrack:
    """A hand that goes to the right by 10 px in every picture that was looked at."""
    marks = np.zeros((len(TIMES), 21, 2)) + np.arange(len(TIMES))[:, None, None] * (10.0, 0.0)
    return HandTrack(hand, TIMES, marks, np.array(seen), np.array([False, True, False, False]))


@pytest.mark.parametrize(
    ("at_s", "both"), [(-1.0, (0, 0)), (0.0, (0, 0)), (0.03, (0, 1)), (0.08, (1, 0)), (0.1, (1, 1)), (9.0, (3, 3))]
)
def test_neighbours(at_s: float, both: tuple[int, int]) -> None:
    assert neighbours(TIMES, at_s) == both


@pytest.mark.parametrize(
    ("at_s", "x"), [(0.0, 0.0), (0.03, 3.0), (0.08, 8.0), (0.1, 10.0), (0.3, 20.0), (0.4, 30.0), (9.0, 30.0)]
)
def test_a_hand_is_on_its_way_between_two_pictures_unless_they_are_far_apart(at_s: float, x: float) -> None:
    planes = np.broadcast_to(np.eye(3), (len(TIMES), 3, 3))
    _, hands = drawn({"left": track("left", (True,) * 4), "right": track("right", (False,) * 4)}, planes, at_s)
    assert set(hands) == {"left"}
    assert hands["left"][0][:, 0] == pytest.approx(x)
    assert TIMES[3] - TIMES[2] > NEAR_S


def test_a_hand_that_one_neighbour_alone_shows_is_drawn_where_it_was_seen() -> None:
    planes = np.broadcast_to(np.eye(3), (len(TIMES), 3, 3))
    near, hands = drawn({"left": track("left", (True, False, True, True))}, planes, 0.04)
    assert near == 0
    assert hands["left"][0][:, 0] == pytest.approx(0.0)
    assert drawn({"left": track("left", (True, False, True, True))}, planes, 0.06) == (1, {})
