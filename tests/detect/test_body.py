"""The body is told from the room by its colours; where it cannot be told, the rectangle stands for it."""

from __future__ import annotations

import cv2
import numpy as np

from coach.detect.body import body
from coach.domain import Floats, Image

SIZE = (320, 240)  # px
CORNERS = np.array([[100.0, 60.0], [220.0, 60.0], [225.0, 200.0], [95.0, 200.0]])
OUTLINE = np.array([(130, 40), (190, 40), (220, 80), (200, 120), (205, 210), (115, 210), (120, 120), (100, 80)])
NOTHING = np.full((240, 320), 255, np.uint8)  # no hand anywhere


def drawn(skin: tuple[int, int, int], room: tuple[int, int, int]) -> tuple[Image, Image]:
    """A picture, and 255 where the body is."""
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillPoly(mask, [OUTLINE.astype(np.int32)], 255)
    image = np.where(mask[..., None] > 0, np.array(skin), np.array(room))
    return np.clip(image + np.random.default_rng(3).normal(0, 4, image.shape), 0, 255).astype(np.uint8), mask


def rectangle(corners: Floats = CORNERS) -> Image:
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 255)
    return mask


def test_the_room_in_the_rectangle_is_no_body() -> None:
    image, true = drawn((190, 140, 110), (90, 110, 120))
    found = body(image, CORNERS, NOTHING)
    inside = rectangle() > 0
    assert (true[inside] == 0).mean() > 0.15  # else there would be nothing to tell
    assert (found[inside] == true[inside]).mean() > 0.97


def test_hands_on_the_middle_of_the_back_do_not_spoil_the_rest() -> None:
    image, true = drawn((190, 140, 110), (90, 110, 120))
    hand = NOTHING.copy()
    hand[90:170, 135:185] = 0  # much of what is surely body
    image[hand == 0] = (95, 110, 115)  # of the room's colours
    found = body(image, CORNERS, hand)
    rest = (rectangle() > 0) & (hand > 0)
    assert (found[rest] == true[rest]).mean() > 0.95


def test_it_is_the_same_every_time() -> None:
    image, _ = drawn((190, 140, 110), (150, 120, 110))
    first = body(image, CORNERS, NOTHING)
    cv2.setRNGSeed(77)
    np.testing.assert_array_equal(body(image, CORNERS, NOTHING), first)


def test_a_back_that_fills_the_picture_is_its_rectangle() -> None:
    image, _ = drawn((190, 140, 110), (90, 110, 120))
    filling = np.array([[5.0, 5.0], [315.0, 5.0], [315.0, 235.0], [5.0, 235.0]])
    found = body(image, filling, NOTHING) > 0
    assert (found == (rectangle(filling) > 0)).mean() > 0.97


def test_a_back_beside_the_picture_is_nothing() -> None:
    image, _ = drawn((190, 140, 110), (90, 110, 120))
    assert body(image, CORNERS + 1000, NOTHING).sum() == 0
