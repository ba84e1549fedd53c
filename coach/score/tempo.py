"""Was it slow enough?"""

from __future__ import annotations

from math import floor
from statistics import median

from coach.domain import Repetition
from coach.score.evidence import Evidence, Judged, not_visible, reason


def tempo(evidence: Evidence) -> Judged:
    """1 where the median repetition, with its light way back, is shorter than the protocol's shortest."""
    rule = evidence.segment.tempo
    if rule is None:
        raise ValueError(f"segment {evidence.segment.id} has no tempo rule")
    done = evidence.whole or evidence.repetitions
    if not done:
        return not_visible(evidence.lost_s(0.0), *evidence.spans)
    usual = median(took(r) for r in done)
    if usual < rule.shortest_s:
        fast = tuple(r.span for r in done if took(r) < rule.shortest_s)
        told_s = floor(10.0 * usual + 1e-6) / 10.0  # "2.6 s, at least 2.6 s" would explain nothing
        return Judged(1, reason("tempo_fast", median_s=told_s, shortest_s=rule.shortest_s), fast)
    return Judged(2, reason("tempo_right", median_s=round(usual, 1), shortest_s=rule.shortest_s), evidence.spans)


def took(repetition: Repetition) -> float:
    """Seconds, with the light way back."""
    end = repetition.span.end_s if repetition.returned_s is None else repetition.returned_s
    return end - repetition.span.start_s
