"""Stills that belong together: one press, of which noise made two, or of which only the palm shows how long it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import hypot, inf

import numpy as np

from coach.domain import Floats
from coach.moves.middle import middle
from coach.moves.stills import Still, leading
from coach.moves.trace import Trace
from coach.parameters.stills import (
    BESIDE_JUMP_S,
    PALM_ALONG_SHARE,
    PALM_ARRIVING_S,
    PALM_BELIEVED_S,
    PALM_WOBBLE,
    SLIP_GAP_S,
    SLIP_SHARE,
    TIPS_JUMP_S,
    TREMBLE,
    TREMBLE_S,
)
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact, Point


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


def within_reach(still: Still, points: Iterable[Point]) -> Point | None:
    """The point that fingers which seem too short may press, the nearest to them of those that allow it; else None."""
    way = np.zeros(2) if still.reach is None else still.reach - still.place
    length = float(way @ way)
    best: tuple[Point | None, float] = (None, 1.0)
    for point in points if length > 0.0 else ():
        if point.hand in (None, still.hand):
            to = np.array(point.at) - still.place
            off = to - way * min(1.0, max(0.0, float(to @ way) / length))
            share = float(np.hypot(*off)) / point.tolerance
            if share < best[1]:
                best = (point, share)
    return best[0]


def joined(found: Sequence[Still], points: Sequence[Point], trace: Trace) -> list[Still]:
    """The stills of a hand in order of time, of which those at the same point that slipped a little are one.

    :param points: of the whole protocol
    """

    def one_press(before: Still, after: Still, point: Point) -> bool:
        soon = after.start_s - before.end_s <= SLIP_GAP_S and _slipped(before, after, point)
        return soon or _stayed(trace, before, after) or _jumped(trace, before, after)

    return _merged(found, points, one_press)


def joined_beside(
    found: Sequence[Still], other: Sequence[Still], points: Sequence[Point], trace: Trace, contact: Contact
) -> list[Still]:
    """The stills of a hand in order of time, two at the same point as one where this hand only trembled between them.

    That is: where the other hand stayed all the while, and this one was seen nowhere else.
    """

    def one_press(before: Still, after: Still, point: Point) -> bool:
        if after.start_s - before.end_s > TREMBLE_S or not _slipped(before, after, point):
            return False
        stayed = any(one.start_s <= before.end_s and one.end_s >= after.start_s for one in other)
        return stayed and not _went_away(trace, before, after, contact)

    return _merged(found, points, one_press)


def _merged(
    found: Sequence[Still], points: Sequence[Point], one_press: Callable[[Still, Still, Point], bool]
) -> list[Still]:
    """The stills, of which neighbours at the same point are one where ``one_press`` of both and it is true."""
    out: list[Still] = []
    for still in found:
        point = _same_point(out[-1], still, points) if out else None
        if point is not None and one_press(out[-1], still, point):
            out[-1] = _as_one(out[-1], still)
        else:
            out.append(still)
    return out


def _same_point(before: Still, after: Still, points: Sequence[Point]) -> Point | None:
    """The point that both are nearest to; None where they differ."""
    point, _ = nearest(after, points)
    return point if point is nearest(before, points)[0] else None


def _slipped(before: Still, after: Still, point: Point) -> bool:
    """Whether the hand slipped so little that it is the same press."""
    return float(np.hypot(*(after.place - before.place))) < SLIP_SHARE * point.tolerance


def _as_one(before: Still, after: Still) -> Still:
    share = after.duration_s / (after.duration_s + before.duration_s)
    place = before.place + share * (after.place - before.place)
    eased_s = (before.eased_s[0], after.eased_s[1])
    turned, carried = before.turned or after.turned, before.carried and after.carried
    return replace(after, start_s=before.start_s, place=place, eased_s=eased_s, turned=turned, carried=carried)


def _went_away(trace: Trace, before: Still, after: Still, contact: Contact) -> bool:
    """Whether a hand was seen away from the place of a still, between it and the next."""
    start, end = (round((s - float(trace.time_s[0])) * SAMPLE_RATE_HZ) for s in (before.end_s, after.start_s))
    away = np.hypot(*(trace.skin[contact][start : end + 1] - before.place).T)
    return bool((away > TREMBLE).any())  # false where it was unseen


def _stayed(trace: Trace, before: Still, after: Still) -> bool:
    """Whether the palm lay still between two stills of the fingers, whose tips the tracker then misplaced."""
    if after.start_s - before.end_s > PALM_BELIEVED_S:
        return False
    start, end = (round((s - float(trace.time_s[0])) * SAMPLE_RATE_HZ) for s in (before.start_s, after.end_s))
    palm = trace.skin["palm"][start : end + 1]
    away = np.hypot(*(palm - middle(palm)).T)
    return bool((away < PALM_WOBBLE).all())  # false where it was unseen


def _jumped(trace: Trace, before: Still, after: Still) -> bool:
    """Whether the fingers' tips jumped and the palm did not come along, though over the whole press it creeps on."""
    if after.start_s - before.end_s > TIPS_JUMP_S:
        return False
    last, first = (round((s - float(trace.time_s[0])) * SAMPLE_RATE_HZ) for s in (before.end_s, after.start_s))
    around, palm = round(BESIDE_JUMP_S * SAMPLE_RATE_HZ), trace.skin["palm"]
    step = palm[first : first + around].mean(axis=0) - palm[max(0, last + 1 - around) : last + 1].mean(axis=0)
    tips = float(np.hypot(*(after.place - before.place)))
    return float(np.hypot(*step)) < min(PALM_WOBBLE, PALM_ALONG_SHARE * tips)  # false where it was unseen


def held_on(found: list[Still], trace: Trace) -> list[Still]:
    """The stills of a hand in order of time, as long as its palm lay still: its tips were misplaced meanwhile."""
    out: list[Still] = []
    palm, start_s = trace.skin["palm"], float(trace.time_s[0]) if len(trace.time_s) else 0.0
    soon = round(BESIDE_JUMP_S * SAMPLE_RATE_HZ)
    for k, still in enumerate(found):
        first, last = (round((s - start_s) * SAMPLE_RATE_HZ) for s in (still.start_s, still.end_s))
        before_s = out[-1].end_s if out else start_s
        after_s = found[k + 1].start_s if k + 1 < len(found) else float(trace.time_s[-1])
        low, high = (round((s - start_s) * SAMPLE_RATE_HZ) for s in (before_s, after_s))
        early = _stays_near_s(palm[low:first][::-1], palm[first : first + soon]) - PALM_ARRIVING_S
        late = _stays_near_s(palm[last + 1 : high + 1], palm[max(first, last + 1 - soon) : last + 1]) - PALM_ARRIVING_S
        eased_s = (still.eased_s[0] if early <= 0.0 else 0.0, still.eased_s[1] if late <= 0.0 else 0.0)
        start, end = still.start_s - max(0.0, early), still.end_s + max(0.0, late)
        out.append(replace(still, start_s=start, end_s=end, eased_s=eased_s))
    return out


def _stays_near_s(way: Floats, here: Floats) -> float:
    """For how long, s, a palm on its way (k, 2) from its places ``here`` (m, 2) stays near them."""
    near = np.hypot(*(way - middle(here)).T) < PALM_WOBBLE  # false where it is unseen
    return leading(near) / SAMPLE_RATE_HZ
