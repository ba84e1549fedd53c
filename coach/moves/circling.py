"""Circles: runs of turns the same way round, counted by the unwrapped phase about the run's own centre."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.domain import Floats, Hand
from coach.moves.stills import still_mask
from coach.moves.trace import Trace, runs
from coach.moves.zigzag import TurningPoint, zigzag
from coach.parameters.circles import (
    CIRCLE_EASE_PACE,
    CIRCLE_REST_PACE,
    DRIFT_EXPLAINS,
    DRIFT_TURNS,
    FLAT_HALF_TURN_BULGE,
    HALF_TURN_BULGE,
    LEAST_RADIUS,
    MOST_RADIUS,
    OTHER_PLACE_HALF_TURNS,
    OTHER_PLACE_HEIGHTS,
    PART_TURN,
    PHASE_ASTRAY,
    REST_TURN,
    TRAVEL_OVERSHOOT,
    TREMBLE_TURN,
    USUAL_HALF_TURNS,
    WHOLE_TURN,
)
from coach.parameters.strokes import TURNING_POINT_SHARE, TURNING_REST_S
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Segment


@dataclass(frozen=True, slots=True)
class CircleTurn:
    """One turn of a hand about a centre."""

    hand: Hand
    start_s: float
    end_s: float
    centre: Floats  # (2,) back coordinates
    radii: Floats  # (2,) back units
    turn: float  # signed share of a full turn; positive is clockwise as seen in the picture
    bulge: float  # of its run: how far the way there and the way back bulge, together, as a share of their height

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


def circle_turns(trace: Trace, segment: Segment) -> list[CircleTurn]:
    """All turns of one hand that are large enough for the segment, in order of time."""
    circle = segment.circle
    if circle is None:
        raise ValueError(f"segment {segment.id} has no circle")
    axis = 1 if circle.radii[1] >= circle.radii[0] else 0
    place = trace.carried(segment.contact)
    for start, end in runs(still_mask(place)):
        if end - start > TURNING_REST_S * SAMPLE_RATE_HZ:
            place[start:end] = np.nan  # a circle has no rest
    prominence = TURNING_POINT_SHARE * segment.reach[0] * 2.0 * circle.radii[axis]
    found: list[CircleTurn] = []
    for turns in zigzag(place[:, axis], prominence):
        for first, last, way in _runs(place, turns, axis):
            bounded = _bounded(place[:, axis], turns[first : last + 1])
            for own in _in_place(place, bounded, axis):
                found.extend(_split(trace, place, own, way))
    return found


def _runs(place: Floats, turns: list[TurningPoint], axis: int) -> list[tuple[int, int, int]]:
    """Longest runs of half turns the same way: (first turning point, last, way)."""
    bulges = [_bulge_of(place, turns, k, axis) for k in range(len(turns) - 1)]
    ways = [_round(bulge) for bulge in bulges]
    for k in range(1, len(ways) - 1):  # one that trembled, or was cut flat by the tracker, among others like it
        others = ways[max(0, k - 2) : k] + ways[k + 1 : k + 3]
        if (
            not ways[k]
            and len(others) >= USUAL_HALF_TURNS
            and len(set(others)) == 1
            and others[0] * bulges[k] >= FLAT_HALF_TURN_BULGE
        ):
            ways[k] = others[0]
    found, start = [], 0
    for k in range(1, len(ways) + 1):
        if k == len(ways) or ways[k] != ways[start]:
            if ways[start] and k - start >= 2:
                found.append((start, k, ways[start]))
            start = k
    return [_with_ends(turns, bulges, ways, run) for run in found]


def _in_place(place: Floats, turns: list[TurningPoint], axis: int) -> list[list[TurningPoint]]:
    """A run, parted where the hand goes on to circle elsewhere: each part has its own centre."""
    halves = [place[a.index : b.index + 1] for a, b in pairwise(turns)]
    if len(halves) < 2 * OTHER_PLACE_HALF_TURNS + 1:
        return [turns]
    middles = np.array([(half.min(axis=0) + half.max(axis=0)) / 2.0 for half in halves])
    height = float(np.median([np.hypot(*(half[-1] - half[0])) for half in halves]))

    def leap(k: int) -> float:
        before, after = middles[max(0, k - USUAL_HALF_TURNS) : k], middles[k + 1 : k + 1 + USUAL_HALF_TURNS]
        return float(np.hypot(*(np.median(after, axis=0) - np.median(before, axis=0))))

    k = max(range(OTHER_PLACE_HALF_TURNS, len(halves) - OTHER_PLACE_HALF_TURNS), key=leap)
    if leap(k) <= OTHER_PLACE_HEIGHTS * height:
        return [turns]
    parts = (_bounded(place[:, axis], part) for part in (turns[: k + 1], turns[k + 1 :]))
    return [own for part in parts if part[0].index < part[-1].index for own in _in_place(place, part, axis)]


def _with_ends(
    turns: list[TurningPoint], bulges: list[float], ways: list[int], run: tuple[int, int, int]
) -> tuple[int, int, int]:
    """A run with the half turns before and after it that turn where its own do, cut flat by the tracker: no travel."""
    first, last, way = run
    if last - first < USUAL_HALF_TURNS:
        return run
    own = turns[first : last + 1]
    usual = {high: float(np.median([turn.value for turn in own if turn.high == high])) for high in (False, True)}
    most = TRAVEL_OVERSHOOT * (usual[True] - usual[False])

    def joins(k: int) -> bool:
        if not 0 <= k < len(ways) or ways[k] or way * bulges[k] < FLAT_HALF_TURN_BULGE:
            return False
        return all(abs(turn.value - usual[turn.high]) <= most for turn in turns[k : k + 2])

    return first - joins(first - 1), last + joins(last), way


def _bulge_of(place: Floats, turns: list[TurningPoint], k: int, axis: int) -> float:
    """How far the half turn after a turning point bulges; where it runs into travel, that of its part without it.

    The part ends where the hand turned last time, or begins where it turns next time, whichever half turn is larger.
    """
    points = place[turns[k].index : turns[k + 1].index + 1]
    whole, sign = _bulge(points), 1.0 if turns[k + 1].high else -1.0
    parts: list[tuple[float, float]] = []  # (height of the neighbour, bulge)
    if k > 0 and (not _round(whole) or _beyond(turns[k + 1], turns[k - 1], turns[k])):
        passed = np.flatnonzero(sign * (points[:, axis] - turns[k - 1].value) >= 0.0)
        height = abs(turns[k].value - turns[k - 1].value)
        parts += [(height, _bulge(points[: int(passed[0]) + 1]))] if len(passed) else []
    if k + 2 < len(turns) and (not _round(whole) or _beyond(turns[k], turns[k + 2], turns[k + 1])):
        before = np.flatnonzero(sign * (points[:, axis] - turns[k + 2].value) <= 0.0)
        height = abs(turns[k + 2].value - turns[k + 1].value)
        parts += [(height, _bulge(points[int(before[-1]) :]))] if len(before) else []
    return next((bulge for _, bulge in sorted(parts, reverse=True) if _round(bulge)), whole)


def _beyond(turn: TurningPoint, usual: TurningPoint, opposite: TurningPoint) -> bool:
    """Whether a turning point lies so much farther out than another that the hand was on its way."""
    sign = 1.0 if turn.high else -1.0
    return sign * (turn.value - usual.value) > TRAVEL_OVERSHOOT * abs(usual.value - opposite.value)


def _bounded(signal: Floats, turns: list[TurningPoint]) -> list[TurningPoint]:
    """Without the travel to and from the circles: a run's ends lie no farther out than its other turning points."""
    return _cut(signal, _cut(signal, turns, -1), 0)


