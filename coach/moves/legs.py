"""Legs: the stretches in which a hand moves along a described path, from one turning point to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median

import numpy as np

from coach.domain import Floats, Hand
from coach.moves.along import Along, where
from coach.moves.stills import still_mask
from coach.moves.template import shape_distance, template
from coach.moves.trace import Trace, runs
from coach.moves.zigzag import TurningPoint, zigzag
from coach.parameters.stills import STILL_SPEED
from coach.parameters.strokes import (
    CUT_AROUND_S,
    FEW_LEGS_TO_CUT_BY,
    GOOD_SHAPE_DISTANCE,
    LEAST_LEG_OVERRUN,
    LEAST_REST_SPEED,
    LEG_OVERRUN,
    LEGS_TO_CUT_BY,
    MUCH_FARTHER,
    NEAR_TURNING_POINT,
    OVERLONG_LEG,
    REST_SPEED_SHARE,
    SAME_START,
    SIDE_SWING,
    TURNING_POINT_SHARE,
    TURNING_REST_S,
    USUAL_SPEED_AROUND_S,
)
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Segment


@dataclass(frozen=True, slots=True)
class Leg:
    """One working stroke, and the way back where there is one."""

    hand: Hand
    start_s: float
    end_s: float
    returned_s: float | None
    reach: float  # length along the chord over the described one
    distance: float  # shape distance to the described path
    offset: Floats  # (2,) along and beside the path, from the described place, back units
    swings: int  # turning points to the side

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Drawn:
    """The legs of a session. Segments that differ only in which hands draw when, as hearts do, have the same ones."""

    traces: dict[Hand, Trace]
    _known: dict[tuple[object, ...], list[Leg]] = field(default_factory=dict)

    def legs(self, segment: Segment, hand: Hand) -> list[Leg]:
        """Those of one hand along the segment's path, in order of time."""
        shape = segment.path, segment.mirrored, segment.askew_deg, segment.primitive
        key = (hand, segment.contact, segment.reach, segment.corridor, *shape)
        if key not in self._known:
            self._known[key] = legs(self.traces[hand], segment, hand)
        return self._known[key]


def legs(trace: Trace, segment: Segment, hand: Hand) -> list[Leg]:
    """All legs of one hand along the segment's path, in order of time.

    :param hand: whose version of the path to follow; the trace's own hand as a rule
    """
    described = template(segment, hand)
    place = trace.carried(segment.contact)
    progress = (place - described.origin) @ described.along
    sideways = np.array([-described.along[1], described.along[0]])
    aside, fine = ((p - described.origin) @ sideways for p in (place, trace.fine[segment.contact]))
    prominence = TURNING_POINT_SHARE * segment.reach[0] * described.length
    ways = []
    for turns in zigzag(progress, prominence):
        for k, (low, high) in enumerate(pairwise(turns)):
            if not low.high and high.value - low.value >= prominence:
                ways.append(_Way(low, high, turns[k + 2] if k + 2 < len(turns) else None))
    slow = still_mask(place, _resting(ways, segment, progress))
    rests = [(a, b) for a, b in runs(slow) if b - a > TURNING_REST_S * SAMPLE_RATE_HZ]
    motion = Along(trace, described, place, progress, aside, fine, segment.primitive == "stroke", rests)
    found = [_leg(motion, way) for way in ways]
    good = [(way, leg) for way, leg in zip(ways, found, strict=True) if _is_good(leg, segment)]
    ends = [way.high.index for way, _ in good]
    return [
        _recut(motion, way, leg, good[_about(ends, way.high.index, CUT_AROUND_S)])
        for way, leg in zip(ways, found, strict=True)
    ]


def _resting(ways: list[_Way], segment: Segment, progress: Floats) -> Floats:
    """(m,) the speed (back units a second) below which a hand rests: slow strokes are slow themselves.

    Told by the ways about the same time, whatever else is done in a session, and by their middle: a hand may have
    rested at their turning points.
    """
    if segment.primitive == "curve" or not ways:
        return np.full(len(progress), STILL_SPEED)
    middles = [_middle(progress, way) for way in ways]
    begins = [first for first, _, _ in middles]
    speeds = [step * SAMPLE_RATE_HZ / (last - first) for first, last, step in middles]
    usual = [median(speeds[_about(begins, index, USUAL_SPEED_AROUND_S)]) for index in begins]
    until = [0, *(way.low.index for way in ways[1:]), len(progress)]
    return np.repeat(np.clip(REST_SPEED_SHARE * np.array(usual), LEAST_REST_SPEED, STILL_SPEED), np.diff(until))


def _middle(progress: Floats, way: _Way) -> tuple[int, int, float]:
    """The first and the last sample of a way between its turning points, and how far the hand goes there."""
    low, high = way.low, way.high
    near = NEAR_TURNING_POINT * (high.value - low.value)
    part = progress[low.index : high.index + 1]
    first = int(where(part <= low.value + near)[-1])
    last = first + int(where(part[first:] >= high.value - near)[0])
    return low.index + first, low.index + last, float(part[last] - part[first])


