"""The path a segment describes, ready for comparison with what a hand did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, radians, sin, sqrt

import numpy as np

from coach.domain import Floats, Hand
from coach.protocol import Segment

NOISE = 0.015 * 24**0.5  # back units: the noise of one smoothed place, over all POINTS
POINTS = 24  # enough for a half heart; doubling it changes no distance by more than 0.005


@dataclass(frozen=True, slots=True)
class Template:
    """A described path for one hand."""

    points: Floats  # (POINTS, 2) back coordinates, even along the path, from its lowest progress to its highest
    shape: Floats  # (POINTS, 2) the same, centred and of unit size
    origin: Floats  # (2,) where progress is 0
    along: Floats  # (2,) unit vector from start to end
    length: float  # back units from start to end along the chord
    turn: float  # radians by which it may be turned
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
    turn = radians(segment.askew_deg)
    return Template(leg, normal(leg), points[0], along, length, turn, lowest / (POINTS - 1))


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
    """Procrustes distance: 0 the same shape, about 1 nothing in common.

    Place and size do not count, and neither does a rotation of up to the template's ``turn``: a stroke is the same
    seen a little askew, but a stroke down is not a stroke across. What detector noise alone would add is taken off.
    (Dryden & Mardia, Statistical Shape Analysis, 2016; the rotation is the optimal one, bounded.)
    """
    done = even(points)
    size = float(np.sqrt(((done - done.mean(axis=0)) ** 2).sum()))
    if size == 0.0:
        return 1.0
    shape = normal(done)
    dot = float((shape * described.shape).sum())
    cross = float((described.shape[:, 0] * shape[:, 1] - described.shape[:, 1] * shape[:, 0]).sum())
    angle = min(max(atan2(cross, dot), -described.turn), described.turn)
    squared = 2.0 - 2.0 * (dot * cos(angle) + cross * sin(angle))
    return sqrt(max(0.0, squared - (NOISE / size) ** 2))
