"""Tracks on an even grid of time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Floats
from coach.locate.behind import usual
from coach.moves.trace import Trace, away, runs, trace
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact
from tests import naive
from tests.fakes.hands import Path, absent, circling, frames, shuttling, traced, track


@given(st.lists(st.booleans(), max_size=30))
def test_runs_are_the_stretches_of_true(mask: list[bool]) -> None:
    assert runs(np.array(mask, dtype=np.bool_)) == naive.runs(mask)


@pytest.mark.parametrize("contact", ["fingertips", "fingers", "palm"])
def test_each_contact_is_where_that_part_of_the_hand_is(contact: Contact) -> None:
    there = traced("left", lambda t: np.tile([0.4, 0.2], (len(t), 1)), 3.0, contact=contact)
    assert there.at(contact) == pytest.approx(np.tile([0.4, 0.2], (len(there.time_s), 1)))


def test_the_grid_runs_from_start_to_end() -> None:
    time_s = frames(5.0)
    grid = trace(track("right", time_s, np.zeros((len(time_s), 2))), 1.0, 3.0).time_s
    assert (grid[0], grid[-1]) == (pytest.approx(1.0), pytest.approx(3.0))
    assert np.diff(grid) == pytest.approx(1.0 / SAMPLE_RATE_HZ)


@pytest.mark.parametrize(("gap_s", "bridged"), [(0.3, True), (0.55, False)])
def test_a_short_gap_is_filled_and_a_long_one_is_not(gap_s: float, bridged: bool) -> None:
    time_s = frames(6.0)
    seen = ~((time_s > 3.0) & (time_s < 3.0 + gap_s))
    place = np.stack([time_s / 10.0, np.zeros(len(time_s))], axis=1)
    made = trace(track("right", time_s, place, seen=seen), 0.0, 5.5)
    inside = (made.time_s > 3.05) & (made.time_s < 3.0 + gap_s - 0.05)
    assert inside.any()
    assert made.seen[inside].all() == bridged
    if bridged:
        assert made.at("fingers")[inside, 0] == pytest.approx(made.time_s[inside] / 10.0, abs=0.002)
    else:
        assert np.isnan(made.at("fingers")[inside]).all()


def test_smoothing_does_not_reach_over_a_gap() -> None:
    """The hand is lost at one place and found at another: neither place leaks into the other."""
    time_s = frames(6.0)
    seen = ~((time_s > 2.0) & (time_s < 4.0))
    place = np.where(time_s[:, None] < 3.0, 0.2, 0.8) * np.ones((1, 2))
    made = trace(track("right", time_s, place, seen=seen), 0.0, 5.5)
    x = made.at("fingers")[:, 0]
    assert set(np.round(x[np.isfinite(x)], 9)) == {0.2, 0.8}


def lost(path: Path, since_s: float, gap_s: float, until_s: float = 8.0) -> Trace:
    time_s = frames(until_s)
    seen = ~((time_s > since_s) & (time_s < since_s + gap_s))
    return trace(track("right", time_s, path(time_s), seen=seen), 0.0, until_s - 0.2)


def going(time_s: Floats) -> Floats:
    """To the right, a tenth of a back's width a second."""
    return np.stack([time_s / 10.0, np.zeros(len(time_s))], axis=1)


def jumping(at_s: float, far: float) -> Path:
    """As :func:`going`, but farther on from a time on."""
    return lambda time_s: going(time_s) + np.stack([far * (time_s > at_s), np.zeros(len(time_s))], axis=1)


@pytest.mark.parametrize(("gap_s", "carried"), [(0.5, True), (0.8, True), (1.2, False)])
def test_a_moving_hand_is_carried_straight_over_a_gap_and_still_was_not_seen(gap_s: float, carried: bool) -> None:
    made = lost(going, 3.0, gap_s)
    inside = (made.time_s > 3.05) & (made.time_s < 3.0 + gap_s - 0.05)
    assert not made.seen[inside].any()
    assert np.isnan(made.at("fingers")[inside]).all()
    assert np.isnan(made.skin["fingers"][inside]).all()
    if carried:
        assert made.carried("fingers")[inside, 0] == pytest.approx(made.time_s[inside] / 10.0, abs=0.004)
    else:
        assert np.isnan(made.carried("fingers")[inside]).all()


