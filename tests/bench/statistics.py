"""The measures of agreement, plainly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from coach.agree.kappa import weighted_kappa

__all__ = ["edit_score", "f1_score", "levenshtein", "weighted_kappa"]


def f1_score(precision: float, recall: float) -> float:
    """The harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def edit_score(found: Sequence[Hashable], true: Sequence[Hashable]) -> float:
    """100 for the same sequence of names, less by the Levenshtein distance over the longer one's length."""
    longest = max(len(found), len(true))
    return 100.0 * (1 - levenshtein(found, true) / longest) if longest else 100.0


def levenshtein(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """The fewest insertions, deletions and replacements that make one of the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
