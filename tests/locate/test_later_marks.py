"""A back that is marked anew: where it is then, and which frames belong to which mark."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import BackMark, Floats
from coach.locate.later_marks import Marks, Remarked, anchor, number_of
from coach.locate.plane import to_back

FIRST = np.array([[154.4, 132.2], [413.8, 75.4], [471.0, 378.4], [242.8, 473.2]])
SHIFTED = FIRST + np.array([40.0, -7.0])
ELSEWHERE = np.array([[300.0, 90.0], [520.0, 110.0], [560.0, 400.0], [250.0, 380.0]])


def affine(scale: float, turn: float, x: float, y: float) -> Floats:
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    return np.array([[c, -s, x], [s, c, y], [0.0, 0.0, 1.0]])


def test_the_first_marks_corners_come_to_lie_where_the_back_is_marked_anew() -> None:
    for now in (ELSEWHERE, FIRST, SHIFTED):
        np.testing.assert_allclose(to_back(FIRST, anchor(FIRST, now, 2)), now, atol=1e-6)


@given(st.floats(0.5, 2.0), st.floats(-1.0, 1.0), st.floats(-500, 500), st.floats(-500, 500), st.integers(2, 60))
def test_every_motion_tells_its_mark_however_the_back_moves_and_when_it_was_on_a_disk(
    scale: float, turn: float, x: float, y: float, number: int
) -> None:
    motion = affine(scale, turn, x, y)
    assert number_of(motion, FIRST) == 1
    for now in (ELSEWHERE, FIRST, SHIFTED):  # by the last two the map is affine too
        told = motion @ anchor(FIRST, now, number)
        assert number_of(told, FIRST) == number
        assert number_of(told.astype(np.float32).astype(np.float64), FIRST) == number
        np.testing.assert_allclose(to_back(FIRST, told), to_back(now, motion), atol=1e-6)


def test_frames_are_told_apart_by_their_marks() -> None:
    marks = Marks(FIRST)
    assert marks.corners == []
    moved = affine(1.0, 0.1, 3.0, 4.0)
    second, third = anchor(FIRST, ELSEWHERE, 2), anchor(FIRST, FIRST, 3)
    for frame, motion in enumerate((np.eye(3), moved, second, moved @ second, moved @ third)):
        assert marks.see(frame, motion, to_back(FIRST, motion)) == (frame in (0, 2, 4))
    for found, wanted in zip(marks.corners, (FIRST, ELSEWHERE, to_back(FIRST, moved)), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-6)
    assert list(marks.stretches(0, 5)) == [slice(0, 2), slice(2, 4), slice(4, 5)]
    assert list(marks.stretches(2, 5)) == [slice(0, 2), slice(2, 3)]
    assert list(marks.stretches(3, 4)) == [slice(0, 1)]
    values = [np.array([float(k)]) for k in range(3)]
    assert marks.spread(values, 0, 5).ravel().tolist() == [0, 0, 1, 1, 2]
    assert marks.spread(values, 3, 5).ravel().tolist() == [1, 2]


def test_of_a_single_mark_there_is_one_value_for_all_frames() -> None:
    marks = Marks(FIRST)
    marks.see(0, np.eye(3), FIRST)
    marks.see(1, affine(1.0, 0.0, 9.0, 0.0), FIRST + np.array([9.0, 0.0]))
    assert marks.corners == [pytest.approx(FIRST)]
    assert marks.spread([np.array([7.0])], 0, 2).tolist() == [7.0]


def test_motions_go_on_from_other_marks_than_those_they_were_watched_by() -> None:
    """Whether the back had been marked anew then already, elsewhere, or not at all."""
    sways = [affine(1.0, 0.0, 2.0 * k, 0.0) for k in range(4)]
    for watched in (np.eye(3), anchor(FIRST, SHIFTED, 2)):
        motions = [np.eye(3), *(sway @ watched for sway in sways)]
        remarked = Remarked(SHIFTED, [BackMark(1.0, ELSEWHERE)])
        found = [remarked.motion(float(time_s), motion) for time_s, motion in enumerate(motions)]
        np.testing.assert_array_equal(found[0], np.eye(3))
        for sway, motion in zip(sways, found[1:], strict=True):
            np.testing.assert_allclose(to_back(SHIFTED, motion), to_back(ELSEWHERE, sway), atol=1e-6)
            assert number_of(motion, SHIFTED) == 2


def test_motions_stay_where_the_marks_are_those_they_were_watched_by() -> None:
    motions = [np.eye(3), anchor(FIRST, ELSEWHERE, 2), affine(1.1, 0.1, 3.0, 4.0) @ anchor(FIRST, ELSEWHERE, 2)]
    same, none = Remarked(FIRST, [BackMark(0.5, ELSEWHERE)]), Remarked(FIRST, [])
    for time_s, motion in enumerate(motions):
        np.testing.assert_allclose(same.motion(float(time_s), motion), motion, atol=1e-9)
        np.testing.assert_array_equal(none.motion(float(time_s), motion), motion)