def _cut(signal: Floats, turns: list[TurningPoint], end: int) -> list[TurningPoint]:
    """One end of a run, moved to where the hand passes the level at which it turns otherwise.

    :param end: 0 for the first turning point, -1 for the last
    """
    last, before = (turns[-1], turns[-2]) if end else (turns[0], turns[1])
    # The other end may be travel as well: it tells only where nothing else does.
    inner = [turn.value for turn in turns[1:-1] if turn.high == last.high]
    alike = inner or [turn.value for turn in turns if turn.high == last.high and turn is not last]
    if not alike:
        return turns
    usual, sign = float(np.median(alike)), 1.0 if last.high else -1.0
    if not _beyond(last, TurningPoint(last.index, usual, last.high), before):
        return turns
    first, stop = sorted((before.index, last.index))
    passed = np.flatnonzero(sign * (signal[first : stop + 1] - usual) >= 0.0)
    at = first + int(passed[0] if end else passed[-1])
    moved = TurningPoint(at, float(signal[at]), last.high)
    return [*turns[:-1], moved] if end else [moved, *turns[1:]]


def _round(bulge: float) -> int:
    """+1 clockwise in the picture, -1 counter-clockwise, 0 no half turn."""
    return int(np.sign(bulge)) if abs(bulge) >= HALF_TURN_BULGE else 0


