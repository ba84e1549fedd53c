"""Agreement on grades: the share of equal ones, and Cohen's kappa with weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from coach.domain import Floats

Weighting: TypeAlias = Literal["linear", "quadratic"]


def percent_agreement(pairs: Sequence[tuple[int, int]]) -> float:
    """The share of pairs of equal grades, in percent; NaN of none."""
    return 100.0 * sum(a == b for a, b in pairs) / len(pairs) if pairs else float("nan")


def weighted_kappa(pairs: Sequence[tuple[int, int]], grades: Sequence[int], weighting: Weighting = "linear") -> float:
    """Cohen's (1968) kappa: 1 for full agreement, 0 for what chance gives.

    :param pairs: (one rater's grade, the other's) for each item
    :param grades: all grades in their order
    """
    rank = {grade: k for k, grade in enumerate(grades)}
    counts = np.zeros((len(grades), len(grades)))
    for a, b in pairs:
        counts[rank[a], rank[b]] += 1
    return float(kappa_of_counts(counts, weighting)) if pairs else 1.0


def kappa_of_counts(counts: Floats, weighting: Weighting) -> Floats:
    """The kappa of each table of counts; 1 where chance could not have differed.

    :param counts: (..., g, g) how often one rater gave a grade and the other another
    """
    g = counts.shape[-1]
    apart = np.abs(np.subtract.outer(np.arange(g), np.arange(g))).astype(float) ** (
        2 if weighting == "quadratic" else 1
    )
    flat = counts.reshape(-1, g * g)  # one product of large matrices is far quicker than many of small ones
    ones, others = flat @ np.repeat(np.eye(g), g, axis=0), flat @ np.tile(np.eye(g), (g, 1))  # (n, g) of each rater
    seen = (flat @ apart.ravel()) * (ones @ np.ones(g))
    chance = np.einsum("ni,ni->n", ones @ apart, others)
    kappas: Floats = 1.0 - np.divide(seen, chance, out=np.zeros_like(seen), where=chance > 0)
    return kappas.reshape(counts.shape[:-2])
