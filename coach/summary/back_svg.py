"""The back with a segment's described motion on it and, where tracks were kept, the hands' own paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandTrack, SegmentMatch
from coach.moves.trace import runs, trace
from coach.protocol import Segment
from coach.summary.svg import drawing, element, line, text

WIDTH, HEIGHT = 130.0, 146.0  # of the picture
SCALE_X, SCALE_Y = 100.0, 120.0  # units of the picture to one of the back: a back is longer than the shoulders are wide
LEFT, TOP = -0.15, -0.36  # back coordinates of the picture's upper left corner
COLOURS: Mapping[Hand, str] = {"left": "#0072b2", "right": "#d55e00"}  # stay apart for the colour-blind, and as greys
DASHES: Mapping[Hand, str] = {"left": "none", "right": "4 1.6"}

# A back seen from behind, in back coordinates: neck, shoulders, sides and waist of a made-up body.
_RIGHT_SIDE = (
    *((0.575, -0.18), (0.58, -0.08), (0.66, -0.02), (0.84, 0.02), (0.97, 0.08), (1.03, 0.22), (1.0, 0.4)),
    *((0.9, 0.42), (0.86, 0.62), (0.845, 0.85)),
)


def back_svg(
    segment: Segment,
    matches: Sequence[SegmentMatch],
    tracks: Mapping[Hand, HandTrack] | None,
    title: str,
    taught: bool = False,
) -> str:
    """One segment.

    :param matches: where it was found in the session
    :param tracks: of the whole session, or None where none are kept
    :param taught: drawn for who learns it: with arrows, and small circles as circles
    """
    parts = [*_body(), *(_shown(segment) if taught else _described(segment))]
    for match in matches if tracks is not None else ():
        parts += _done(segment, match, tracks or {})
    return drawing(WIDTH, HEIGHT, parts, title)


def place(points: Floats) -> Floats:
    """(n, 2) back coordinates to the picture's units."""
    placed: Floats = (np.asarray(points, dtype=float) - (LEFT, TOP)) * (SCALE_X, SCALE_Y)
    return placed


def mirrored(points: Floats) -> Floats:
    """(n, 2) back coordinates on the other side of the spine."""
    other: Floats = np.asarray(points, dtype=float) * (-1.0, 1.0) + (1.0, 0.0)
    return other


def _body() -> list[str]:
    side = np.array(_RIGHT_SIDE)
    outline = place(np.concatenate((side, mirrored(side)[::-1])))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
    head = place(np.array([[0.5, -0.27]]))[0]
    spine = place(np.array([[0.5, 0.0], [0.5, 0.85]]))
    return [
        element("ellipse", cx=head[0], cy=head[1], rx=12, ry=10, fill="#f4f4f4", stroke="#aaaaaa", stroke_width=0.7),
        element("polygon", points=points, fill="#f4f4f4", stroke="#aaaaaa", stroke_width=0.7),
        line(spine, stroke="#aaaaaa", stroke_width=0.7, stroke_dasharray="1 3"),
    ]


def _shown(segment: Segment) -> list[str]:
    """As :func:`_described`, in whole lines with an arrow at the end of the way."""
    style: dict[str, str | float] = {"stroke": "#000000", "stroke_width": 1.8}
    if segment.path is None:
        return [part.replace('stroke-dasharray="2 1.5"', "") for part in _described(segment)]
    parts = []
    for path in _paths(segment):
        way = _coiled(place(path), segment.circles_per_pass) if segment.circles_per_pass else place(path)
        ahead = place(path)[-1] - place(path)[-2]
        parts += [line(way, **style), line(_head(way[-1], ahead), **style)]
    return parts


def _paths(segment: Segment) -> list[Floats]:
    path = np.array(segment.path)
    if segment.hands in ("together", "alternating"):
        return [path, mirrored(path)]
    return [mirrored(path) if segment.hands == "left" else path]


def _coiled(way: Floats, least: int) -> Floats:
    """Small circles that travel down the way, some more of them than the fewest that are asked for."""
    turns, outwards = least + 3, 1.0 if way[0][0] > WIDTH / 2 else -1.0
    at = np.linspace(0, 1, 24 * turns)
    angle = 2 * np.pi * turns * at
    wide = min(4.0, 0.3 * float(np.linalg.norm(way[-1] - way[0])) / turns)
    round_ = np.stack((outwards * np.sin(angle), np.cos(angle) - 1.0), axis=1) * wide
    coiled: Floats = way[0] + at[:, None] * (way[-1] - way[0]) + round_
    return coiled


def _head(tip: Floats, ahead: Floats) -> Floats:
    """An arrow's head: three points."""
    along = ahead / np.linalg.norm(ahead)
    across = np.array([-along[1], along[0]])
    head: Floats = np.array([tip - 5 * along + 3.4 * across, tip, tip - 5 * along - 3.4 * across])
    return head


def _described(segment: Segment) -> list[str]:
    style: dict[str, str | float] = {"stroke": "#000000", "stroke_width": 1.1, "stroke_dasharray": "2 1.5"}
    parts = []
    if segment.path is not None:
        parts += [line(place(p), **style) for p in _paths(segment)]
    if segment.circle is not None:
        x, y = place(np.array([segment.circle.centre]))[0]
        rx, ry = segment.circle.radii[0] * SCALE_X, segment.circle.radii[1] * SCALE_Y
        parts.append(element("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill="none", **style))
    for point in segment.hold.points if segment.hold is not None else ():
        x, y = place(np.array([point.at]))[0]
        parts.append(element("circle", cx=x, cy=y, r=3.4, fill="none", stroke="#000000", stroke_width=1.1))
        parts.append(text(point.id, x=x + 5, y=y + 3, font_size=9) if point.id.isdigit() else "")
    return parts


def _done(segment: Segment, match: SegmentMatch, tracks: Mapping[Hand, HandTrack]) -> list[str]:
    parts = []
    for hand in HANDS:
        if hand not in tracks or not _works(hand, segment, match):
            continue
        course = trace(tracks[hand], match.span.start_s, match.span.end_s)
        places = place(course.at(segment.contact))
        style: dict[str, str | float] = {
            "stroke": COLOURS[hand],
            "stroke_width": 0.7,
            "stroke_opacity": 0.85,
            "stroke_dasharray": DASHES[hand],
        }
        if segment.hold is None:
            parts += [line(places[a:b], **style) for a, b in runs(course.seen) if b - a > 1]
        for press in (h for h in match.holds if h.hand == hand):
            during = (course.time_s >= press.span.start_s) & (course.time_s < press.span.end_s) & course.seen
            if during.any():
                parts.append(_cross(places[during].mean(axis=0), COLOURS[hand]))
    return parts


def _works(hand: Hand, segment: Segment, match: SegmentMatch) -> bool:
    """A hand that only rests or supports is not drawn."""
    done = {r.hand for r in match.repetitions} | {h.hand for h in match.holds}
    return not done or hand in done or "both" in done or segment.hands in ("together", "alternating")


def _cross(at: Floats, colour: str) -> str:
    x, y = at
    style: dict[str, str | float] = {"stroke": colour, "stroke_width": 1.4}
    strokes = (((x - 3, y - 3), (x + 3, y + 3)), ((x - 3, y + 3), (x + 3, y - 3)))
    return "".join(line(np.array(stroke), **style) for stroke in strokes)
