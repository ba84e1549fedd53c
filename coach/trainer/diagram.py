"""A segment drawn on the back: what the protocol describes, what the hands did, and where they left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from coach import archive
from coach.domain import HANDS, Floats, Hand, Hold, InputError, Repetition, SegmentMatch, Span
from coach.moves.template import even
from coach.moves.trace import Trace, trace
from coach.protocol import Protocol, Segment, Surface
from coach.trainer.office import Office
from coach.trainer.words import title

Json = dict[str, Any]
SECTORS = 8
MOST_POINTS = 60  # of a repetition's path
FINE = 8  # points of the described line in each sector
NEAR, LOST = 0.5, 2.0  # of the corridor: how far beside the line is right, and where the line was not reached at all
_PERSONS = ("together", "alternating", "either")


def back(office: Office, session: str, segment: str) -> Json:
    """JSON-ready; places in back coordinates, times in s.

    :raises InputError: session_missing, session_no_result, segment_missing
    """
    stored = office.store.session(session)
    stands, rules = archive.stands(office.store, stored)
    asked = segment_of(rules, segment)
    matches = [m for m in stands.session.segments if m.segment_id == segment]
    traces = _traces(office, session, matches, rules.surface)
    done = _done(asked, matches, traces)
    lines = {hand: described(asked, hand) for hand in HANDS}
    return {
        "segment": segment,
        "target": {hand: target(asked, hand, lines[hand]) for hand in HANDS},
        "done": {hand: [_told(*one) for one in done[hand]] for hand in HANDS},
        "presses": _presses(asked, matches, traces),
        "coverage": {hand: coverage(lines[hand], _paths(done[hand]), asked.corridor) for hand in HANDS},
        "sectors": {hand: sectors(lines[hand], _paths(done[hand]), asked.corridor) for hand in HANDS},
    }


def segment_of(rules: Protocol, segment: str) -> Segment:
    """:raises InputError: segment_missing"""
    if segment not in rules.rank:
        raise InputError("segment_missing", id=segment[:60], known=", ".join(rules.rank))
    return rules.segment(segment)


# ---------------------------------------------------------------------- what is described


def described(segment: Segment, hand: Hand) -> Floats | None:
    """(SECTORS * FINE + 1, 2) even along the described path or round the circle; None where there is none."""
    if segment.hands not in (hand, *_PERSONS):
        return None
    if segment.path is not None:
        line = _resampled(np.array(segment.path, dtype=float))
    elif segment.circle is not None:
        turn = np.linspace(0.0, 2 * np.pi, SECTORS * FINE + 1) - np.pi / 2  # from twelve o'clock on
        line = np.array(segment.circle.centre) + np.array(segment.circle.radii) * np.column_stack(
            (np.cos(turn), np.sin(turn))
        )
    else:
        return None
    if hand == "left" and segment.mirrored:
        line = line * (-1.0, 1.0) + (1.0, 0.0)
    return line


def _resampled(path: Floats) -> Floats:
    steps = np.diff(path, axis=0)
    arc = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
    at = np.linspace(0.0, arc[-1], SECTORS * FINE + 1)
    return np.column_stack([np.interp(at, arc, path[:, k]) for k in range(2)])


def target(segment: Segment, hand: Hand, line: Floats | None) -> Json | None:
    points = [
        {"id": point.id, "at": list(point.at), "tolerance": point.tolerance, "title": title(point.title)}
        for point in (segment.hold.points if segment.hold is not None else ())
        if point.hand in (None, hand) and segment.hands in (hand, *_PERSONS)
    ]
    if line is None and not points:
        return None
    return {"lines": [] if line is None else [rounded(line)], "points": points}


# ---------------------------------------------------------------------- what was done


def _traces(
    office: Office, session: str, matches: Sequence[SegmentMatch], surface: Surface
) -> list[Mapping[Hand, Trace]]:
    """The hands' traces in each stretch; none where no tracks are kept."""
    if not matches:
        return []
    try:
        tracks = office.sights.of(session).tracks()
    except InputError:
        return []
    spans = [(m.span.start_s - 0.5, m.span.end_s + 0.5) for m in matches]
    return [{h: trace(tracks[h], *span, surface) for h in HANDS} for span in spans]


