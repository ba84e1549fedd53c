"""The back as a plane: picture px ↔ back coordinates."""

from __future__ import annotations

import numpy as np

from coach.domain import Floats

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def homography(corners: Floats) -> Floats:
    """The (3, 3) map from px to back coordinates for the rectangle's corners (0,0), (1,0), (1,1), (0,1).

    Solves the eight linear equations of the direct linear transform (Hartley & Zisserman, 2004, 4.1).

    :param corners: (4, 2) px, no three in a line
    :raises numpy.linalg.LinAlgError: where they are
    """
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, SQUARE, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(right)), 1.0).reshape(3, 3)


def homographies(corners: Floats) -> Floats:
    """The (n, 3, 3) maps of as many rectangles (n, 4, 2) px, as :func:`homography` has them."""
    n = len(corners)
    x, y = corners[..., 0], corners[..., 1]  # (n, 4)
    one, none = np.ones((n, 4)), np.zeros((n, 4))
    u, v = SQUARE[:, 0], SQUARE[:, 1]
    across = np.stack((x, y, one, none, none, none, -u * x, -u * y), axis=-1)
    down = np.stack((none, none, none, x, y, one, -v * x, -v * y), axis=-1)
    rows = np.stack((across, down), axis=2).reshape(n, 8, 8)
    solved = np.linalg.solve(rows, np.broadcast_to(SQUARE.reshape(8, 1), (n, 8, 1)))[..., 0]
    return np.concatenate((solved, np.ones((n, 1))), axis=1).reshape(n, 3, 3)


def to_back(points: Floats, plane: Floats) -> Floats:
    """Maps px to back coordinates.

    :param points: (..., k, 2) px
    :param plane: (..., 3, 3), one for each leading index of ``points``
    """
    x, y = points[..., 0], points[..., 1]
    p = plane[..., None, :, :]
    w = p[..., 2, 0] * x + p[..., 2, 1] * y + p[..., 2, 2]
    u = p[..., 0, 0] * x + p[..., 0, 1] * y + p[..., 0, 2]
    v = p[..., 1, 0] * x + p[..., 1, 1] * y + p[..., 1, 2]
    return np.stack((u / w, v / w), axis=-1)


def point_to_back(x: float, y: float, plane: Floats) -> tuple[float, float]:
    """As :func:`to_back`, of one point: what is asked for each picture need not go through arrays."""
    across, down, away = (a * x + b * y + c for a, b, c in plane.tolist())
    return across / away, down / away
