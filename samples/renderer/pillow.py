"""A pillow in the place of a receiver: the same coordinates, no neck, no shoulders."""

from __future__ import annotations

import math

import numpy as np

from samples.renderer.back import BackFrame, measured
from samples.renderer.human import Floats, Ints
from samples.renderer.receiver import CLOTH, Receiver

HALF = np.array([0.31, 0.36])  # m, half its width and length
RISE, SINK = 0.085, 0.045  # m, how high its middle is over its rim, and how deep below
BACK = (0.36, 0.44)  # m, width and height of the back that is marked on it
BEGINS = 0.20  # m, from its upper rim to that back
CELLS = 40  # each way


def laid(centre: Floats, lean_deg: float) -> Receiver:
    """A pillow whose middle is at `centre` (3,) m; 90° lies flat with its upper end away from the giver."""
    lean = math.radians(lean_deg)
    across, down = np.array([-1.0, 0.0, 0.0]), np.array([0.0, -math.cos(lean), -math.sin(lean)])
    out = -np.cross(across, down)
    place = np.linspace(-1.0, 1.0, CELLS + 1)
    side, along = (grid.ravel() for grid in np.meshgrid(place, place))
    round_ = _round(side, along)
    flat = np.column_stack([side * HALF[0] * (0.88 + 0.12 * along**2), along * HALF[1] * (0.90 + 0.10 * side**2)])
    local = np.concatenate([np.column_stack([flat, RISE * round_]), np.column_stack([flat, -SINK * round_])])
    vertices = centre + local @ np.stack([across, down, out])
    triangles = _faces()
    normals = _normals(vertices, triangles)
    ends = np.array([BEGINS, BEGINS + BACK[1]]) / HALF[1] - 1.0
    marked = RISE * float(_round(np.full(2, BACK[0] / 2.0 / HALF[0]), ends).mean())  # one marks its surface
    origin = centre - across * BACK[0] / 2.0 + down * (BEGINS - HALF[1]) + out * marked
    frame = BackFrame(origin, across, down, out, *BACK)
    upper = np.arange(len(side))
    surface = measured(frame, vertices[upper], normals[upper], 0.0)
    rest = np.column_stack([local[:, 0], local[:, 1], local[:, 2]])
    shoulders, waist = frame.corners()[:2], frame.at(np.array([0.5]), np.array([1.0]), np.zeros(1))[0]
    c7 = frame.at(np.array([0.5]), np.array([0.0]), np.zeros(1))[0]
    materials = np.full(len(vertices), CLOTH)
    return Receiver(vertices, normals, triangles, materials, rest, -9.0, surface, c7, waist, shoulders)


def _round(side: Floats, along: Floats) -> Floats:
    """How high it is at places from -1 to 1, as a share of its middle's height."""
    return np.asarray(np.sqrt(np.clip((1.0 - np.abs(side) ** 3) * (1.0 - np.abs(along) ** 3), 0.0, 1.0)))


def _faces() -> Ints:
    """Both sides' triangles; seen from outside they run against the clock."""
    columns = CELLS + 1
    corner = (np.arange(CELLS)[:, None] * columns + np.arange(CELLS)).ravel()
    east, south, far = corner + 1, corner + columns, corner + columns + 1
    top = np.concatenate([np.column_stack([corner, east, far]), np.column_stack([corner, far, south])])
    return np.concatenate([top[:, ::-1], top + columns * columns])


def _normals(vertices: Floats, triangles: Ints) -> Floats:
    """(n, 3) unit, weighted by area."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    total = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(total, triangles[:, k], np.cross(b - a, c - a))
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))
