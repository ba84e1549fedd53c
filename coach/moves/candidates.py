"""All candidates of a session: every motion against every segment of the protocol."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf, prod
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from coach.domain import HANDS, OTHER, Floats, Hand, Repetition, Span
from coach.moves.candidate import Candidate
from coach.moves.circling import CircleTurn, circle_turns
from coach.moves.fit import circle_fit, hand_fit, leg_fit, point_fit
from coach.moves.legs import Drawn, Leg
from coach.moves.parting import has_neighbour, pair_of
from coach.moves.presses import presses
from coach.moves.staying import Staying
from coach.moves.trace import Trace
from coach.parameters.circles import WHOLE_TURN
from coach.parameters.fit import HAND_UNSEEN_WORTH, LEAST_FIT_KEPT, WRONG_HANDS_WORTH
from coach.parameters.presses import ONE_TIME_SHARE, OTHER_HAND_SEEN_SHARE, PLAINLY_BETTER_FIT
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.parameters.two_hands import (
    ALONE_SHARE,
    GOES_ALONG_SHARE,
    MEANWHILE_SHARE,
    MEANWHILE_WORTH,
    NO_WAY_BACK_WORTH,
    ONE_REPETITION_SHARE,
    PART_TURN_WORTH,
    PLAIN_FIT,
    SHORTEST_MOTION_S,
    TWITCH_FIT,
    UNEVEN_LOSS,
)
from coach.protocol import Point, Protocol, Segment

Motion = TypeVar("Motion", Leg, CircleTurn)


def candidates(
    traces: dict[Hand, Trace], protocol: Protocol, lost_s: Mapping[Hand, float] = MappingProxyType({})
) -> list[Candidate]:
    """Everything in the traces that some segment could claim, in order of its start.

    :param lost_s: for how long each hand was out of sight before the traces begin
    """
    found: list[Candidate] = []
    points = [p for s in protocol.segments if s.hold for p in (*s.hold.points, *s.hold.confusable)]
    pairs = [pair for segment in protocol.segments if (pair := pair_of(segment)) is not None]
    staying, drawn = Staying(traces, points, pairs), Drawn(traces)
    for rank, segment in enumerate(protocol.segments):
        if segment.primitive == "hold":
            found.extend(presses(staying, segment, rank))
        elif segment.primitive == "circle":
            found.extend(_circles(traces, segment, rank))
        else:
            found.extend(_strokes(drawn, segment, rank))
    alone = frozenset(k for k, segment in enumerate(protocol.segments) if not has_neighbour(segment, pairs))
    near = {p.id: p for p in points}
    kept = [c for c in found if c.fit >= LEAST_FIT_KEPT and c.span.duration_s >= SHORTEST_MOTION_S]
    good = doubted_presses(kept, alone, near)
    lost = {h: lost_s.get(h, 0.0) + np.concatenate(([0.0], np.cumsum(~traces[h].seen))) / SAMPLE_RATE_HZ for h in HANDS}
    timed = (
        replace(c, lost_s=(_lost_by(lost, traces, c.span.start_s), _lost_by(lost, traces, c.span.end_s)))
        for c in discounted_halves(good)
    )
    return sorted(timed, key=lambda c: (c.span.start_s, c.span.end_s, c.rank))


def doubted_presses(
    found: Iterable[Candidate], alone: Collection[int], points: Mapping[str, Point] = MappingProxyType({})
) -> list[Candidate]:
    """In order of start; of presses by both hands at once those are doubted that are plainly another segment's.

    Hands that rest on the shoulders are near enough to the points behind the ears, and far nearer to those below them.

    :param alone: the segments whose points have no others beside them: of neighbours the hands' spread tells
    :param points: those that both hands press, by their ids
    """
    ordered = sorted(found, key=lambda c: c.span.start_s)
    both = [k for k, c in enumerate(ordered) if c.holds and len(c.hands) > 1]
    worse: set[int] = set()
    for n, k in enumerate(both):
        for other in both[n + 1 :]:
            if ordered[other].span.start_s >= ordered[k].span.end_s:
                break
            if ordered[k].rank != ordered[other].rank and _at_one_time(ordered[k], ordered[other]):
                low, high = sorted((k, other), key=lambda j: ordered[j].fit)
                if ordered[low].rank in alone and _plainly(ordered[high], ordered[low], points):
                    worse.add(low)
    return [replace(c, doubted=True) if k in worse else c for k, c in enumerate(ordered)]


def _plainly(better: Candidate, worse: Candidate, points: Mapping[str, Point]) -> bool:
    """Whether a press fits so much better, or both hands were so much nearer to its points; that they rest there for
    long, or not as far apart as asked for, speaks against both readings alike.
    """
    if better.fit - worse.fit >= PLAINLY_BETTER_FIT:
        return True
    near, far = (
        [point_fit(h.off, points[h.point], inf) for h in one.holds if h.point in points] for one in (better, worse)
    )
    return bool(near and far) and min(near) - max(far) >= PLAINLY_BETTER_FIT


def discounted_halves(found: list[Candidate]) -> list[Candidate]:
    """In order of start; what one hand seems to do counts less while both together do another segment's motion.

    Each of two hands that draw hearts circles as on a shoulder blade.
    """
    both = [c for c in found if c.repetition and len(c.hands) > 1 and c.fit >= PLAIN_FIT]
    starts, longest_s = [c.span.start_s for c in both], max((c.span.duration_s for c in both), default=0.0)

    def halved(one: Candidate) -> bool:
        """Whether it is one hand's motion, and half of what both do together."""
        if one.repetition is None or len(one.hands) > 1:
            return False
        first, last = bisect_left(starts, one.span.start_s - longest_s), bisect_left(starts, one.span.end_s)
        needed_s = MEANWHILE_SHARE * one.span.duration_s
        return any(c.rank != one.rank and c.span.overlap_s(one.span) >= needed_s for c in both[first:last])

    return [replace(c, fit=c.fit * MEANWHILE_WORTH) if halved(c) else c for c in found]


