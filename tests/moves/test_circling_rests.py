"""Circles with rests between them: a rest belongs to no turn, however it lies to where the turns end."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from coach.domain import Floats
from tests.fakes.hands import Path, circling
from tests.moves.test_circling import CENTRE, RADII, of, whole


def test_a_rest_parts_the_turns_and_belongs_to_none() -> None:
    first, second = (circling(CENTRE, RADII, turns=2, begin_s=begin) for begin in (1.0, 8.0))

    def path(time_s: Floats) -> Floats:
        return np.where(time_s[:, None] < 6.0, first(time_s), second(time_s))

    found = whole(of(path, 13.0))
    assert len(found) == 4
    assert all(turn.end_s < 5.3 or turn.start_s > 7.7 for turn in found)


@pytest.mark.parametrize("rest_s", [0.0, 0.4])
def test_a_short_rest_between_two_turns_is_part_of_neither(rest_s: float) -> None:
    """Too short to part the turns: each takes 1.2 s, however she rests after it."""
    turn = circling(CENTRE, RADII, turns=1, turn_s=1.2, begin_s=0.0)
    ends = 1.0 + (1.2 + rest_s) * np.arange(5)

    def path(time_s: Floats) -> Floats:
        k = np.clip(np.searchsorted(ends, time_s, side="right") - 1, 0, len(ends) - 1)
        return np.asarray(turn(np.clip(time_s - ends[k], 0.0, 1.2)))

    found = whole(of(path, 10.0))
    assert len(found) == 5
    lasts_s = [t.duration_s for t in found]
    assert lasts_s == pytest.approx([1.2] * 5, abs=0.2)
    assert lasts_s[1:-1] == pytest.approx([1.2] * 3, abs=0.15 if rest_s else 0.02)


def resting_at(phases: list[float], rest_s: float, eased: float = 0.0, first_s: float = 1.2) -> Path:
    """Circles, a turn in 1.2 s, with a rest at each of the phases but the first and the last.

    :param eased: how slowly the hand comes to a rest and goes on from it: 0 at once, 1 by the cosine law
    :param first_s: how long a turn would take at the first stretch's pace; after a slow one it does not rest
    """
    one = circling(CENTRE, RADII, turns=1, turn_s=1.0, begin_s=0.0)

    def path(time_s: Floats) -> Floats:
        phase, at_s = np.full(len(time_s), phases[0]), 1.0
        for k, (a, b) in enumerate(pairwise(phases)):
            lasts_s = (1.2 if k else first_s) * (b - a)
            part = np.clip((time_s - at_s) / lasts_s, 0.0, 1.0)
            phase += (b - a) * ((1.0 - eased) * part + eased * (0.5 - 0.5 * np.cos(np.pi * part)))
            at_s += lasts_s + (rest_s if k or first_s < 2.0 else 0.0)
        return np.asarray(one(phase % 1.0))

    return path


@pytest.mark.parametrize("off", [0.05, 0.08])
def test_a_rest_a_little_before_a_turns_end_or_after_it_is_part_of_neither(off: float) -> None:
    phases = [0.0, 1.0 - off, 2.0 + off, 3.0 - off, 4.0 + off, 5.0]
    found = whole(of(resting_at(phases, 0.5), 12.0))
    assert [t.duration_s for t in found] == pytest.approx(1.2 * np.diff(phases), abs=0.15)


def test_a_hand_comes_to_a_rest_by_and_by() -> None:
    found = whole(of(resting_at([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], 0.5, eased=0.5), 12.0))
    assert np.mean([t.duration_s for t in found[1:-1]]) == pytest.approx(1.2, abs=0.08)


@pytest.mark.parametrize(
    ("phases", "first_s"),
    [
        ([0.0, 0.25, 1.25, 2.25, 3.25, 4.25], 5.0),  # it came to the circle a quarter of a turn before, slowly
        ([0.25, 1.25, 2.25, 3.25, 4.45], 1.5),  # it goes on a little, quicker than it began
    ],
)
def test_turns_begin_where_the_hand_rests_between_them(phases: list[float], first_s: float) -> None:
    found = whole(of(resting_at(phases, 0.5, first_s=first_s), 12.0))
    assert [t.duration_s for t in found] == pytest.approx([1.2 if first_s > 2.0 else first_s, 1.2, 1.2, 1.2], abs=0.15)


def test_a_slow_turn_among_quick_ones_is_no_rest() -> None:
    begins = np.concatenate(([1.0], 1.0 + np.cumsum([1.0] * 5 + [6.0] + [1.0] * 3)))
    one = circling(CENTRE, RADII, turns=1, turn_s=1.0, begin_s=0.0)

    def path(time_s: Floats) -> Floats:
        turned = np.interp(time_s, begins, np.arange(len(begins)))
        return np.asarray(one(np.where(turned >= len(begins) - 1, 1.0, turned % 1.0)))

    found = whole(of(path, float(begins[-1]) + 1.0))
    assert max(t.duration_s for t in found) == pytest.approx(6.0, abs=0.5)
    assert min(t.duration_s for t in found) > 0.8
