"""How a picture is turned so that the neck is above."""

from __future__ import annotations

import numpy as np
import pytest

from coach.locate.turn import kept_turn, turn_of, turned, turned_back, turned_size

SIZE = (640, 480)
UPRIGHT = np.array([[200.0, 100], [440, 100], [440, 400], [200, 400]])


@pytest.mark.parametrize("quarter", range(4))
def test_places_go_where_the_picture_goes(quarter: int) -> None:
    image = np.zeros((SIZE[1], SIZE[0]), dtype=np.uint8)
    image[100, 200] = 255
    ((row, column),) = np.argwhere(np.rot90(image, quarter))
    pixel = turned(np.array([[200.5, 100.5]]), quarter, SIZE)
    np.testing.assert_allclose(pixel, [[column + 0.5, row + 0.5]])
    assert turned_size(SIZE, quarter) == np.rot90(image, quarter).shape[::-1]
    np.testing.assert_allclose(turned_back(pixel, quarter, SIZE), [[200.5, 100.5]])


@pytest.mark.parametrize("quarter", range(4))
def test_the_turn_puts_the_neck_above(quarter: int) -> None:
    lying = turned(UPRIGHT, quarter, SIZE)
    needed = turn_of(lying)
    np.testing.assert_allclose(turned(lying, needed, turned_size(SIZE, quarter)), UPRIGHT)


def test_a_turn_stays_while_the_back_lies_a_little_askew() -> None:
    angle = np.deg2rad(50.0)
    askew = UPRIGHT @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    assert turn_of(askew) == 1
    assert kept_turn(0, askew) == 0
    assert kept_turn(2, askew) == 1
