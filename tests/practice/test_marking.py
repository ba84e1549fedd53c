"""Four places touched with the index finger."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.turn import turned_back
from coach.practice.marking import POINTS, Touching

PALM = 60.0
PLACES = {"c7": (320, 80), "left": (170, 100), "right": (470, 95), "l5": (330, 400)}
FPS = 15


def hand(tip: tuple[float, float], index: float = 0.75, others: float = 0.3) -> Floats:
    """(21, 2) px of a hand whose index fingertip is there; the fingers are so many palm lengths long."""
    landmarks = np.zeros((21, 2))
    landmarks[:] = (tip[0], tip[1] + (index + 1.0) * PALM)
    landmarks[[5, 9, 13]] -= (0, PALM)
    landmarks[[12, 16]] -= (0, (1.0 + others) * PALM)
    landmarks[8] = tip
    return landmarks


def touch(
    touching: Touching,
    tip: tuple[float, float],
    start_s: float,
    lasts_s: float = 1.3,
    jitter: float = 4.0,
    **more: float,
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
        (PLACES["c7"], {"others": 0.8}),  # an open hand
        (PLACES["c7"], {"index": 0.3}),  # a fist, and what the detector makes of it
        (PLACES["c7"], {"index": 0.35, "others": 0.2}),
    ],
)
def test_what_does_not_rest_or_does_not_point_is_no_touch(tip: tuple[float, float], more: dict[str, float]) -> None:
    touching = Touching()
    touch(touching, tip, 0.0, **more)
    assert touching.points == []


def test_the_same_place_is_not_touched_twice() -> None:
    touching = Touching()
    now_s = touch(touching, PLACES["c7"], 0.0, lasts_s=4.0)
    touch(touching, (PLACES["c7"][0] - 30, PLACES["c7"][1]), now_s, lasts_s=4.0)
    assert len(touching.points) == 1
    assert not touching.vain  # who stays where she is waits for the next word


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


def arriving(
    touching: Touching, tip: tuple[float, float], speed: float, brake: float = 0.0, lasts_s: float = 3.0
) -> float:
    """A finger that comes so fast (palm lengths a second) until `brake` s, slowing down; returns when it was taken."""
    for k in range(round(lasts_s * FPS)):
        left_s = max(brake - k / FPS, 0.0)
        off = speed * PALM * (left_s**2 / (2 * brake) if brake else -k / FPS)
        if touching.see(k / FPS, [hand((tip[0] - off, tip[1]))]):
            return k / FPS
    return float("inf")


def test_the_end_of_the_way_does_not_put_a_touch_off_nor_aside() -> None:
    touching = Touching()
    assert 0.6 + 0.2 < arriving(touching, PLACES["c7"], 4.0, brake=0.6) < 0.6 + 1.0 + 2 / FPS
    assert np.abs(touching.points[0] - PLACES["c7"]).max() < 2.0  # px


@pytest.mark.parametrize("speed", [0.5, 1.0, 3.0])
def test_a_finger_that_creeps_on_does_not_rest(speed: float) -> None:
    assert arriving(Touching(), PLACES["c7"], speed) == float("inf")


def test_a_detector_that_slips_for_a_moment_moves_no_place() -> None:
    touching = Touching()
    for k in range(20):
        slipped = k % 4 == 3
        touching.see(k / FPS, [hand((300, 130) if slipped else PLACES["c7"], others=0.9 if slipped else 0.3)])
    assert [point.tolist() for point in touching.points] == [list(PLACES["c7"])]


def test_a_resting_open_hand_is_no_place_while_a_finger_points() -> None:
    touching, now_s = Touching(), 0.0
    for point in POINTS:
        resting = hand((290, 250), others=0.8)
        for k in range(30):
            touching.see(now_s + k / FPS, [resting, hand(PLACES[point])] if k > 8 else [resting])
        now_s += 3.0
    assert np.abs(np.array(touching.points) - np.array([PLACES[p] for p in POINTS])).max() < 1.0


@pytest.mark.parametrize("c7", [(320.0, 230.0), (225.0, 90.0)])  # on the back, over a shoulder
def test_a_neck_that_is_not_between_the_shoulders_is_found_out(c7: tuple[float, float]) -> None:
    touching = Touching()
    now_s = touch(touching, c7, 0.0, jitter=1.0)
    now_s = touch(touching, PLACES["left"], now_s, jitter=1.0)
    assert len(touching.points) == 2
    now_s = touch(touching, PLACES["right"], now_s, jitter=1.0)
    assert touching.wanted == "right"
    assert not touching.vain
    touch(touching, PLACES["right"], now_s, lasts_s=3.4, jitter=1.0)
    assert touching.vain


def test_the_waist_is_not_taken_half_way_down() -> None:
    touching, now_s = Touching(), 0.0
    for point in POINTS[:3]:
        now_s = touch(touching, PLACES[point], now_s, jitter=1.0)
    now_s = touch(touching, (325, 80 + 120), now_s, jitter=1.0)
    assert touching.wanted == "l5"
    touch(touching, PLACES["l5"], now_s, jitter=1.0)
    assert touching.wanted is None


def test_it_tells_what_it_sees_of_the_hands() -> None:
    touching = Touching()
    told = []
    for k, hands in enumerate([[], [hand((300, 200), others=0.8)], [hand((300, 200))], [], [], []]):
        touching.see(0.5 * k, hands)
        told.append(touching.seen)
    assert told == ["nothing", "open", "pointing", "pointing", "pointing", "nothing"]


def test_a_touch_that_was_broken_off_begins_anew() -> None:
    touching = Touching()
    touch(touching, PLACES["c7"], 0.0, lasts_s=0.8)
    assert touching.progress > 0.5
    touching.lift()
    assert touching.progress == 0.0
    touch(touching, PLACES["c7"], 0.8, lasts_s=0.8)
    assert touching.points == []


@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("known", [True, False])
def test_a_back_that_lies_turned_is_touched_like_an_upright_one(quarter: int, known: bool) -> None:
    """Quarter turns by which it must be turned: told by where the camera stands, or by nobody."""
    touching, now_s = Touching(quarter if known else None, slanting=not known), 0.0
    lying = {name: turned_back(np.array([at]), quarter, (640, 480))[0] for name, at in PLACES.items()}
    for point in POINTS:
        now_s = touch(touching, (float(lying[point][0]), float(lying[point][1])), now_s)
    assert touching.wanted is None
    np.testing.assert_allclose(touching.points, [lying[point] for point in POINTS], atol=6.0)
