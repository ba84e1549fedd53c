"""Which of a repetition's two ways is the working stroke."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from coach.domain import Repetition

BACKWARDS = 0.67  # a working stroke is slower than the light way back; quicker by this much, they are exchanged
LEAST = 2  # repetitions with a way back, from which on it is known


def backwards(done: Iterable[Repetition]) -> bool:
    """Whether the hand works on the way that the protocol has as the light way back."""
    ratios = [
        r.span.duration_s / (r.returned_s - r.span.end_s)
        for r in done
        if r.returned_s is not None and r.returned_s > r.span.end_s
    ]
    return len(ratios) >= LEAST and median(ratios) < BACKWARDS
