"""Where a hand stays, from when to when."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.moves.stills import still_mask, stills
from coach.moves.trace import trace
from coach.parameters.stills import SHORTEST_STILL_S, STILL_SPEED
from coach.parameters.traces import SAMPLE_RATE_HZ
from tests.fakes.hands import Path, circling, frames, shuttling, traced, track, visiting

A, B = (0.3, 0.2), (0.3, 0.45)


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_each_stop_is_a_still_with_its_place_and_times(fps: float) -> None:
    found = stills(
        traced("left", visiting([(A, 2.0), (B, 3.0), (A, 1.0)]), 7.6, fps=fps, contact="fingertips"), "fingertips"
    )
    assert [still.place.tolist() for still in found] == [pytest.approx(place, abs=0.01) for place in (A, B, A)]
    for still, (start, end) in zip(found, [(0.0, 2.0), (2.8, 5.8), (6.6, 7.5)], strict=True):
        assert still.start_s == pytest.approx(start, abs=0.2)
        assert still.end_s == pytest.approx(end, abs=0.2)
        assert still.duration_s == pytest.approx(still.end_s - still.start_s)
        assert still.hand == "left"


def test_places_two_fingers_apart_are_two_stills_however_slow_the_way() -> None:
    """A hand that creeps 0.05 in a second and a half is nowhere fast."""
    near = (0.3, 0.25)
    found = stills(
        traced("left", visiting([(A, 3.0), (near, 3.0)], travel_s=1.5), 7.5, contact="fingertips"), "fingertips"
    )
    assert [still.place.tolist() for still in found] == [pytest.approx(place, abs=0.012) for place in (A, near)]


def test_there_and_back_are_three_stills() -> None:
    near = (0.3, 0.25)
    path = visiting([(A, 3.0), (near, 3.0), (A, 3.0)], travel_s=1.5)
    assert len(stills(traced("left", path, 12.0, contact="fingertips"), "fingertips")) == 3


@pytest.mark.parametrize("seed", range(5))
def test_a_trembling_hand_stays_in_one_still(seed: int) -> None:
    time_s = frames(6.0)
    place = np.tile(A, (len(time_s), 1)) + np.random.default_rng(seed).normal(0.0, 0.012, (len(time_s), 2))
    (still,) = stills(trace(track("left", time_s, place), 0.0, 5.9), "fingers")
    assert still.duration_s > 5.0
    assert still.place == pytest.approx(A, abs=0.01)


@pytest.mark.parametrize(
    "path", [circling((0.7, 0.3), (0.1, 0.15), turns=30, begin_s=-10.0), shuttling(A, B, times=20, begin_s=-10.0)]
)
def test_a_working_hand_is_never_still(path: Path) -> None:
    assert all(still.duration_s < 1.2 for still in stills(traced("right", path, 10.0), "fingers"))


def test_a_stop_shorter_than_the_shortest_is_none() -> None:
    path = visiting([((0.1, 0.2), 2.0), ((0.4, 0.2), 0.15), ((0.7, 0.2), 2.0)], travel_s=0.6)
    found = stills(traced("right", path, 5.3), "fingers")
    assert [still.place.tolist() for still in found] == [
        pytest.approx(place, abs=0.01) for place in ((0.1, 0.2), (0.7, 0.2))
    ]
    assert SHORTEST_STILL_S > 0.15


def test_the_mask_is_true_where_the_hand_moves_slowly() -> None:
    ramp: Floats = np.concatenate([np.zeros(40), np.arange(1, 41) * 0.5 / SAMPLE_RATE_HZ, np.full(40, 1.0)])
    mask = still_mask(np.stack([ramp, np.zeros(120)], axis=1))
    assert mask[:35].all()
    assert not mask[45:75].any()
    assert mask[85:].all()


def test_unseen_is_not_still() -> None:
    place = np.zeros((40, 2))
    place[15:25] = np.nan
    assert not still_mask(place)[15:25].any()


@pytest.mark.parametrize("creeps", [0.0, 0.012, -0.012])
def test_a_hand_that_creeps_has_arrived(creeps: float) -> None:
    """It goes on by four hundredths of the back while it rests, or back by them."""
    time_s = frames(6.5)
    rested_s = np.clip(time_s - 1.8, 0.0, 3.4)
    on = np.stack((np.zeros_like(time_s), creeps * rested_s), axis=1)
    place = visiting([(A, 1.0), (B, 3.4), (A, 1.3)])(time_s) + on
    still = next(
        s for s in stills(trace(track("left", time_s, place, "fingertips"), 0.0, 6.4), "fingertips") if s.place[1] > 0.4
    )
    assert still.start_s + still.eased_s[0] == pytest.approx(1.8, abs=0.15)
    assert still.end_s - still.eased_s[1] == pytest.approx(5.2, abs=0.15)


def test_a_short_stay_beside_it_is_no_part_of_a_still() -> None:
    """As after a stroke, before the hand goes on to the point beside its end."""
    time_s = frames(2.2)
    beside = 0.02 * (1.0 + np.cos(np.pi * np.clip((time_s - 0.3) / 0.6, 0.0, 1.0)))
    place = np.tile(A, (len(time_s), 1)) + beside[:, None] * (0.0, 1.0)
    (still,) = stills(trace(track("left", time_s, place, "fingertips"), 0.0, 2.1), "fingertips")
    assert 0.4 < still.start_s < 0.9


def test_a_press_ends_where_the_hand_strokes_on_hardly_faster_than_it_may_tremble() -> None:
    """Under hair a hand counts as still up to the pace of a slow stroke: what it does later is no part of the press."""

    def path(time_s: Floats) -> Floats:
        strokes = np.clip(time_s - 5.0, 0.0, None)
        y = -0.25 + 0.09 * np.clip(strokes, 0.0, 1.0) + 0.07 * np.sin(1.5 * np.clip(strokes - 1.0, 0.0, None))
        return np.stack((np.full(len(time_s), 0.6) + 0.006 * np.sin(9.0 * time_s), y), axis=-1)

    found = stills(traced("right", path, 25.0, contact="fingertips"), "fingertips", 1.7 * STILL_SPEED)
    assert found[0].end_s == pytest.approx(5.0, abs=0.6)
    assert found[0].start_s < 0.6
    assert found[0].place == pytest.approx((0.6, -0.25), abs=0.02)


def test_a_slow_stroke_is_no_still() -> None:
    """Along a seventh of the back in two seconds and a half, and back: never as fast as STILL_SPEED."""

    def path(time_s: Floats) -> Floats:
        off = 0.0583 * np.abs((time_s - 3.0 + 2.4) % 4.8 - 2.4)
        return np.stack((0.27 + np.where(time_s > 3.0, off, 0.0), np.full(len(time_s), -0.03)), axis=-1)

    def found(limit: float, from_s: float) -> list[tuple[float, float]]:
        of = trace(track("left", frames(17.0), path(frames(17.0)), "fingertips"), from_s, 16.9)
        return [(s.start_s, s.end_s) for s in stills(of, "fingertips", limit) if s.duration_s >= 2.2]

    assert found(STILL_SPEED, 3.0) == []
    (rest,) = found(STILL_SPEED, 0.0)  # where it lay before
    assert list(rest) == pytest.approx([0.0, 3.0], abs=0.6)
    assert len(found(1.7 * STILL_SPEED, 3.0)) > 0  # where hair hides it, it may tremble as much
