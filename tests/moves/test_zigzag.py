"""Turning points against taking out the smallest swing again and again."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.moves.zigzag import TurningPoint, zigzag
from tests import naive

signals = st.lists(st.integers(-1000, 1000), min_size=1, max_size=40, unique=True)


@given(signals, st.integers(1, 800))
@example([0, 10, 3, 8, -2], 6)
def test_the_turning_points_are_those_left_when_small_swings_are_taken_out(values: list[int], prominence: int) -> None:
    (turns,) = zigzag(np.array(values, dtype=np.float64), prominence) or [[]]
    assert [(t.index, t.high) for t in turns] == naive.turning_points([float(v) for v in values], prominence)


@given(signals, st.integers(1, 800))
def test_they_alternate_by_at_least_the_prominence(values: list[int], prominence: int) -> None:
    (turns,) = zigzag(np.array(values, dtype=np.float64), prominence)
    for a, b in pairwise(turns):
        assert a.high != b.high
        assert abs(a.value - b.value) >= prominence
        assert a.index < b.index


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_the_count_is_that_of_the_waves_at_any_rate(fps: int) -> None:
    time_s = np.arange(0.0, 10.0, 1.0 / fps)
    noise = np.random.default_rng(0).normal(0.0, 0.05, len(time_s))
    (turns,) = zigzag(-np.cos(2.0 * np.pi * 0.7 * time_s) + noise, 1.0)
    assert sum(t.high for t in turns) == 7


def test_stretches_between_gaps_stand_alone() -> None:
    first, second = zigzag(np.array([0.0, 5.0, 0.0, np.nan, 1.0, 7.0, 1.0]), 2.0)
    assert first == [TurningPoint(0, 0.0, False), TurningPoint(1, 5.0, True), TurningPoint(2, 0.0, False)]
    assert [t.index for t in second] == [4, 5, 6]


def test_wiggles_smaller_than_the_prominence_are_no_turns() -> None:
    assert zigzag(np.array([0.0, 1.0, 0.2, 0.9, 0.1]), 1.5) == [[]]
