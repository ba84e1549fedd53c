"""The measures of agreement, plainly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from coach.agree.kappa import weighted_kappa
from coach.domain import Bools, Floats

__all__ = ["augrc", "calibration_error", "edit_score", "f1_score", "levenshtein", "weighted_kappa"]

BINS = 10


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


def augrc(sure: Floats, wrong: Bools) -> float:
    """The area under the generalised risk-coverage curve (Traub and others, arXiv 2407.01032): what share of all is
    rated and wrong, over the share that is rated, the surest first; what is as sure comes in at once.

    :param sure: (n,) any scale
    :param wrong: (n,)
    """
    order = np.argsort(-sure, kind="stable")
    ends = [*np.flatnonzero(np.diff(sure[order])) + 1, len(sure)]
    risks = np.concatenate(([0.0], np.cumsum(wrong[order])[np.array(ends) - 1] / len(sure)))
    covers = np.array([0, *ends]) / len(sure)
    return float((np.diff(covers) * (risks[1:] + risks[:-1]) / 2).sum())


def calibration_error(sure: Floats, right: Bools) -> float:
    """The expected calibration error: by how much the mean probability differs from the share that is right, in ten
    bins of probability, weighted by how many there are (Naeini and others 2015).

    :param sure: (n,) 0-1
    :param right: (n,)
    """
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    apart = (abs(sure[bins == k].mean() - right[bins == k].mean()) * (bins == k).mean() for k in set(bins.tolist()))
    return float(sum(apart))
