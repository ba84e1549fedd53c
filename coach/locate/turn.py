"""How a picture is turned so that the neck is above, and where its places are then.

Turns are quarter turns to the left (anticlockwise), 0 to 3, as ``numpy.rot90`` has them.
"""

from __future__ import annotations

from math import atan2, pi, remainder

import numpy as np

from coach.domain import Floats

Size = tuple[int, int]  # (width, height) px
ASKEW = pi / 3.0  # a back that lies more askew on the screen is turned


def roll(corners: Floats) -> float:
    """Radians by which a back lies turned in the picture, to the right (clockwise): 0 with the neck above.

    :param corners: (4, 2) px of the back rectangle: (0,0) (1,0) (1,1) (0,1)
    """
    x, y = (corners[2:].sum(axis=0) - corners[:2].sum(axis=0)).tolist()
    return atan2(-x, y)


def turn_of(corners: Floats) -> int:
    """The turn by which a back (4, 2) px lies with its neck above."""
    return round(roll(corners) / (pi / 2.0)) % 4


def kept_turn(before: int, corners: Floats) -> int:
    """As :func:`turn_of`, but a turn stays until a back is clearly better seen by another one."""
    off = remainder(roll(corners) - before * pi / 2.0, 2.0 * pi)
    return before if abs(off) < ASKEW else turn_of(corners)


def turned_size(size: Size, turn: int) -> Size:
    return size if turn % 2 == 0 else (size[1], size[0])


def turned(points: Floats, turn: int, size: Size) -> Floats:
    """Where points (..., 2) px of a picture are once it is turned.

    :param size: of the picture before
    """
    x, y = points[..., 0], points[..., 1]
    width, height = size
    placed = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turn % 4]
    return np.stack(placed, axis=-1)


def turned_back(points: Floats, turn: int, size: Size) -> Floats:
    """Where points (..., 2) px of a turned picture were before; :param size: of the picture before it was turned"""
    return turned(points, -turn, turned_size(size, turn))
