"""Bland and Altman's picture: how far two raters' scores lie apart, over how high they are."""

from __future__ import annotations

import math

import numpy as np

from coach.agree.totals import BlandAltman
from coach.messages import Catalogue
from coach.summary.svg import drawing, element, line, text

WIDTH, HEIGHT = 260.0, 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 40.0, 8.0, 26.0
_SIZE = 7.5
_STEPS = (5, 10, 20, 25, 50)  # percent between the marks of an axis


def bland_altman_svg(found: BlandAltman, title: str, catalogue: Catalogue) -> str:
    """Each session a dot; the bias as a line, the limits of agreement dashed. Black on white."""
    top = _reach(found)
    parts = [*_frame(top, catalogue)]
    for value, dashes in ((found.bias, "none"), (found.low, "4 3"), (found.high, "4 3")):
        y = _y(value, top)
        ends = np.array([[_LEFT, y], [WIDTH - _RIGHT, y]])
        parts.append(line(ends, stroke="#000000", stroke_width=0.9, stroke_dasharray=dashes))
        shown = catalogue.text("recap_signed", points=value)
        parts.append(text(shown, x=WIDTH - _RIGHT + 3, y=y + 2.5, font_size=_SIZE))
    for mean, difference in zip(found.means, found.differences, strict=True):
        dot = {"cx": _x(float(mean)), "cy": _y(float(difference), top), "r": 2.0}
        parts.append(element("circle", **dot, fill="#000000", fill_opacity=0.55))
    return drawing(WIDTH, HEIGHT, parts, title)


def _reach(found: BlandAltman) -> float:
    """How far the axis of differences goes up and down."""
    largest = max(abs(found.low), abs(found.high), float(np.abs(found.differences).max()), 5.0)
    return 5.0 * math.ceil(1.08 * largest / 5.0)


def _x(mean: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * mean / 100.0


def _y(difference: float, top: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (top - difference) / (2 * top)


def _frame(top: float, catalogue: Catalogue) -> list[str]:
    """The axes with their marks and names."""
    thin: dict[str, str | float] = {"stroke": "#777777", "stroke_width": 0.5}
    corners = np.array([[_LEFT, _TOP], [_LEFT, HEIGHT - _BOTTOM], [WIDTH - _RIGHT, HEIGHT - _BOTTOM]])
    parts = [line(corners, **thin)]
    below: dict[str, str | float] = {"y": HEIGHT - _BOTTOM + 9, "font_size": _SIZE, "text_anchor": "middle"}
    parts += [text(str(mean), x=_x(mean), **below) for mean in range(0, 101, 20)]
    step = next((s for s in _STEPS if 2 * top / s <= 8), 50)
    for difference in range(-int(top // step) * step, int(top) + 1, step):
        y = _y(difference, top)
        parts.append(line(np.array([[_LEFT - 2, y], [_LEFT, y]]), **thin))
        parts.append(text(f"{difference:d}", x=_LEFT - 4, y=y + 2.5, font_size=_SIZE, text_anchor="end"))
    middle = HEIGHT / 2 - _BOTTOM / 2
    names = (
        (_LEFT + (WIDTH - _LEFT - _RIGHT) / 2, HEIGHT - 5.0, "none", "agreement_axis_mean"),
        (8.0, middle, f"rotate(-90 8 {middle:.1f})", "agreement_axis_difference"),
    )
    for x, y, turned, key in names:
        parts.append(text(catalogue.text(key), x=x, y=y, font_size=_SIZE, text_anchor="middle", transform=turned))
    return parts
