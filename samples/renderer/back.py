"""The receiver's back: its coordinates in space and its surface as a smooth height field.

Back coordinates are (x, y) as everywhere in coach: x 0 at her left shoulder point and 1 at the right, y 0 at C7 and 1
at the waist. Heights are metres outward from the back's plane through C7 and the waist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import griddata
from scipy.ndimage import gaussian_filter, map_coordinates, maximum_filter

from samples.renderer.human import Bools, Floats

CELL = 0.005  # m
MARGIN = 0.16  # m around the back rectangle
SMOOTHING = 0.011  # m, so that the hand does not follow every fold


@dataclass(frozen=True, slots=True)
class BackFrame:
    """Where the back rectangle lies in space."""

    origin: Floats  # (3,) m, the point (0, 0)
    across: Floats  # (3,) unit, towards her right
    down: Floats  # (3,) unit, towards the waist
    out: Floats  # (3,) unit, outward from the body
    width: float  # m
    height: float  # m

    def at(self, x: Floats, y: Floats, out: Floats) -> Floats:
        """(n, 3) m: points at back coordinates and a height over the plane."""
        return np.asarray(
            self.origin
            + np.multiply.outer(x * self.width, self.across)
            + np.multiply.outer(y * self.height, self.down)
            + np.multiply.outer(out, self.out)
        )

    def of(self, points: Floats) -> Floats:
        """(n, 3) back coordinates x, y and the height (m) of points in space."""
        shift = points - self.origin
        return np.stack([shift @ self.across / self.width, shift @ self.down / self.height, shift @ self.out], axis=-1)

    def corners(self) -> Floats:
        """(4, 3) m: the points (0,0), (1,0), (1,1), (0,1)."""
        return self.at(np.array([0.0, 1.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0, 1.0]), np.zeros(4))


@dataclass(frozen=True, slots=True)
class Surface:
    """How high the back's skin (or shirt) is above the plane."""

    frame: BackFrame
    heights: Floats  # (rows, columns) m, cells of CELL from −MARGIN on

    def height(self, across: Floats, down: Floats) -> Floats:
        """Heights (m) at distances (m) from the rectangle's corner (0, 0)."""
        places = np.stack([(down + MARGIN) / CELL, (across + MARGIN) / CELL])
        return np.asarray(map_coordinates(self.heights, places, order=1, mode="nearest"))

    def cells(self) -> tuple[Floats, Floats]:
        """(rows,) and (columns,) back coordinates of the cells: y and x."""
        rows, columns = (np.arange(float(count)) * CELL - MARGIN for count in self.heights.shape)
        return np.asarray(rows / self.frame.height), np.asarray(columns / self.frame.width)

    def normal(self, across: float, down: float, step: float = 0.02) -> Floats:
        """(3,) unit normal in (across, down, out), over a stretch about as large as a palm."""
        along = np.array([across + step, across - step, across, across])
        below = np.array([down, down, down + step, down - step])
        east, west, south, north = self.height(along, below)
        slope = np.clip(np.array([east - west, south - north]) / (2.0 * step), -0.9, 0.9)
        normal = np.array([-slope[0], -slope[1], 1.0])
        return normal / float(np.linalg.norm(normal))


def measured(frame: BackFrame, vertices: Floats, normals: Floats, cloth: float) -> Surface:
    """The height field of the body's vertices that face outward; `cloth` (m) lies on top."""
    place = frame.of(vertices)
    across, down, out = place[:, 0] * frame.width, place[:, 1] * frame.height, place[:, 2]
    columns = np.arange(-MARGIN, frame.width + MARGIN, CELL)
    rows = np.arange(-MARGIN, frame.height + MARGIN, CELL)
    near = (normals @ frame.out > 0.1) & (out > -0.16) & (out < 0.15)
    near &= (across > columns[0]) & (across < columns[-1]) & (down > rows[0]) & (down < rows[-1])
    near[near] = _outermost(across[near], down[near], out[near])
    points = np.stack([across[near], down[near]], axis=1)
    grid_across, grid_down = np.meshgrid(columns, rows)
    heights = griddata(points, out[near], (grid_across, grid_down), method="linear")
    nearest = griddata(points, out[near], (grid_across, grid_down), method="nearest")
    filled = np.where(np.isnan(heights), nearest, heights) + cloth
    return Surface(frame, np.asarray(gaussian_filter(filled, SMOOTHING / CELL)))


def _outermost(across: Floats, down: Floats, out: Floats, cell: float = 0.015, tolerance: float = 0.04) -> Bools:
    """(n,) which points (m) are not hidden under others, as the inside of the mouth is."""
    row, column = ((value + MARGIN) / cell for value in (down, across))
    place = (row.astype(int), column.astype(int))
    highest = np.full((int(row.max()) + 1, int(column.max()) + 1), -1.0)
    np.maximum.at(highest, place, out)
    return np.asarray(out > maximum_filter(highest, 3)[place] - tolerance)
