"""Where the camera is, and where on the skin a hand is that it sees before the plane."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.plane import homography, to_back
from coach.locate.relief import LOWEST_VIEW, MIDDLE, SITTING_DEG, aside_deg, eye, height, on_skin, slant
from tests.simulator import landmarks
from tests.simulator.curves import ASPECT
from tests.simulator.script import Camera

SIZE = (640, 480)
VIEWS = [(0.0, 8.0), (30.0, 10.0), (-30.0, 25.0), (5.0, 50.0)]  # azimuth and elevation from the back's normal, degrees
BLADES = [(0.35, 0.25), (0.65, 0.25), (0.3, 0.2), (0.7, 0.3), (0.25, 0.35), (0.5, 0.3)]


def camera_of(view: tuple[float, float], hfov_deg: float = 57.0, roll_deg: float = 0.0) -> Camera:
    return Camera(SIZE, view[0], view[1], roll_deg, hfov_deg, 0.36, (0.5, 0.5))


def corners_of(camera: Camera) -> Floats:
    return landmarks.corners(camera, np.random.default_rng(0))


def true_eye(camera: Camera) -> Floats:
    """The centre of projection, the null space of the camera's matrix: x, y back coordinates, distance in widths."""
    matrix = landmarks.projection(camera)
    found: Floats = np.linalg.solve(matrix[:, :3], -matrix[:, 3]).astype(np.float64)
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("roll_deg", [0.0, 5.0])
def test_the_camera_is_found_from_the_rectangle(view: tuple[float, float], roll_deg: float) -> None:
    camera = camera_of(view, roll_deg=roll_deg)
    seen, true = eye(corners_of(camera), SIZE), true_eye(camera)
    assert seen == pytest.approx(true, abs=0.12 * true[2])


@pytest.mark.parametrize("hfov_deg", [50.0, 75.0])
def test_of_a_lens_that_nobody_knows_the_direction_is_found_roughly(hfov_deg: float) -> None:
    camera = camera_of((20.0, 30.0), hfov_deg)
    seen, true = eye(corners_of(camera), SIZE), true_eye(camera)
    to_seen, to_true = (((one - (0.5, 0.5, 0.0)) * (1.0, ASPECT, 1.0)) for one in (seen, true))
    cosine = to_seen @ to_true / np.linalg.norm(to_seen) / np.linalg.norm(to_true)
    assert np.degrees(np.arccos(cosine)) < 12.0


def test_badly_marked_corners_put_the_camera_no_lower_than_anybody_would() -> None:
    sheared = np.array([[100.0, 60.0], [560.0, 200.0], [300.0, 420.0], [40.0, 110.0]])
    assert slant(MIDDLE, eye(sheared, SIZE)) <= LOWEST_VIEW + 1e-9


def test_three_corners_in_a_line_are_no_rectangle() -> None:
    flat = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [0.0, 20.0]])
    with pytest.raises(np.linalg.LinAlgError):
        eye(flat, SIZE)


@pytest.mark.parametrize("view", VIEWS)
def test_what_lies_on_the_skin_is_put_back_where_it_is(view: tuple[float, float]) -> None:
    """From a picture: places on the shoulder blades, through a pinhole camera, to the plane, to the skin."""
    camera = camera_of(view)
    corners = corners_of(camera)
    places = np.array(BLADES)
    over = 0.02
    solid = np.column_stack((places, height(places) + over))
    pixels = landmarks.to_picture(landmarks.projection(camera), solid)
    flat = to_back(pixels, homography(corners))
    found = on_skin(flat, eye(corners, SIZE), over)
    off, before = (np.hypot(*(one - places).T) for one in (found, flat))
    assert off.max() < 0.06
    assert off.mean() < max(0.6 * before.mean(), 0.012)


def test_from_straight_above_it_nothing_moves() -> None:
    place = np.array([[0.35, 0.25]])
    assert on_skin(place, np.array([0.35, 0.25, 2.0]), 0.05) == pytest.approx(place)


def test_what_is_unseen_stays_unseen() -> None:
    places = np.array([[0.4, 0.2], [np.nan, np.nan]])
    found = on_skin(places, np.array([0.5, -0.5, 2.0]))
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1]).all()


def test_the_back_is_the_same_on_both_sides_and_goes_on_beyond_the_table() -> None:
    places = np.array([[0.2, 0.2], [0.35, 0.5], [-3.0, 9.0]])
    assert height(places * (-1.0, 1.0) + (1.0, 0.0)) == pytest.approx(height(places))
    assert np.isfinite(height(places)).all()


def test_a_slant_is_the_tangent_of_the_angle() -> None:
    assert slant(np.array([0.5, 0.5]), np.array([0.5, 0.5, 2.0])) == 0.0
    assert slant(np.array([0.5, 0.5]), np.array([2.5, 0.5, 2.0])) == pytest.approx(1.0)


@pytest.mark.parametrize(("right_deg", "above_deg"), [(0.0, 20.0), (35.0, 40.0), (-30.0, 30.0), (10.0, 70.0)])
def test_the_leaning_back_does_not_turn_the_camera_aside(right_deg: float, above_deg: float) -> None:
    right, above, lean = np.deg2rad((right_deg, above_deg, SITTING_DEG))
    aside, behind, high = np.sin(right) * np.cos(above), np.cos(right) * np.cos(above), np.sin(above)
    up, away = high * np.cos(lean) - behind * np.sin(lean), high * np.sin(lean) + behind * np.cos(lean)
    camera = np.array([0.5 + 2.0 * aside, 0.5 - 2.0 * up / ASPECT, 2.0 * away])
    assert aside_deg(camera) == pytest.approx(right_deg, abs=1e-6)
