"""Presses: stills at the points a segment names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from coach.domain import HANDS, OTHER, Hand, Hold, Span
from coach.moves.candidate import Candidate
from coach.moves.fit import point_fit, spread_fit
from coach.moves.joining import nearest, within_reach
from coach.moves.parting import has_neighbour
from coach.moves.staying import Staying
from coach.moves.stills import Still
from coach.parameters.fit import HAND_UNSEEN_WORTH, LEAST_FIT_KEPT, ONE_BY_ONE_WORTH
from coach.parameters.presses import (
    BESIDE_POINT,
    BESIDE_RESTING_HAND_WORTH,
    EASING_SHARE,
    FLAT_VIEW_BLUR,
    HANDS_APART_OFF,
    LONGEST_PRESS_RATIO,
    NEIGHBOUR_FARTHER,
    NEIGHBOUR_NEARER,
    NEIGHBOUR_NEARER_CARRIED,
    NEIGHBOUR_WORTH,
    OTHER_HAND_SEEN_SHARE,
    SUPPORTING_LOSS,
    TOGETHER_FIT,
    UNSURE_BESIDE_POINT,
)
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import HoldRule, Point, Segment


def presses(staying: Staying, segment: Segment, rank: int) -> Iterable[Candidate]:
    """All stills that lie at one of the segment's points, or at a neighbour it may be mistaken for."""
    rule = segment.hold
    if rule is None:
        return
    if segment.hands == "together":
        yield from _by_both_hands(staying, segment, rule, rank)
        return
    for hand in HANDS:
        if segment.hands in ("either", "alternating", hand):
            yield from _by_one_hand(hand, staying, segment, rule, rank)


def _by_one_hand(hand: Hand, staying: Staying, segment: Segment, rule: HoldRule, rank: int) -> Iterable[Candidate]:
    other = staying.work_beside(hand, segment.contact)
    for still in staying.stills(segment, rule)[hand]:
        point, off, worth = _placed(still, segment, rule)
        if point is None:
            continue
        for span in _pressing(still.start_s, still.end_s, rule):
            pressed = _eased(span, still)
            unsure = (
                _perhaps_meant(still, point, off, segment, rule),
                _lain_s(pressed, rule, lambda at: max(staying.palm_s(hand, at), staying.palm_near_s(hand, at))),
            )
            hold = Hold(point.id, pressed, hand, off, *unsure, _neighbour(still, point, off, rule))
            alone = 1.0 - SUPPORTING_LOSS * other.share(span)
            yield Candidate(rank, span, worth * alone, frozenset((hand,)), holds=(hold,))
            for beside, away in _as_near(still, point, off, rule):
                # Where it pressed is hardly known: the point is not missing for it, and none was surely pressed.
                least_off = max(away, UNSURE_BESIDE_POINT * beside.tolerance) if still.carried else away
                aside = _neighbour(still, beside, away, rule)
                instead = replace(hold, point=beside.id, off=least_off, perhaps="", neighbour=aside)
                fit = point_fit(away, beside, _farthest(still)) * alone
                yield Candidate(rank, span, fit, frozenset((hand,)), holds=(instead,), second=True)


def _placed(still: Still, segment: Segment, rule: HoldRule) -> tuple[Point | None, float, float]:
    """The point that a hand pressed, how far beside it, and what that is worth."""
    point, off = nearest(still, (*rule.points, *rule.confusable))
    if point is None:
        return None, off, 0.0
    off /= still.blur
    several = len(rule.points) > 1
    # Of several points pressed one after the other, one that seems pressed too far beside tells that she was there.
    far = BESIDE_POINT if several and point in rule.points else 1.0
    beside = several and off > min(far, UNSURE_BESIDE_POINT) * point.tolerance
    ahead = _within_reach(still, segment, rule) if beside else None
    if ahead is not None:
        point, off, far = ahead, UNSURE_BESIDE_POINT * ahead.tolerance, BESIDE_POINT
    return point, off, point_fit(off, point, far) * (1.0 if point in rule.points else NEIGHBOUR_WORTH)


