"""Places of the body that a person has marked one for another, however the picture is turned."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.exchanged import exchanged

BODY = np.array([[320.0, 105.0], [192.0, 130.0], [448.0, 130.0], [320.0, 412.0]])
TURNS = [0.0, 90.0, 180.0, 270.0, 33.0]


def turned(degrees: float) -> Floats:
    angle = np.radians(degrees)
    found: Floats = BODY @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return found


@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize(
    ("order", "told"),
    [
        ([0, 1, 2, 3], None),
        ([0, 2, 1, 3], "mark_mirrored"),
        ([3, 1, 2, 0], "mark_ends"),
        ([3, 2, 1, 0], "mark_ends"),
        ([1, 0, 2, 3], "mark_crossed"),
        ([2, 1, 0, 3], "mark_crossed"),
    ],
)
def test_what_is_exchanged_is_named(degrees: float, order: list[int], told: str | None) -> None:
    assert exchanged(turned(degrees)[order]) == told


def test_points_upon_each_other_are_no_fault_of_the_program() -> None:
    assert exchanged(np.zeros((4, 2))) == "mark_crossed"
