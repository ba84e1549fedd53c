"""Were there enough repetitions?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from coach.domain import Hand
from coach.parameters.rating import HIDDEN_SHARE_OF_REPETITION, REPETITION_OVERLAP_SHARE
from coach.parse.unclaimed import Unclaimed
from coach.protocol import CountRule
from coach.score.evidence import Evidence, Judged, not_visible, reason


def count(evidence: Evidence) -> Judged:
    """2 from the target's lower end on (more is information, not a fault), 1 for somewhat fewer, 0 for fewer still.

    Not rated where hidden hands, or motions that are like the repetitions and were not counted, may have been more.
    """
    rule = evidence.segment.count
    if rule is None:
        raise ValueError(f"segment {evidence.segment.id} has no count rule")
    low, high = rule.target
    number = _number(evidence)
    partial = len(evidence.repetitions) - len(evidence.whole)
    if number < low and (hidden := _hidden(evidence)):
        return not_visible(hidden, *evidence.spans)
    values = {"count": number, "low": low, "high": high}
    if number > high:
        return Judged(2, reason("count_more", **values), evidence.spans)
    if number >= low:
        return Judged(2, reason("count_right", **values), evidence.spans)
    points = _points(number, rule)
    separate = _one_by_one(evidence.unclaimed)
    perhaps = _number(evidence, [motion.hands for motion in separate]) - number
    if _points(number + perhaps, rule) > points:
        why = reason("count_unclear", count=number, perhaps=perhaps)
        return Judged(None, why, (*evidence.spans, *(motion.span for motion in separate)))
    if partial:
        return Judged(points, reason("count_partial", **values, partial=partial), evidence.spans)
    return Judged(points, reason("count_few", **values), evidence.spans)


def _points(number: int, rule: CountRule) -> Literal[0, 1, 2]:
    if number >= rule.target[0]:
        return 2
    return 1 if number >= rule.partial_from else 0


def _number(evidence: Evidence, perhaps: Sequence[Collection[Hand]] = ()) -> int:
    """:param perhaps: the hands of those that may be more"""
    if evidence.segment.count is not None and evidence.segment.count.per == "side":
        left = sum(r.hand in ("left", "both") for r in evidence.whole) + sum("left" in hands for hands in perhaps)
        right = sum(r.hand in ("right", "both") for r in evidence.whole) + sum("right" in hands for hands in perhaps)
        # A side that was left out is the hands' fault and is told there.
        return min(left, right) if left and right else max(left, right)
    return len(evidence.whole) + len(perhaps)


def _one_by_one(unclaimed: Sequence[Unclaimed]) -> list[Unclaimed]:
    """Those that follow each other; of two that overlap, as of hands of which one lags, the first."""
    out: list[Unclaimed] = []
    for one in unclaimed:
        if not out or one.span.start_s >= out[-1].span.end_s - REPETITION_OVERLAP_SHARE * one.span.duration_s:
            out.append(one)
    return out


def _hidden(evidence: Evidence) -> float:
    """The time out of sight, if it is long enough to have hidden or cut up a repetition; else 0."""
    usual = median(
        [r.span.duration_s for r in evidence.whole]
        or [evidence.segment.tempo.shortest_s if evidence.segment.tempo else 1.0]
    )
    apart = [b.span.start_s - a.span.start_s for m in evidence.matches for a, b in pairwise(m.repetitions)]
    lost_s = evidence.lost_s(around_s=max(usual, median(apart or [0.0])))  # one more begins so long before the first
    return lost_s if lost_s >= HIDDEN_SHARE_OF_REPETITION * usual else 0.0
