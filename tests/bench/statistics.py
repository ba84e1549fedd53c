"""The measures of agreement, plainly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


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


def weighted_kappa(pairs: Sequence[tuple[int, int]], grades: Sequence[int]) -> float:
    """Cohen's (1968) kappa with linear weights: 1 for full agreement, 0 for what chance gives.

    :param pairs: (one rater's grade, the other's) for each item
    :param grades: all grades in their order
    """
    rank = {grade: k for k, grade in enumerate(grades)}
    ranks = [(rank[a], rank[b]) for a, b in pairs]
    if not ranks:
        return 1.0
    seen = sum(abs(a - b) for a, b in ranks) / len(ranks)
    ones, others = ([r[k] for r in ranks] for k in (0, 1))
    chance = (
        sum(ones.count(i) * others.count(j) * abs(i - j) for i in range(len(grades)) for j in range(len(grades)))
        / len(ranks) ** 2
    )
    return 1.0 - seen / chance if chance else 1.0
