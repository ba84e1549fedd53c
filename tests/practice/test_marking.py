"""Four places touched with the index finger."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.practice.marking import POINTS, Touching, rectangle

PALM = 60.0
PLACES = {"c7": (320, 80), "left": (170, 100), "right": (470, 95), "l5": (330, 400)}
FPS = 15


def hand(tip: tuple[float, float], pointing: bool = True) -> Floats:
    """(21, 2) px of a hand whose index fingertip is there."""
    landmarks = np.zeros((21, 2))
    reach = 1.7 if pointing else 1.1
    landmarks[:] = (tip[0], tip[1] + reach * PALM)
    landmarks[9] = landmarks[0] - (0, PALM)
    landmarks[8] = tip
    return landmarks


def touch(
    touching: Touching,
    tip: tuple[float, float],
    start_s: float,
    lasts_s: float = 1.3,
    jitter: float = 4.0,
    **more: bool,
) -> float:
    """Rests a finger there; returns when it is lifted."""
    random = np.random.default_rng(round(start_s * 10))
    for k in range(round(lasts_s * FPS)):
        x, y = tip + random.normal(0, jitter, 2)
        touching.see(start_s + k / FPS, [hand((x, y), **more)])
    return start_s + lasts_s + 0.6


def test_four_touches_give_four_points() -> None:
    touching, now_s = Touching(), 0.0
    for point in POINTS:
        assert touching.wanted == point
        now_s = touch(touching, PLACES[point], now_s)
    assert touching.wanted is None
    assert np.abs(np.array(touching.points) - np.array([PLACES[p] for p in POINTS])).max() < 4
    assert not touching.see(now_s, [hand((1, 1))])


def test_progress_grows_while_the_finger_rests() -> None:
    touching = Touching()
    touch(touching, PLACES["c7"], 0.0, lasts_s=0.5)
    assert 0.3 < touching.progress < 0.6
    touching.see(2.0, [])
    assert touching.progress == 0.0


@pytest.mark.parametrize(
    ("tip", "more"),
    [
        (PLACES["c7"], {"jitter": 25.0}),
        (PLACES["c7"], {"lasts_s": 0.8}),
        (PLACES["c7"], {"pointing": False}),
    ],
)
def test_what_does_not_rest_is_no_touch(tip: tuple[float, float], more: dict[str, float]) -> None:
    touching = Touching()
    touch(touching, tip, 0.0, **more)  # type: ignore[arg-type]
    assert touching.points == []


def test_the_same_place_is_not_touched_twice() -> None:
    touching = Touching()
    touch(touching, PLACES["c7"], 0.0, lasts_s=4.0)
    assert len(touching.points) == 1


@pytest.mark.parametrize("order", [("c7", "right"), ("c7", "l5"), ("c7", "left", "l5"), ("c7", "left", "right", "c7")])
def test_a_place_where_the_wanted_one_cannot_be_is_not_taken(order: tuple[str, ...]) -> None:
    touching, now_s = Touching(), 0.0
    for point in order:
        now_s = touch(touching, PLACES[point], now_s)
    assert len(touching.points) == len(order) - 1


def test_a_hand_lost_for_a_moment_goes_on() -> None:
    touching = Touching()
    for k in range(20):
        if k % 5:
            touching.see(k / FPS, [hand(PLACES["c7"])])
        else:
            touching.see(k / FPS, [])
    assert len(touching.points) == 1


def test_a_resting_other_hand_does_not_mark_a_shoulder_on_the_wrong_side() -> None:
    touching = Touching()
    touch(touching, PLACES["c7"], 0.0)
    for k in range(30):
        touching.see(3 + k / FPS, [hand((600, 300)), hand(PLACES["left"])])
    assert len(touching.points) == 2
    assert np.abs(touching.points[1] - PLACES["left"]).max() < 1


def test_the_spine_is_the_middle_line_of_the_rectangle() -> None:
    corners = rectangle(np.array([PLACES[p] for p in POINTS], dtype=float))
    assert (corners[0] + corners[1]) / 2 == pytest.approx(PLACES["c7"])
    assert (corners[2] + corners[3]) / 2 == pytest.approx(PLACES["l5"])
    assert corners[1] - corners[0] == pytest.approx(np.subtract(PLACES["right"], PLACES["left"]))
