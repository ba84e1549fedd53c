"""Points are carried along with what they lie on, or given up."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from coach.detect.flow import OpticalFlow
from coach.domain import Floats, Frame, Image

POINTS = np.random.default_rng(1).uniform((120, 90), (200, 150), (21, 2))


def texture(seed: int, size: tuple[int, int] = (320, 240)) -> Image:
    """Smooth speckles, like skin under a lamp."""
    rough = np.random.default_rng(seed).normal(0.0, 1.0, (size[1], size[0], 3))
    smooth = cv2.GaussianBlur(rough, (0, 0), 2.0)
    return np.asarray(np.clip(128 + 50 * smooth / smooth.std(), 0, 255), dtype=np.uint8)


def moved(image: Image, shift: tuple[float, float]) -> Image:
    height, width = image.shape[:2]
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], dtype=np.float64)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8)


def move(before: Image, now: Image, points: Floats = POINTS) -> Floats | None:
    return OpticalFlow().move(Frame(0, 0.0, before), Frame(1, 0.1, now), points)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (3.5, -2.25), (-11.0, 7.0), (0.4, 0.0)])
def test_follows_a_shift(shift: tuple[float, float]) -> None:
    image = texture(0)
    found = move(image, moved(image, shift))
    assert found is not None
    np.testing.assert_allclose(found - POINTS, np.tile(shift, (21, 1)), atol=0.15)


def test_all_points_move_alike_though_some_are_covered() -> None:
    image = texture(0)
    now = moved(image, (4.0, 3.0))
    low = POINTS.min(axis=0).astype(int)
    now[low[1] : low[1] + 20, low[0] : low[0] + 40] = 0  # something dark lies over a part of them
    found = move(image, now)
    assert found is not None
    np.testing.assert_allclose(found - POINTS, np.tile((4.0, 3.0), (21, 1)), atol=0.3)


@pytest.mark.parametrize(
    "now",
    [texture(7), np.full((240, 320, 3), 128, np.uint8), moved(texture(0), (90.0, 60.0))],
    ids=["another picture", "nothing to hold on to", "too far"],
)
def test_gives_up_where_the_points_cannot_be_followed(now: Image) -> None:
    assert move(texture(0), now) is None


def test_gives_up_where_the_hand_has_left_its_background() -> None:
    back = texture(3)
    hand = back.copy()
    hand[80:160, 110:210] = texture(4)[80:160, 110:210] // 3  # a darker hand lies there, and then no more
    assert move(hand, back) is None


def test_carries_on_from_frame_to_frame_as_from_the_first_to_the_last() -> None:
    image, flow, points = texture(0), OpticalFlow(), POINTS
    frames = [Frame(k, k / 15, moved(image, (1.5 * k, 0.7 * k))) for k in range(11)]
    for before, now in pairwise(frames):
        found = flow.move(before, now, points)
        assert found is not None
        points = found
    np.testing.assert_allclose(points - POINTS, np.tile((15.0, 7.0), (21, 1)), atol=0.6)


def test_two_hands_in_the_same_frames_do_not_disturb_each_other() -> None:
    image, flow = texture(0), OpticalFlow()
    before, now = Frame(0, 0.0, image), Frame(1, 0.1, moved(image, (2.0, 1.0)))
    other = POINTS + 40.0
    both = [flow.move(before, now, points) for points in (POINTS, other, POINTS)]
    assert all(found is not None for found in both)
    np.testing.assert_array_equal(both[0], both[2])
    np.testing.assert_array_equal(both[1], move(image, now.image, other))
