"""The back's plane against closed forms and a point-by-point mapping."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Floats
from coach.locate.plane import SQUARE, homographies, homography, point_to_back, to_back
from tests import naive

nudge = st.floats(-60, 60)


@st.composite
def quads(draw: st.DrawFn) -> Floats:
    """A rectangle with every corner moved by less than a quarter of its sides: always convex."""
    moved = np.array([[draw(nudge), draw(nudge)] for _ in range(4)])
    corners: Floats = SQUARE * (300.0, 360.0) + (170.0, 60.0) + moved
    return corners


@given(quads())
def test_corners_become_the_unit_square(corners: Floats) -> None:
    assert to_back(corners[None], homography(corners)[None])[0] == pytest.approx(SQUARE, abs=1e-9)


@given(quads(), st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))
def test_it_undoes_the_perspective(corners: Floats, u: float, v: float) -> None:
    if not 0.2 < 1.0 + _depth(corners, u, v) < 5.0:
        return  # at or behind the horizon
    x, y = naive.on_picture(corners, u, v)
    assert naive.mapped(homography(corners), x, y) == pytest.approx((u, v), abs=1e-6)


@given(quads(), st.floats(0.0, 640.0), st.floats(0.0, 480.0))
def test_one_point_goes_where_many_go(corners: Floats, x: float, y: float) -> None:
    plane = homography(corners)
    assert point_to_back(x, y, plane) == pytest.approx(tuple(to_back(np.array([[x, y]]), plane)[0]), rel=1e-9)


def _depth(corners: Floats, u: float, v: float) -> float:
    inverse = np.linalg.inv(homography(corners))
    inverse /= inverse[2, 2]
    return float(inverse[2, 0] * u + inverse[2, 1] * v)


@given(st.lists(quads(), min_size=1, max_size=4), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_many_points_in_many_planes_are_mapped_as_one_by_one(corners: list[Floats], count: int, seed: int) -> None:
    points = np.random.default_rng(seed).uniform(200, 400, (len(corners), count, 2))
    planes = np.array([homography(c) for c in corners])
    mapped = to_back(points, planes)
    for row, plane, given_ in zip(mapped, planes, points, strict=True):
        assert row == pytest.approx(np.array([naive.mapped(plane, x, y) for x, y in given_.tolist()]), rel=1e-9)


def test_three_corners_in_a_line_are_no_plane() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        homography(np.array([[0.0, 0.0], [100.0, 0.0], [200.0, 0.0], [0.0, 100.0]]))


def test_many_rectangles_at_once_are_each_their_own() -> None:
    corners = np.array([[180.0, 110.0], [430.0, 110.0], [440.0, 410.0], [190.0, 410.0]])
    several = corners + np.random.default_rng(3).uniform(-30, 30, (5, 4, 2))
    np.testing.assert_allclose(homographies(several), [homography(one) for one in several], rtol=1e-9, atol=1e-12)
