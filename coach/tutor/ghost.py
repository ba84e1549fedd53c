"""The path to follow: where each hand would be now, at the right pace, as the protocol describes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin
from typing import TypeAlias

import numpy as np

from coach.domain import HANDS, Floats, Hand
from coach.moves.template import even
from coach.parameters.hints import (
    CALM_PACE,
    COUNTED_WAY_SHARE,
    GHOST_CIRCLE_POINTS,
    GHOST_SMALL_RADIUS,
    LIFTED_WAY_SHARE,
    STROKED_WAY_SHARE,
)
from coach.protocol import Segment
from coach.tutor.state import At, Ghost

Path: TypeAlias = tuple[At, ...]

WORKING_WAY_SHARE = {"counted": COUNTED_WAY_SHARE, "stroked": STROKED_WAY_SHARE, "lifted": LIFTED_WAY_SHARE}


def ghost(segment: Segment, gone_s: float, share: float = 1.0, done: frozenset[str] = frozenset()) -> Ghost:
    """Where the ghost is.

    :param gone_s: how long it has gone since the step began, as if at full pace all the time
    :param share: of the full pace, now
    :param done: points that were pressed already
    """
    if segment.hold is not None:
        return _presses(segment, gone_s, done)
    turns = 2 if segment.hands == "alternating" else 1
    usual_s = CALM_PACE * (segment.tempo.shortest_s if segment.tempo else 1.5) * turns
    phase = (max(0.0, gone_s) / usual_s) % 1.0
    ways: dict[Hand, Path | None] = {hand: _way(segment, hand) for hand in HANDS}
    at: dict[Hand, At | None] = {}
    for hand, way in ways.items():
        at[hand] = None if way is None else _place(way, _share(segment, _own_phase(phase, hand, turns)), segment)
    return Ghost(round(usual_s / share, 2), round(phase, 3), ways, at, round(share, 2))


def _own_phase(phase: float, hand: Hand, turns: int) -> float | None:
    """In turn, the right hand has the first half of the period and the left hand the second."""
    if turns == 1:
        return phase
    mine = phase * 2.0 - (0.0 if hand == "right" else 1.0)
    return mine if 0.0 <= mine < 1.0 else None


def _share(segment: Segment, phase: float | None) -> float | None:
    """The share of the path that is gone: out, and back where the way back is a motion of its own."""
    if phase is None or segment.primitive == "circle":
        return phase
    out = WORKING_WAY_SHARE[segment.returns]
    if phase <= out:
        return phase / out
    return None if segment.returns == "lifted" else 1.0 - (phase - out) / (1.0 - out)


def _place(way: Path, share: float | None, segment: Segment) -> At | None:
    if share is None:
        return None
    last = len(way) - 1
    at = (share % 1.0 if segment.primitive == "circle" else share) * last
    k = min(int(at), last - 1)
    part = at - k
    (x0, y0), (x1, y1) = way[k], way[k + 1]
    return round(x0 + part * (x1 - x0), 4), round(y0 + part * (y1 - y0), 4)


@lru_cache(maxsize=256)
def _way(segment: Segment, hand: Hand) -> Path | None:
    """The described path for this hand, or None where it has nothing to do."""
    if segment.circle is not None:
        return _circle(segment, hand)
    if segment.path is None or (segment.hands in HANDS and hand != segment.hands):
        return None
    if segment.hands == "either" and hand == "left":
        return None
    path = _looped(segment) if segment.primitive == "pass" else segment.path
    return _rounded([(1.0 - x, y) if hand == "left" and segment.mirrored else (x, y) for x, y in path])


def _circle(segment: Segment, hand: Hand) -> Path | None:
    circle = segment.circle
    if circle is None:
        return None
    (x, y), (rx, ry) = circle.centre, circle.radii
    if segment.hands in HANDS and hand != segment.hands:
        return None
    if segment.hands == "either" and hand != ("left" if x < 0.5 else "right"):
        return None
    x = 1.0 - x if hand == "left" and segment.mirrored else x
    way = 1.0 if hand == "right" or not segment.mirrored else -1.0
    return _rounded(
        [
            (x + way * rx * sin(2 * pi * k / GHOST_CIRCLE_POINTS), y - ry * cos(2 * pi * k / GHOST_CIRCLE_POINTS))
            for k in range(GHOST_CIRCLE_POINTS + 1)
        ]
    )


def _looped(segment: Segment) -> tuple[At, ...]:
    """Small circles that travel along the path; the right hand's."""
    straight: Floats = even(np.array(segment.path, dtype=float))
    count = (segment.circles_per_pass or 3) + 2
    steps = 12 * count
    out: list[At] = []
    for k in range(steps + 1):
        share = k / steps
        at = share * (len(straight) - 1)
        low = min(int(at), len(straight) - 2)
        x, y = straight[low] + (at - low) * (straight[low + 1] - straight[low])
        angle = 2 * pi * count * share
        out.append((float(x) + GHOST_SMALL_RADIUS * sin(angle), float(y) - GHOST_SMALL_RADIUS * (1.0 - cos(angle)) / 2))
    return tuple(out)


def _rounded(path: Sequence[At]) -> Path:
    return tuple((round(x, 4), round(y, 4)) for x, y in path)


def _presses(segment: Segment, gone_s: float, done: frozenset[str]) -> Ghost:
    """The points that are pressed next; each hand at its own."""
    rule = segment.hold
    if rule is None:
        raise ValueError(f"segment {segment.id} has no points")
    waiting = [p for p in rule.points if p.id not in done]
    period_s = CALM_PACE * rule.long_enough_s
    at: dict[Hand, At | None] = dict.fromkeys(HANDS)
    if segment.hands == "together":
        for point in waiting:
            if point.hand is not None:
                at[point.hand] = point.at
    elif waiting:
        first = waiting[0]
        at[first.hand or ("left" if first.at[0] < 0.5 else "right")] = first.at
    phase = (max(0.0, gone_s) / period_s) % 1.0
    return Ghost(round(period_s, 2), round(phase, 3), dict.fromkeys(HANDS), at)
