"""A performed segment → a proposal for its path or circle or points, its tempo and its tolerances.

The numbers that turn one person's repetitions into tolerances for others are ours: a trainer sees the proposal on the
back and may change it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coach.demonstrate.cycles import circles, legs, simplified
from coach.demonstrate.proposal import Place, PointShown, Proposal, Shown
from coach.domain import HANDS, Floats, Hand, HandTrack, InputError, Span
from coach.moves.stills import Still, stills
from coach.moves.template import even
from coach.moves.trace import Trace, trace
from coach.protocol import HoldRule, Segment, Surface

FEWEST = 3  # repetitions: of fewer nobody knows what is chance
QUICKER, SLOWER = 0.55, 3.0  # of the usual time: what is still right
SPREADS, CORRIDOR = 2.5, (0.10, 0.25)  # times the usual distance from the middle path; at least and at most, back units
REACH = (0.5, 1.6)  # at least so wide: other arms are shorter and longer
POINT_SPREADS, TOLERANCE = 4.0, (0.08, 0.15)
HELD, SHORT = 0.7, 0.3  # of the time a press was held: long enough, and the shortest that is a press at all
DETAIL = 0.008  # back units: what a path may lose by having fewer points
PRESS_S = 0.8  # shorter rests are no demonstrated presses


def propose(segment: Segment, tracks: Mapping[Hand, HandTrack], span: Span, surface: Surface = "flat") -> Proposal:
    """What a demonstration of the segment within the span proposes.

    :raises InputError: demonstration_few, demonstration_no_hand, demonstration_points
    """
    traces = {hand: trace(tracks[hand], span.start_s, span.end_s, surface) for hand in HANDS}
    if segment.hold is not None:
        return _points(segment, traces)
    if segment.circle is not None:
        return _circle(segment, traces)
    return _path(segment, traces)


def _working(segment: Segment, traces: Mapping[Hand, Trace]) -> list[Hand]:
    """The hands that show it; of either, the one that was seen and moved more."""
    asked = [h for h in HANDS if segment.hands == h or segment.hands in ("together", "alternating", "either")]
    moved = {hand: _moved(traces[hand].at(segment.contact)) for hand in asked}
    if not any(moved.values()):
        raise InputError("demonstration_no_hand", segment=segment.id)
    if segment.hands == "either":
        return [max(asked, key=lambda hand: moved[hand])]
    return [hand for hand in asked if moved[hand]]


def _moved(places: Floats) -> float:
    """The length of the way, back units."""
    steps = np.diff(places, axis=0)
    return float(np.nansum(np.hypot(steps[:, 0], steps[:, 1]))) if len(places) > 1 else 0.0


def _to_right(places: Floats, hand: Hand, segment: Segment) -> Floats:
    """As the right hand would do it, where the protocol describes the right hand's."""
    if hand == "left" and segment.mirrored:
        mirrored: Floats = places * (-1.0, 1.0) + (1.0, 0.0)
        return mirrored
    return places


def _path(segment: Segment, traces: Mapping[Hand, Trace]) -> Proposal:
    shown: list[Shown] = []
    cycles_s: list[float] = []
    for hand in _working(segment, traces):
        course = traces[hand]
        places = _to_right(course.at(segment.contact), hand, segment)
        found = legs(places, _direction(segment))
        shown += [Shown(_span(course, a, b), places[a : b + 1]) for a, b in found]
        cycles_s += _cycles(course, found, returns=segment.returns in ("counted", "stroked"))
    if len(shown) < FEWEST:
        raise InputError("demonstration_few", segment=segment.id, count=len(shown), fewest=FEWEST)
    paths = np.array([even(one.places) for one in shown])  # (k, PATH_POINTS, 2)
    middle = np.median(paths, axis=0)
    apart = np.hypot(*(paths - middle).transpose(2, 0, 1))
    lengths = np.hypot(*(paths[:, -1] - paths[:, 0]).T)
    ratios = lengths / np.median(lengths)
    points = middle[[0, -1]] if segment.primitive == "pass" else simplified(middle, DETAIL)
    return Proposal(
        segment=segment.id,
        shown=tuple(shown),
        path=tuple(_place(p) for p in points),
        corridor=_within(SPREADS * float(np.quantile(apart.mean(axis=1), 0.9)), CORRIDOR),
        reach=(round(min(REACH[0], 0.8 * ratios.min()), 2), round(max(REACH[1], 1.2 * ratios.max()), 2)),
        shortest_s=_shortest(cycles_s),
        longest_s=_longest(cycles_s),
    )


def _direction(segment: Segment) -> Floats:
    """Roughly where a working stroke goes: as the protocol has it so far, or downwards."""
    if segment.path is None:
        return np.array([0.0, 1.0])
    path = np.array(segment.path, dtype=float)
    direction: Floats = path[-1] - path[0]
    return direction