def _done(
    segment: Segment, matches: Sequence[SegmentMatch], traces: Sequence[Mapping[Hand, Trace]]
) -> dict[Hand, list[tuple[Repetition, Floats]]]:
    """Each hand's repetitions with their paths, (k, 2) back coordinates."""
    found: dict[Hand, list[tuple[Repetition, Floats]]] = {hand: [] for hand in HANDS}
    for match, courses in zip(matches, traces, strict=False):
        for repetition in match.repetitions:
            for hand in HANDS:
                path = _within(courses[hand], repetition.span, segment)
                if repetition.hand in (hand, "both") and len(path) > 1:
                    found[hand].append((repetition, path))
    return found


def _within(course: Trace, span: Span, segment: Segment) -> Floats:
    """(k, 2) the places that were seen."""
    during = (course.time_s >= span.start_s) & (course.time_s <= span.end_s) & course.seen
    places: Floats = course.at(segment.contact)[during]
    return places


def _paths(done: Iterable[tuple[Repetition, Floats]]) -> list[Floats]:
    return [path for _, path in done]


def _told(repetition: Repetition, path: Floats) -> Json:
    step = max(1, -(-len(path) // MOST_POINTS))
    span = repetition.span
    return {"start_s": span.start_s, "end_s": span.end_s, "whole": repetition.whole, "path": rounded(path[::step])}


def _presses(segment: Segment, matches: Sequence[SegmentMatch], traces: Sequence[Mapping[Hand, Trace]]) -> list[Json]:
    courses: list[Mapping[Hand, Trace] | None] = [*traces] if traces else [None] * len(matches)
    return [_press(h, segment, own) for m, own in zip(matches, courses, strict=True) for h in m.holds]


def _press(hold: Hold, segment: Segment, courses: Mapping[Hand, Trace] | None) -> Json:
    places = np.empty((0, 2)) if courses is None else _within(courses[hold.hand], hold.span, segment)
    at = None if not len(places) else [round(float(v), 3) for v in np.median(places, axis=0)]
    told = {"point": hold.point, "hand": hold.hand, "at": at, "off": round(hold.off, 3)}
    return told | {"start_s": hold.span.start_s, "end_s": hold.span.end_s}


# ---------------------------------------------------------------------- one against the other


def _away(line: Floats, path: Floats) -> Floats:
    """(m,) how far each point of the described line is from the nearest place of a path, back units."""
    dense = even(path) if len(path) > 1 else path
    both = np.concatenate((path, dense))
    apart: Floats = np.hypot(*(line[:, None] - both[None]).transpose(2, 0, 1)).min(axis=1)
    return apart


def coverage(line: Floats | None, paths: Sequence[Floats], corridor: float) -> float | None:
    """The share of the described line that some repetition came near; None where there is none of either."""
    if line is None or not paths:
        return None
    nearest = np.min([_away(line, path) for path in paths], axis=0)
    return round(float((nearest <= NEAR * corridor).mean()), 3)


def sectors(line: Floats | None, paths: Sequence[Floats], corridor: float) -> list[Json]:
    """The line's pieces with how far the repetitions were off, by their median."""
    if line is None or not paths:
        return []
    away = np.array([_away(line, path) for path in paths])
    found = []
    for k in range(SECTORS):
        own = slice(k * FINE, (k + 1) * FINE + 1)
        off = float(np.median(away[:, own].mean(axis=1)))
        reached = off <= LOST * corridor
        told = {"off": round(off, 3) if reached else None, "wrong": off > NEAR * corridor}
        found.append({"line": rounded(line[own]), **told})
    return found


def rounded(points: Floats) -> list[list[float]]:
    return [[round(float(x), 4), round(float(y), 4)] for x, y in points]
