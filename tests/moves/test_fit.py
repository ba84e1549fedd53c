"""Each part of a fit is 1 at the description and falls away from it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.moves.circling import CircleTurn
from coach.moves.fit import circle_fit, hand_fit, leg_fit, point_fit
from coach.moves.legs import Leg
from coach.protocol import Circle, Point, Title
from tests.fakes.protocols import CIRCLE, STROKE, only

DOWN, PASS = only(STROKE), only(STROKE, id="pass", primitive="pass", circles_per_pass=3)
ROUND = only(CIRCLE)
LEG = Leg("right", 0.0, 2.0, None, reach=1.0, distance=0.0, offset=np.zeros(2), swings=0)
TURN = CircleTurn("right", 0.0, 2.0, np.array([0.7, 0.3]), np.array([0.1, 0.14]), 1.0, bulge=0.8)
POINT = Point(id="p", at=(0.3, 0.2), tolerance=0.1, title=Title(id="p", en="p"))


def test_the_described_motion_fits_perfectly() -> None:
    assert leg_fit(LEG, DOWN) == 1.0
    assert leg_fit(replace(LEG, swings=6), PASS) == 1.0
    assert circle_fit(TURN, ROUND) == 1.0
    assert point_fit(0.0, POINT) == 1.0


@pytest.mark.parametrize(
    "worse",
    [
        [replace(LEG, distance=d) for d in (0.1, 0.3, 0.9)],
        [replace(LEG, reach=r) for r in (1.9, 2.4, 4.0)],
        [replace(LEG, reach=r) for r in (0.45, 0.3, 0.0)],
        [replace(LEG, offset=np.array([d, 0.0])) for d in (0.1, 0.2, 0.5)],
        [replace(LEG, swings=s) for s in (3, 4, 9)],
    ],
    ids=["shape", "too long", "too short", "place", "swings"],
)
def test_a_stroke_fits_the_less_the_more_it_differs(worse: list[Leg]) -> None:
    fits = [1.0, *(leg_fit(leg, DOWN) for leg in worse)]
    assert all(a > b for a, b in pairwise(fits))
    assert fits[-1] < 0.35


def test_a_pass_needs_its_small_circles_whatever_its_shape() -> None:
    fits = [leg_fit(replace(LEG, swings=s, distance=0.5), PASS) for s in (0, 2, 4, 6, 12)]
    assert fits[0] == 0.0
    assert fits[1] < fits[2] < fits[3] == fits[4] == 1.0


@pytest.mark.parametrize("change", [{"centre": np.array([0.95, 0.3])}, {"radii": np.array([0.3, 0.4])}])
def test_a_circle_elsewhere_or_of_another_size_fits_less(change: dict[str, object]) -> None:
    assert circle_fit(replace(TURN, **change), ROUND) < 0.5  # type: ignore[arg-type]


@pytest.mark.parametrize("radii", [(0.1, 0.14), (0.12, 0.12), (0.15, 0.05)])
def test_a_circle_as_flat_as_a_half_heart_fits_less(radii: tuple[float, float]) -> None:
    described = 3.0 / np.pi * min(radii) / max(radii)
    segment = ROUND.model_copy(update={"circle": Circle(centre=(0.7, 0.3), radii=radii), "reach": (0.1, 9.0)})
    fits = [circle_fit(replace(TURN, bulge=share * described), segment) for share in (2.0, 1.0, 0.6, 0.43, 0.2, 0.0)]
    assert fits[:3] == [1.0, 1.0, 1.0]
    assert 0.45 < fits[3] < 0.65
    assert fits[3] > fits[4] > fits[5] == 0.0
    assert circle_fit(replace(TURN, bulge=-0.1), segment) == 0.0


def test_nothing_circular_fits_a_stroke() -> None:
    assert circle_fit(TURN, DOWN) == 0.0


@given(st.floats(0, 0.3), st.floats(0, 0.3))
def test_a_press_nearer_to_its_point_fits_no_worse(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert 0.0 <= point_fit(far, POINT) <= point_fit(near, POINT) <= 1.0
    assert (point_fit(far, POINT) > 0) == (far <= POINT.tolerance)
    assert (point_fit(far, POINT, 1.6) > 0) == (far <= 1.6 * POINT.tolerance)


@pytest.mark.parametrize(
    ("asked", "done", "right"), [("right", "right", True), ("right", "left", False), ("either", "left", True)]
)
def test_the_wrong_hand_is_worth_less(asked: str, done: str, right: bool) -> None:
    fit = hand_fit(only(STROKE, hands=asked), done)  # type: ignore[arg-type]
    assert (fit == 1.0) == right
    assert fit > 0