def _bulge(points: Floats) -> float:
    """How far a half turn bulges to the side, as a share of its height; positive is clockwise in the picture."""
    chord = points[-1] - points[0]
    height = float(np.hypot(*chord))
    if len(points) < 4 or height == 0:
        return 0.0
    aside = ((points - points[0]) @ np.array([-chord[1], chord[0]])) / height
    return -float(aside.mean()) * 1.5 / height  # a half ellipse's mean is pi/4 of its largest; noise averages out


def _split(trace: Trace, place: Floats, turns: list[TurningPoint], way: int) -> list[CircleTurn]:
    first, last = turns[0].index, turns[-1].index
    place = place - _drift(place, turns)
    core = place[first : last + 1]
    low, high = _extent(core, turns)
    centre, radii = (low + high) / 2.0, np.maximum((high - low) / 2.0, 1e-3)
    angle = np.arctan2((place[:, 1] - centre[1]) / radii[1], (place[:, 0] - centre[0]) / radii[0])
    phase = _half_by_half(way * _unwrap(angle), place, turns, way)
    radius = np.hypot((place[:, 0] - centre[0]) / radii[0], (place[:, 1] - centre[1]) / radii[1])
    pace = (phase[last] - phase[first]) / (last - first)
    begin, end = _grow(phase, radius, first, -1, pace), _grow(phase, radius, last, 1, pace)
    begin = _comes_round(phase, begin, end)
    bulge = _both_ways(place, turns, way)
    return _turns(trace, phase, begin, end, centre, radii, way, bulge) if begin < end else []


def _both_ways(place: Floats, turns: list[TurningPoint], way: int) -> float:
    """How far a run's half turns bulge: the median of those one way, and that of those the other way, together."""
    halves = [(b.high, way * _bulge(place[a.index : b.index + 1])) for a, b in pairwise(turns)]
    if len(halves) < USUAL_HALF_TURNS:
        return float("inf")
    return sum(float(np.median([bulge for high, bulge in halves if high == there])) for there in (False, True))


def _half_by_half(phase: Floats, place: Floats, turns: list[TurningPoint], way: int) -> Floats:
    """The phase, put right where a hand that was seen on the wrong side of the centre seems to have gone round it.

    A half turn that bulges the right way goes half round from one turning point to the next, whether the centre lies
    within it or beside it, as of a hand that drifts on; unwrapping what crosses the centre makes a whole turn more or
    less of it. The outermost half turns may be cut off by travel.
    """
    out = phase.copy()
    for before, after in list(pairwise(turns))[1:-1]:
        a, b = before.index, after.index
        lost = np.pi - float(out[b] - out[a])
        astray = abs(lost) >= PHASE_ASTRAY * np.pi  # false where it was unseen
        if astray and way * _bulge(place[a : b + 1]) >= FLAT_HALF_TURN_BULGE:
            out[a : b + 1] = out[a] + np.linspace(0.0, np.pi, b - a + 1)
            out[b + 1 :] += lost
    return out


def _unwrap(angle: Floats) -> Floats:
    """numpy's unwrap, but across NaN: what is unseen or at rest ends a circle anyway."""
    out = angle.copy()
    finite = np.isfinite(angle)
    out[finite] = np.unwrap(angle[finite])
    return out


def _drift(place: Floats, turns: list[TurningPoint]) -> Floats:
    """(m, 2) how far the middle of a run's turns has gone from where it was half way: a hand creeps on as it circles.

    By the median of the slopes between any two of them (Theil-Sen), and only where that explains where most of them
    are: one wide turn is none.
    """
    spans = [(a.index, b.index + 1) for a, b in zip(turns, turns[2:], strict=False)]
    if len(spans) < DRIFT_TURNS:
        return np.zeros_like(place)
    middles = np.array([(place[a:b].min(axis=0) + place[a:b].max(axis=0)) / 2.0 for a, b in spans])
    times = np.array([(a + b) / 2.0 for a, b in spans])
    i, j = np.triu_indices(len(spans), 1)
    slope = np.median((middles[j] - middles[i]) / (times[j] - times[i])[:, None], axis=0)
    left = np.var(middles - times[:, None] * slope, axis=0)
    slope[left > (1.0 - DRIFT_EXPLAINS) * np.var(middles, axis=0)] = 0.0
    first, last = turns[0].index, turns[-1].index
    since = np.clip(np.arange(len(place)), first, last) - (first + last) / 2.0
    drift: Floats = since[:, None] * slope
    return drift


