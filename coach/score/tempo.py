"""Was it slow enough?"""

from __future__ import annotations

from statistics import median

from coach.domain import Repetition
from coach.score.evidence import Evidence, Verdict, not_visible, reason


def tempo(seen: Evidence) -> Verdict:
    """1 where the median repetition, with its light way back, is shorter than the protocol's shortest."""
    rule = seen.segment.tempo
    if rule is None:
        raise ValueError(f"segment {seen.segment.id} has no tempo rule")
    done = seen.whole or seen.repetitions
    if not done:
        return not_visible(seen.lost_s(0.0), *seen.spans)
    usual = median(_took(r) for r in done)
    values = {"median_s": round(usual, 1), "shortest_s": rule.shortest_s}
    if usual < rule.shortest_s:
        fast = tuple(r.span for r in done if _took(r) < rule.shortest_s)
        return Verdict(1, reason("tempo_fast", **values), fast)
    return Verdict(2, reason("tempo_right", **values), seen.spans)


def _took(repetition: Repetition) -> float:
    end = repetition.span.end_s if repetition.returned_s is None else repetition.returned_s
    return end - repetition.span.start_s
