"""Where the thing in one picture has gone in a later one: chosen pixels are laid over the later one until they fit.

Inverse compositional alignment (Baker and Matthews, "Lucas-Kanade 20 Years On", IJCV 2004) from coarse to fine. All
pixels say one motion together: the outline of a body counts for what it tells across itself, and smooth skin for the
little that it tells. Features that are followed one by one slide along outlines and get lost on skin. Pixels that do
not fit (a shadow, an arm, the room behind) count little (the weights of Geman and McClure), those that seldom fit are
trusted less and less, and the light may change as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from coach.domain import Bools, Floats, Image

LEVELS = ((0.25, 600), (0.5, 1200), (1.0, 2000))  # size of the picture, and how many of its pixels are laid over
FINEST = len(LEVELS) - 1
BLUR = 1.0  # px, sd, on each level
CELL = 8  # px: the pixels are spread over cells of this size
LEAST = 60  # pixels
FLAT = 0.25  # of the template's contrast (sd): a picture that has less fits anywhere
STEPS = 6  # at most, on each level
STEADY, LOST = 0.0005, 1.0  # of half a width: a smaller step is none, after a larger one it is nowhere
LEAST_NOISE, MOST_NOISE = 1.5, 2.0  # grey levels, sd between pixels that fit
# How fast trust in a pixel follows how well it fits, each time that it is learned, and what is left of it at least. A
# few times a second, .05 is a memory of some five seconds: arms seldom lie longer at one place. Measured: on four still
# backs that arms and heads move over (far side, above, behind) the worst corner's median error falls from .10, .17, .03
# and .02 of the width to 0, 0, .01 and .01; on receivers who sway (r46, r48) it stays, within a tenth.
LEARNED, LEAST_TRUST = 0.05, 0.01
RELIT = 2  # times that the light is fitted where a motion is given: after the second nothing changes
# What a motion costs that is more than a shift, in grey levels squared for each pixel: times the square of a turn (rad)
# or a change of size, of a stretch or a shear, of a change of the light's strength (all as shares of one). So a few
# pixels in sight do not bend the whole. On four receivers who sway (r06, r46-r48) the worst corner's error is the same,
# within a fifth, for stretches of 200 to 2000 and turns of 30 to 100.
TURN, STRETCH, GAIN = 100.0, 500.0, 300.0
# The motions, in half widths around the middle: to the right, down, a turn, a size, a stretch, a shear.
MOTIONS = np.array(
    [
        [[0, 0, 1], [0, 0, 0], [0, 0, 0]],
        [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
        [[0, -1, 0], [1, 0, 0], [0, 0, 0]],
        [[1, 0, 0], [0, 1, 0], [0, 0, 0]],
        [[1, 0, 0], [0, -1, 0], [0, 0, 0]],
        [[0, 1, 0], [1, 0, 0], [0, 0, 0]],
    ],
    dtype=np.float64,
)
COSTS = np.array([0.0, 0.0, TURN, TURN, STRETCH, STRETCH, GAIN, 0.0])  # of the motions, the light's factor, its sum


class Fit(NamedTuple):
    """How a template lies on a picture."""

    motion: Floats  # (3, 3) affine, px: from the template's picture to this one
    light: tuple[float, float]  # by what it is brighter: a factor, and grey levels
    share: float  # 0–1: how well the pixels in sight fit, the steeper the more they count


UNMOVED = Fit(np.eye(3), (1.0, 0.0), 1.0)


class Pyramid:
    """A grey picture, blurred, in the sizes of ``LEVELS``."""

    def __init__(self, grey: Image) -> None:
        """:param grey: (h, w)"""
        height, width = grey.shape
        self.shape = height, width
        self.levels: list[Floats] = []
        for size, _ in reversed(LEVELS):
            if size < 1:
                shape = max(1, round(width * size)), max(1, round(height * size))
                grey = np.asarray(cv2.resize(grey, shape, interpolation=cv2.INTER_AREA))
            self.levels.insert(0, np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), BLUR)))


@dataclass(frozen=True, slots=True)
class _Level:
    size: float
    at: Floats  # (n, 2) px of the whole picture
    values: Floats  # (n,) grey levels
    slopes: Floats  # (n, 6) grey levels by which each motion changes them
    steep: Floats  # (n,) grey levels for each px


class Template:
    """What a picture shows of a thing that is nearly flat."""

    def __init__(self, picture: Pyramid, shown: Image, corners: Floats) -> None:
        """:param shown: (h, w) 255 where the picture shows it
        :param corners: (4, 2) px around it; the first two are its width apart
        """
        half = float(np.hypot(*(corners[1] - corners[0]))) / 2
        middle = corners.mean(axis=0)
        self._units = np.array([[half, 0.0, middle[0]], [0.0, half, middle[1]], [0.0, 0.0, 1.0]])
        self._inverse = np.linalg.inv(self._units).astype(np.float64)
        self._levels = [
            _level(grey, size, most, shown, self._units)
            for grey, (size, most) in zip(picture.levels, LEVELS, strict=True)
        ]
        self._trust = [np.ones(len(level.at)) for level in self._levels]  # 0–1 each, in each pixel

    @property
    def tells(self) -> bool:
        """Whether there is enough to see in it."""
        return min(len(level.at) for level in self._levels) >= LEAST

    def fit(self, picture: Pyramid, free: Image, start: Fit, coarsest: int = 0) -> Fit | None:
        """Lays the template over a picture, beginning at a motion near the true one.

        :param free: (h, w) 255 where nothing is known to hide it
        :param coarsest: of ``LEVELS``, the first that is used; the last alone finds what is a few px away
        :returns: None where too little of it is in sight, so little light that nothing can be told, or nothing like it
        """
        fit: Fit | None = start
        for level, grey, trust in list(zip(self._levels, picture.levels, self._trust, strict=True))[coarsest:]:
            if fit is not None:
                fit = self._on(level, grey, free, fit, trust)
        return fit

    def misfit(self, picture: Pyramid, free: Image, there: Fit) -> float:
        """0–1: how badly the template fits where it is laid, in whatever light is best; 1 where too little is seen."""
        seen, square = self._off(FINEST, picture, free, there)
        if len(square) < LEAST:
            return 1.0
        counts = self._trust[FINEST][seen] * self._levels[FINEST].steep[seen]
        return float(np.average(square / (1.0 + square), weights=counts))

    def learn(self, picture: Pyramid, free: Image, there: Fit) -> None:
        """Trusts the pixels that fit where the template is laid more, those that do not less."""
        for number, trust in enumerate(self._trust):
            seen, square = self._off(number, picture, free, there)
            trust[seen] = np.maximum(LEAST_TRUST, trust[seen] + LEARNED * (1.0 / (1.0 + square) ** 2 - trust[seen]))

    def _off(self, number: int, picture: Pyramid, free: Image, there: Fit) -> tuple[Bools, Floats]:
        """(n,) which pixels of a level are in sight; of those, how far off each is: times 2 sd, squared."""
        level, trust = self._levels[number], self._trust[number]
        values, seen = _under(level, picture.levels[number], free, there.motion)
        values, known, light = values[seen], level.values[seen], np.array(there.light)
        if len(known) < LEAST:
            return seen, np.full(len(known), np.inf)
        slopes = np.column_stack((known, np.ones(len(known))))
        for _ in range(RELIT):
            off = values - slopes @ light
            weighted = slopes * (trust[seen] * _weights(off))[:, None]
            costs = np.array([GAIN, 1e-9]) * len(known)
            change = weighted.T @ off + costs * (1.0 - light[0], 0.0)
            light = light + np.linalg.solve(weighted.T @ slopes + np.diag(costs), change)
        square: Floats = 1.0 / np.sqrt(_weights(values - slopes @ light)) - 1.0
        return seen, square

    def _on(self, level: _Level, grey: Floats, free: Image, start: Fit, trust: Floats) -> Fit | None:
        motion, light = start.motion, np.array(start.light)
        share = 0.0
        for _ in range(STEPS):
            values, seen = _under(level, grey, free, motion)
            if seen.sum() < LEAST:
                return None
            known = level.values[seen]
            if values[seen].std() < FLAT * known.std():
                return None
            off = values[seen] - light[0] * known - light[1]
            weight = _weights(off)
            share = float(np.average(weight, weights=trust[seen] * level.steep[seen]))
            weight = trust[seen] * weight
            slopes = np.column_stack((light[0] * level.slopes[seen], known, np.ones(len(known))))
            weighted = slopes * weight[:, None]
            costs = COSTS * len(known)
            # The motion's step is taken back below, the light's is added: so they have opposite signs here.
            already = np.concatenate((self._parts(motion), (1.0 - light[0], 0.0)))
            step = np.linalg.solve(weighted.T @ slopes + np.diag(costs + 1e-9), weighted.T @ off + costs * already)
            if not np.abs(step[:6]).max() <= LOST:  # NaN too
                return None
            change = np.eye(3) + np.tensordot(step[:6], MOTIONS, 1)
            motion = motion @ self._units @ np.linalg.inv(change) @ self._inverse
            light = light + step[6:]
            if np.abs(step[:6]).max() < STEADY:
                break
        return Fit(motion, (float(light[0]), float(light[1])), share)

    def _parts(self, motion: Floats) -> Floats:
        """(6,) how much of each of ``MOTIONS`` is in a motion."""
        (a, b), (c, d) = (self._inverse @ motion @ self._units)[:2, :2]
        return np.array([0.0, 0.0, (c - b) / 2, (a + d) / 2 - 1, (a - d) / 2, (b + c) / 2])


def _weights(off: Floats) -> Floats:
    """(n,) how much pixels count that are so many grey levels off: Geman and McClure, by the noise between most."""
    noise = np.clip(1.4826 * np.median(np.abs(off)), LEAST_NOISE, MOST_NOISE)
    weights: Floats = 1.0 / (1.0 + (off / (2.0 * noise)) ** 2) ** 2
    return weights


def _under(level: _Level, grey: Floats, free: Image, motion: Floats) -> tuple[Floats, Bools]:
    """(n,) the grey levels under a template's pixels, and which of them are in sight."""
    at = level.at @ motion[:2, :2].T + motion[:2, 2]
    own = (at * level.size - 0.5).astype(np.float32)
    values = cv2.remap(grey, own[:, 0], own[:, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    x, y = np.floor(at).astype(int).T
    height, width = free.shape
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    seen: Bools = inside & (free[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] > 0)
    return values.ravel().astype(np.float64), seen


def _level(grey: Floats, size: float, most: int, shown: Image, units: Floats) -> _Level:
    """The pixels with the steepest slopes, as many from each cell."""
    across, down = (cv2.Scharr(grey, cv2.CV_32F, *way) / 32 for way in ((1, 0), (0, 1)))
    steep = np.hypot(across, down)
    steep[cv2.resize(shown, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) == 0] = 0
    steep[[0, -1]] = steep[:, [0, -1]] = 0
    rows, columns = np.nonzero(steep)
    steepness = steep[rows, columns]
    cells = rows // CELL * grey.shape[1] + columns // CELL
    order = np.lexsort((-steepness, cells))
    _, first, count = np.unique(cells[order], return_index=True, return_counts=True)
    rank = np.empty(len(order), dtype=int)  # of a pixel within its cell
    rank[order] = np.arange(len(order)) - np.repeat(first, count)
    kept = np.lexsort((-steepness, rank))[:most]
    rows, columns = rows[kept], columns[kept]
    at = np.stack((columns + 0.5, rows + 0.5), axis=1) / size
    own = (at - units[:2, 2]) / units[0, 0]
    moved = np.einsum("kij,nj->nki", MOTIONS[:, :2], np.column_stack((own, np.ones(len(own)))))
    slope = np.stack((across[rows, columns], down[rows, columns]), axis=1) * size * units[0, 0]
    return _Level(
        size,
        at,
        grey[rows, columns].astype(np.float64),
        np.einsum("nki,ni->nk", moved, slope),
        steep[rows, columns].astype(np.float64),
    )
