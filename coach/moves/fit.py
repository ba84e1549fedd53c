"""How well a motion fits a segment's description, each part of the judgement between 0 and 1."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from coach.domain import Floats, Hand
from coach.parameters.fit import (
    HALF_ELLIPSE_BULGE,
    HANDS_APART_WIDTH,
    ROUND_SHARE,
    SHAPE_WIDTH,
    SIZE_WIDTH,
    SWING_LOSS,
    SWINGS_WITHOUT_LOSS,
    WRONG_HANDS_WORTH,
)
from coach.protocol import Circle, Point, Segment

if TYPE_CHECKING:  # what tells motions apart takes a sixth of a second to import, and a checklist needs none of it
    from coach.moves.circling import CircleTurn
    from coach.moves.legs import Leg


def leg_fit(leg: Leg, segment: Segment) -> float:
    """Shape, place and size of a leg against a stroke, pass or curve."""
    size = _size(leg.reach, segment.reach)
    place = _near(leg.offset, segment.corridor)
    if segment.primitive == "pass":
        return size * place * _circles(leg, segment)
    extra = max(0, leg.swings - SWINGS_WITHOUT_LOSS)
    return size * place * exp(-((leg.distance / SHAPE_WIDTH) ** 2)) * exp(-SWING_LOSS * extra)


def _circles(leg: Leg, segment: Segment) -> float:
    needed = segment.circles_per_pass or 1
    return min(1.0, (leg.swings / 2.0 / needed)) ** 2


def circle_fit(turn: CircleTurn, segment: Segment) -> float:
    """Place and size of a turn against the described circle."""
    circle = segment.circle
    if circle is None:
        return 0.0
    sizes = [_size(float(r) / described, segment.reach) for r, described in zip(turn.radii, circle.radii, strict=True)]
    across = 1.0 - circle.centre[0] if segment.mirrored and turn.hand == "left" else circle.centre[0]
    offset = turn.centre - (across, circle.centre[1])
    return sizes[0] * sizes[1] * _near(offset, segment.corridor) * _roundness(turn.bulge, circle)


def _roundness(bulge: float, circle: Circle) -> float:
    """1 where a run is as round as circles that a tracker flattens, less where it is as flat as half hearts."""
    described = 2.0 * HALF_ELLIPSE_BULGE * min(circle.radii) / max(circle.radii)
    return max(0.0, min(1.0, bulge / (ROUND_SHARE * described))) ** 2


def point_fit(off: float, point: Point, far: float = 1.0) -> float:
    """A press at a distance from its point: 1 on it, 0.37 at the tolerance, 0 beyond so many times that."""
    return exp(-((off / point.tolerance) ** 2)) if off <= far * point.tolerance else 0.0


def spread_fit(off: float, one: Point, other: Point) -> float:
    """How far two hands press apart, against how far their points are: less uncertain than where each of them is.

    What the marked corners and the camera shift, they shift for both; so it tells neighbouring pairs of points apart.

    :param off: back units between the two ways from hand to hand
    """
    return exp(-((off / (HANDS_APART_WIDTH * (one.tolerance + other.tolerance) / 2.0)) ** 2))


def _size(ratio: float, accepted: tuple[float, float]) -> float:
    if ratio <= 0:
        return 0.0
    outside = max(log(accepted[0] / ratio), log(ratio / accepted[1]), 0.0)
    return exp(-((outside / SIZE_WIDTH) ** 2))


def _near(offset: Floats, corridor: float) -> float:
    """1 inside half the corridor, falling to nothing at twice its width."""
    away = max(0.0, float((offset[0] ** 2 + offset[1] ** 2) ** 0.5) - 0.5 * corridor)
    return exp(-((away / (0.75 * corridor)) ** 2))


def hand_fit(segment: Segment, hand: Hand) -> float:
    """One hand alone, in a segment that names its hand."""
    return 1.0 if segment.hands in ("either", hand) else WRONG_HANDS_WORTH
