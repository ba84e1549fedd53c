"""Presses: stills at the points a segment names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot, inf
from typing import Self

import numpy as np

from coach.domain import HANDS, Bools, Hand, Hold, Span
from coach.moves.candidate import Candidate
from coach.moves.fit import HAND_UNSEEN, point_fit, spread_fit
from coach.moves.middle import middle
from coach.moves.parting import Pair, has_neighbour, parted
from coach.moves.stills import SPEED, Still, leading, stills
from coach.moves.trace import RATE_HZ, Trace
from coach.protocol import Contact, HoldRule, Point, Segment

ROUGH = 0.12  # back units: the tolerance of a point from which on stills may be less still
SLIPPED = 0.2  # of the point's tolerance; a press that slips farther is another one
ONE_BY_ONE = 0.78  # what one hand's press is worth where both are asked for: sides are also pressed one after the other
BESIDE = 0.6  # what a press at a neighbouring point is worth: it belongs here only among presses at the right ones
UNEVEN_S = 0.4  # by so much two hands' presses may begin and end apart
AT_REST = 3.0  # times the length that is long enough
SURE_PAIR = 0.5  # fit of each hand's press from which two hands press together
EASE_MOST = 0.25  # share of a press that arriving or departing may take
# A hand that lies still while the other one works supports or rests: what its press is worth less where the other
# moves all the time, and from which speed on, in back units a second, it works (a stroke does 0.3 to 1, a tracked hand
# that is still under hair seems to do 0.08).
SUPPORTING, WORKING = 0.7, 0.25
WORK_S = 0.3  # over which that speed is measured
STAYED, STAYED_S = 0.04, 2.0  # back units by which a palm may wobble that lies still, and for how long it is believed
ARRIVING_S = 0.5  # on its way to its place and away from it, a palm is so near to it for so long
APART_S = 0.6  # two stills at the same point, parted by less than this, are one press that slipped a little


@dataclass(frozen=True, slots=True)
class Resting:
    """Where the hands stay and when they work, for all segments that press: most ask for the same.

    :param points: of the whole protocol; two stills are one press only where the same of them is nearest to both
    :param pairs: the points of the whole protocol that both hands press at once
    """

    traces: dict[Hand, Trace]
    points: Sequence[Point]
    pairs: Sequence[Pair] = ()
    _stills: dict[tuple[Contact, float, bool, float], dict[Hand, list[Still]]] = field(default_factory=dict)
    _works: dict[tuple[Hand, Contact], _Work] = field(default_factory=dict)

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

    def work_beside(self, hand: Hand, contact: Contact) -> _Work:
        """Of the other hand."""
        other: Hand = "left" if hand == "right" else "right"
        if (other, contact) not in self._works:
            self._works[other, contact] = _Work.of(self.traces[other], contact)
        return self._works[other, contact]


def presses(resting: Resting, segment: Segment, rank: int) -> Iterable[Candidate]:
    """All stills that lie at one of the segment's points, or at a neighbour it may be mistaken for."""
    rule = segment.hold
    if rule is None:
        return
    if segment.hands == "together":
        yield from _together(resting, segment, rule, rank)
        return
    for hand, found in resting.stills(segment, rule).items():
        if segment.hands in ("either", "alternating", hand):
            yield from _single(found, rule, rank, resting.work_beside(hand, segment.contact))


def _joined(found: list[Still], points: Sequence[Point], trace: Trace) -> list[Still]:
    joined: list[Still] = []
    for still in found:
        before = joined[-1] if joined else None
        point, _ = _nearest(still, points)
        if before is not None and point is not None and point is _nearest(before, points)[0]:
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


def _nearest(still: Still, points: Iterable[Point]) -> tuple[Point | None, float]:
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


@dataclass(frozen=True, slots=True)
class _Work:
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


def _single(found: list[Still], rule: HoldRule, rank: int, other: _Work) -> Iterable[Candidate]:
    for still in found:
        point, off = _nearest(still, (*rule.points, *rule.confusable))
        if point is None:
            continue
        worth = point_fit(off / still.blur, point) * (1.0 if point in rule.points else BESIDE)
        for span in _pressing(still.start_s, still.end_s, rule):
            hold = Hold(point.id, _eased(span, still), still.hand, off)
            alone = 1.0 - SUPPORTING * other.share(span)
            yield Candidate(rank, span, worth * alone, frozenset((still.hand,)), holds=(hold,))