def _at_one_time(one: Candidate, other: Candidate) -> bool:
    return one.span.overlap_s(other.span) >= ONE_TIME_SHARE * min(one.span.duration_s, other.span.duration_s)


def _lost_by(lost: dict[Hand, Floats], traces: dict[Hand, Trace], time_s: float) -> dict[Hand, float]:
    """How long each hand has been out of sight by a time."""
    index = (
        max(0, round((time_s - float(traces["left"].time_s[0])) * SAMPLE_RATE_HZ)) if len(traces["left"].time_s) else 0
    )
    return {hand: float(lost[hand][min(index, len(lost[hand]) - 1)]) for hand in HANDS}


def _circles(traces: dict[Hand, Trace], segment: Segment, rank: int) -> Iterable[Candidate]:
    found = {hand: circle_turns(traces[hand], segment) for hand in HANDS}
    two = segment.hands in ("together", "alternating")
    pairs = list(pair_up(found["left"], found["right"])) if two else []
    paired = {id(turn) for pair in pairs for turn in pair}
    as_asked = segment.hands == "together"
    for pair in pairs:
        yield _turn_candidate(segment, rank, pair, 1.0 if as_asked else WRONG_HANDS_WORTH)
    for hand in HANDS:
        for turn in found[hand]:
            if id(turn) not in paired:
                alone = _alone_worth(traces, turn) if two and as_asked else 1.0 if two else hand_fit(segment, hand)
                yield _turn_candidate(segment, rank, (turn,), alone)


def _turn_candidate(segment: Segment, rank: int, done: tuple[CircleTurn, ...], hands: float) -> Candidate:
    """One turn, or two done at once, as a repetition."""
    start, end = _common_span(done)
    span = Span(start, end)
    shares = [abs(turn.turn) for turn in done]
    sizes = [float(turn.radii.mean()) for turn in done]
    fit = prod(circle_fit(turn, segment) for turn in done) ** (1.0 / len(done))
    whole = max(shares) >= WHOLE_TURN
    balance, sync = min(sizes) / max(sizes), _sync(*done) if len(done) == 2 else 1.0
    repetition = Repetition(
        span,
        "both" if len(done) == 2 else done[0].hand,
        whole,
        fit=fit,
        reach=max(shares),
        balance=balance,
        sync=sync,
    )
    worth = fit * hands * (1.0 - UNEVEN_LOSS * (1.0 - balance * sync)) * _lasting(span, segment)
    units = 2 if len(done) == 2 and segment.hands == "alternating" else 1
    turns = frozenset(turn.hand for turn in done)
    return Candidate(rank, span, worth * (1.0 if whole else PART_TURN_WORTH), turns, repetition, units=units)


def _strokes(drawn: Drawn, segment: Segment, rank: int) -> Iterable[Candidate]:
    found = {hand: [leg for leg in drawn.legs(segment, hand) if _possible(leg, segment)] for hand in HANDS}
    if segment.hands in ("together", "alternating"):
        yield from _two_handed(drawn.traces, found, segment, rank)
        return
    for hand in HANDS:
        for leg in found[hand]:
            yield _leg_candidate(segment, rank, (leg,), hand_fit(segment, hand))


def _possible(leg: Leg, segment: Segment) -> bool:
    return leg.duration_s >= SHORTEST_MOTION_S and leg.reach < 2.0 * segment.reach[1]