def _about(samples: Sequence[int], index: int, about_s: float) -> slice:
    """Those about the same time."""
    around = round(about_s * SAMPLE_RATE_HZ)
    return slice(bisect_left(samples, index - around), bisect_right(samples, index + around))


def _is_good(leg: Leg, segment: Segment) -> bool:
    at_its_place = float(np.hypot(*leg.offset)) <= segment.corridor
    return leg.distance < GOOD_SHAPE_DISTANCE and at_its_place and segment.reach[0] <= leg.reach <= segment.reach[1]


@dataclass(frozen=True, slots=True)
class _Way:
    """Three turning points: from low to high and, where the stretch goes on, back."""

    low: TurningPoint
    high: TurningPoint
    back: TurningPoint | None


def _recut(motion: Along, way: _Way, leg: Leg, good: list[tuple[_Way, Leg]]) -> Leg:
    """Cuts a leg that runs on into the travel before or after it down to where its good neighbours begin and end."""
    near = sorted(good, key=lambda other: abs(other[0].high.index - way.high.index))[:LEGS_TO_CUT_BY]
    farther = leg.reach > MUCH_FARTHER * max((other.reach for _, other in near), default=inf)
    if len(near) < (FEW_LEGS_TO_CUT_BY if motion.described.lead or farther else LEGS_TO_CUT_BY):
        return leg
    usual_s = median(other.duration_s for _, other in near)
    if leg.distance < GOOD_SHAPE_DISTANCE and leg.duration_s < OVERLONG_LEG * usual_s and not _overruns(way, near):
        return leg
    if leg.distance < GOOD_SHAPE_DISTANCE and median(other.reach for _, other in near) < leg.reach <= 1.0 + LEG_OVERRUN:
        return leg  # it goes where it is asked to, and they fall short of it
    cut = _cut(motion, way, near)
    return leg if cut is None else min(_leg(motion, cut), leg, key=lambda one: one.distance)


def _overruns(way: _Way, near: list[tuple[_Way, Leg]]) -> bool:
    low, high = median(w.low.value for w, _ in near), median(w.high.value for w, _ in near)
    margin = max(LEG_OVERRUN * (high - low), LEAST_LEG_OVERRUN)
    return way.low.value < low - margin or way.high.value > high + margin


def _cut(motion: Along, way: _Way, near: list[tuple[_Way, Leg]]) -> _Way | None:
    """From where the hand was nearest to the usual start to where it was nearest to the usual end.

    A half heart goes round to its start, so that the hand may come by there before: the last time counts.
    """
    first, last = way.low.index, way.high.index
    ends = np.median([motion.place[[w.low.index, w.high.index]] for w, _ in near], axis=0)
    points = motion.place[first : last + 1]
    stop = int(np.argmin(np.hypot(*(points - ends[1]).T)))
    away = np.hypot(*(points[: stop + 1] - ends[0]).T)
    start = int(where(away <= away.min() + (SAME_START if motion.described.lead else 0.0))[-1])
    low, high = float(motion.progress[first + start]), float(motion.progress[first + stop])
    if stop - start < 2 or high <= low:
        return None
    return _Way(TurningPoint(first + start, low, False), TurningPoint(first + stop, high, True), way.back)


def _leg(motion: Along, way: _Way) -> Leg:
    low, high, back = way.low, way.high, way.back
    described, time_s = motion.described, motion.trace.time_s
    begin, rested = motion.leave(low, high)
    end = motion.arrive(high, low)
    if end - begin < 2:  # a rest on the way: the leg is the whole of it
        begin, rested, end = low.index, False, high.index
    start_s = float(time_s[begin])
    if described.lead and rested:  # the rise over the lobe is no part of the leg that is compared
        begin += int(np.argmin(motion.progress[begin : end + 1]))
    points = motion.place[begin : end + 1]
    if described.lead and not rested:
        start_s -= (float(time_s[end]) - start_s) * described.lead_time / (1.0 - described.lead_time)
    swings = sum(max(0, len(piece) - 2) for piece in zigzag(motion.fine[begin : end + 1], SIDE_SWING))
    start = max(0, round((start_s - float(time_s[0])) * SAMPLE_RATE_HZ))
    home = None if back is None else motion.home(low, high, back, start, end)
    return Leg(
        hand=motion.trace.hand,
        start_s=start_s,
        end_s=float(time_s[end]),
        returned_s=None if home is None else float(time_s[home]),
        reach=(high.value - low.value) / described.length,
        distance=shape_distance(points, described) if len(points) > 2 else 1.0,
        offset=motion.offset(begin, end),
        swings=swings,
    )
