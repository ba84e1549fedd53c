"""The guess at the back: only where it is sure."""

from __future__ import annotations

import numpy as np
import pytest

from coach import wiring
from coach.capture.video import open_video
from coach.detect.pose import agreed
from coach.domain import Floats
from tests.footage import FOOTAGE, needs_footage, read

TORSO = np.array([[220.0, 150.0], [420.0, 150.0], [250.0, 400.0], [390.0, 400.0]])  # px: shoulders, hips
MIDDLE = TORSO.mean(axis=0)
HANDS = np.random.default_rng(0).normal(MIDDLE, (40, 60), (16, 2))
PICTURES = 10
SIZE = (640, 480)


def torsos(count: int = PICTURES, noise: float = 4.0, torso: Floats = TORSO) -> Floats:
    rough: Floats = torso + np.random.default_rng(1).normal(0.0, noise, (count, 4, 2))
    return rough


def test_torsos_that_agree_give_a_rectangle_around_them() -> None:
    corners = agreed(torsos(), PICTURES, HANDS, SIZE)
    assert corners is not None
    assert corners.shape == (4, 2)
    left, right, low_right, low_left = corners
    assert left[0] < TORSO[0, 0] < TORSO[1, 0] < right[0]
    assert left[1] < TORSO[0, 1] < low_left[1] < TORSO[2, 1] + 20
    assert abs((left[0] + right[0]) / 2 - (low_left[0] + low_right[0]) / 2) < 8  # straight down
    assert 0.8 < (low_right[0] - low_left[0]) / (right[0] - left[0]) < 1.1


def test_a_few_that_are_off_do_not_count() -> None:
    some = torsos()
    some[::4] += (150.0, 40.0)
    corners, clean = agreed(some, PICTURES, HANDS, SIZE), agreed(torsos(), PICTURES, HANDS, SIZE)
    assert corners is not None
    assert clean is not None
    np.testing.assert_allclose(corners, clean, atol=8.0)


def turned(torso: Floats, degrees: float) -> Floats:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    rotated: Floats = (torso - MIDDLE) @ turn.T + MIDDLE
    return rotated


WIDE = (TORSO - MIDDLE) * (1.0, 0.25) + MIDDLE
NARROW = (TORSO - MIDDLE) * (0.3, 1.0) + MIDDLE
LEANING = TORSO + np.array([[0, 0], [0, 0], [140, 0], [140, 0]])
UNSURE = {
    "they wander": (torsos(noise=40.0), PICTURES, HANDS),
    "in too few pictures": (torsos(6), PICTURES, HANDS),
    "half of them elsewhere": (torsos() + np.repeat([[[0.0]], [[90.0]]], 5, axis=0), PICTURES, HANDS),
    "too wide": (torsos(torso=WIDE), PICTURES, HANDS),
    "too narrow": (torsos(torso=NARROW), PICTURES, HANDS),
    "hips beside the shoulders": (torsos(torso=LEANING), PICTURES, HANDS),
    "lying": (torsos(torso=turned(TORSO, 80.0)), PICTURES, HANDS),
    "head down": (torsos(torso=turned(TORSO, 180.0)), PICTURES, HANDS),
    "no hands": (torsos(), PICTURES, np.empty((0, 2))),
    "three hands in all": (torsos(), PICTURES, HANDS[:3]),
    "hands elsewhere": (torsos(), PICTURES, HANDS + np.array((300.0, 0.0))),
    "hands below, as the practitioner's own back has them": (torsos(), PICTURES, HANDS + np.array((0.0, 260.0))),
}


@pytest.mark.parametrize(("seen", "pictures", "hands"), UNSURE.values(), ids=UNSURE)
def test_is_not_sure(seen: Floats, pictures: int, hands: Floats) -> None:
    assert agreed(seen, pictures, hands, SIZE) is None


@pytest.mark.parametrize("scale", [0.3, 2.0])
def test_the_size_of_the_picture_does_not_matter(scale: float) -> None:
    size = round(SIZE[0] * scale), round(SIZE[1] * scale)
    corners, plain = agreed(torsos() * scale, PICTURES, HANDS * scale, size), agreed(torsos(), PICTURES, HANDS, SIZE)
    assert corners is not None
    assert plain is not None
    np.testing.assert_allclose(corners, plain * scale, rtol=1e-3)


# ------------------------------------------------------------------ on the real pose landmarker
def guess(path: str) -> Floats | None:
    with open_video(FOOTAGE / path) as video:
        return wiring._guess(video)


@needs_footage
def test_a_session_from_behind_is_guessed() -> None:
    true = np.array(read(FOOTAGE / "rendered" / "d01.truth.json")["back_frame_px"])
    corners = guess("rendered/d01.mp4")
    assert corners is not None
    width = float(np.hypot(*(true[1] - true[0])))
    assert np.hypot(*(corners - true).T).max() < 0.08 * width


@needs_footage
@pytest.mark.parametrize(
    "name",
    ["pose2sim_single_cam04.mp4", "victordibia_compare_right.mp4", *(f"victordibia_hand{n}.gif" for n in (1, 2, 3))],
)
def test_footage_without_a_massage_is_refused(name: str) -> None:
    assert guess(f"real/{name}") is None