def _extent(core: Floats, turns: list[TurningPoint]) -> tuple[Floats, Floats]:
    """The run's typical lowest and highest place: medians over its half turns, so that one wide turn does not rule."""
    offset = turns[0].index
    pieces = [core[a.index - offset : b.index - offset + 1] for a, b in pairwise(turns)]
    pairs = [np.concatenate(pair) for pair in pairwise(pieces)]
    low = np.median([p.min(axis=0) for p in pairs], axis=0)
    high = np.median([p.max(axis=0) for p in pairs], axis=0)
    return low, high


def _grow(phase: Floats, radius: Floats, start: int, step: int, pace: float) -> int:
    """Follows the circle outward from a turning point for at most one turn."""
    k = start
    while 0 <= k + step < len(phase):
        ahead = k + step
        if not (
            LEAST_RADIUS <= radius[ahead] <= MOST_RADIUS and step * (phase[ahead] - phase[k]) >= CIRCLE_REST_PACE * pace
        ):
            break
        if abs(phase[ahead] - phase[start]) > 2 * np.pi:
            break
        k = ahead
    return k


def _comes_round(phase: Floats, begin: int, end: int) -> int:
    """From when on the hand goes round: on its way to the circles it may stay, or turn the other way."""
    coming = phase[begin : (begin + end) // 2 + 1]
    first = begin + int(np.flatnonzero(coming <= coming.min() + TREMBLE_TURN * 2 * np.pi)[-1])
    while first > begin and phase[first - 1] < phase[first]:
        first -= 1
    return first


def _turns(
    trace: Trace, phase: Floats, begin: int, end: int, centre: Floats, radii: Floats, way: int, bulge: float
) -> list[CircleTurn]:
    grown = np.maximum.accumulate(phase[begin : end + 1] - phase[begin]) / (2 * np.pi)
    clock = trace.time_s[begin : end + 1]
    total = float(grown[-1])
    whole = int(total + 1.0 - WHOLE_TURN)
    slow = _slow(grown)
    first = _quickest(grown, clock, slow, whole, total)
    marks = [min(first + n, total) for n in range(whole + 1)]
    if total - marks[-1] >= PART_TURN:
        marks.append(total)
    times = np.interp(marks, grown, clock)
    starts, ends = _without_rests(grown, clock, times, slow)
    return [
        CircleTurn(trace.hand, float(s), float(e), centre, radii, way * (b - a), bulge)
        for a, b, s, e in zip(marks, marks[1:], starts, ends, strict=False)
    ]


def _slow(grown: Floats) -> list[tuple[int, int]]:
    """From where to where the hand hardly goes on; it comes to rest, and goes on, by and by."""
    paces = np.diff(grown)
    usual = float(np.median(paces))
    return [(a, b) for a, b in runs(paces < CIRCLE_EASE_PACE * usual) if paces[a:b].min() < CIRCLE_REST_PACE * usual]


def _without_rests(grown: Floats, clock: Floats, times: Floats, slow: list[tuple[int, int]]) -> tuple[Floats, Floats]:
    """When each turn starts and ends: where the hand rests between two of them, the rest is part of neither.

    It rests where it began, give or take; where a turn ends is known no better. A hand that goes on, however slowly,
    does not rest: a slow turn among quick ones takes its time.
    """
    starts, ends = times[:-1].copy(), times[1:].copy()
    for k, mark in enumerate(np.interp(times[1:-1], clock, grown)):
        near = [(b - a, a, b) for a, b in slow if grown[b] >= mark - REST_TURN and grown[a] <= mark + REST_TURN]
        _, a, b = max(near, default=(0, 0, 0))
        if a < b and grown[b] - grown[a] <= REST_TURN:
            ends[k], starts[k + 1] = clock[a], clock[b]
    return starts, ends


def _quickest(grown: Floats, clock: Floats, slow: list[tuple[int, int]], whole: int, total: float) -> float:
    """Where the whole turns begin, when a bit more than they was drawn: the way to and from a circle is the slower.

    The rests between them are no part of them.
    """
    spare = total - whole
    if whole == 0 or spare <= 0:
        return 0.0

    def took_s(first: float) -> float:
        starts, ends = _without_rests(grown, clock, np.interp(first + np.arange(whole + 1), grown, clock), slow)
        return float((ends - starts).sum())

    firsts: list[float] = np.linspace(0.0, spare, 9).tolist()
    return min(firsts, key=took_s)