def _cycles(course: Trace, found: list[tuple[int, int]], *, returns: bool) -> list[float]:
    """How long a repetition takes: with its way back where that is part of it."""
    starts = [float(course.time_s[a]) for a, _ in found]
    if returns and len(starts) > 1:
        return [float(gap) for gap in np.diff(starts)]
    return [float(course.time_s[b] - course.time_s[a]) for a, b in found]


def _circle(segment: Segment, traces: Mapping[Hand, Trace]) -> Proposal:
    hand = _working(segment, traces)[0]
    course = traces[hand]
    places = _to_right(course.at(segment.contact), hand, segment)
    turns = circles(places)
    if len(turns) < FEWEST:
        raise InputError("demonstration_few", segment=segment.id, count=len(turns), fewest=FEWEST)
    rounds = [places[a : b + 1] for a, b in turns]
    low = np.array([one.min(axis=0) for one in rounds])
    high = np.array([one.max(axis=0) for one in rounds])
    centres, radii = (low + high) / 2, (high - low) / 2
    centre, radius = np.median(centres, axis=0), np.median(radii, axis=0)
    ratios = radii / radius
    turns_s = [float(course.time_s[b] - course.time_s[a]) for a, b in turns]
    return Proposal(
        segment=segment.id,
        shown=tuple(Shown(_span(course, a, b), places[a : b + 1]) for a, b in turns),
        centre=_place(centre),
        radii=_place(radius),
        corridor=_within(SPREADS * float(np.quantile(np.hypot(*(centres - centre).T), 0.9)), CORRIDOR),
        reach=(round(min(REACH[0], 0.8 * ratios.min()), 2), round(max(REACH[1], 1.2 * ratios.max()), 2)),
        shortest_s=_shortest(turns_s),
        longest_s=_longest(turns_s),
    )


def _shortest(cycles_s: list[float]) -> float:
    return round(QUICKER * float(np.median(cycles_s)), 1)


def _longest(cycles_s: list[float]) -> float:
    return round(SLOWER * float(np.median(cycles_s)), 1)


def _points(segment: Segment, traces: Mapping[Hand, Trace]) -> Proposal:
    """Each point where it was pressed longest, by its own hand; in their order where the protocol has one."""
    rule = segment.hold
    if rule is None:
        raise ValueError(f"segment {segment.id} has no points")
    rests = {hand: [s for s in stills(traces[hand], segment.contact) if s.duration_s >= PRESS_S] for hand in HANDS}
    one_hand = all(point.hand is None for point in rule.points)
    chosen = _in_order(rule, rests) if rule.sequence == "in_order" and one_hand else _each(rule, rests)
    if len(chosen) < len(rule.points):
        raise InputError("demonstration_points", segment=segment.id, count=len(chosen), asked=len(rule.points))
    points = {name: _pressed(still, traces[still.hand], segment) for name, still in chosen.items()}
    held_s = float(np.median([point.held_s for point in points.values()]))
    long_s = round(HELD * held_s, 1)
    in_time = sorted(chosen.values(), key=lambda s: s.start_s)
    return Proposal(
        segment=segment.id,
        shown=tuple(Shown(Span(s.start_s, s.end_s), np.array([s.place])) for s in in_time),
        points=points,
        long_enough_s=long_s,
        short_from_s=min(round(SHORT * held_s, 1), round(long_s - 0.1, 1)),
    )


def _in_order(rule: HoldRule, rests: Mapping[Hand, list[Still]]) -> dict[str, Still]:
    """The longest rests of the hand that pressed most often: the other one rests in one place all the while."""
    most = len(rule.points)
    hand = max(HANDS, key=lambda h: (min(len(rests[h]), most), sum(s.duration_s for s in rests[h])))
    longest = sorted(rests[hand], key=lambda s: -s.duration_s)[:most]
    in_time = sorted(longest, key=lambda s: s.start_s)
    return {point.id: still for point, still in zip(rule.points, in_time, strict=False)}


def _each(rule: HoldRule, rests: Mapping[Hand, list[Still]]) -> dict[str, Still]:
    """For each point the longest rest of its hand that no other point has."""
    chosen: dict[str, Still] = {}
    for point in rule.points:
        able = rests[point.hand] if point.hand is not None else [s for hand in HANDS for s in rests[hand]]
        free = [s for s in able if all(s is not other for other in chosen.values())]
        if free:
            chosen[point.id] = max(free, key=lambda s: s.duration_s)
    return chosen


def _pressed(still: Still, course: Trace, segment: Segment) -> PointShown:
    during = (course.time_s >= still.start_s) & (course.time_s < still.end_s) & course.seen
    places = course.at(segment.contact)[during]
    spread = float(np.nanstd(places, axis=0).max()) if len(places) else 0.0
    return PointShown(_place(still.place), _within(POINT_SPREADS * spread, TOLERANCE), still.duration_s)


def _span(course: Trace, a: int, b: int) -> Span:
    return Span(float(course.time_s[a]), float(course.time_s[b]))


def _place(point: Floats) -> Place:
    return round(float(point[0]), 3), round(float(point[1]), 3)


def _within(value: float, limits: tuple[float, float]) -> float:
    return round(min(max(value, limits[0]), limits[1]), 2)
