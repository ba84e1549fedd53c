"""Two stills that are one press, and such that are two."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.moves.joining import held_on, joined, joined_beside
from coach.moves.stills import Still
from coach.moves.trace import Trace, trace
from tests.fakes.hands import frames, track
from tests.fakes.protocols import PRESS, only

HOLD = only(PRESS).hold
assert HOLD is not None
POINTS = HOLD.points
AT = np.asarray(POINTS[0].at)
LENGTH_S = 8.0


def still(start_s: float, end_s: float, off: tuple[float, float] = (0.0, 0.0)) -> Still:
    return Still("left", start_s, end_s, AT + off, eased_s=(0.1, 0.2))


def staying(meanwhile: Floats | None) -> Trace:
    """A hand at the first point, which is somewhere else from second 3 to second 4; None: out of sight."""
    time_s = frames(LENGTH_S)
    place = np.tile(AT, (len(time_s), 1))
    gap = (time_s > 3.0) & (time_s < 4.0)
    place[gap] += 0.0 if meanwhile is None else meanwhile
    seen = ~gap if meanwhile is None else np.ones_like(gap)
    return trace(track("left", time_s, place, "fingertips", seen), 0.0, float(time_s[-1]))


TREMBLING, GONE = np.array([0.04, 0.0]), np.array([0.12, 0.0])
BESIDE = [Still("right", 0.5, 6.5, np.array([0.7, 0.2]))]


@pytest.mark.parametrize("meanwhile", [TREMBLING, None])
def test_a_hand_that_trembled_beside_one_that_stayed_pressed_once(meanwhile: Floats | None) -> None:
    parts = [still(1.0, 3.0), still(4.0, 6.0, (0.01, 0.0))]
    (one,) = joined_beside(parts, BESIDE, POINTS, staying(meanwhile), "fingertips")
    assert (one.start_s, one.end_s, one.eased_s) == (1.0, 6.0, (0.1, 0.2))
    assert one.place == pytest.approx(AT + np.array([0.005, 0.0]))


@pytest.mark.parametrize(
    ("parts", "other", "meanwhile"),
    [
        ([still(1.0, 3.0), still(4.0, 6.0)], BESIDE, GONE),
        ([still(1.0, 3.0), still(4.0, 6.0, (0.03, 0.0))], BESIDE, TREMBLING),  # it slipped too far
        ([still(1.0, 3.0), still(4.6, 6.0)], BESIDE, TREMBLING),  # for too long
        ([still(1.0, 3.0), still(4.0, 6.0)], [], TREMBLING),  # nobody stayed
        (
            [still(1.0, 3.0), still(4.0, 6.0)],
            [Still("right", 0.5, 3.5, np.array([0.7, 0.2]))],
            TREMBLING,
        ),  # the other left
        ([still(1.0, 3.0), still(4.0, 6.0, tuple(np.subtract(POINTS[1].at, AT)))], BESIDE, TREMBLING),
    ],
)
def test_a_hand_that_left_pressed_twice(parts: list[Still], other: list[Still], meanwhile: Floats) -> None:
    assert joined_beside(parts, other, POINTS, staying(meanwhile), "fingertips") == parts


def test_without_another_hand_only_a_short_slip_is_one_press() -> None:
    away = staying(GONE)
    assert len(joined([still(1.0, 3.0), still(3.5, 6.0)], POINTS, away)) == 1
    assert len(joined([still(1.0, 3.0), still(3.7, 6.0)], POINTS, away)) == 2


@pytest.mark.parametrize(("palm", "count"), [(0.0, 1), (0.02, 1), (0.035, 2), (0.1, 2)])
def test_tips_that_jump_while_the_palm_creeps_on_are_one_press(palm: float, count: int) -> None:
    """In six seconds a resting palm creeps as far as it would to another place; a hand that moves takes it along."""
    time_s = frames(LENGTH_S)
    way = AT + np.outer(time_s - 4.0, (0.0, -0.018)) + np.outer(time_s > 4.0, (palm, 0.0))
    made = trace(track("left", time_s, way, "fingertips"), 0.0, float(time_s[-1]))
    parts = [still(1.0, 3.85), still(4.1, 7.0, (0.045, 0.0))]
    assert len(joined(parts, POINTS, made)) == count


def test_a_press_goes_on_while_the_palm_stays_however_far_it_has_crept() -> None:
    """The tips are still for two and a half seconds of five, in which the palm creeps by twice what it may wobble."""
    time_s = frames(LENGTH_S)
    way = AT + np.outer(time_s - 3.5, (0.0, -0.02)) + np.outer(np.clip(time_s - 6.0, 0.0, None), (0.3, 0.0))
    made = trace(track("left", time_s, way, "fingertips"), 0.0, float(time_s[-1]))
    (one,) = held_on([still(1.0, 3.5)], made)
    assert one.start_s == pytest.approx(0.0, abs=0.6)
    assert one.end_s == pytest.approx(5.1, abs=0.4)  # it has crept out of its wobble by then, or left
    assert one.eased_s == (0.0, 0.0)
    later = still(4.0, 4.6)
    assert next(s.end_s for s in held_on([still(1.0, 3.5), later], made)) <= 4.0


def test_a_palm_that_leaves_with_the_tips_makes_a_press_no_longer() -> None:
    time_s = frames(LENGTH_S)
    way = AT + np.outer(np.clip(time_s - 3.4, 0.0, 1.0) - np.clip(1.0 - time_s, 0.0, 1.0), (0.3, 0.0))
    made = trace(track("left", time_s, way, "fingertips"), 0.0, float(time_s[-1]))
    (one,) = held_on([still(1.0, 3.5)], made)
    assert (one.start_s, one.end_s, one.eased_s) == (1.0, 3.5, (0.1, 0.2))
