"""What a camera shows, made by hand for the tutor's tests."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandObservation
from coach.tutor.state import At, Palm, Seeing, Sighted
from tests.fakes.hands import Path, frames, observation

SIZE = (640, 480)
CORNERS = np.array([[170.0, 110.0], [470.0, 110.0], [470.0, 410.0], [170.0, 410.0]])  # px: a back 300 px wide
MIDDLE = Sighted(0.5, 0.5, 80.0)


def open_palm(at: tuple[float, float], palm_px: float = 80.0) -> Floats:
    """(21, 2) px a hand held up, its fingers straight and spread; ``at`` is the middle of the palm."""
    marks = [(0.0, 0.0), (-0.3, -0.2), (-0.55, -0.45), (-0.75, -0.65), (-0.9, -0.85)]
    for across, lean in ((-0.25, -0.3), (0.0, 0.0), (0.2, 0.2), (0.38, 0.42)):
        root = np.array((across, -0.95))
        way = np.array((lean, -1.0)) / np.hypot(lean, 1.0)
        marks += [tuple(root + way * step) for step in (0.0, 0.45, 0.7, 0.9)]
    points = np.array(marks) * palm_px
    out: Floats = points + np.asarray(at) - (points[0] + points[9]) / 2
    return out


def fist(at: tuple[float, float], palm_px: float = 80.0) -> Floats:
    marks = open_palm(at, palm_px)
    for root in (5, 9, 13, 17):
        marks[root + 3] = marks[root] + (0.0, 0.1 * palm_px)
    return marks


def seeing(
    now_s: float, *, hands: dict[Hand, At] | None = None, palms: tuple[Palm, ...] = (), count: int = 2
) -> Seeing:
    return Seeing(now_s, hands or {}, (MIDDLE,) * count, palms)


def pressing(stops: dict[Hand, Path], length_s: float, fps: float = 15.0) -> Iterator[Seeing]:
    """Fingertips that follow paths in back coordinates."""
    time_s = frames(length_s, fps)
    places = {hand: path(time_s) for hand, path in stops.items()}
    for k, now_s in enumerate(time_s.tolist()):
        yield seeing(now_s, hands={hand: (float(p[k, 0]), float(p[k, 1])) for hand, p in places.items()})


def recorded(
    paths: dict[Hand, Path], length_s: float, fps: float = 15.0
) -> list[tuple[float, tuple[HandObservation, ...]]]:
    """Palms that follow paths in back coordinates, as the detector gives them on the back of CORNERS."""
    time_s = frames(length_s, fps)
    width = CORNERS[1, 0] - CORNERS[0, 0]
    places = {hand: CORNERS[0] + path(time_s) * width for hand, path in paths.items()}
    return [
        (now_s, tuple(observation(now_s, tuple(places[h][k]), hand=h, scale=width) for h in HANDS if h in places))
        for k, now_s in enumerate(time_s.tolist())
    ]
