"""Did the hands follow the described path, to its end and the right way?"""

from __future__ import annotations

from statistics import median

from coach.domain import Repetition
from coach.parameters.rating import LEAST_SHAPE_FIT, REVERSED_STROKE_RATIO
from coach.score.evidence import Evidence, Judged, not_visible, reason


def path(evidence: Evidence) -> Judged:
    """1 where the median repetition stops early, goes the other way or has another shape."""
    done = evidence.whole or evidence.repetitions
    if not done:
        return not_visible(evidence.lost_s(0.0), *evidence.spans)
    reach, fit = median(r.reach for r in done), median(r.fit for r in done)
    if evidence.segment.primitive != "circle" and reach < evidence.segment.full_reach:
        short = tuple(r.span for r in done if r.reach < evidence.segment.full_reach)
        return Judged(1, reason("path_short", reach_percent=round(100 * reach)), short)
    if evidence.segment.stroke_direction == "scored" and _backwards(done):
        return Judged(1, reason("path_direction"), evidence.spans)
    if fit < LEAST_SHAPE_FIT:
        poor = tuple(r.span for r in done if r.fit < LEAST_SHAPE_FIT)
        return Judged(1, reason("path_shape", fit_percent=round(100 * fit)), poor)
    return Judged(2, reason("path_right"), evidence.spans)


def _backwards(done: tuple[Repetition, ...]) -> bool:
    ratios = [
        r.span.duration_s / (r.returned_s - r.span.end_s)
        for r in done
        if r.returned_s is not None and r.returned_s > r.span.end_s
    ]
    return len(ratios) >= 2 and median(ratios) < REVERSED_STROKE_RATIO
