"""Where things are on the back, for the fingertips, and where the hands rest."""

from __future__ import annotations

import math

from coach.domain import Hand
from tests.simulator.script import Point, Rest

CLOCK_CENTRE: Point = (0.24, 0.25)  # her left shoulder blade
CLOCK_RADII: Point = (0.112, 0.172)

FIXED: dict[str, Point] = {
    "ear_left": (0.388, -0.266),
    "ear_right": (0.612, -0.266),
    "hollow_left": (0.29, -0.018),
    "hollow_right": (0.71, -0.018),
    "c_left": (0.245, -0.032),
    "c_right": (0.755, -0.032),
}

POINTS: dict[str, tuple[str, ...]] = {
    "neck_points": ("ear_left", "ear_right"),
    "shoulder_points": ("hollow_left", "hollow_right"),
    "shoulder_c_grip": ("c_left", "c_right"),
    "scapula_left_points": ("3", "6", "8"),
    "scapula_right_points": ("9", "6", "4"),
}

_REST: dict[Rest, Point] = {
    "shoulder": (0.67, -0.052),
    "back": (0.682, 0.43),
    "side": (1.12, 0.45),
    "lap": (0.85, 1.75),
    "hidden": (0.56, -0.5),
}  # the right hand's


def clock_point(side: Hand, hour: float) -> Point:
    """The place of an hour on a shoulder blade's clock."""
    angle = math.radians(30.0 * hour)
    centre_x = CLOCK_CENTRE[0] if side == "left" else 1.0 - CLOCK_CENTRE[0]
    return centre_x + CLOCK_RADII[0] * math.sin(angle), CLOCK_CENTRE[1] - CLOCK_RADII[1] * math.cos(angle)


def place_of(segment_id: str, point: str) -> Point:
    """Where a named point of a segment belongs."""
    if point in FIXED:
        return FIXED[point]
    return clock_point("left" if "left" in segment_id else "right", float(point))


def rest_place(hand: Hand, rest: Rest) -> Point:
    x, y = _REST[rest]
    return (x, y) if hand == "right" else (1.0 - x, y)
