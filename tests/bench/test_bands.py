"""Coloured wristbands in pictures, and the hands that are looked for at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import pytest

from coach.domain import Floats, Frame, HandObservation, Image
from tests.bench.bands import Banded, bands

PALM_PX = 60.0
BACK = np.array([[200.0, 100.0], [430.0, 100.0], [430.0, 380.0], [200.0, 380.0]])
BLUE, GREEN, SKIN = (30, 60, 200), (30, 175, 70), (190, 140, 110)


def picture(*marks: tuple[tuple[int, int, int], int, int, int]) -> Image:
    """Skin, with squares of (colour, x, y, half a side)."""
    image = np.full((480, 640, 3), SKIN, dtype=np.uint8)
    for colour, x, y, half in marks:
        image[y - half : y + half, x - half : x + half] = colour
    return image


def hand(wrist: tuple[float, float]) -> HandObservation:
    marks = np.tile(np.array(wrist), (21, 1))
    marks[9] -= (0.0, PALM_PX)
    return HandObservation(0.0, marks, 0.9)


class Given:
    """A finder that finds the same hands everywhere and keeps what it was shown."""

    def __init__(self, found: Iterable[HandObservation]) -> None:
        self.found, self.shown = tuple(found), list[Image]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def find(self, frame: Frame, back: Floats | None = None) -> Any:  # noqa: ARG002
        self.shown.append(frame.image)
        return self.found


def test_a_band_is_the_largest_patch_of_its_colour_that_may_be_one() -> None:
    image = picture((BLUE, 100, 300, 8), (BLUE, 500, 300, 2), (GREEN, 400, 200, 6), (GREEN, 60, 60, 40))
    assert np.array(bands(image, PALM_PX)) == pytest.approx(np.array([[99.5, 299.5], [399.5, 199.5]]))
    assert bands(picture(), PALM_PX) == []


def test_where_a_band_has_no_hand_it_is_looked_for_there() -> None:
    image = picture((BLUE, 250, 300, 8), (GREEN, 400, 200, 6))
    first, near = Given([hand((400.0, 205.0))]), Given([hand((156.0, 150.0)), hand((20.0, 20.0))])
    with Banded(first, near) as finder:
        found = finder.find(Frame(0, 0.0, image), BACK)
    (cut,) = near.shown
    corner = 249.5 - 2.6 * PALM_PX, 299.5 - 2.6 * PALM_PX
    assert cut.shape[:2] == pytest.approx((5.2 * PALM_PX, 5.2 * PALM_PX), abs=2)
    assert found[1].landmarks[0] == pytest.approx((int(corner[0]) + 156.0, int(corner[1]) + 150.0))
    assert len(found) == 2  # the other one there was not at the band


@pytest.mark.parametrize("hands", [[(250.0, 305.0), (400.0, 205.0)], [(252.0, 310.0)]])
def test_a_band_with_its_hand_is_not_looked_at_again(hands: list[tuple[float, float]]) -> None:
    near = Given([])
    finder = Banded(Given([hand(wrist) for wrist in hands]), near)
    finder.find(Frame(0, 0.0, picture((BLUE, 250, 300, 8))), BACK)
    assert near.shown == []
