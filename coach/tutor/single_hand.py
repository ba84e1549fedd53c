"""A press by itself, or one hand's strokes: to a reading no more than a hand somewhere, until what follows tells more.

In free practice that is too late: it would be named, and what is wrong with it, when the trainee is past it.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import HANDS, Hand, SegmentMatch
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT, TOUCH_S
from coach.parameters.rating import HASTY_SHARE, PRESS_TRAVEL_S
from coach.parameters.single_hand import (
    LONG_PRESS_RATIO,
    OTHER_AS_PLAIN_SHARE,
    PLAIN_PRESS_FIT,
    READ_BY_CHANCE,
    RESTING_PRESS_RATIO,
    SAME_MOTION_SHARE,
    SINGLE_HAND_OVER_S,
    SINGLE_HAND_STROKE_FIT,
    SINGLE_HAND_STROKES,
)
from coach.parse.segments import as_match
from coach.protocol import Protocol, Segment


def single_hand_strokes(
    known: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol, at_s: float
) -> SegmentMatch | None:
    """The plainest strokes by one hand, of a step for both, after all that was surely found; None without any.

    To a reading they are worth so much less than what both hands do that it takes three of them, and the third tells
    what is wrong with the first two.

    :param known: all candidates
    """
    since_s = max((m.span.end_s for m in found if m.confidence >= READ_BY_CHANCE), default=float("-inf"))
    late = [c for c in known if c.span.start_s >= since_s - TOUCH_S]
    runs = (
        _strokes(late, segment, rank, hand, at_s) for rank, segment in enumerate(protocol.segments) for hand in HANDS
    )
    best = max(runs, key=lambda run: sum(c.fit * c.span.duration_s for c in run))
    return as_match(best, protocol.segments[best[0].rank]) if best else None


def _strokes(late: Sequence[Candidate], segment: Segment, rank: int, hand: Hand, at_s: float) -> list[Candidate]:
    """The newest strokes of a hand that follow each other and are over; none where one may be another motion."""
    if segment.hands != "together" or segment.primitive not in ("stroke", "pass"):
        return []
    own = [
        c
        for c in late
        if c.rank == rank and c.hands == {hand} and _stroked(c) and c.span.end_s <= at_s - SINGLE_HAND_OVER_S
    ]
    run: list[Candidate] = []
    for one in sorted(own, key=lambda c: c.span.end_s, reverse=True):
        if not run or -TOUCH_S <= run[0].span.start_s - one.span.end_s <= segment.pause_s:
            run.insert(0, one)
    others = [c for c in late if c.rank != rank and not c.doubted]
    return run if len(run) >= SINGLE_HAND_STROKES and not any(_better(c, one) for one in run for c in others) else []


def _stroked(one: Candidate) -> bool:
    return one.repetition is not None and one.repetition.whole and one.repetition.fit >= SINGLE_HAND_STROKE_FIT


def _better(other: Candidate, one: Candidate) -> bool:
    """Whether another segment's motion fits what one is as well."""
    return other.fit >= one.fit and _meanwhile(other, one)


def _meanwhile(other: Candidate, one: Candidate) -> bool:
    return other.span.overlap_s(one.span) >= SAME_MOTION_SHARE * one.span.duration_s


def single_press(known: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol) -> SegmentMatch | None:
    """The plainest long press after all segments that were found, as a segment; None where there is none but rests.

    What is pressed at other points of the same step soon before it, or soon after, is part of that.

    :param known: all candidates
    """
    since_s = found[-1].span.end_s if found else float("-inf")
    own = [c for c in known if c.span.start_s >= since_s and not c.second and not c.doubted]
    plain = [c for c in own if _plain(c, protocol)]
    rests = [c.span for c in plain if _times(c, protocol) > RESTING_PRESS_RATIO]
    pressed = [c for c in plain if all(c.span.overlap_s(rest) <= 0.0 for rest in rests)]
    best = max(pressed, key=lambda c: c.fit * c.span.duration_s, default=None)
    if best is None or any(_beside(c, best, protocol) for c in own):
        return None
    segment = protocol.segments[best.rank]
    return as_match(_one_after_the_other(best, own, segment), segment)


def _beside(other: Candidate, one: Candidate, protocol: Protocol) -> bool:
    """Whether the other hand presses a point that another segment asks for at the same time, about as well."""
    elsewhere = other.rank != one.rank and other.hands.isdisjoint(one.hands) and _asked(other, protocol)
    return elsewhere and other.fit >= OTHER_AS_PLAIN_SHARE * one.fit and _meanwhile(other, one)


def _asked(one: Candidate, protocol: Protocol) -> bool:
    """Whether it is a press of points that are asked for."""
    rule = protocol.segments[one.rank].hold
    return rule is not None and bool(one.holds) and {p.id for p in rule.points}.issuperset(h.point for h in one.holds)


def _one_after_the_other(plain: Candidate, own: Sequence[Candidate], segment: Segment) -> list[Candidate]:
    """A press and those soon before and after, each at another point that is asked for, and not only for a moment.

    Of points pressed one after the other, one that seems far beside its own tells that the hand was there.
    """
    rule, run = segment.hold, [plain]
    if rule is None:
        return run
    left = {point.id for point in rule.points} - {hold.point for hold in plain.holds}
    least_s, least = HASTY_SHARE * rule.long_enough_s, IDLE_FIT if segment.hands == "together" else 0.0
    others = [c for c in own if c.rank == plain.rank and c.fit > least and c.span.duration_s >= least_s]
    others.sort(key=lambda c: c.span.start_s)
    for one in others:
        points = {hold.point for hold in one.holds}
        if points <= left and -TOUCH_S <= one.span.start_s - run[-1].span.end_s <= PRESS_TRAVEL_S:
            run.append(one)
            left -= points
    for one in reversed(others):
        points = {hold.point for hold in one.holds}
        if points <= left and -TOUCH_S <= run[0].span.start_s - one.span.end_s <= PRESS_TRAVEL_S:
            run.insert(0, one)
            left -= points
    return run


def _plain(one: Candidate, protocol: Protocol) -> bool:
    """Whether a candidate is a press so near to points that are asked for, and so long, that it is likely meant."""
    return one.fit >= PLAIN_PRESS_FIT and _asked(one, protocol) and _times(one, protocol) >= LONG_PRESS_RATIO


def _times(one: Candidate, protocol: Protocol) -> float:
    """How long it was pressed, without the hand's slow way there and from there, in times what is long enough."""
    rule = protocol.segments[one.rank].hold
    return max(h.span.duration_s for h in one.holds) / rule.long_enough_s if rule is not None else 0.0