def _as_near(still: Still, point: Point, off: float, rule: HoldRule) -> Iterable[tuple[Point, float]]:
    """Other points that are asked for, hardly farther than the one that seems pressed: the presses around it tell."""
    for other in rule.points if point in rule.points or still.carried else ():
        away = nearest(still, [other])[1] / still.blur
        if other is not point and away - off < _nearer_by(still) and away <= _farthest(still) * other.tolerance:
            yield other, away


def _nearer_by(still: Still) -> float:
    return NEIGHBOUR_NEARER_CARRIED if still.carried else NEIGHBOUR_NEARER


def _farthest(still: Still) -> float:
    """Times the tolerance, up to where another point may have been pressed."""
    return BESIDE_POINT if still.carried else 1.0


def _within_reach(still: Still, segment: Segment, rule: HoldRule) -> Point | None:
    """The point that is asked for at which fingers press that seem too short, if their tips are farther on."""
    point = within_reach(still, (*rule.points, *rule.confusable)) if segment.contact == "fingertips" else None
    return point if point in rule.points else None


def _perhaps_meant(still: Still, point: Point, off: float, segment: Segment, rule: HoldRule) -> str:
    """The point that is asked for and might as well be meant where a neighbour was nearer; or none."""
    if point not in rule.confusable:
        return ""
    asked, away = nearest(still, rule.points)
    hardly = asked is not None and away / still.blur - off < _nearer_by(still)
    meant = asked if hardly else _within_reach(still, segment, rule)
    return "" if meant is None else meant.id


def _neighbour(still: Still, point: Point, off: float, rule: HoldRule) -> str:
    """The point that is not asked for and hardly farther than the one that seems pressed, if that is; or none."""
    beside, away = nearest(still, rule.confusable)
    near = beside is not None and point in rule.points and away / still.blur - off < NEIGHBOUR_FARTHER
    return beside.id if beside is not None and near else ""


def _lain_s(pressed: Span, rule: HoldRule, palm_s: Callable[[Span], float]) -> float:
    """How long a press was if its palm tells that: only where that is long enough, and the press is not."""
    if pressed.duration_s >= rule.long_enough_s:
        return 0.0
    lain_s = palm_s(pressed)
    return lain_s if lain_s >= rule.long_enough_s else 0.0


def _by_both_hands(staying: Staying, segment: Segment, rule: HoldRule, rank: int) -> Iterable[Candidate]:
    found = staying.stills(segment, rule)
    # How far the hands are apart tells the points from others beside them, where there are any.
    spread = has_neighbour(segment, staying.pairs)
    pairs = [
        pair
        for left in found["left"]
        for right in _overlapping(found["right"], left)
        for pair in _pressed_by_both(left, right, rule, rank, staying, spread=spread)
    ]
    yield from pairs
    (sure, apart), most_s = _times_together(pairs, rule), LONGEST_PRESS_RATIO * rule.long_enough_s
    for hand in HANDS:
        other = staying.traces[OTHER[hand]]
        for candidate in _by_one_hand(hand, staying, segment, rule, rank):
            pair = _first_overlapping(candidate.span, sure, most_s)
            if pair is not None:  # the hand waited for the other, or stayed after it
                yield from _waiting(candidate, pair.start_s, rule)
                continue
            a, b = (
                (s - float(other.time_s[0])) * SAMPLE_RATE_HZ for s in (candidate.span.start_s, candidate.span.end_s)
            )
            watched = other.seen[max(0, int(a)) : max(1, int(b))]
            worth = ONE_BY_ONE_WORTH if len(watched) and watched.mean() > OTHER_HAND_SEEN_SHARE else HAND_UNSEEN_WORTH
            # Both are at their points, but not as far apart as these: hands seen wrongly, or others' points.
            doubted = _first_overlapping(candidate.span, apart, most_s) is not None
            yield replace(candidate, fit=candidate.fit * worth, doubted=doubted)


def _times_together(pairs: Iterable[Candidate], rule: HoldRule) -> tuple[list[Span], list[Span]]:
    """When both hands pressed near their points; and when they were near them, but too far apart. In order of time."""
    points = {point.id: point for point in rule.points}
    near = [pair for pair in pairs if min(point_fit(h.off, points[h.point]) for h in pair.holds) >= TOGETHER_FIT]
    near.sort(key=lambda pair: pair.span.start_s)
    sure = [pair.span for pair in near if pair.fit >= LEAST_FIT_KEPT]
    return sure, [pair.span for pair in near if pair.fit < LEAST_FIT_KEPT]


