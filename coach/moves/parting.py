"""Presses side by side by both hands at once that are one long still to each: parted where both slid to the next pair.

From the hollow above the collar bone to the grip on the shoulder it is two centimetres: each hand's track trembles by
nearly as much. But both hands go at once, and where to is known, so of their tremble only what lies along both ways
counts, and of that the mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

import numpy as np

from coach.domain import HANDS, OTHER, Floats, Hand, Span
from coach.moves.joining import nearest
from coach.moves.stills import Still, trimmed
from coach.moves.trace import Trace
from coach.parameters.slides import (
    BESIDE_SLIDE_S,
    LONGEST_MIDDLE_HALF_S,
    NEIGHBOURS_APART,
    SAME_PLACE,
    SLIDE_EDGE_SHARE,
    SLIDE_GAP_S,
    SLIDE_S,
    SLIDE_SHARE,
    SLIDE_STAY_S,
    SLIDE_WOBBLES,
    SLIDE_WOBBLES_KNOWN_S,
)
from coach.parameters.stills import SHORTEST_STILL_S
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact, Point, Segment

Pair = Mapping[Hand, Point]


def parted(
    traces: Mapping[Hand, Trace], found: Mapping[Hand, list[Still]], pairs: Sequence[Pair], contact: Contact
) -> dict[Hand, list[Still]]:
    """The stills of two hands, cut where both went from one pair of points to a neighbouring one.

    :param found: of each hand, in order of time
    :param pairs: the points that both hands press at once, of each such segment of the protocol
    """
    out: dict[Hand, list[Still]] = {hand: list(found[hand]) for hand in HANDS}
    ways = [way for a, b in permutations(pairs, 2) if (way := _way(a, b)) is not None]
    there = {hand: [still for still in found[hand] if _about(ways, still)] for hand in HANDS}
    for left in there["left"]:
        for right in there["right"]:
            cut = _slid(traces, {"left": left, "right": right}, ways, contact)
            if cut is not None:
                out = {h: [part for s in out[h] for part in _cut(traces[h], s, cut, contact)] for h in HANDS}
    return {hand: [part for s in out[hand] for part in _slid_alone(traces, s, out, ways, contact)] for hand in HANDS}


def _slid_alone(
    traces: Mapping[Hand, Trace],
    still: Still,
    found: Mapping[Hand, list[Still]],
    ways: Sequence[_Way],
    contact: Contact,
) -> list[Still]:
    """A still in parts, where its hand slid on while the other one was seen elsewhere."""
    hand = still.hand
    cut = _slid(traces, {hand: still}, ways, contact) if _about(ways, still) else None
    if cut is None:
        return [still]
    at_s = float(traces[hand].time_s[cut])
    other = OTHER[hand]
    beside = any(one.start_s <= at_s <= one.end_s and _about(ways, one) for one in found[other])
    if beside or not traces[other].seen[cut]:
        return [still]
    return _cut(traces[hand], still, cut, contact)


def _about(ways: Sequence[_Way], still: Still) -> bool:
    """Whether a still lies about where its hand would slide."""
    return any(way.near({still.hand: still}) for way in ways)


@dataclass(frozen=True, slots=True)
class _Way:
    """From one pair of points to a neighbouring one."""

    middle: dict[Hand, Floats]  # (2,) back coordinates, half way
    step: dict[Hand, Floats]  # (2,) back units

    def near(self, both: Mapping[Hand, Still]) -> bool:
        """Whether two stills are about there."""
        ways = (still.place - self.middle[hand] for hand, still in both.items())
        return all(float(np.hypot(*way)) <= NEIGHBOURS_APART for way in ways)


def _way(a: Pair, b: Pair) -> _Way | None:
    """None where they are no neighbours."""
    middle: dict[Hand, Floats] = {hand: np.add(a[hand].at, b[hand].at) / 2.0 for hand in HANDS}
    step: dict[Hand, Floats] = {hand: np.subtract(b[hand].at, a[hand].at) for hand in HANDS}
    beside = all(SAME_PLACE <= float(np.hypot(*s)) <= NEIGHBOURS_APART for s in step.values())
    return _Way(middle, step) if beside else None


def has_neighbour(segment: Segment, pairs: Sequence[Pair]) -> bool:
    """Whether both hands press beside the segment's points in another segment."""
    own = pair_of(segment)
    return own is not None and any(neighbours(own, other) for other in pairs)


def neighbours(one: Pair, other: Pair) -> bool:
    """Whether two pairs of points are so near to each other that a hand slides from one to the other."""
    return _way(one, other) is not None


def pair_of(segment: Segment) -> Pair | None:
    """The two points that both hands press at once, each its own."""
    if segment.hold is None or segment.hands != "together":
        return None
    own = {point.hand: point for point in segment.hold.points if point.hand is not None}
    return own if len(own) == len(HANDS) == len(segment.hold.points) else None


