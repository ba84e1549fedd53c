"""How large a hand on the back may be is told by the plane, from wherever it is seen."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.relief import ASPECT
from coach.locate.scale import scale

WIDTH = 0.36  # m, of a back
FOCAL = 800.0  # px
MIDDLE = np.array([320.0, 240.0])


def seen(aside_deg: float, away: float = 1.2, turned_deg: float = 0.0) -> Floats:
    """(4, 2) px of a back that stands upright, from a camera so far aside and away (m), its picture turned."""
    places = (np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) - 0.5) * (WIDTH, WIDTH * ASPECT)
    angle, turn = np.deg2rad(aside_deg), np.deg2rad(turned_deg)
    deep = away + places[:, 0] * np.sin(angle)
    flat = np.stack((places[:, 0] * np.cos(angle), places[:, 1]), axis=1)
    around = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    found: Floats = FOCAL * flat / deep[:, None] @ around.T + MIDDLE
    return found


@pytest.mark.parametrize("aside_deg", [0.0, 30.0, 60.0, 80.0, 110.0])
@pytest.mark.parametrize("turned_deg", [0.0, 90.0, 180.0])
def test_from_aside_a_back_is_as_large_as_from_behind(aside_deg: float, turned_deg: float) -> None:
    corners = seen(aside_deg, turned_deg=turned_deg)
    assert scale(corners)(*MIDDLE.tolist()) == pytest.approx(FOCAL * WIDTH / 1.2, rel=0.04)


def test_what_is_nearer_to_the_camera_is_larger() -> None:
    corners = seen(70.0, away=0.8)
    near, far = corners[[0, 3]].mean(axis=0), corners[[1, 2]].mean(axis=0)
    at = scale(corners)
    assert at(*near.tolist()) > 1.3 * at(*far.tolist())


def test_beyond_the_horizon_it_stays_that_of_the_back() -> None:
    corners = seen(70.0, away=0.5)
    at = scale(corners)
    sizes = [at(x, 240.0) for x in np.linspace(-3000.0, 3000.0, 61)]
    assert min(sizes) > 0.3 * at(*MIDDLE.tolist())
    assert max(sizes) < 3.5 * at(*MIDDLE.tolist())


def test_a_back_turned_away_so_that_the_pictures_corner_is_beyond_its_horizon_has_a_scale_all_the_same() -> None:
    corners = seen(75.0, away=0.35) + np.array([900.0, 0.0])
    assert scale(corners)(*corners.mean(axis=0).tolist()) > 0.0
