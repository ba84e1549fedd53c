"""When fingers are not where the tracker draws them."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand
from coach.moves.fingers import reach, turned
from coach.parameters.landmarks import FINGER_OVER_PALM, SHORT_FINGER_OVER_PALM


def hand_of(fingers: float, hand: Hand = "left") -> Floats:
    """(1, 21, 2) a hand that points up, its palm on the back: so long its fingers, its palm 1."""
    aside = 0.2 if hand == "left" else -0.2  # from the middle to the index finger's side, where the thumb is
    marks = np.zeros((21, 2))
    for knuckle, across in zip((5, 9, 13, 17), (aside, aside / 3, -aside / 3, -aside), strict=True):
        marks[knuckle] = (across, -1.0)
        marks[knuckle + 3] = (across, -1.0 - fingers)
    return marks[None]


@pytest.mark.parametrize("hand", HANDS)
def test_tips_of_fingers_that_are_long_enough_are_where_they_are_drawn(hand: Hand) -> None:
    marks = hand_of(SHORT_FINGER_OVER_PALM + 0.05, hand)
    assert reach(marks) == pytest.approx(marks[:, (8, 12)].mean(axis=1))


@pytest.mark.parametrize("fingers", [0.0, 0.2, SHORT_FINGER_OVER_PALM - 0.03])
def test_tips_of_fingers_that_seem_too_short_lie_as_far_on_as_the_palm_tells(fingers: float) -> None:
    """The way to the middle of the two knuckles, and FINGER_OVER_PALM of it again."""
    x, y = reach(hand_of(fingers))[0]
    assert (x, y) == (pytest.approx(0.4 / 3 * (1.0 + FINGER_OVER_PALM)), pytest.approx(-1.0 - FINGER_OVER_PALM))


def test_each_hand_of_many_is_judged_by_itself() -> None:
    both = np.concatenate((hand_of(1.0), hand_of(0.1)))
    assert reach(both)[:, 1] == pytest.approx([-2.0, -1.0 - FINGER_OVER_PALM])


@pytest.mark.parametrize("hand", HANDS)
def test_a_hand_that_lies_on_its_palm_is_not_turned_and_its_mirror_image_is(hand: Hand) -> None:
    marks = hand_of(1.0, hand)
    assert turned(marks, hand).tolist() == [0.0]
    assert turned(marks * (-1.0, 1.0), hand).tolist() == [1.0]
    assert turned(marks @ np.array([[0.0, 1.0], [-1.0, 0.0]]), hand).tolist() == [0.0]  # lying across