def _slid(
    traces: Mapping[Hand, Trace], both: Mapping[Hand, Still], ways: Sequence[_Way], contact: Contact
) -> int | None:
    """The sample at which both hands were half way from pair to pair, during two stills; None where they stayed."""
    ways = [way for way in ways if way.near(both)]
    grid, spans = traces["left"].time_s, both.values()
    a, b = (int(np.searchsorted(grid, s)) for s in (max(s.start_s for s in spans), min(s.end_s for s in spans)))
    steady, half = round(SLIDE_STAY_S * SAMPLE_RATE_HZ), round(SLIDE_S * SAMPLE_RATE_HZ / 2)
    if not ways or b - a < 2 * (steady + half):
        return None
    steps = {hand: _steps(traces[hand].skin[contact][a:b], steady, half) for hand in both}
    best: tuple[float, int] | None = None
    for way in ways:
        shares = [steps[hand] @ way.step[hand] / float(way.step[hand] @ way.step[hand]) for hand in both]
        made = np.mean(shares, axis=0)
        peak = int(np.argmax(made))
        staying = np.concatenate((made[: max(0, peak - steady - half)], made[peak + steady + half :]))
        usual = float(np.median(np.abs(staying))) if len(staying) >= SLIDE_WOBBLES_KNOWN_S * SAMPLE_RATE_HZ else 0.0
        at = a + steady + half + peak
        if made[peak] >= max(SLIDE_SHARE, SLIDE_WOBBLES * usual) and (best is None or made[peak] > best[0]):
            best = (float(made[peak]), at)
    return None if best is None else best[1]


def _steps(place: Floats, steady: int, half: int) -> Floats:
    """(k, 2) how far the mean place after a gap is from that before it, with the gap's middle all along a still."""
    sums = np.concatenate((np.zeros((1, 2)), np.cumsum(place - place[0], axis=0)))
    at = np.arange(steady + half, len(place) - steady - half + 1)
    before = sums[at - half] - sums[at - half - steady]
    steps: Floats = (sums[at + half + steady] - sums[at + half] - before) / steady
    return steps


def _cut(trace: Trace, still: Still, at: int, contact: Contact) -> list[Still]:
    """The two parts of a still, without the slide between them; itself where it does not last on both sides."""
    half = round(SLIDE_S * SAMPLE_RATE_HZ / 2)
    a, b = (int(np.searchsorted(trace.time_s, s)) for s in (still.start_s, still.end_s))
    if not a + half + SHORTEST_STILL_S * SAMPLE_RATE_HZ < at < b - half - SHORTEST_STILL_S * SAMPLE_RATE_HZ:
        return [still]
    place = trace.skin[contact]
    parts = [trimmed(trace, place, a, at - half), trimmed(trace, place, at + half, b + 1)]
    return [part for part in parts if part.duration_s >= SHORTEST_STILL_S]


def without_slides(found: Sequence[Still], points: Sequence[Point], trace: Trace, contact: Contact) -> list[Still]:
    """The stills of a hand in order of time, without what it slid from one to the next, at a neighbouring point.

    Such a slide is as slow as a resting hand's creeping, so that its ends drown in it. They are judged by its middle
    half: by the cosine law it takes a third of the time, as do the quarters before and after it.
    """
    out = list(found)
    for k, (before, after) in enumerate(pairwise(found)):
        far = float(np.hypot(*(after.place - before.place)))
        if after.start_s - before.end_s > SLIDE_GAP_S or not SAME_PLACE <= far <= NEIGHBOURS_APART:
            continue
        if nearest(before, points)[0] is nearest(after, points)[0]:
            continue
        half = _middle_half(trace, before, after, contact)
        if half is None or half.duration_s > LONGEST_MIDDLE_HALF_S:
            continue
        end_s, start_s = half.start_s - half.duration_s, half.end_s + half.duration_s
        kept = out[k]  # its start may be another one already
        if kept.start_s + SHORTEST_STILL_S < end_s < kept.end_s - kept.eased_s[1]:
            out[k] = replace(kept, end_s=end_s, eased_s=(kept.eased_s[0], 0.0))
        if after.start_s + after.eased_s[0] < start_s < after.end_s - SHORTEST_STILL_S:
            out[k + 1] = replace(after, start_s=start_s, eased_s=(0.0, after.eased_s[1]))
    return out


def _middle_half(trace: Trace, before: Still, after: Still, contact: Contact) -> Span | None:
    """When a hand went from a quarter to three quarters of the way between two stills; None where that was not seen."""
    reach = max(before.start_s, before.end_s - BESIDE_SLIDE_S), min(after.end_s, after.start_s + BESIDE_SLIDE_S)
    a, b = (int(np.searchsorted(trace.time_s, s)) for s in reach)
    way = after.place - before.place
    made = (trace.skin[contact][a : b + 1] - before.place) @ way / float(way @ way)
    near = np.flatnonzero(made <= SLIDE_EDGE_SHARE)
    far = np.flatnonzero(made >= 1.0 - SLIDE_EDGE_SHARE)
    far = far[far > near[0]] if len(near) else near
    if not len(far):
        return None
    left = int(near[near < far[0]][-1])
    return Span(float(trace.time_s[a + left]), float(trace.time_s[a + int(far[0])]))
