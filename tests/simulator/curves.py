"""Curves a hand follows, as tables of points for the right hand; the left hand's are mirrored at x = 0.5."""

from __future__ import annotations

import math

import numpy as np
from scipy.interpolate import CubicSpline

from coach.domain import Floats
from tests.simulator.script import Point, Style

ASPECT = 1.2  # the back's height over its width, in length
TABLE = 400  # points of a table
RAMP = 0.2  # part of an even stroke in which it gathers speed, and loses it
GROWS = 0.05  # part of a pass in which its circles grow to their size, as in d01
RENDERED_HEART: tuple[Point, ...] = (
    (0.0, 0.0),
    (0.38, -0.09),
    (0.97, 0.03),
    (0.98, 0.28),
    (0.56, 0.55),
    (0.14, 0.80),
    (-0.02, 0.95),
    (-0.05, 1.0),
)  # half a heart of d01: across 0 at the notch and 1 at the widest, down 0 at the notch and 1 at the tip


def line(start: Point, end: Point, bow: float = 0.0) -> Floats:
    """(TABLE, 2) a straight line, or bowed outward by so many back units."""
    along = np.linspace(0.0, 1.0, TABLE)[:, None]
    table: Floats = np.asarray(start) + (np.asarray(end) - np.asarray(start)) * along
    table[:, 0] += bow * np.sin(np.pi * along[:, 0])
    return table


def ellipse(centre: Point, radii: Point, clockwise: bool, tilt_deg: float = 0.0, start: float = 0.0) -> Floats:
    """(TABLE, 2) one turn from the top (or `start` turns after it) and back there."""
    angle = 2.0 * np.pi * (np.linspace(0.0, 1.0, TABLE) * (1.0 if clockwise else -1.0) + start)
    tilt = math.radians(tilt_deg)
    across, down = radii[0] * np.sin(angle), -radii[1] * np.cos(angle)
    x = centre[0] + across * math.cos(tilt) - down * math.sin(tilt) * ASPECT
    y = centre[1] + across * math.sin(tilt) / ASPECT + down * math.cos(tilt)
    return np.stack([x, y], axis=1)


def spine_pass(style: Style, size: float, clockwise: bool) -> Floats:
    """(TABLE, 2) small circles that travel down the lane, evenly in time, from its very top to its very foot."""
    along = np.linspace(0.0, 1.0, TABLE)
    angle = 2.0 * np.pi * style.circles * along * (1.0 if clockwise else -1.0)
    grown = size * np.clip(np.minimum(along, 1.0 - along) / GROWS, 0.0, 1.0)
    top, bottom = style.lane_y
    x = 0.5 + style.lane + style.circle_radii[0] * grown * np.sin(angle)
    y = top + (bottom - top) * ease(along, 0.95) - style.circle_radii[1] * grown * np.cos(angle)
    return np.stack([x, y], axis=1)


def half_heart(style: Style, size: float) -> Floats:
    """(TABLE, 2) from the notch over the lobe to the tip, evenly along its length."""
    if style.curve_form == "classic":
        t = np.linspace(0.0, np.pi, TABLE)
        across = np.sin(t) ** 3
        down = (5.0 - (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))) / 22.0
    else:
        knots = np.asarray(RENDERED_HEART)
        chord = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(knots, axis=0).T))])
        across, down = CubicSpline(chord, knots)(np.linspace(0.0, chord[-1], TABLE)).T
    top, tip = style.curve_y
    width = style.curve_gap + (style.curve_width - style.curve_gap) * size * across
    return evenly(np.stack([0.5 + width, top + (tip - top) * size * down], axis=1))


def evenly(table: Floats) -> Floats:
    """The same curve with its points at equal distances."""
    steps = np.hypot(np.diff(table[:, 0]), np.diff(table[:, 1]) * ASPECT)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.linspace(0.0, length[-1], len(table))
    return np.stack([np.interp(wanted, length, table[:, 0]), np.interp(wanted, length, table[:, 1])], axis=1)


def mirrored(table: Floats) -> Floats:
    """The same for the other hand."""
    return np.stack([1.0 - table[:, 0], table[:, 1]], axis=1)


def along(table: Floats, part: Floats) -> Floats:
    """(n, 2) the points at `part` (n,) of the way, 0–1."""
    index = np.linspace(0.0, 1.0, len(table))
    return np.stack([np.interp(part, index, table[:, 0]), np.interp(part, index, table[:, 1])], axis=1)


def ease(part: Floats, evenness: float) -> Floats:
    """(n,) progress 0–1 of a stroke: a cosine at evenness 0, constant speed between short ramps at 1."""
    part = np.clip(part, 0.0, 1.0)
    cosine = 0.5 - 0.5 * np.cos(np.pi * part)
    ramp, peak = RAMP, 1.0 / (1.0 - RAMP)
    even = np.where(
        part < ramp,
        0.5 * peak * part**2 / ramp,
        np.where(part > 1 - ramp, 1.0 - 0.5 * peak * (1 - part) ** 2 / ramp, peak * (part - 0.5 * ramp)),
    )
    return (1.0 - evenness) * cosine + evenness * even


def minimum_jerk(part: Floats) -> Floats:
    """(n,) progress 0–1 of a reaching movement."""
    part = np.clip(part, 0.0, 1.0)
    return part**3 * (10.0 - 15.0 * part + 6.0 * part**2)