def _overlapping(found: list[Still], other: Still) -> list[Still]:
    """The stills, of those of one hand in order of time, that share time with another hand's."""
    first = bisect_left(found, other.start_s, key=lambda still: still.end_s)
    last = bisect_left(found, other.end_s, key=lambda still: still.start_s)
    return found[first:last]


def _first_overlapping(span: Span, others: list[Span], most_s: float) -> Span | None:
    """The first of others that shares time with a span; they are in order of their starts, at most ``most_s`` long."""
    first = bisect_left(others, span.start_s - most_s, key=lambda other: other.start_s)
    last = bisect_left(others, span.end_s, key=lambda other: other.start_s)
    return next((other for other in others[first:last] if span.overlap_s(other) > 0.0), None)


def _waiting(alone: Candidate, until_s: float, rule: HoldRule) -> Iterable[Candidate]:
    """What one hand did until the other came, where it may have pressed by itself as long as is asked for."""
    span = Span(alone.span.start_s, until_s)
    if span.duration_s >= rule.long_enough_s:
        holds = tuple(replace(hold, span=Span(min(hold.span.start_s, until_s), until_s)) for hold in alone.holds)
        yield replace(alone, span=span, holds=holds, doubted=True)


def _pressed_by_both(
    left: Still, right: Still, rule: HoldRule, rank: int, staying: Staying, *, spread: bool
) -> Iterable[Candidate]:
    (a, off_a), (b, off_b) = nearest(left, rule.points), nearest(right, rule.points)
    if a is None or b is None or a is b:
        return
    off_a, off_b = off_a / left.blur, off_b / right.blur
    fit = (point_fit(off_a, a) * point_fit(off_b, b)) ** 0.5
    apart = float(np.hypot(*(right.place - left.place - np.subtract(b.at, a.at))))
    if spread:
        fit *= spread_fit(apart, a, b)
    elif apart > HANDS_APART_OFF and off_a > off_b:  # one of the two is hardly at its point: not rated
        off_a = max(off_a, UNSURE_BESIDE_POINT * a.tolerance)
    elif apart > HANDS_APART_OFF:
        off_b = max(off_b, UNSURE_BESIDE_POINT * b.tolerance)
    for span in _pressing(max(left.start_s, right.start_s), min(left.end_s, right.end_s), rule):
        rests = any(staying.rests(hand, span) for hand in HANDS)
        own = [_eased(span, still) for still in (left, right)]
        pressed = Span(max(one.start_s for one in own), min(one.end_s for one in own))  # while both are there
        palm_s = _lain_s(pressed, rule, lambda at: min(staying.palm_s(hand, at) for hand in HANDS))
        holds = tuple(
            Hold(point.id, pressed, still.hand, off, perhaps_s=palm_s)
            for still, point, off in ((left, a, off_a), (right, b, off_b))
        )
        worth = fit * (BESIDE_RESTING_HAND_WORTH if rests else 1.0)
        unsure = left.turned or right.turned or max(left.blur, right.blur) >= FLAT_VIEW_BLUR
        yield Candidate(rank, span, worth, frozenset(HANDS), holds=holds, unsure=unsure)


def _pressing(start_s: float, end_s: float, rule: HoldRule) -> Iterable[Span]:
    """Where in a still the press may be: a hand that stays for long rests there, before its press or after it."""
    most_s = LONGEST_PRESS_RATIO * rule.long_enough_s
    if end_s - start_s >= rule.short_from_s:
        yield Span(start_s, min(end_s, start_s + most_s))
    if end_s - start_s > 2.0 * most_s:
        yield Span(end_s - most_s, end_s)


def _eased(span: Span, still: Still) -> Span:
    """The press itself: of a span of the still, what lies between the hand's slow arrival and its slow departure."""
    most_s = EASING_SHARE * span.duration_s
    arrived = max(span.start_s, still.start_s + min(still.eased_s[0], most_s))
    left = min(span.end_s, still.end_s - min(still.eased_s[1], most_s))
    return Span(arrived, left)
