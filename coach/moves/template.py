"""The path a segment describes, ready for comparison with what a hand did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coach.domain import Floats, Hand
from coach.protocol import Segment

POINTS = 24  # enough for a half heart; doubling it changes no distance by more than 0.005


@dataclass(frozen=True, slots=True)
class Template:
    """A described path for one hand."""

    points: Floats  # (POINTS, 2) back coordinates, even along the path, from its lowest progress to its highest
    shape: Floats  # (POINTS, 2) the same, centred and of unit size
    origin: Floats  # (2,) where progress is 0
    along: Floats  # (2,) unit vector from start to end
    length: float  # back units from start to end along the chord
    lead: float  # share of the path before its lowest progress: a half heart first rises over the lobe


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
    return Template(leg, normal(leg), points[0], along, length, lowest / (POINTS - 1))


def even(path: Floats) -> Floats:
    """Resamples a path (n, 2) to POINTS points, even along its length."""
    steps = np.diff(path, axis=0)
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
    at = np.linspace(0.0, arc[-1], POINTS)
    return np.stack([np.interp(at, arc, path[:, 0]), np.interp(at, arc, path[:, 1])], axis=1)


def normal(points: Floats) -> Floats:
    """Centred at the mean and scaled to unit root-sum-square size."""
    centred = points - points.mean(axis=0)
    size = float(np.sqrt((centred * centred).sum()))
    out: Floats = centred / size if size > 0 else centred
    return out


def shape_distance(points: Floats, described: Template) -> float:
    """Procrustes distance without rotation: 0 the same shape, about 1 nothing in common."""
    difference = normal(even(points)) - described.shape
    return float(np.sqrt((difference * difference).sum()))
