"""Where the hands stay, and when they work: what all segments that press ask of them, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot, inf
from typing import Self

import numpy as np

from coach.domain import HANDS, Bools, Hand, Span
from coach.moves.middle import middle
from coach.moves.parting import Pair, parted
from coach.moves.stills import SPEED, Still, leading, stills
from coach.moves.trace import RATE_HZ, Trace
from coach.protocol import Contact, HoldRule, Point, Segment

ROUGH = 0.12  # back units: the tolerance of a point from which on stills may be less still
SLIPPED = 0.2  # of the point's tolerance; a press that slips farther is another one
APART_S = 0.6  # two stills at the same point, parted by less than this, are one press that slipped a little
STAYED, STAYED_S = 0.04, 2.0  # back units by which a palm may wobble that lies still, and for how long it is believed
ARRIVING_S = 0.5  # on its way to its place and away from it, a palm is so near to it for so long
# From which speed on, in back units a second, a hand works: a stroke does 0.3 to 1, a tracked hand that is still under
# hair seems to do 0.08.
WORKING = 0.25
WORK_S = 0.3  # over which that speed is measured


@dataclass(frozen=True, slots=True)
class Staying:
    """Where the hands stay and when they work, for all segments that press: most ask for the same.

    :param points: of the whole protocol; two stills are one press only where the same of them is nearest to both
    :param pairs: the points of the whole protocol that both hands press at once
    """

    traces: dict[Hand, Trace]
    points: Sequence[Point]
    pairs: Sequence[Pair] = ()
    _stills: dict[tuple[Contact, float, bool, float], dict[Hand, list[Still]]] = field(default_factory=dict)
    _works: dict[tuple[Hand, Contact], Work] = field(default_factory=dict)

    def stills(self, segment: Segment, rule: HoldRule) -> dict[Hand, list[Still]]:
        """Of each hand in order of time, as the segment's points want them told apart."""
        # Where a point is known only roughly, under hair, the track trembles as much.
        limit = SPEED * max(1.0, max(p.tolerance for p in rule.points) / ROUGH)
        key = segment.contact, limit, segment.hands == "together", rule.long_enough_s
        if key not in self._stills:
            found = {hand: stills(self.traces[hand], segment.contact, limit) for hand in HANDS}
            if segment.hands == "together":
                found = parted(self.traces, found, self.pairs, segment.contact)
            joined = {hand: _joined(found[hand], self.points, self.traces[hand]) for hand in HANDS}
            self._stills[key] = {h: _held_on(joined[h], self.traces[h], rule.long_enough_s) for h in HANDS}
        return self._stills[key]

    def work_beside(self, hand: Hand, contact: Contact) -> Work:
        """Of the other hand."""
        other: Hand = "left" if hand == "right" else "right"
        if (other, contact) not in self._works:
            self._works[other, contact] = Work.of(self.traces[other], contact)
        return self._works[other, contact]


@dataclass(frozen=True, slots=True)
class Work:
    """When a hand moves at a working pace."""

    start_s: float
    done: Bools  # (m,) RATE_HZ apart

    @classmethod
    def of(cls, trace: Trace, contact: Contact) -> Self:
        place, half = trace.skin[contact], round(WORK_S * RATE_HZ / 2)
        done = np.zeros(len(place), dtype=bool)
        if len(place) > 2 * half:
            step = np.hypot(*(place[2 * half :] - place[: -2 * half]).T)
            done[half:-half] = step > WORKING * 2 * half / RATE_HZ  # false where it is unseen
        return cls(float(trace.time_s[0]) if len(place) else 0.0, done)

    def share(self, span: Span) -> float:
        """0-1, of a span."""
        a, b = (max(0, round((s - self.start_s) * RATE_HZ)) for s in (span.start_s, span.end_s))
        return float(self.done[a:b].mean()) if b > a and len(self.done[a:b]) else 0.0


def nearest(still: Still, points: Iterable[Point]) -> tuple[Point | None, float]:
    """The nearest point that this hand may press, and how far off it is in back units."""
    best: tuple[Point | None, float] = (None, inf)
    x, y = float(still.place[0]), float(still.place[1])
    for point in points:
        if point.hand not in (None, still.hand):
            continue
        off = hypot(x - point.at[0], y - point.at[1])
        if off < best[1]:
            best = (point, off)
    return best


def _joined(found: list[Still], points: Sequence[Point], trace: Trace) -> list[Still]:
    joined: list[Still] = []
    for still in found:
        before = joined[-1] if joined else None
        point, _ = nearest(still, points)
        if before is not None and point is not None and point is nearest(before, points)[0]:
            slipped = float(np.hypot(*(still.place - before.place)))
            soon = still.start_s - before.end_s <= APART_S and slipped < SLIPPED * point.tolerance
            if soon or _stayed(trace, before, still):
                share = still.duration_s / (still.duration_s + before.duration_s)
                place = before.place + share * (still.place - before.place)
                eased_s = (before.eased_s[0], still.eased_s[1])
                joined[-1] = Still(still.hand, before.start_s, still.end_s, place, eased_s, still.blur)
                continue
        joined.append(still)
    return joined


def _stayed(trace: Trace, before: Still, after: Still) -> bool:
    """Whether the palm lay still between two stills of the fingers, whose tips the tracker then misplaced."""
    if after.start_s - before.end_s > STAYED_S:
        return False
    start, end = (round((s - float(trace.time_s[0])) * RATE_HZ) for s in (before.start_s, after.end_s))
    palm = trace.skin["palm"][start : end + 1]
    away = np.hypot(*(palm - middle(palm)).T)
    return bool((away < STAYED).all())  # false where it was unseen


def _held_on(found: list[Still], trace: Trace, enough_s: float) -> list[Still]:
    """The stills, too short ones with the time around them in which only the palm lay still: the tips were misplaced.

    :param enough_s: from which on a still is not too short
    """
    out: list[Still] = []
    palm, start_s = trace.skin["palm"], float(trace.time_s[0]) if len(trace.time_s) else 0.0
    for k, still in enumerate(found):
        if still.duration_s - sum(still.eased_s) >= enough_s:
            out.append(still)
            continue
        first, last = (round((s - start_s) * RATE_HZ) for s in (still.start_s, still.end_s))
        before_s = out[-1].end_s if out else start_s
        after_s = found[k + 1].start_s if k + 1 < len(found) else float(trace.time_s[-1])
        low, high = (round((s - start_s) * RATE_HZ) for s in (before_s, after_s))
        near = np.hypot(*(palm[low : high + 1] - middle(palm[first : last + 1])).T) < STAYED  # false where it is unseen
        early = leading(near[: first - low][::-1]) / RATE_HZ - ARRIVING_S
        late = leading(near[last + 1 - low :]) / RATE_HZ - ARRIVING_S
        eased_s = (still.eased_s[0] if early <= 0.0 else 0.0, still.eased_s[1] if late <= 0.0 else 0.0)
        start, end = still.start_s - max(0.0, early), still.end_s + max(0.0, late)
        out.append(replace(still, start_s=start, end_s=end, eased_s=eased_s))
    return out
