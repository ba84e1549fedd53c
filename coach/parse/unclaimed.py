"""Motions like a segment, which no segment took: whoever was seen doing them may have done it.

Of a segment that was not found, any motion like it, one hand's press of two and both hands' a little too far apart as
well; and two in a row that are only a little like it, or a press beside one that is. Of one that was found, presses of
the points that were not pressed, and repetitions like its own beside them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Self

from coach.domain import Hand, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.fit import point_fit
from coach.parameters.fit import ONE_BY_ONE_WORTH
from coach.parameters.lattice import TOUCH_S
from coach.parameters.unclaimed import (
    HALT_SHARE,
    LIKE_FIT,
    LIKE_FIT_IN_A_ROW,
    TAKEN_SHARE,
    UNCOUNTED_BESIDE,
    UNCOUNTED_LEAST_TIME,
    UNCOUNTED_MOST_TIME,
    UNCOUNTED_REACH_SHARE,
)
from coach.protocol import Protocol, Segment


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """One motion that might be of a segment."""

    segment_id: str
    span: Span
    fit: float  # 0-1
    point: str = ""  # that may have been pressed, of a segment that was found without it
    pressed: frozenset[str] = frozenset()  # points, by both hands at once where there are two
    hands: frozenset[Hand] = frozenset()  # that did it


def unclaimed_motions(
    candidates: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol
) -> tuple[Unclaimed, ...]:
    """The motions, in order of their start, that are like a segment or a press that was not found, and are no other.

    :param candidates: all of the session, in order of their start
    """
    by_rank: list[list[Candidate]] = [[] for _ in protocol.segments]
    for one in candidates:
        by_rank[one.rank].append(one)
    like: list[tuple[Candidate, str]] = []
    # Beside a hand that may only rest the other is seen too.
    taken, done = (_Taken.by(matches) for matches in ([match for match in found if not match.rest], found))
    for segment, own in zip(protocol.segments, by_rank, strict=True):
        matches = [match for match in found if match.segment_id == segment.id]
        if matches:
            like += _not_pressed(own, matches, segment)
            like += ((one, "") for one in _not_counted(own, matches))
        else:
            near = [one if done.mostly(one.span) else replace(one, fit=_near(one, segment)) for one in own]
            like += ((one, "") for one in near if one.fit > _needed(one, segment))
            like += ((one, "") for one in _in_a_row(near, segment) if one.fit <= _needed(one, segment))
    chosen = sorted((one for one in like if not taken.mostly(one[0].span)), key=lambda one: one[0].span.start_s)
    return tuple(_told(one, point, protocol) for one, point in chosen)


def _told(one: Candidate, point: str, protocol: Protocol) -> Unclaimed:
    pressed = frozenset(hold.point for hold in one.holds)
    return Unclaimed(protocol.segments[one.rank].id, one.span, one.fit, point, pressed, one.hands)


def _near(one: Candidate, segment: Segment) -> float:
    """How well a motion fits; of a press by both hands each at its point, though they are too far apart for both."""
    points = {} if segment.hold is None else {point.id: point for point in segment.hold.points}
    if one.doubted or len(one.hands) < 2 or not one.holds or not points.keys() >= {hold.point for hold in one.holds}:
        return one.fit
    return max(one.fit, min(point_fit(hold.off, points[hold.point]) for hold in one.holds))


def _needed(one: Candidate, segment: Segment) -> float:
    alone = bool(one.holds) and segment.hands == "together" and len(one.hands) == 1
    return LIKE_FIT * (ONE_BY_ONE_WORTH if alone else 1.0)


def _in_a_row(own: Sequence[Candidate], segment: Segment) -> list[Candidate]:
    """The motions, each only a little like it, that another by the same hands follows or goes before."""
    kept = [one for one in own if one.fit >= LIKE_FIT_IN_A_ROW]
    chosen: set[int] = set()
    for k, one in enumerate(kept):
        for j in range(k + 1, len(kept)):
            pause_s = kept[j].span.start_s - one.span.end_s
            if pause_s > segment.pause_s:
                break  # they are in order of their start
            if pause_s >= -TOUCH_S and kept[j].hands == one.hands and _joins(one, kept[j]):
                chosen |= {k, j}
    return [kept[k] for k in sorted(chosen)]


def _joins(one: Candidate, other: Candidate) -> bool:
    """Whether each is believed more beside the other; of presses, which hands at rest resemble, one must be plain."""
    return not one.holds or max(one.fit, other.fit) > LIKE_FIT


def _not_pressed(
    own: Iterable[Candidate], matches: Sequence[SegmentMatch], segment: Segment
) -> Iterable[tuple[Candidate, str]]:
    """Presses of points that were asked for, or perhaps of those, of a segment that was found without them.

    Where both hands press at once, one hand's press counts that may only have waited for the other one's next press.
    """
    rule = segment.hold
    if rule is None:
        return
    waits = segment.hands == "together"
    missing = {point.id for point in rule.points} - {hold.point for match in matches for hold in match.holds}
    for one in own:
        if waits and not (one.doubted and len(one.hands) == 1):
            continue
        points = [hold.perhaps or hold.point for hold in one.holds]
        if missing.issuperset(points) and all(h.span.duration_s >= HALT_SHARE * rule.long_enough_s for h in one.holds):
            yield one, points[0]


def _not_counted(own: Iterable[Candidate], matches: Sequence[SegmentMatch]) -> Iterable[Candidate]:
    """Repetitions like those of a segment that was found, right before or after them or between them."""
    done = [r for match in matches for r in match.repetitions if r.whole]
    if not done:
        return
    usual_s, reach = median(r.span.duration_s for r in done), median(r.reach for r in done)
    near = [match.span.wider(UNCOUNTED_BESIDE * usual_s) for match in matches]
    for one in own:
        repetition = one.repetition
        if repetition is None or one.fit < LIKE_FIT or repetition.reach < UNCOUNTED_REACH_SHARE * reach:
            continue
        as_slow = UNCOUNTED_LEAST_TIME * usual_s <= repetition.span.duration_s <= UNCOUNTED_MOST_TIME * usual_s
        if as_slow and any(repetition.span.overlap_s(span) > 0.0 for span in near):
            yield one


@dataclass(frozen=True, slots=True)
class _Taken:
    """The time that what was found took, in order."""

    spans: list[Span]
    starts: list[float]
    longest_s: float

    @classmethod
    def by(cls, found: Iterable[SegmentMatch]) -> Self:
        spans: list[Span] = []
        for match in found:
            spans += [r.span for r in match.repetitions] + [h.span for h in match.holds]
        spans.sort(key=lambda span: span.start_s)
        longest_s = max((span.duration_s for span in spans), default=0.0)
        return cls(spans, [span.start_s for span in spans], longest_s)

    def mostly(self, span: Span) -> bool:
        """Whether one of them took much of a span."""
        first = bisect_left(self.starts, span.start_s - self.longest_s)
        beside = self.spans[first : bisect_right(self.starts, span.end_s)]
        return any(other.overlap_s(span) >= TAKEN_SHARE * span.duration_s for other in beside)
