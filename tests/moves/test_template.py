"""Described paths, and how like them a motion is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Floats
from coach.moves.template import even, normal, shape_distance, template
from coach.parameters.strokes import PATH_POINTS
from coach.protocol import Segment
from tests.fakes.protocols import CIRCLE, STROKE, only

BENT = only(
    STROKE, id="bent", primitive="curve", path=[[0.6, 0.1], [0.75, 0.2], [0.7, 0.4], [0.6, 0.6]], askew_deg=10.0
)
LINE = only(STROKE, askew_deg=10.0)


def turned(points: Floats, degrees: float) -> Floats:
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    there: Floats = (points - points.mean(axis=0)) @ matrix.T
    return there


def test_points_are_even_along_the_path() -> None:
    points = even(np.array([[0.0, 0.0], [0.1, 0.0], [0.1, 0.9]]))
    steps = np.hypot(*np.diff(points, axis=0).T)
    assert points.shape == (PATH_POINTS, 2)
    assert np.median(steps) == pytest.approx(1.0 / (PATH_POINTS - 1))
    assert steps.max() == pytest.approx(np.median(steps))
    assert (points[0].tolist(), points[-1].tolist()) == ([0.0, 0.0], pytest.approx([0.1, 0.9]))


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100), st.floats(-5, 5))
def test_normal_form_knows_neither_place_nor_size(seed: int, size: float, shift: float) -> None:
    points = np.random.default_rng(seed).normal(size=(PATH_POINTS, 2))
    assert normal(points * size + shift) == pytest.approx(normal(points), abs=1e-7)
    assert (normal(points) ** 2).sum() == pytest.approx(1.0)


def test_a_point_has_no_shape() -> None:
    assert (normal(np.ones((5, 2))) == 0).all()
    assert shape_distance(np.ones((5, 2)), template(LINE, "right")) == 1.0


def test_the_left_hands_path_is_the_mirror_image_unless_it_is_not_mirrored() -> None:
    right, left = template(BENT, "right").points, template(BENT, "left").points
    assert left == pytest.approx(np.stack([1.0 - right[:, 0], right[:, 1]], axis=1))
    same = only(STROKE, mirrored=False)
    assert template(same, "left").points == pytest.approx(template(same, "right").points)


def test_progress_is_measured_along_the_chord() -> None:
    described = template(LINE, "right")
    assert described.origin.tolist() == [0.6, 0.1]
    assert described.along == pytest.approx([0.0, 1.0])
    assert described.length == pytest.approx(0.5)
    assert described.lead == described.lead_time == 0.0


def test_a_path_that_first_goes_back_has_a_lead() -> None:
    """As half a heart rises over its lobe before it comes down."""
    lobe = only(STROKE, primitive="curve", path=[[0.55, 0.1], [0.6, 0.0], [0.7, 0.1], [0.6, 0.6]])
    described = template(lobe, "right")
    assert 0.1 < described.lead < 0.3
    assert 0.5 - 0.5 * np.cos(np.pi * described.lead_time) == pytest.approx(described.lead)
    assert described.points[0] == pytest.approx([0.6, 0.0], abs=0.03)


def test_a_segment_without_a_path_has_no_template() -> None:
    with pytest.raises(ValueError, match="round has no path"):
        template(only(CIRCLE), "left")


@pytest.mark.parametrize("segment", [LINE, BENT], ids=["line", "bent"])
@given(size=st.floats(0.3, 3.0), x=st.floats(-1, 1), y=st.floats(-1, 1), degrees=st.floats(-10, 10))
def test_the_same_path_elsewhere_larger_and_a_little_askew_is_the_same(
    segment: Segment, size: float, x: float, y: float, degrees: float
) -> None:
    described = template(segment, "right")
    assert shape_distance(turned(described.points, degrees) * size + (x, y), described) < 1e-6


def test_a_path_turned_by_more_than_allowed_differs_by_the_rest() -> None:
    described = template(LINE, "right")
    long = described.points * 3.0  # so that the allowance for noise is small
    distances = [shape_distance(turned(long, degrees), described) for degrees in (20.0, 40.0, 90.0, 180.0)]
    assert distances == sorted(distances)
    assert distances[0] == pytest.approx(2.0 * np.sin(np.radians(5.0)), abs=0.03)  # 10 of 20 degrees are free
    assert distances[-1] > 1.9  # backwards


def test_a_line_and_a_bow_are_told_apart() -> None:
    assert shape_distance(template(BENT, "right").points, template(LINE, "right")) > 0.2
    assert shape_distance(template(LINE, "right").points, template(BENT, "right")) > 0.2


def test_detector_noise_is_taken_off() -> None:
    described = template(LINE, "right")
    noisy = described.points + np.random.default_rng(1).normal(0.0, 0.01, (PATH_POINTS, 2))
    assert shape_distance(noisy, described) < 0.05
