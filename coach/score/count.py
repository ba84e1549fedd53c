"""Were there enough repetitions?"""

from __future__ import annotations

from statistics import median
from typing import Literal

from coach.score.evidence import Evidence, Verdict, not_visible, reason

HIDES = 0.3  # of a repetition: a gap so long, at a turning point, costs a repetition its shape


def count(seen: Evidence) -> Verdict:
    """2 from the target's lower end on (more is information, not a fault), 1 for somewhat fewer, 0 for fewer still."""
    rule = seen.segment.count
    if rule is None:
        raise ValueError(f"segment {seen.segment.id} has no count rule")
    low, high = rule.target
    number = _number(seen)
    partial = len(seen.repetitions) - len(seen.whole)
    if number < low and (hidden := _hidden(seen)):
        return not_visible(hidden, *seen.spans)
    values = {"count": number, "low": low, "high": high}
    if number > high:
        return Verdict(2, reason("count_more", **values), seen.spans)
    if number >= low:
        return Verdict(2, reason("count_right", **values), seen.spans)
    points: Literal[0, 1] = 1 if number >= rule.partial_from else 0
    if partial:
        return Verdict(points, reason("count_partial", **values, partial=partial), seen.spans)
    return Verdict(points, reason("count_few", **values), seen.spans)


def _number(seen: Evidence) -> int:
    if seen.segment.count is not None and seen.segment.count.per == "side":
        left = sum(r.hand in ("left", "both") for r in seen.whole)
        right = sum(r.hand in ("right", "both") for r in seen.whole)
        # A side that was left out is the hands' fault and is told there.
        return min(left, right) if left and right else max(left, right)
    return len(seen.whole)


def _hidden(seen: Evidence) -> float:
    """The time out of sight, if it is long enough to have hidden or cut up a repetition; else 0."""
    usual = median(
        [r.span.duration_s for r in seen.whole] or [seen.segment.tempo.shortest_s if seen.segment.tempo else 1.0]
    )
    lost_s = seen.lost_s(around_s=usual)
    return lost_s if lost_s >= HIDES * usual else 0.0
