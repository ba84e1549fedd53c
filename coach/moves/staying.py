"""Where the hands stay, and when they work: what all segments that press ask of them, worked out once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from coach.domain import HANDS, OTHER, Bools, Hand, Span
from coach.moves.joining import held_on, joined, joined_beside
from coach.moves.middle import middle
from coach.moves.parting import Pair, has_neighbour, parted, without_slides
from coach.moves.stills import Still, leading, stills
from coach.moves.trace import Trace, runs
from coach.parameters.stills import (
    HOP_ASIDE_S,
    PALM_LOOKED_FOR_S,
    PALM_NEAR,
    PALM_PASSES_S,
    PALM_STILL_SHARE,
    RESTS_BESIDE_S,
    ROUGH_TOLERANCE,
    STILL_SPEED,
    WORKING_SPEED,
    WORKING_SPEED_OVER_S,
)
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact, HoldRule, Point, Segment


@dataclass(frozen=True, slots=True)
class Staying:
    """Where the hands stay and when they work, for all segments that press: most ask for the same.

    :param points: of the whole protocol; two stills are one press only where the same of them is nearest to both
    :param pairs: the points of the whole protocol that both hands press at once
    """

    traces: dict[Hand, Trace]
    points: Sequence[Point]
    pairs: Sequence[Pair] = ()
    _stills: dict[tuple[Contact, float, bool, bool], dict[Hand, list[Still]]] = field(default_factory=dict)
    _raw: dict[tuple[Contact, float], dict[Hand, list[Still]]] = field(default_factory=dict)
    _works: dict[tuple[Hand, Contact], Work] = field(default_factory=dict)
    _palms: dict[Hand, list[Still]] = field(default_factory=dict)

    def palm_s(self, hand: Hand, span: Span) -> float:
        """How long the palm lay still at the time: it stays where the tracker misplaces fingers that it sees badly."""
        return max((lain.duration_s for lain in self._palm_stills(hand, span)), default=0.0)

    def rests(self, hand: Hand, span: Span) -> bool:
        """Whether the palm lay still long before the time, and long after it."""
        return any(
            span.start_s - lain.start_s >= RESTS_BESIDE_S and lain.end_s - span.end_s >= RESTS_BESIDE_S
            for lain in self._palm_stills(hand, span)
        )

    def _palm_stills(self, hand: Hand, span: Span) -> list[Still]:
        """Where the palm lay still for most of the time."""
        if hand not in self._palms:
            self._palms[hand] = stills(self.traces[hand], "palm")
        first = bisect_right(self._palms[hand], span.start_s, key=lambda still: still.end_s)
        last = bisect_left(self._palms[hand], span.end_s, key=lambda still: still.start_s)
        near = self._palms[hand][first:last]
        return [s for s in near if Span(s.start_s, s.end_s).overlap_s(span) >= PALM_STILL_SHARE * span.duration_s]

    def palm_near_s(self, hand: Hand, span: Span) -> float:
        """How long the palm stayed about the place that it had at the time, without its arrival and its departure."""
        trace, about = self.traces[hand], round(PALM_LOOKED_FOR_S * SAMPLE_RATE_HZ)
        palm, start_s = trace.skin["palm"], float(trace.time_s[0])
        first, last = (round((s - start_s) * SAMPLE_RATE_HZ) for s in (span.start_s, span.end_s))
        place, amid = middle(palm[first : last + 1]), (first + last) // 2
        before, after = (
            _back_again(np.hypot(*(way - place).T) <= PALM_NEAR)
            for way in (palm[max(0, amid - about) : amid][::-1], palm[amid : amid + about])
        )
        return max(0.0, (leading(before) + leading(after)) / SAMPLE_RATE_HZ - PALM_PASSES_S)

    def stills(self, segment: Segment, rule: HoldRule) -> dict[Hand, list[Still]]:
        """Of each hand in order of time, as the segment's points want them told apart."""
        # Where a point is known only roughly, under hair, the track trembles as much.
        limit = STILL_SPEED * max(1.0, max(p.tolerance for p in rule.points) / ROUGH_TOLERANCE)
        contact, both, slid = segment.contact, segment.hands == "together", has_neighbour(segment, self.pairs)
        key = contact, limit, both, slid
        if key not in self._stills:
            if (contact, limit) not in self._raw:
                self._raw[contact, limit] = {hand: stills(self.traces[hand], contact, limit) for hand in HANDS}
            found = self._raw[contact, limit]
            if slid:
                found = parted(self.traces, found, self.pairs, contact)
            found = {hand: joined(found[hand], self.points, self.traces[hand]) for hand in HANDS}
            if both:
                found = {
                    h: joined_beside(found[h], found[OTHER[h]], self.points, self.traces[h], contact) for h in HANDS
                }
            if slid:
                found = {hand: without_slides(found[hand], self.points, self.traces[hand], contact) for hand in HANDS}
            self._stills[key] = {h: held_on(found[h], self.traces[h]) for h in HANDS}
        return self._stills[key]

    def work_beside(self, hand: Hand, contact: Contact) -> Work:
        """Of the other hand."""
        other = OTHER[hand]
        if (other, contact) not in self._works:
            self._works[other, contact] = Work.of(self.traces[other], contact)
        return self._works[other, contact]


def _back_again(there: Bools) -> Bools:
    """(m,) with the moments in which a hand seemed to be elsewhere, and was back where it had been before."""
    out = there.copy()
    for start, end in runs(~there):
        if start > 0 and end < len(there) and end - start <= HOP_ASIDE_S * SAMPLE_RATE_HZ:
            out[start:end] = True
    return out


@dataclass(frozen=True, slots=True)
class Work:
    """When a hand moves at a working pace."""

    start_s: float
    done: Bools  # (m,) SAMPLE_RATE_HZ apart

    @classmethod
    def of(cls, trace: Trace, contact: Contact) -> Self:
        place, half = trace.skin[contact], round(WORKING_SPEED_OVER_S * SAMPLE_RATE_HZ / 2)
        done = np.zeros(len(place), dtype=bool)
        if len(place) > 2 * half:
            step = np.hypot(*(place[2 * half :] - place[: -2 * half]).T)
            done[half:-half] = step > WORKING_SPEED * 2 * half / SAMPLE_RATE_HZ  # false where it is unseen
        return cls(float(trace.time_s[0]) if len(place) else 0.0, done)

    def share(self, span: Span) -> float:
        """0-1, of a span."""
        a, b = (max(0, round((s - self.start_s) * SAMPLE_RATE_HZ)) for s in (span.start_s, span.end_s))
        return float(self.done[a:b].mean()) if b > a and len(self.done[a:b]) else 0.0
