"""Tables and curves as SVG pictures that open anywhere: no script, no font of their own, colours that print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

Json: TypeAlias = dict[str, Any]
PLAIN = ("all", "segment", "part", "picture", "finder", "evidence")  # groups whose values speak for themselves
ROW, LEFT, CELL, GAP, TOP = 18, 210, 150, 26, 62  # px
INK, FAINT, MARK, BAR, LIMIT = "#1b1b1b", "#d5d5d5", "#0b6e99", "#8fc1d6", "#b5541c"
LINES = ("#0b6e99", "#b5541c", "#4a7c2c", "#7a4fa3", "#a3224a", "#7a6a00", "#2f2f2f", "#00796b", "#9c5aa0")


def dots(title: str, table: Json) -> str:
    """A table as dots with their intervals, a column for each figure and a line for each group."""
    columns, rows = table["columns"], table["rows"]
    width, height = LEFT + len(columns) * (CELL + GAP), TOP + ROW * len(rows) + 20
    out = [_text(10, 22, title, 15, weight="bold"), _text(10, 40, table["question"], 12)]
    scales = [_scale(column, [row["cells"][k] for row in rows]) for k, column in enumerate(columns)]
    for k, (column, (low, high)) in enumerate(zip(columns, scales, strict=True)):
        x = LEFT + k * (CELL + GAP)
        out += [_text(x, TOP - 8, column["name"], 11, weight="bold"), _text(x, height - 6, f"{low:g}", 9)]
        out += [_text(x + CELL, height - 6, f"{high:g}", 9, "end"), _line(x, TOP, x, height - 18, FAINT)]
        out.append(_line(x + CELL, TOP, x + CELL, height - 18, FAINT))
    for number, row in enumerate(rows):
        y = TOP + ROW * number + ROW / 2
        name = row["value"] if row["group"] in PLAIN else f"{row['group']}: {row['value']}"
        out.append(_text(10, y + 4, f"{name} ({row['sessions']})", 11, weight="bold" if number == 0 else "normal"))
        for k, (cell, scale) in enumerate(zip(row["cells"], scales, strict=True)):
            out += _dot(LEFT + k * (CELL + GAP), y, cell, scale)
    return _picture(width, height, title, out)


def _scale(column: Json, cells: Sequence[Json]) -> tuple[float, float]:
    known = [c[end] for c in cells for end in ("low", "high", "value") if c[end] is not None]
    if column["percent"] or column["name"] == "edit":
        return (min([50.0, *known]) // 10 * 10, 100.0) if column["better"] == "more" else (0.0, max([10.0, *known]))
    return (min([0.0, *known]), 1.0) if column["better"] == "more" else (0.0, max([0.5, *known]))


def _dot(x: float, y: float, cell: Json, scale: tuple[float, float]) -> list[str]:
    if cell["value"] is None:
        return []

    def at(value: float) -> float:
        share = (value - scale[0]) / (scale[1] - scale[0]) if scale[1] > scale[0] else 0.0
        return x + CELL * min(1.0, max(0.0, share))

    bar = [] if cell["low"] is None else [_line(at(cell["low"]), y, at(cell["high"]), y, BAR, 4)]
    return [*bar, _spot(at(cell["value"]), y, MARK)]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where values lie in a picture, px; x ends at 100 percent."""

    x_low: float
    y_high: float
    size: tuple[float, float] = (640, 420)
    corner: tuple[float, float] = (70, 50)  # left and top
    extent: tuple[float, float] = (420, 320)

    def at(self, x: float, y: float) -> tuple[float, float]:
        across, up = (x - self.x_low) / (100.0 - self.x_low), y / self.y_high
        return self.corner[0] + across * self.extent[0], self.corner[1] + (1.0 - up) * self.extent[1]

    def axes(self, names: tuple[str, str]) -> list[str]:
        (left, bottom), (right, top) = self.at(self.x_low, 0.0), self.at(100.0, self.y_high)
        out = [_line(left, top, left, bottom, INK), _line(left, bottom, right, bottom, INK)]
        out += [
            _text((left + right) / 2, self.size[1] - 10, names[0], 12, "middle"),
            _text(left, top - 8, names[1], 12),
        ]
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            across, up = self.x_low + share * (100.0 - self.x_low), share * self.y_high
            x, y = self.at(across, up)
            out += [
                _text(x, bottom + 16, f"{across:.0f}", 10, "middle"),
                _text(left - 6, y + 4, f"{up:.1f}", 10, "end"),
            ]
        return out


def curve(title: str, axes: tuple[str, str], points: Sequence[tuple[str, float, float]], limit: float) -> str:
    """Named points in a plane.

    :param axes: what x and y are
    :param points: (name, x, y), both in percent
    :param limit: of y, drawn as a line
    """
    plane = _Plane(min([p[1] for p in points] + [90.0]) // 10 * 10, max([p[2] for p in points] + [limit]) * 1.1)
    out = [_text(10, 24, title, 15, weight="bold"), *plane.axes(axes)]
    out.append(_line(*plane.at(plane.x_low, limit), *plane.at(100.0, limit), LIMIT))
    beside = plane.corner[0] + plane.extent[0] + 14
    for number, (name, across, up) in enumerate(points):
        colour, y = LINES[number % len(LINES)], plane.corner[1] + 10 + 18 * number
        out += [_spot(*plane.at(across, up), colour), _spot(beside, y, colour), _text(beside + 10, y + 4, name, 11)]
    return _picture(*plane.size, title, out)


def known_unknowns(table: Json, limit: float = 2.0) -> str:
    """The share of wrong scores against coverage, a dot for each row of a table."""
    names = [column["name"] for column in table["columns"]]
    across, up = names.index("coverage"), names.index("wrong")
    points = [
        (row["value"], row["cells"][across]["value"], row["cells"][up]["value"])
        for row in table["rows"]
        if row["cells"][up]["value"] is not None
    ]
    return curve("Does the coach know when it does not know?", ("items scored, %", "of those wrong, %"), points, limit)


def _picture(width: float, height: float, title: str, content: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = 'role="img" font-family="system-ui, sans-serif"'
    background = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([f"{head} {style}>", f"<title>{escape(title)}</title>", background, *content, "</svg>", ""])


def _text(x: float, y: float, words: str, size: int, anchor: str = "start", weight: str = "normal") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text {place} fill="{INK}">{escape(words)}</text>'


def _spot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, thick: int = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{thick}"/>'
