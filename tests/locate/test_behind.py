"""Hands are read as a camera behind her would see them, from wherever one looks at them."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.back_shape import LIFT, SHAPES, USUAL, BackShape, surface
from coach.locate.behind import OVER_JOINT, OVER_TIP, OVER_WRIST, from_behind, is_behind, moved_behind, usual
from coach.locate.relief import ASPECT, FIRST_X, FIRST_Y, STEP, on_skin

BEHIND = np.array([0.6, -0.2, 2.0])
BESIDE, BEFORE = np.array([-1.2, -0.4, 1.8]), np.array([0.6, -1.4, 1.9])
# On the table's own nodes, where the back is smooth: blades, beside the spine, and its lower part.
ROWS, COLUMNS = np.array([6, 7, 8, 11, 13]), np.array([6, 7, 8, 9, 10])


def places() -> Floats:
    rows, columns = (grid.ravel() for grid in np.meshgrid(ROWS, COLUMNS))
    return np.column_stack((FIRST_X + STEP * columns, FIRST_Y + STEP * rows))


def heights(shape: BackShape = USUAL) -> Floats:
    rows, columns = (grid.ravel() for grid in np.meshgrid(ROWS, COLUMNS))
    found: Floats = surface(shape)[rows, columns]
    return found


def seen(places: Floats, high: Floats, camera: Floats) -> Floats:
    """(n, 2) where on the plane a camera sees what is so high over it."""
    there: Floats = places + (places - camera[:2]) * (high / (camera[2] - high))[:, None]
    return there


def test_a_camera_behind_her_sees_hands_where_they_are_read() -> None:
    assert is_behind(BEHIND)
    marks = np.full((2, 21, 2), 0.4)
    marks[1, 3] = np.nan
    np.testing.assert_array_equal(from_behind(marks, BEHIND), marks)
    below = from_behind(marks, BEHIND, skin=True)
    np.testing.assert_allclose(below[0, :1], on_skin(marks[0, :1], BEHIND, OVER_WRIST))
    assert np.isnan(below[1, 3]).all()


@pytest.mark.parametrize("camera", [BESIDE, BEFORE], ids=["beside", "before"])
@pytest.mark.parametrize("over", [OVER_TIP, OVER_JOINT])
def test_what_lies_on_a_back_is_found_along_the_line_of_sight(camera: Floats, over: float) -> None:
    assert not is_behind(camera)
    high = heights() + over
    plane = seen(places(), high, camera)
    off = np.hypot(*(moved_behind(plane, camera, over, skin=True) - places()).T)
    behind = np.hypot(*(moved_behind(plane, camera, over) - seen(places(), high, usual(camera))).T)
    before = np.hypot(*(plane - places()).T)
    assert np.median(off) < 0.02
    assert np.median(before) > 0.05
    assert off.mean() < 0.5 * before.mean()
    assert behind.mean() < 0.5 * np.hypot(*(plane - seen(places(), high, usual(camera))).T).mean()


def test_what_is_hidden_by_a_blade_is_not_where_the_line_comes_out_again() -> None:
    """From low aside a line of sight meets the back more than once: what it meets first is seen."""
    camera = np.array([2.6, -0.3, 1.3])
    place, high = np.array([[0.7, 0.2]]), surface(USUAL)[6, 10:11] + OVER_TIP
    found = moved_behind(seen(place, high, camera), camera, OVER_TIP, skin=True)
    assert float(np.hypot(*(found - place)[0])) < 0.05


def test_each_hand_is_seen_by_the_camera_of_its_moment() -> None:
    marks = np.tile(places()[:21], (3, 1, 1))
    cameras = np.array([BESIDE, BEHIND, BEFORE])
    both = from_behind(marks, cameras, skin=True)
    for k, camera in enumerate(cameras):
        np.testing.assert_allclose(both[k], from_behind(marks[k : k + 1], camera, skin=True)[0])


def test_the_nearest_camera_behind_her_stands_as_far_away() -> None:
    for camera in (BESIDE, BEFORE, np.array([3.0, 0.4, 1.5])):
        stands = usual(camera)
        assert stands[2] == camera[2]
        across = np.rad2deg(np.arctan2(abs(stands[0] - 0.5), stands[2]))
        toward = np.rad2deg(np.arctan2((0.5 - stands[1]) * ASPECT, stands[2]))
        assert across <= 15.0 + 1e-9
        assert 5.0 - 1e-9 <= toward <= 30.0 + 1e-9
        np.testing.assert_allclose(usual(stands), stands)


@pytest.mark.parametrize(
    ("shape", "other"),
    [
        (BackShape(0.0), BackShape(1.0)),
        (BackShape(1.0), BackShape(0.0)),
        (BackShape(0.5, LIFT), BackShape(0.5, -LIFT)),
        (BackShape(0.5, -LIFT), BackShape(0.5, LIFT)),
    ],
)
def test_on_a_back_of_a_known_shape_a_hand_is_found_by_that_shape(shape: BackShape, other: BackShape) -> None:
    assert {shape, other} < set(SHAPES)
    plane = seen(places(), heights(shape) + OVER_TIP, BESIDE)
    off, its_off = (
        float(np.median(np.hypot(*(moved_behind(plane, BESIDE, OVER_TIP, skin=True, shape=tried) - places()).T)))
        for tried in (shape, other)
    )
    assert off < 0.03
    assert its_off > off + 0.01


def test_shapes_lie_between_the_backs_that_were_measured_or_over_them() -> None:
    upright, leaning = surface(BackShape(0.0)), surface(BackShape(1.0))
    np.testing.assert_allclose(surface(USUAL), (upright + leaning) / 2.0)
    np.testing.assert_allclose(surface(BackShape(0.5, LIFT)) - surface(USUAL), LIFT)