@pytest.mark.parametrize(("far", "carried"), [(0.0, True), (0.06, True), (0.12, False)])
def test_a_hand_that_comes_again_too_far_away_did_not_just_go_on(far: float, carried: bool) -> None:
    """In 0.8 s it would go 0.08; twice as fast, 0.16."""
    made = lost(jumping(3.4, far), 3.0, 0.8)
    assert np.isfinite(made.carried("fingers")[60:-2]).all() == carried


def test_a_hand_that_rests_here_and_then_there_did_not_just_go_on() -> None:
    made = lost(lambda time_s: np.stack([0.2 + 0.3 * (time_s > 3.4), 0.1 * np.ones(len(time_s))], axis=1), 3.0, 0.8)
    assert np.isnan(made.carried("fingers")).any()


def test_a_hand_that_was_seen_for_a_moment_only_is_not_carried() -> None:
    time_s = frames(8.0)
    seen = (time_s < 3.0) | ((time_s > 3.6) & (time_s < 3.75)) | (time_s > 4.4)
    made = trace(track("right", time_s, going(time_s), seen=seen), 0.0, 7.8)
    assert np.isnan(made.carried("fingers")).any()


def test_a_hand_that_was_never_seen_is_nowhere() -> None:
    made = trace(absent("left", frames(2.0)), 0.0, 1.9)
    assert not made.seen.any()
    assert all(np.isnan(place).all() for place in made.places.values())


@settings(max_examples=25, deadline=None)
@given(st.floats(10, 60), st.floats(0.0, 0.2), st.integers(0, 2**32 - 1))
def test_it_does_not_depend_on_the_frame_rate_nor_on_uneven_frames(fps: float, jitter: float, seed: int) -> None:
    steps = np.clip(np.random.default_rng(seed).normal(1.0, jitter, int(8 * fps)), 0.4, 2.0) / fps
    time_s = np.concatenate([[0.0], np.cumsum(steps)])
    for path in (circling((0.7, 0.3), (0.1, 0.15), turns=2.0), shuttling((0.6, 0.1), (0.6, 0.6), times=2)):
        made = trace(track("right", time_s, path(time_s)), 0.0, float(min(time_s[-1], 7.0)))
        exact = traced("right", path, 9.0, fps=200.0).at("fingers")[: len(made.time_s)]
        assert np.nanmax(np.abs(made.at("fingers") - exact)) < 0.02
        assert np.isfinite(made.at("fingers")[:-2]).all()


def test_on_a_back_presses_are_placed_on_the_skin_and_paths_on_the_plane() -> None:
    time_s = frames(3.0)
    place = np.tile((0.35, 0.25), (len(time_s), 1))
    seen = replace(track("left", time_s, place, "fingertips"), eye=np.array([0.5, -0.4, 2.0]))
    back, flat = (trace(seen, 0.0, 2.9, surface) for surface in ("back", "flat"))
    assert back.at("fingertips") == pytest.approx(flat.at("fingertips"))
    assert flat.skin["fingertips"] == pytest.approx(flat.at("fingertips"))
    assert (back.skin["fingertips"][:, 1] < back.at("fingertips")[:, 1] - 0.02).all()  # seen from above
    assert back.eye is not None
    assert flat.eye is None


