from __future__ import annotations

import numpy as np
import pytest

from coach.protocol.places import places
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, only, shipped


def test_presses_touch_their_points() -> None:
    assert places(only(PRESS)) == ((0.3, 0.2), (0.3, 0.6))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"hands": "right"}, ((0.6, 0.1), (0.6, 0.6), (0.6, 0.35))),
        ({"hands": "left"}, ((0.4, 0.1), (0.4, 0.6), (0.4, 0.35))),
        ({"hands": "left", "mirrored": False}, ((0.6, 0.1), (0.6, 0.6), (0.6, 0.35))),
        ({"hands": "together"}, ((0.6, 0.1), (0.6, 0.6), (0.6, 0.35), (0.4, 0.1), (0.4, 0.6), (0.4, 0.35))),
        ({"hands": "together", "mirrored": False}, ((0.6, 0.1), (0.6, 0.6), (0.6, 0.35))),
    ],
)
def test_a_path_is_the_right_hands_and_mirrored_the_left_ones(
    changes: dict[str, object], expected: tuple[tuple[float, float], ...]
) -> None:
    np.testing.assert_allclose(places(only(STROKE, **changes)), expected)


def test_a_circle_reaches_as_far_as_its_radii() -> None:
    reached = places(only(CIRCLE, mirrored=False))
    np.testing.assert_allclose(reached, ((0.7, 0.3), (0.6, 0.3), (0.8, 0.3), (0.7, 0.16), (0.7, 0.44)))


def test_the_oxytocin_massage_touches_the_back_and_the_neck() -> None:
    for segment in shipped("oxytocin").segments:
        assert all(0.0 <= x <= 1.0 and -0.3 <= y <= 1.0 for x, y in places(segment))