def _two_handed(
    traces: dict[Hand, Trace], found: dict[Hand, list[Leg]], segment: Segment, rank: int
) -> Iterable[Candidate]:
    as_asked = segment.hands == "together"
    paired: dict[int, float] = {}  # by the leg's id(): what the two are worth
    for pair in pair_up(found["left"], found["right"]):
        both = _leg_candidate(segment, rank, pair, 1.0 if as_asked else WRONG_HANDS_WORTH)
        if as_asked:
            both = _as_the_better(
                both, [_leg_candidate(segment, rank, (leg,), _alone_worth(traces, leg)) for leg in pair]
            )
        paired.update((id(leg), both.fit) for leg in pair)
        yield both
    for hand in HANDS:
        for leg in found[hand]:
            one = _leg_candidate(segment, rank, (leg,), _alone_worth(traces, leg) if as_asked else 1.0)
            # What one hand does well is not lost because the other one only twitched meanwhile.
            if id(leg) not in paired or (as_asked and one.fit > paired[id(leg)] + TWITCH_FIT):
                yield one


def _as_the_better(both: Candidate, alone: Sequence[Candidate]) -> Candidate:
    """A leg by both hands, which is worth as much as the better one's where the other goes along with it."""
    better, done = max(alone, key=lambda one: one.fit), both.repetition
    if better.fit <= both.fit + TWITCH_FIT or better.repetition is None or done is None:
        return both
    if min(done.balance, done.sync) < GOES_ALONG_SHARE:
        return both
    return replace(both, fit=better.fit, repetition=replace(done, fit=better.repetition.fit))


def _alone_worth(traces: dict[Hand, Trace], leg: Leg | CircleTurn) -> float:
    """What one hand's leg is worth where two are asked for."""
    other = traces[OTHER[leg.hand]]
    a, b = ((s - float(other.time_s[0])) * SAMPLE_RATE_HZ for s in (leg.start_s, leg.end_s))
    watched = other.seen[max(0, int(a)) : max(1, int(b))]
    return WRONG_HANDS_WORTH if len(watched) and watched.mean() > OTHER_HAND_SEEN_SHARE else HAND_UNSEEN_WORTH


def pair_up(left: Sequence[Motion], right: Sequence[Motion]) -> Iterable[tuple[Motion, Motion]]:
    """Legs, or turns, of the two hands that are done at once, each used once."""
    k = 0
    for leg in left:
        while k < len(right) and right[k].end_s <= leg.start_s:
            k += 1
        best, share = None, ONE_REPETITION_SHARE
        for other in right[k : k + 3]:
            if _sync(leg, other) > share:
                best, share = other, _sync(leg, other)
        if best is not None:
            k = right.index(best, k) + 1
            yield leg, best


def _leg_candidate(segment: Segment, rank: int, done: tuple[Leg, ...], hands: float) -> Candidate:
    """One leg, or two done at once, as a repetition.

    :param hands: what the motion is worth for the hands that do it, 1 where they are as asked
    """
    start, end = _common_span(done)
    backs = [leg.returned_s for leg in done if leg.returned_s is not None]
    returned = max(backs) if backs else None
    counted = segment.returns == "counted"
    span = Span(start, returned if counted and returned is not None else end)
    reaches = [leg.reach for leg in done]
    fit = prod(leg_fit(leg, segment) for leg in done) ** (1.0 / len(done))
    balance, sync = min(reaches) / max(reaches), _sync(*done) if len(done) == 2 else 1.0
    if counted and returned is None:
        hands *= NO_WAY_BACK_WORTH
    repetition = Repetition(
        span,
        "both" if len(done) == 2 else done[0].hand,
        whole=max(reaches) >= segment.reach[0],
        returned_s=returned if segment.returns == "stroked" else None,
        fit=fit,
        reach=max(reaches),
        balance=balance,
        sync=sync,
    )
    return Candidate(
        rank,
        Span(start, end) if segment.returns == "lifted" or returned is None else Span(start, min(backs)),
        fit * hands * (1.0 - UNEVEN_LOSS * (1.0 - balance * sync)) * _lasting(span, segment),
        frozenset(leg.hand for leg in done),
        repetition,
        units=2 if len(done) == 2 and segment.hands == "alternating" else 1,
    )


def _common_span(done: Sequence[Leg | CircleTurn]) -> tuple[float, float]:
    """From when to when: of two legs the wider, but what one hand does alone before or after is not part of it."""
    starts, ends = sorted(leg.start_s for leg in done), sorted(leg.end_s for leg in done)
    alone = ALONE_SHARE * min(leg.duration_s for leg in done)
    start = starts[0] if starts[-1] - starts[0] <= alone else starts[-1]
    return start, ends[-1] if ends[-1] - ends[0] <= alone else ends[0]


def _sync(one: Leg | CircleTurn, other: Leg | CircleTurn) -> float:
    """The time both hands move over the time either does."""
    common = Span(one.start_s, one.end_s).overlap_s(Span(other.start_s, other.end_s))
    return common / (max(one.end_s, other.end_s) - min(one.start_s, other.start_s))


def _lasting(span: Span, segment: Segment) -> float:
    """Motion slower than any repetition is not one."""
    return 0.0 if segment.tempo is not None and span.duration_s > segment.tempo.longest_s else 1.0
