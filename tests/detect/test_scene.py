"""A camera that is moved is noticed; what moves before it, and a change of the light, is none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from coach.detect.scene import EVERY_S, Scene
from coach.domain import Floats, Image

WIDE, HIGH = 320, 240
BACK_PX = 110.0
AT_S, END_S = 6.0, 14.0


def texture(seed: int, height: int = HIGH, width: int = WIDE) -> Image:
    """A picture with things of all sizes in it."""
    rng = np.random.default_rng(seed)
    sizes = [cv2.resize(rng.normal(0, 1, (height // k, width // k)), (width, height)) for k in (40, 20, 8)]
    grey = sum(sizes, np.zeros((height, width)))
    return np.clip(128 + 40 * grey, 0, 255).astype(np.uint8)


ROOM, BODY, GIVER = texture(1), texture(2, 140, 110), texture(3, 240, 90)


def room(time_s: float, sway: float = 2.0) -> Image:
    """A receiver who sways before a still room."""
    image = ROOM.copy()
    x = round(105 + sway * np.sin(2.0 * time_s))
    image[70:210, x : x + 110] = BODY
    return image


def walked_by(time_s: float) -> Image:
    """Somebody goes through the picture, and stands before most of the receiver for two seconds on the way."""
    image = room(time_s)
    x = round(np.interp(time_s, [AT_S, AT_S + 2, AT_S + 4, AT_S + 6], [-90, 100, 100, WIDE]))
    left, right = max(x, 0), min(x + 90, WIDE)
    if left < right:
        image[:, left:right] = GIVER[:, left - x : right - x]
    return image


def warped(time_s: float, matrix: Floats) -> Image:
    image = room(time_s)
    if time_s < AT_S:
        return image
    return np.asarray(cv2.warpPerspective(image, matrix, (WIDE, HIGH), borderMode=cv2.BORDER_REFLECT), dtype=np.uint8)


def shifted(x: float, y: float = 0.0) -> Callable[[float], Image]:
    return lambda time_s: warped(time_s, np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]]))


def from_elsewhere(time_s: float) -> Image:
    corners = np.array([(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)], dtype=np.float32)
    seen = np.array([(0, 0), (WIDE, 45), (WIDE, 195), (0, HIGH)], dtype=np.float32)
    return warped(time_s, np.asarray(cv2.getPerspectiveTransform(corners, seen)))


def lit(share: float) -> Callable[[float], Image]:
    return lambda time_s: (room(time_s) * (share if time_s >= AT_S else 1.0)).astype(np.uint8)


def turned_away(time_s: float) -> Image:
    return room(time_s) if time_s < AT_S else texture(4)


def watched(picture: Callable[[float], Image], end_s: float = END_S) -> Scene:
    scene, free = Scene(BACK_PX), np.full((HIGH, WIDE), 255, dtype=np.uint8)
    for time_s in np.arange(0.0, end_s, 0.25):
        scene.look(float(time_s), picture(float(time_s)), free, 1.0)
    return scene


@pytest.mark.parametrize("picture", [shifted(12.0), shifted(-60.0, 20.0), from_elsewhere, turned_away])
def test_a_camera_that_is_moved_is_noticed_and_its_time_told(picture: Callable[[float], Image]) -> None:
    (moment,) = watched(picture).moments
    assert AT_S <= moment.start_s <= AT_S + 2 * EVERY_S


@pytest.mark.parametrize(
    "picture", [room, lambda t: room(t, 14.0), walked_by, lit(0.5), lit(0.02), shifted(2.0)],
    ids=["sways", "sways far", "walked by", "darker", "dark", "a touch"],
)  # fmt: skip
def test_what_moves_before_a_still_camera_is_none(picture: Callable[[float], Image]) -> None:
    assert watched(picture).moments == []


def test_one_motion_explains_a_shift_and_not_a_view_from_elsewhere() -> None:
    shift, elsewhere = (watched(picture).moments[0].joint for picture in (shifted(20.0), from_elsewhere))
    assert shift > 0.6
    assert elsewhere < 0.4


def test_a_camera_that_is_put_back_is_told_of() -> None:
    def there_and_back(time_s: float) -> Image:
        return shifted(40.0)(time_s) if time_s < AT_S + 4.0 else room(time_s)

    moment, back = watched(there_and_back).moments
    assert (moment.back, back.back) == (False, True)
    assert AT_S + 4.0 <= back.start_s <= AT_S + 5.0


def test_a_camera_that_goes_on_moving_is_told_of_once() -> None:
    def panned(time_s: float) -> Image:
        return np.roll(room(time_s), round(8.0 * max(0.0, min(time_s - AT_S, 4.0))), axis=1)

    (moment,) = watched(panned).moments
    assert moment.start_s < AT_S + 2.0
    assert moment.end_s > AT_S + 3.0