def _together(resting: Resting, segment: Segment, rule: HoldRule, rank: int) -> Iterable[Candidate]:
    found = resting.stills(segment, rule)
    # How far the hands are apart tells the points from others beside them, where there are any.
    spread = has_neighbour(segment, resting.pairs)
    pairs = [
        pair
        for left in found["left"]
        for right in _meeting(found["right"], left)
        for pair in _both(left, right, rule, rank, spread=spread)
    ]
    yield from pairs
    points = {point.id: point for point in rule.points}
    sure = sorted(
        (pair.span for pair in pairs if min(point_fit(h.off, points[h.point]) for h in pair.holds) >= SURE_PAIR),
        key=lambda span: span.start_s,
    )
    for hand in HANDS:
        other = resting.traces["left" if hand == "right" else "right"]
        for candidate in _single(found[hand], rule, rank, resting.work_beside(hand, segment.contact)):
            if _overlapped(candidate.span, sure, AT_REST * rule.long_enough_s):
                continue  # the hand waited for the other, or stayed after it
            a, b = ((s - float(other.time_s[0])) * RATE_HZ for s in (candidate.span.start_s, candidate.span.end_s))
            watched = other.seen[max(0, int(a)) : max(1, int(b))]
            worth = ONE_BY_ONE if len(watched) and watched.mean() > 0.5 else HAND_UNSEEN
            yield Candidate(rank, candidate.span, candidate.fit * worth, candidate.turns, holds=candidate.holds)


def _meeting(found: list[Still], other: Still) -> list[Still]:
    """The stills, of those of one hand in order of time, that share time with another hand's."""
    first = bisect_left(found, other.start_s, key=lambda still: still.end_s)
    last = bisect_left(found, other.end_s, key=lambda still: still.start_s)
    return found[first:last]


def _overlapped(span: Span, others: list[Span], most_s: float) -> bool:
    """Whether a span shares time with one of others, which are in order of their starts and at most ``most_s`` long."""
    first = bisect_left(others, span.start_s - most_s, key=lambda other: other.start_s)
    last = bisect_left(others, span.end_s, key=lambda other: other.start_s)
    return any(span.overlap_s(other) > 0.0 for other in others[first:last])


def _both(left: Still, right: Still, rule: HoldRule, rank: int, *, spread: bool) -> Iterable[Candidate]:
    (a, off_a), (b, off_b) = _nearest(left, rule.points), _nearest(right, rule.points)
    if a is None or b is None or a is b:
        return
    fit = (point_fit(off_a / left.blur, a) * point_fit(off_b / right.blur, b)) ** 0.5
    if spread:
        fit *= spread_fit(float(np.hypot(*(right.place - left.place - np.subtract(b.at, a.at)))), a, b)
    for span in _pressing(max(left.start_s, right.start_s), min(left.end_s, right.end_s), rule):
        holds = tuple(
            Hold(point.id, _eased(_own(still, span), still), still.hand, off)
            for still, point, off in ((left, a, off_a), (right, b, off_b))
        )
        yield Candidate(rank, span, fit, frozenset(HANDS), holds=holds)


def _pressing(start_s: float, end_s: float, rule: HoldRule) -> Iterable[Span]:
    """Where in a still the press may be: a hand that stays for long rests there, before its press or after it."""
    most_s = AT_REST * rule.long_enough_s
    if end_s - start_s >= rule.short_from_s:
        yield Span(start_s, min(end_s, start_s + most_s))
    if end_s - start_s > 2.0 * most_s:
        yield Span(end_s - most_s, end_s)


def _own(still: Still, common: Span) -> Span:
    """A hand's own press; a hand that rested at its point long before or after is not pressing all that time."""
    return Span(max(still.start_s, common.start_s - UNEVEN_S), min(still.end_s, common.end_s + UNEVEN_S))


def _eased(span: Span, still: Still) -> Span:
    """The press itself: of a span of the still, what lies between the hand's slow arrival and its slow departure."""
    most_s = EASE_MOST * span.duration_s
    arrived = max(span.start_s, still.start_s + min(still.eased_s[0], most_s))
    left = min(span.end_s, still.end_s - min(still.eased_s[1], most_s))
    return Span(arrived, left)
