"""Where the fingertips go: curves in back coordinates for the right hand; the left hand's are mirrored at x = 0.5."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline

from samples.renderer.human import Floats

TABLE = 240
ASPECT = 1.22  # the back's height over its width
HEARTS = {  # half hearts: across 0 at the notch and 1 at the widest, down 0 at the notch and 1 at the tip
    "rendered": (
        (0, 0),
        (0.38, -0.09),
        (0.97, 0.03),
        (0.98, 0.28),
        (0.56, 0.55),
        (0.14, 0.80),
        (-0.02, 0.95),
        (-0.05, 1),
    ),
    "round": ((0, 0), (0.30, -0.12), (0.75, -0.10), (1.0, 0.12), (0.93, 0.38), (0.66, 0.63), (0.30, 0.85), (0, 1)),
    "classic": ((0, 0), (0.25, -0.13), (0.62, -0.16), (0.93, -0.03), (1.0, 0.2), (0.78, 0.5), (0.4, 0.78), (0, 1)),
}
PLACES = {  # fingertips of the right hand at rest
    "back": (0.67, 0.43),
    "shoulder": (0.68, -0.05),
    "out": (0.80, 1.45),
    "head": (0.62, -0.36),
}
POINTS = {  # of her right side; the left side's are mirrored
    "ear": (0.60, -0.26),
    "hollow": (0.705, -0.02),
    "c": (0.75, -0.035),
}
TOUCHED = {  # where an index finger marks the back: on the spine, and at the tips of the shoulders, which are lower
    "c7": (0.5, 0.0),
    "left": (0.01, 0.12),
    "right": (0.99, 0.12),
    "l5": (0.5, 1.0),
}
LEFT_CLOCK = {
    "1": (0.295, 0.12),
    "3": (0.35, 0.25),
    "6": (0.24, 0.40),
    "8": (0.145, 0.325),
    "9": (0.13, 0.25),
    "10": (0.145, 0.175),
    "12": (0.24, 0.10),
}
RIGHT_HOURS = {"11": "1", "9": "3", "6": "6", "4": "8", "3": "9", "2": "10", "12": "12"}


def place(name: str, side: str) -> tuple[float, float]:
    """Where a side's hand rests."""
    x, y = PLACES[name]
    return (x, y) if side == "right" else (1.0 - x, y)


def line(start: tuple[float, float], end: tuple[float, float]) -> Floats:
    """(TABLE, 2) straight."""
    return np.linspace(start, end, TABLE)


def circle(clockwise: bool, size: float, hour: float = 0.0) -> Floats:
    """(TABLE, 2) once around her right shoulder blade, from the top (or `hour` turns after it)."""
    angle = 2.0 * np.pi * (np.linspace(0.0, 1.0, TABLE) * (1.0 if clockwise else -1.0) + hour)
    return np.stack([0.67 + 0.09 * size * np.sin(angle), 0.15 - 0.14 * size * np.cos(angle)], axis=1)


def spine_pass(circles: int, size: float, reach: float) -> Floats:
    """(TABLE, 2) small circles down the lane."""
    along = np.linspace(0.0, 1.0, 4 * TABLE)
    angle = 2.0 * np.pi * circles * along
    x = 0.608 + 0.047 * size * np.sin(angle)
    y = -0.03 + 0.57 * reach * along + 0.034 * size * (1.0 - np.cos(angle))
    return np.stack([x, y], axis=1)


def fist_pass(circles: int, size: float, reach: float) -> Floats:
    """(TABLE, 2) small circles by a thumb, from beside the neck's base to below the shoulder blade."""
    along = np.linspace(0.0, 1.0, 4 * TABLE)
    angle = 2.0 * np.pi * circles * along
    x = 0.60 + 0.038 * size * np.sin(angle)
    y = 0.02 + 0.42 * reach * along + 0.03 * size * (1.0 - np.cos(angle))
    return np.stack([x, y], axis=1)


def half_heart(form: str, size: float, reach: float) -> Floats:
    """(TABLE, 2) from the notch over the lobe to the tip, evenly along the way."""
    knots = np.asarray(HEARTS[form], dtype=float)
    chord = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(knots, axis=0).T))])
    across, down = CubicSpline(chord, knots)(np.linspace(0.0, chord[-1], TABLE)).T
    return evenly(np.stack([0.56 + 0.135 * size * across, -0.01 + 0.60 * reach * size * down], axis=1))


def evenly(table: Floats) -> Floats:
    """The same curve with its points at equal distances."""
    steps = np.hypot(np.diff(table[:, 0]), np.diff(table[:, 1]) * ASPECT)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.linspace(0.0, length[-1], len(table))
    return np.stack([np.interp(wanted, length, table[:, axis]) for axis in (0, 1)], axis=1)


def mirrored(table: Floats) -> Floats:
    """The same for the other side."""
    return np.asarray(table * np.array([-1.0, 1.0]) + np.array([1.0, 0.0]))


def there_and_back(table: Floats, share: float, evenness: float) -> Floats:
    """(2 TABLE, 2) along the curve and back; the first part takes `share` of the time."""
    time = np.linspace(0.0, 1.0, 2 * TABLE)
    out = ease(time / share, evenness)
    back = ease((1.0 - time) / (1.0 - share), evenness)
    return along(table, np.where(time < share, out, back))


def along(table: Floats, part: Floats) -> Floats:
    """(n, 2) the points at `part` (n,) 0–1 of the way."""
    index = np.linspace(0.0, 1.0, len(table))
    return np.stack([np.interp(part, index, table[:, axis]) for axis in (0, 1)], axis=1)


def ease(part: Floats, evenness: float) -> Floats:
    """(n,) progress 0–1: a cosine at evenness 0, constant speed between short ramps at 1."""
    part = np.clip(part, 0.0, 1.0)
    ramp = 0.15
    middle = (part - 0.5 * ramp) / (1.0 - ramp)
    start, end = 0.5 * part**2 / ramp / (1.0 - ramp), 1.0 - 0.5 * (1.0 - part) ** 2 / ramp / (1.0 - ramp)
    even = np.where(part < ramp, start, np.where(part > 1.0 - ramp, end, middle))
    return np.asarray((1.0 - evenness) * (0.5 - 0.5 * np.cos(np.pi * part)) + evenness * even)


def reaching(part: Floats) -> Floats:
    """(n,) progress 0–1 of a reaching movement (least jerk)."""
    part = np.clip(part, 0.0, 1.0)
    return np.asarray(part**3 * (10.0 - 15.0 * part + 6.0 * part**2))


def point(name: str, segment: str) -> tuple[str, tuple[float, float]]:
    """The side (left or right) and the place of a named point."""
    if segment.startswith("scapula"):
        side = "left" if "left" in segment else "right"
        hour = name if side == "left" else RIGHT_HOURS[name]
        x, y = LEFT_CLOCK[hour]
        return side, (x, y) if side == "left" else (1.0 - x, y)
    kind, side = name.split("_")
    x, y = POINTS[kind]
    return side, (x, y) if side == "right" else (1.0 - x, y)
