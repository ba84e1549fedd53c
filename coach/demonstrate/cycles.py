"""A hand's course cut into the repetitions of whatever it repeats, without knowing the path beforehand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from coach.domain import Floats
from coach.moves.trace import runs
from coach.moves.zigzag import zigzag

PROMINENCE = 0.5  # of the whole range along the main axis: smaller wiggles are circles on the way, or noise
WHOLE = 0.75  # of the usual length or turn: shorter ones were broken off


def legs(places: Floats, direction: Floats) -> list[tuple[int, int]]:
    """The working strokes: (first, last) index of each, from one end of the course to the other.

    :param places: (m, 2) NaN where unseen
    :param direction: (2,) roughly where a working stroke goes; the way back is the other way
    """
    known = places[np.isfinite(places[:, 0])]
    if len(known) < 4:
        return []
    axis = _axis(known, direction)
    along = places @ axis
    low, high = np.quantile(along[np.isfinite(along)], [0.03, 0.97])
    found = []
    for turns in zigzag(along, max(PROMINENCE * (high - low), 1e-6)):
        found += [(a.index, b.index) for a, b in pairwise(turns) if not a.high and b.high]
    lengths = [abs(along[b] - along[a]) for a, b in found]
    usual = float(np.median(lengths)) if lengths else 0.0
    return [leg for leg, length in zip(found, lengths, strict=True) if length >= WHOLE * usual]


def _axis(known: Floats, direction: Floats) -> Floats:
    """The unit vector along which the hand goes to and fro most, pointing where the working stroke goes."""
    centred = known - known.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axis: Floats = axes[0]
    return axis if axis @ direction >= 0 else -axis


def circles(places: Floats) -> list[tuple[int, int]]:
    """The full turns about the course's own centre: (first, last) index of each.

    :param places: (m, 2) NaN where unseen
    """
    found: list[tuple[int, int]] = []
    known = places[np.isfinite(places[:, 0])]
    if len(known) < 8:
        return []
    low, high = np.quantile(known, [0.05, 0.95], axis=0)
    centre, radii = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    for start, end in runs(np.isfinite(places[:, 0])):
        if end - start < 8:
            continue
        x, y = ((places[start:end] - centre) / radii).T
        turned = np.unwrap(np.arctan2(y, x))
        way = 1.0 if turned[-1] >= turned[0] else -1.0
        done = np.maximum.accumulate(way * (turned - turned[0]))
        wholes = np.arange(0.0, done[-1] + 1e-9, 2 * np.pi)
        edges = [start + int(np.searchsorted(done, whole)) for whole in wholes]
        found += [(a, min(b, end - 1)) for a, b in pairwise(edges) if b > a]
    return found


def simplified(path: Floats, tolerance: float) -> Floats:
    """The path (n, 2) with as few of its points as keep it within the tolerance (Douglas and Peucker 1973)."""
    if len(path) < 3:
        return path
    chord = path[-1] - path[0]
    length = float(np.hypot(*chord))
    away = path - path[0]
    if length > 0:
        off = np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]) / length
    else:
        off = np.hypot(away[:, 0], away[:, 1])
    farthest = int(np.argmax(off))
    if off[farthest] <= tolerance:
        return path[[0, -1]]
    first, second = simplified(path[: farthest + 1], tolerance), simplified(path[farthest:], tolerance)
    return np.concatenate((first[:-1], second))