@pytest.mark.parametrize("eye", [(0.5, -1.3, 1.8), (-1.2, -0.4, 1.8)], ids=["before", "beside"])
def test_from_elsewhere_paths_are_as_a_camera_behind_her_sees_them(eye: tuple[float, float, float]) -> None:
    time_s, camera, high = frames(3.0), np.array(eye), 0.12
    true = np.array((0.35, 0.25))
    plane = true + (true - camera[:2]) * high / (camera[2] - high)
    seen = replace(track("left", time_s, np.tile(plane, (len(time_s), 1)), "fingertips"), eye=camera)
    made = trace(seen, 0.0, 2.9, "back")
    behind = usual(camera)
    expected = true + (true - behind[:2]) * high / (behind[2] - high)
    assert np.hypot(*(made.at("fingertips") - expected).T).max() < 0.04 < float(np.hypot(*(plane - expected)))
    assert np.hypot(*(made.skin["fingertips"] - true).T).max() < 0.04
    assert made.eye is not None
    assert made.eye == pytest.approx(camera)  # how surely places are known hangs on the camera that was there


def test_where_nobody_knows_the_camera_a_back_is_a_plane() -> None:
    time_s = frames(3.0)
    made = trace(track("left", time_s, np.tile((0.35, 0.25), (len(time_s), 1)), "fingertips"), 0.0, 2.9, "back")
    assert made.skin["fingertips"] == pytest.approx(made.at("fingertips"))


@pytest.mark.parametrize(
    ("lost_at", "found_at", "gone"),
    [
        ((0.3, 0.95), (0.7, 1.1), True),  # off over the waist, and back from there
        ((-0.2, 0.4), (1.2, 0.4), True),
        ((0.5, -0.6), (0.5, -0.6), True),
        ((0.3, 0.95), (0.7, 0.5), False),  # it may have come back long before it was found
        ((0.3, 0.5), (0.7, 0.95), False),
        ((0.3, 0.8), (0.7, 0.8), False),  # where the longest strokes end
        ((0.3, 0.5), (0.3, 0.5), False),
    ],
)
def test_a_hand_has_left_that_was_lost_beside_the_back_and_found_there(
    lost_at: tuple[float, float], found_at: tuple[float, float], gone: bool
) -> None:
    time_s = frames(6.0)
    seen = ~((time_s > 2.0) & (time_s < 4.0))
    place = np.where(time_s[:, None] < 3.0, lost_at, found_at)
    made = trace(track("right", time_s, place, "palm", seen=seen), 0.0, 5.5)
    assert (away(made) == (~made.seen & gone)).all()


def test_a_hand_that_comes_late_or_leaves_early_was_away_if_it_does_so_beside_the_back() -> None:
    time_s = frames(6.0)
    seen = (time_s > 1.0) & (time_s < 4.0)
    for place, gone in (((0.5, 1.0), True), ((0.5, 0.5), False)):
        made = trace(track("right", time_s, np.tile(place, (len(time_s), 1)), "palm", seen=seen), 0.0, 5.5)
        assert (away(made) == (~made.seen & gone)).all()
    assert not away(trace(absent("left", time_s), 0.0, 5.5)).any()  # never seen: nobody knows


@pytest.mark.parametrize(("pace", "gone"), [(0.0, False), (0.05, False), (0.5, True), (-0.5, False)])
def test_a_hand_that_is_lost_on_its_way_off_the_back_has_left_it(pace: float, gone: bool) -> None:
    """At 0.8 of the back, going down at so many backs a second, and it comes again as it went."""
    time_s = frames(6.0)
    down = 0.8 - pace * np.where(time_s < 3.0, np.clip(2.0 - time_s, 0.0, 2.0), np.clip(time_s - 4.0, 0.0, 2.0))
    seen = (time_s <= 2.0) | (time_s >= 4.0)
    place = np.stack([np.full(len(time_s), 0.3), down], axis=1)
    made = trace(track("left", time_s, place, "palm", seen=seen), 0.0, 5.5)
    assert (away(made) == (~made.seen & gone)).all()


def test_a_hand_goes_where_it_was_seen_to_go_last() -> None:
    """It came up from below, and is lost on its way to the middle: it is on the back."""
    time_s = frames(6.0)
    place = np.stack([np.full(len(time_s), 0.3), 0.9 - 0.3 * np.minimum(time_s, 2.0)], axis=1)
    made = trace(track("left", time_s, place, "palm", seen=time_s <= 2.0), 0.0, 5.5)
    assert not away(made).any()
