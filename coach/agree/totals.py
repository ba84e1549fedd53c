"""Agreement on totals: ICC(2,1), and Bland and Altman's bias with its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Floats

LIMIT_SD = 1.96  # of the differences lie within so many sd, if they are normal: 95 %


def icc_2_1(scores: Floats) -> Floats:
    """Shrout and Fleiss's (1979) ICC(2,1): single scores of raters drawn from many, absolute agreement.

    :param scores: (..., n, k) of n sessions by the same k raters
    :returns: (...,); NaN for fewer than two sessions or raters, or where nothing differs
    """
    n, k = scores.shape[-2:]
    if n < 2 or k < 2:
        return np.full(scores.shape[:-2], np.nan)
    mean = scores.mean(axis=(-2, -1), keepdims=True)
    by_session, by_rater = scores.mean(axis=-1, keepdims=True), scores.mean(axis=-2, keepdims=True)
    between = k * ((by_session - mean) ** 2).sum(axis=(-2, -1)) / (n - 1)
    raters = n * ((by_rater - mean) ** 2).sum(axis=(-2, -1)) / (k - 1)
    error = ((scores - by_session - by_rater + mean) ** 2).sum(axis=(-2, -1)) / ((n - 1) * (k - 1))
    below = between + (k - 1) * error + k * (raters - error) / n
    found: Floats = np.divide(between - error, below, out=np.full_like(below, np.nan), where=below > 0)
    return found


@dataclass(frozen=True, slots=True)
class BlandAltman:
    """How two methods differ (Bland and Altman 1986): first minus second, in the scores' unit."""

    means: Floats  # (n,) of the two
    differences: Floats  # (n,)
    bias: float
    sd: float
    low: float  # limits of agreement
    high: float


def bland_altman(one: Floats, other: Floats) -> BlandAltman:
    """:param one: (n,) scores by one rater; ``other``: (n,) of the same sessions by another; n at least 2"""
    differences = one - other
    bias, sd = float(differences.mean()), float(differences.std(ddof=1))
    return BlandAltman((one + other) / 2, differences, bias, sd, bias - LIMIT_SD * sd, bias + LIMIT_SD * sd)
