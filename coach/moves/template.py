"""The path a segment describes, ready for comparison with what a hand did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from math import acos, atan2, cos, pi, radians, sin, sqrt

import numpy as np

from coach.domain import Floats, Hand
from coach.parameters.strokes import PATH_POINTS, SHAPE_NOISE
from coach.protocol import Segment


@dataclass(frozen=True, slots=True)
class Template:
    """A described path for one hand."""

    points: Floats  # (PATH_POINTS, 2) back coordinates, even along the path, from its lowest progress to its highest
    shape: Floats  # (PATH_POINTS, 2) the same, centred and of unit size
    origin: Floats  # (2,) where progress is 0
    along: Floats  # (2,) unit vector from start to end
    length: float  # back units from start to end along the chord
    turn: float  # radians by which it may be turned
    lead: float  # share of the path before its lowest progress: a half heart first rises over the lobe
    start: float  # back units along the chord from the origin to its first point
    middle: Floats  # (2,) the same to the mean of its points, along the chord and beside it

    @property
    def lead_time(self) -> float:
        """The share of the time that the path's lead takes: by the cosine law, as for presses, a hand starts slowly."""
        return acos(1.0 - 2.0 * self.lead) / pi


@lru_cache(maxsize=256)
def template(segment: Segment, hand: Hand) -> Template:
    """The path of the segment for this hand; the left one's is the mirror image at the spine."""
    if segment.path is None:
        raise ValueError(f"segment {segment.id} has no path")
    path = np.array(segment.path, dtype=float)
    if hand == "left" and segment.mirrored:
        path[:, 0] = 1.0 - path[:, 0]
    points = even(path)
    chord = points[-1] - points[0]
    length = float(np.hypot(*chord))
    along = chord / length
    progress = (points - points[0]) @ along
    lowest, highest = int(np.argmin(progress)), int(np.argmax(progress))
    leg = even(points[lowest : highest + 1]) if highest > lowest else points
    turn = radians(segment.askew_deg)
    placed = (leg - points[0]) @ np.array([along, [-along[1], along[0]]]).T
    start, middle = float(placed[0, 0]), placed.mean(axis=0)
    return Template(leg, normal(leg), points[0], along, length, turn, lowest / (PATH_POINTS - 1), start, middle)


def even(path: Floats) -> Floats:
    """Resamples a path (n, 2) to PATH_POINTS points, even along its length."""
    x, y = path[:, 0], path[:, 1]
    arc = np.zeros(len(path))
    np.cumsum(np.hypot(x[1:] - x[:-1], y[1:] - y[:-1]), out=arc[1:])
    at = arc[-1] * _shares()
    out = np.empty((PATH_POINTS, 2))
    out[:, 0], out[:, 1] = np.interp(at, arc, x), np.interp(at, arc, y)
    return out


@cache
def _shares() -> Floats:
    """(PATH_POINTS,) from 0 to 1."""
    return np.linspace(0.0, 1.0, PATH_POINTS)


def normal(points: Floats) -> Floats:
    """Centred at the mean and scaled to unit root-sum-square size."""
    return _normal(points)[0]


def _normal(points: Floats) -> tuple[Floats, float]:
    """The same with the size it had."""
    centred = points - np.add.reduce(points, axis=0) / len(points)
    flat = centred.reshape(-1)
    size = sqrt(float(flat @ flat))
    return (centred / size if size > 0 else centred), size


def shape_distance(points: Floats, described: Template) -> float:
    """Procrustes distance: 0 the same shape, about 1 nothing in common.

    Place and size do not count, and neither does a rotation of up to the template's ``turn``: a stroke is the same
    seen a little askew, but a stroke down is not a stroke across. What detector noise alone would add is taken off.
    (Dryden & Mardia, Statistical Shape Analysis, 2016; the rotation is the optimal one, bounded.)
    """
    shape, size = _normal(even(points))
    if size == 0.0:
        return 1.0
    both = described.shape.T @ shape
    dot, cross = float(both[0, 0] + both[1, 1]), float(both[0, 1] - both[1, 0])
    angle = min(max(atan2(cross, dot), -described.turn), described.turn)
    squared = 2.0 - 2.0 * (dot * cos(angle) + cross * sin(angle))
    return sqrt(max(0.0, squared - (SHAPE_NOISE / size) ** 2))
