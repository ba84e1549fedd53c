from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.capture.clock import PAUSE_S, RESTART_S, Clock


def times(*stamps_s: float | None, period_s: float = 0.1) -> list[float | None]:
    clock = Clock(period_s)
    return [clock.time_s(stamp) for stamp in stamps_s]


def test_good_stamps_are_kept_and_start_at_nothing() -> None:
    assert times(5.0, 5.25, 5.5, 7.0) == [0.0, 0.25, 0.5, 2.0]
    assert times(-0.5, 0.0) == [0.0, 0.5]


def test_a_missing_stamp_is_one_average_period_later() -> None:
    assert times(0.0, 0.25, None, 0.75) == [0.0, 0.25, 0.5, 0.75]


def test_without_any_stamps_the_containers_rate_holds() -> None:
    assert times(None, None, None, None) == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_what_is_not_later_is_dropped_and_leaves_the_others_alone() -> None:
    assert times(0.0, 0.5, 0.5, 0.25, 1.0) == [0.0, 0.5, None, None, 1.0]


def test_a_clock_that_begins_anew_goes_on_from_the_last_picture() -> None:
    assert times(10.0, 10.5, 11.0, 0.0, 0.5) == [0.0, 0.5, 1.0, 1.5, 2.0]


def test_a_leap_that_no_pause_explains_is_taken_out_both_ways() -> None:
    assert times(0.0, 0.5, 1e9, 1.5) == [0.0, 0.5, 1.0, 1.5]


def test_a_true_pause_survives() -> None:
    assert times(0.0, 0.1, 300.0) == [0.0, 0.1, 300.0]


@given(
    st.lists(st.none() | st.floats(allow_nan=True, allow_infinity=True), max_size=30),
    st.floats(1e-3, 10),
)
def test_whatever_the_stamps_times_start_at_nothing_and_grow(stamps: list[float | None], period_s: float) -> None:
    clock = Clock(period_s)
    kept = [t for t in map(clock.time_s, stamps) if t is not None]
    assert kept[:1] in ([], [0.0])
    assert all(a < b and math.isfinite(b) for a, b in pairwise(kept))
    assert all(b - a <= PAUSE_S + 1e-6 for a, b in pairwise(kept))


@given(st.lists(st.integers(1, int(PAUSE_S * 999)), min_size=1, max_size=30), st.integers(-(10**9), 10**9))
def test_growing_stamps_are_never_changed(steps_ms: list[int], start_ms: int) -> None:
    stamps = [start_ms]
    for step in steps_ms:
        stamps.append(stamps[-1] + step)
    got = times(*(stamp / 1000 for stamp in stamps))
    assert got == pytest.approx([(stamp - start_ms) / 1000 for stamp in stamps], abs=1e-6)


@given(st.floats(0.001, 0.9 * RESTART_S))
def test_small_steps_back_never_move_what_follows(back_s: float) -> None:
    assert times(0.0, 2.0, 2.0 - back_s, 3.0) == [0.0, 2.0, None, 3.0]
