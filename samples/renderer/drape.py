"""What covers the neck: a headscarf that hangs to the shoulders, or loose hair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.renderer.back import BackFrame, Surface
from samples.renderer.human import Floats, Ints

ROWS, COLUMNS = 40, 36


@dataclass(frozen=True, slots=True)
class Cut:
    """How a drape is cut, in back coordinates and metres."""

    top: float
    end: float
    top_width: float
    end_width: float
    off: float  # m over the body
    folds: float  # m
    under: bool  # hands go under it


CUTS = {
    "scarf": Cut(-0.37, 0.16, 0.30, 0.66, 0.012, 0.004, False),
    "loose_hair": Cut(-0.37, 0.17, 0.30, 0.36, 0.030, 0.006, True),
}


@dataclass(frozen=True, slots=True)
class Drape:
    """A sheet over the neck, to be drawn from both sides."""

    vertices: Floats  # (n, 3) m
    normals: Floats  # (n, 3)
    triangles: Ints  # (t, 3)
    surface: Surface  # the back as hands meet it


def hung(head: str, surface: Surface) -> Drape:
    """The drape of a head's covering over a back."""
    cut = CUTS[head]
    frame = surface.frame
    down = np.linspace(cut.top, cut.end, ROWS)
    part = np.linspace(0.0, 1.0, ROWS)[:, None]
    half = 0.5 * (cut.top_width + (cut.end_width - cut.top_width) * part**1.5)
    side = np.linspace(-1.0, 1.0, COLUMNS)[None]
    x = 0.5 + half * side
    y = np.broadcast_to(down[:, None], x.shape) - 0.05 * np.abs(side) ** 3 * part  # the hem is round
    body = surface.height(x.ravel() * frame.width, y.ravel() * frame.height).reshape(x.shape)
    spanned = np.stack([_taut(down, column) for column in body.T], axis=1)
    out = spanned + cut.off * (0.4 + 0.6 * (1.0 - part**4)) + cut.folds * np.sin(9.0 * side + 2.0 * part) * part
    vertices = frame.at(x.ravel(), y.ravel(), np.zeros(x.size)) + np.multiply.outer(out.ravel(), frame.out)
    normals = _normals(vertices.reshape(ROWS, COLUMNS, 3), frame).reshape(-1, 3)
    front = _faces()
    both = np.concatenate([front, front[:, ::-1]])
    return Drape(vertices, normals, both, surface if cut.under else _raised(surface, x, y, out))


def _taut(down: Floats, heights: Floats) -> Floats:
    """(n,) heights of a cloth that spans hollows: the upper hull of one column."""
    hull: list[int] = []
    for k in range(len(down)):
        while len(hull) > 1 and _below(down, heights, hull[-2], hull[-1], k):
            hull.pop()
        hull.append(k)
    return np.asarray(np.interp(down, down[hull], heights[hull]))


def _below(x: Floats, y: Floats, a: int, b: int, c: int) -> bool:
    """Whether b lies below the line from a to c."""
    return bool((y[b] - y[a]) * (x[c] - x[a]) <= (y[c] - y[a]) * (x[b] - x[a]))


def _faces() -> Ints:
    row, column = np.meshgrid(np.arange(ROWS - 1), np.arange(COLUMNS - 1), indexing="ij")
    a = (row * COLUMNS + column).ravel()
    b, c, d = a + 1, a + COLUMNS + 1, a + COLUMNS
    return np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])


def _normals(grid: Floats, frame: BackFrame) -> Floats:
    along_rows, along_columns = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normals = np.cross(along_rows, along_columns)
    normals /= np.maximum(np.linalg.norm(normals, axis=2, keepdims=True), 1e-9)
    return np.asarray(normals * np.sign(normals @ frame.out)[..., None])


def _raised(surface: Surface, x: Floats, y: Floats, out: Floats) -> Surface:
    """The surface with the drape on it, where it is higher."""
    rows, columns = surface.cells()
    heights = surface.heights.copy()
    inside = (rows > y.min()) & (rows < y.max())
    for k in np.nonzero(inside)[0]:
        row = int(np.argmin(np.abs(y[:, COLUMNS // 2] - rows[k])))
        over = np.interp(columns, x[row], out[row], left=-1.0, right=-1.0)
        heights[k] = np.maximum(heights[k], over)
    return Surface(surface.frame, heights)
