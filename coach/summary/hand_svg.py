"""A hand from the side on the skin, in one of the shapes that a massage asks for: for papers and leaflets.

Each shape is a few strokes, drawn twice, black and a little narrower in white, so that they run into one outline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from coach.summary.svg import drawing, element

WIDTH, HEIGHT = 44.0, 40.0
SKIN_Y = 33.0  # where the skin lies

Stroke: TypeAlias = tuple[float, str]  # width, and the path of its middle
_ARM = "M1 9 L12 17"


@dataclass(frozen=True, slots=True)
class _Shape:
    strokes: tuple[Stroke, ...]
    folds: tuple[str, ...] = ()  # thin lines on the hand: folded fingers, nails
    touches: tuple[tuple[float, float], ...] = ()  # from x to x on the skin
    pushes: tuple[tuple[float, float], ...] = ()  # where an arrow presses down, its tip
    skin: str = f"M2 {SKIN_Y} L42 {SKIN_Y}"


_SHAPES: Mapping[str, _Shape] = {
    "palm": _Shape(
        ((8, "M1 12 L11 24"), (8, "M11 26 L22 28.5"), (5.4, "M21 29.5 L38 30"), (4.6, "M14 23 L25 20")),
        touches=((10, 39),),
    ),
    "fingers": _Shape(
        ((8, _ARM), (8.5, "M12 17 L21 21"), (5, "M21 22 L31 27 L39 30.2"), (4.4, "M15 21 L22 28")),
        folds=("M26.5 26.2 L28.5 23.6", "M36 26.6 L39.2 28"),
        touches=((29, 41),),
    ),
    "fingertips": _Shape(
        ((8, _ARM), (8.5, "M12 17 L20 17.5"), (5, "M20 18 L28 20 L31 30.3"), (4.4, "M14 21 L21 27")),
        folds=("M26.8 22.6 L29.6 21.8",),
        touches=((29, 33.5),),
        pushes=((31, 13),),
    ),
    "thumb": _Shape(
        ((8, _ARM), (14, "M15 17 L18 18"), (5, "M21 20 L27 23 L29 30.2")),
        folds=("M14 12 L22 13", "M13.5 15.5 L21.5 16.5", "M14 19 L20 20"),
        touches=((26.5, 31.5),),
        pushes=((29, 15),),
    ),
    "fist": _Shape(
        ((8, _ARM), (15.5, "M15 20 L18 23"), (5, "M17 28 L27 29.6 L38 30.3")),
        folds=("M13 14.5 L23.5 17.5", "M11.5 18 L24 21.5", "M12.5 22.5 L23 25.4"),
        touches=((25, 40.5),),
    ),
    "c_grip": _Shape(
        ((8, "M1 4 L10 9"), (5.4, "M10 9.5 L22 8.5 L33 14 L36 25"), (5.4, "M11 11 L13 20 L16 27")),
        skin="M2 39 C 12 38, 13 33, 17.5 29 C 19 19, 32 18, 33.5 27 C 36 33, 38 38, 42 39",
        pushes=(),
    ),
    "back_of_hand": _Shape(
        ((8, "M1 12 L11 24"), (7.4, "M11 26.5 L24 29"), (5, "M22 29.8 L33 29.4 L39 26"), (4.6, "M14 24 L20 17.5")),
        folds=("M14.5 27 L19 25.6",),
        touches=((11, 34),),
    ),
    "back_of_fingers": _Shape(
        ((8, "M1 6 L11 12"), (8.5, "M11 12.5 L17 20"), (5, "M17.5 21 L23 29.6 L37 30"), (4.4, "M14 13 L23 18")),
        folds=("M28 28 L28 31.5",),
        touches=((21, 38.5),),
    ),
}
SHAPES: Sequence[str] = tuple(_SHAPES)


def hand_svg(shape: str, title: str) -> str:
    """:param shape: one of :data:`SHAPES`"""
    return drawing(WIDTH, HEIGHT, _hand(_SHAPES[shape]), title)


def _hand(shape: _Shape) -> list[str]:
    round_ends: Mapping[str, str | float] = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    outline = [element("path", d=d, stroke="#000000", stroke_width=w + 1.6, **round_ends) for w, d in shape.strokes]
    inside = [element("path", d=d, stroke="#ffffff", stroke_width=w, **round_ends) for w, d in shape.strokes]
    folds = [element("path", d=d, stroke="#000000", stroke_width=0.8, **round_ends) for d in shape.folds]
    skin = [element("path", d=shape.skin, stroke="#000000", stroke_width=0.9, **round_ends)]
    touched = [
        element("path", d=f"M{a} {SKIN_Y + 1.6} L{b} {SKIN_Y + 1.6}", stroke="#000000", stroke_width=2.6)
        for a, b in shape.touches
    ]
    if shape.skin.count("C"):  # a shoulder between thumb and fingers: it is pressed from both sides
        touched = [_arrow("M6 33 L14.5 30"), _arrow("M43 32 L36 29.5")]
    pushed = [_arrow(f"M{x} {y - 10} L{x} {y}") for x, y in shape.pushes]
    return [*skin, *touched, *outline, *inside, *folds, *pushed]


def _arrow(d: str) -> str:
    """A straight arrow along the path ``Mx y Lx y``."""
    (x0, y0), (x1, y1) = (tuple(map(float, end.split())) for end in d.replace("M", "").split(" L"))
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    back = [(x1 - 3 * ux - side * uy, y1 - 3 * uy + side * ux) for side in (2, -2)]
    tip = "M{:.1f} {:.1f} L{} {} L{:.1f} {:.1f}".format(*back[0], x1, y1, *back[1])
    return element("path", d=f"{d} {tip}", fill="none", stroke="#000000", stroke_width=1.3)
