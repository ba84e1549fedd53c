"""How large things on the back are in the picture, place by place."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot, sqrt
from typing import TypeAlias

import numpy as np

from coach.domain import Floats
from coach.locate.plane import homography
from coach.locate.relief import ASPECT

# px of the back's width (between the shoulder points), were it seen straight on at a place (x, y px) of the picture
Scale: TypeAlias = Callable[[float, float], float]

# Back units beyond its edges: what lies farther out is taken to be as large as there. Hands work on the back and a
# little around it, and farther out the marked plane runs towards its horizon, where everything is small.
BEYOND = 0.3


def scale(corners: Floats) -> Scale:
    """The scale of a back, by the perspective of its plane.

    A view from aside shortens the plane in one direction and leaves the other as long as it is: of the two, the longer
    is what a thing that stands up to the camera, as a hand does, measures. The shoulders' own width in the picture
    tells it only where the camera is straight behind.

    :param corners: (4, 2) px of the back rectangle: (0,0) (1,0) (1,1) (0,1)
    :raises numpy.linalg.LinAlgError: where three corners lie in a line
    """
    plane = homography(corners)
    middle = corners.mean(axis=0)
    plane = plane / (plane[2, :2] @ middle + plane[2, 2])  # on the back's side of the horizon, away is more than 0
    back, picture = plane.tolist(), np.linalg.inv(plane).tolist()

    def at(x: float, y: float) -> float:
        u, v = _place(back, x, y) or (0.5, 0.5)
        low, high = -BEYOND, 1.0 + BEYOND
        return _longest(picture, min(max(u, low), high), min(max(v, low), high))

    return at


def _place(plane: list[list[float]], x: float, y: float) -> tuple[float, float] | None:
    """Back coordinates; None beyond the plane's horizon."""
    across, down, away = (a * x + b * y + c for a, b, c in plane)
    return (across / away, down / away) if away > 1e-9 else None


def _longest(picture: list[list[float]], u: float, v: float) -> float:
    """px of a width in the direction in which it is longest: the larger singular value of the map's derivative."""
    x, y, w = (a * u + b * v + c for a, b, c in picture)
    x, y = x / w, y / w
    (xu, xv, _), (yu, yv, _), (wu, wv, _) = picture
    a, c = (xu - x * wu) / w, (yu - y * wu) / w
    b, d = (xv - x * wv) / w / ASPECT, (yv - y * wv) / w / ASPECT
    both, half = a * a + b * b + c * c + d * d, hypot(a * a + c * c - b * b - d * d, 2.0 * (a * b + c * d))
    return sqrt((both + half) / 2.0)
