"""A session in time: for each segment a line with bands, repetitions and presses; and when the hands were unseen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coach.domain import HANDS, Hand, HandTrack, ItemScore, SegmentMatch, Session
from coach.messages import Catalogue
from coach.moves.trace import runs, trace
from coach.protocol import Protocol
from coach.score.scope import listed
from coach.summary import wording
from coach.summary.svg import drawing, element, line, text

WIDTH = 760.0
NAMES = 178.0  # width of the names at the left
ROW = 15.0
HEAD = 20.0
_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)


def timeline_svg(
    session: Session, protocol: Protocol, catalogue: Catalogue, tracks: Mapping[Hand, HandTrack] | None = None
) -> str:
    """:param tracks: of the whole session; without them the unseen stretches are not known"""
    length = max([session.video.duration_s, *(m.span.end_s for m in session.segments), 1.0])
    rows = listed(session.items, protocol)
    height = HEAD + ROW * (len(rows) + (len(HANDS) if tracks else 0)) + 8
    parts = _grid(length, height)
    for k, segment in enumerate(rows):
        y = HEAD + ROW * k
        parts.append(_name(wording.title(segment.title, catalogue), y))
        flawed = [i for i in session.items if i.segment_id == segment.id and _flawed(i)]
        for match in session.segments:
            if match.segment_id == segment.id:
                parts += _band(match, y, length, flawed=bool(flawed))
        if not any(m.segment_id == segment.id for m in session.segments):
            parts.append(
                text(catalogue.text("timeline_absent"), x=NAMES + 6, y=y + 10.5, font_size=9.5, fill="#555555")
            )
    for k, hand in enumerate(HANDS if tracks else ()):
        y = HEAD + ROW * (len(rows) + k)
        parts.append(_name(catalogue.text(f"timeline_unseen_{hand}"), y))
        parts += _unseen((tracks or {})[hand], y, length)
    return drawing(WIDTH, height, parts, catalogue.text("timeline_title"))


def _at(time_s: float, length: float) -> float:
    return NAMES + (WIDTH - NAMES - 8) * min(max(time_s / length, 0.0), 1.0)


def _name(words: str, y: float) -> str:
    return text(words, x=NAMES - 6, y=y + 10.5, font_size=10.5, text_anchor="end")


def _grid(length: float, height: float) -> list[str]:
    step = next((s for s in _STEPS_S if length / s <= 12), _STEPS_S[-1])
    parts = []
    for time_s in np.arange(0, length + 0.01, step):
        x = _at(float(time_s), length)
        parts.append(line(np.array([[x, HEAD - 4], [x, height - 4]]), stroke="#dddddd", stroke_width=0.7))
        parts.append(text(wording.time(float(time_s)), x=x, y=HEAD - 8, font_size=9, text_anchor="middle"))
    return parts


def _band(match: SegmentMatch, y: float, length: float, *, flawed: bool) -> list[str]:
    start, end = _at(match.span.start_s, length), _at(match.span.end_s, length)
    fill = "#f6d9b8" if flawed else "#cfe3f2"
    wide = max(end - start, 1.5)
    parts = [
        element("rect", x=start, y=y + 2, width=wide, height=ROW - 5, fill=fill, stroke="#333333", stroke_width=0.5)
    ]
    for one in match.repetitions:
        x = _at((one.span.start_s + one.span.end_s) / 2, length)
        high = 2.5 if one.whole else 6.0
        parts.append(line(np.array([[x, y + high], [x, y + ROW - 3.5]]), stroke="#000000", stroke_width=1.1))
    for press in match.holds:
        a, b = _at(press.span.start_s, length), _at(press.span.end_s, length)
        parts.append(element("rect", x=a, y=y + 6, width=max(b - a, 1.5), height=4, fill="#000000"))
    return parts


def _unseen(track: HandTrack, y: float, length: float) -> list[str]:
    seen = trace(track, 0.0, length).seen
    step = length / max(len(seen), 1)
    return [
        element(
            "rect",
            x=_at(a * step, length),
            y=y + 4,
            width=max(_at(b * step, length) - _at(a * step, length), 0.5),
            height=ROW - 9,
            fill="#888888",
        )
        for a, b in runs(~seen)
    ]


def _flawed(item: ItemScore) -> bool:
    return item.points is not None and item.points < item.max_points
