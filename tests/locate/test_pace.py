"""Of a film as many pictures are looked at as the hands in it ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.domain import HandObservation
from coach.locate.pace import CLOSE_S, FAR, LEAST_PER_S, LOST_S, Pace
from tests.footage import SAMPLE, cut, sample_corners

PALM = 40.0  # px
HAND = np.stack((np.linspace(0.0, 0.5 * PALM, 21), np.linspace(0.0, 1.2 * PALM, 21)), axis=1)
HAND[0], HAND[9] = (0.0, PALM), (0.0, 0.0)


def at(time_s: float, *places: float) -> list[HandObservation]:
    """Hands at so many palms to the right."""
    return [HandObservation(time_s, HAND + np.array([place * PALM, 0.0]), 0.9) for place in places]


def looked(per_s: float, hands: Callable[[float], list[HandObservation]], seconds: float = 8.0) -> list[float]:
    """When a film's pictures were looked at, in which these hands are found."""
    pace, times = Pace(), []
    for time_s in (k / per_s for k in range(round(per_s * seconds))):
        if pace.due(time_s):
            times.append(time_s)
            pace.saw(time_s, hands(time_s))
    return times


def steps(per_s: float, hands: Callable[[float], list[HandObservation]], after_s: float = LOST_S) -> set[int]:
    """How many pictures lie between two looks, once it is known what hands there are."""
    times = np.array(looked(per_s, hands))
    return set(np.round(np.diff(times) * per_s)[times[:-1] > after_s + 0.2].astype(int).tolist())


@pytest.mark.parametrize(
    ("per_s", "step"),
    [(8, 1), (12, 1), (15, 1), (20, 2), (24, 2), (25, 2), (30, 3), (29.97, 3), (50, 5), (60, 6), (59.94, 6), (120, 12)],
)
def test_calm_hands_are_looked_at_in_even_steps(per_s: float, step: int) -> None:
    assert steps(per_s, lambda time_s: at(time_s, 0.0, 4.0)) == {step}
    assert per_s / step >= min(per_s, LEAST_PER_S - 0.02)


@pytest.mark.parametrize(("palms_per_s", "step"), [(2.0, 3), (3.9, 3), (5.9, 2), (9.0, 1), (20.0, 1)])
def test_a_quick_hand_is_looked_at_before_it_has_gone_far(palms_per_s: float, step: int) -> None:
    assert steps(30.0, lambda time_s: at(time_s, 0.0, 4.0 + palms_per_s * time_s)) == {step}
    assert step == 1 or palms_per_s * step / 30.0 <= FAR


@pytest.mark.parametrize(("per_s", "step"), [(15, 1), (30, 1), (60, 2), (120, 4)])
def test_the_quickest_in_each_picture_that_differs(per_s: float, step: int) -> None:
    assert steps(per_s, lambda time_s: at(time_s, 0.0, 4.0 + 20.0 * time_s)) == {step}


def test_at_first_each_picture_is_looked_at() -> None:
    assert sum(time_s <= LOST_S for time_s in looked(30.0, lambda time_s: at(time_s, 0.0))) == LOST_S * 30.0 + 1


@pytest.mark.parametrize("after", [(0.0,), (0.0, 4.0, 8.0)])
def test_for_a_while_after_a_hand_was_lost_or_came(after: tuple[float, ...]) -> None:
    times = np.array(looked(30.0, lambda time_s: at(time_s, *((0.0, 4.0) if time_s < 4.0 else after)), 10.0))
    apart = np.round(np.diff(times) * 30.0)
    close = (times[:-1] > 4.0 + 2 / 30) & (times[:-1] < 3.9 + LOST_S)
    assert set(apart[close]) == {1}
    assert set(apart[(times[:-1] > 0.2 + LOST_S) & ((times[:-1] < 3.9) | (times[:-1] > 4.2 + LOST_S))]) == {3}


def test_a_hand_that_was_quick_is_looked_at_closely_for_a_little_longer() -> None:
    times = np.array(looked(30.0, lambda time_s: at(time_s, 0.0, 4.0 + 9.0 * min(time_s, 4.0))))
    apart = np.round(np.diff(times) * 30.0)
    assert set(apart[times[:-1] < 3.9 + CLOSE_S]) == {1}
    assert set(apart[times[:-1] > 4.1 + CLOSE_S]) == {3}


def test_a_hand_that_is_never_found_does_not_ask_for_more() -> None:
    assert steps(30.0, lambda _: []) == {3}


def test_a_film_at_four_times_the_pace_is_read_like_the_sample_it_was_made_of(tmp_path: Path) -> None:
    """Every picture shown four times: as many are looked at as differ, so the same is read."""
    from coach import wiring  # noqa: PLC0415  late: MediaPipe
    from coach.protocol.files import load  # noqa: PLC0415
    from tests.bench.speed import quicker  # noqa: PLC0415

    short = cut(SAMPLE, tmp_path / "short.mp4", 90)
    (tmp_path / "quick").mkdir()
    quick = quicker(short, tmp_path / "quick", 60.0)
    sessions = [
        wiring.review(str(film), load("oxytocin"), sample_corners(), None, lambda *_: None, thorough=thorough)
        for film, thorough in ((short, True), (quick, False), (quick, True))
    ]
    assert [session.video.frames for session in sessions] == [90, 360, 360]  # the film's own, looked at or not
    slow, usual, thorough = (session.tracking for session in sessions)
    assert thorough.frames == 4 * slow.frames
    assert slow.frames < usual.frames < thorough.frames
    assert usual.frames_2_hands / usual.frames == pytest.approx(slow.frames_2_hands / slow.frames, abs=0.05)
