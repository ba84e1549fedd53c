"""Which pictures a slow machine looks at."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coach.practice.stride import Stride


def looked(period_s: float, took_s: float, stride: Stride | None = None, pictures: int = 300) -> list[int]:
    """The numbers of a camera's pictures that are looked at, by a machine that takes so long for one."""
    stride, free_s, numbers = stride or Stride(), 0.0, []
    for number in range(pictures):
        time_s = number * period_s
        stride.came(time_s)
        if time_s >= free_s - 1e-9 and stride.due(time_s):
            free_s = time_s + took_s
            stride.looked(time_s, took_s)
            numbers.append(number)
    return numbers[len(numbers) // 2 :]  # once it has settled


def steps(numbers: list[int]) -> set[int]:
    return {b - a for a, b in pairwise(numbers)}


@pytest.mark.parametrize(
    ("took_s", "every"),
    [
        pytest.param(0.020, 1, id="quick: each"),
        pytest.param(0.036, None, id="a little too slow: as many as there are"),
        pytest.param(0.050, 2, id="every second"),
        pytest.param(0.064, 2, id="every second, just"),
    ],
)
def test_as_many_as_it_can_in_even_steps(took_s: float, every: int | None) -> None:
    made = steps(looked(1 / 30, took_s))
    assert made == {every} if every else made <= {1, 2}


def test_where_few_can_be_looked_at_none_is_let_pass() -> None:
    numbers = looked(1 / 30, 0.110)  # three pictures' time and a bit: every fourth, which is the most that it can
    assert len(numbers) == pytest.approx(300 / 2 / 4, abs=2)
    assert len(looked(1 / 15, 0.075)) == pytest.approx(300 / 2 / 2, abs=2)  # 7.5 a second are too few to be even


def test_it_looks_at_each_again_once_it_is_quick_again() -> None:
    stride = Stride()
    assert steps(looked(1 / 30, 0.050, stride)) == {2}
    numbers = looked(1 / 30, 0.015, stride)  # another camera, whose clock begins anew
    assert steps(numbers) == {1}


def test_a_quick_machine_lets_none_pass_however_uneven_they_come() -> None:
    stride = Stride()
    for time_s in (0.0, 0.4, 0.8, 0.81, 0.812):
        stride.came(time_s)
        assert stride.due(time_s)
        stride.looked(time_s, 0.001)
