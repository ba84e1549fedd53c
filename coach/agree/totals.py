"""Agreement on totals: ICC(2,1), and Bland and Altman's bias with its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Floats

NOTHING = 1e-9  # of the squares: what is smaller is rounding
LIMIT_SD = 1.96  # of the differences lie within so many sd, if they are normal: 95 %


def icc_2_1(scores: Floats, taken: Floats | None = None) -> Floats:
    """Shrout and Fleiss's (1979) ICC(2,1): single scores of raters drawn from many, absolute agreement.

    :param scores: (n, k) of n sessions by the same k raters
    :param taken: (draws, n) how often each draw takes each session, n in all; None: each once
    :returns: (draws,), or a scalar; NaN for fewer than two sessions or raters, or where nothing differs
    """
    n, k = scores.shape
    times = np.ones((1, n)) if taken is None else taken
    shape = () if taken is None else (len(taken),)
    if n < 2 or k < 2:
        return np.full(shape, np.nan)
    # Sums of squares about their means, by sums that are one product; near zero first, for the digits' sake.
    off = scores - scores.mean()
    sums = times @ np.column_stack((off, off**2, off.mean(axis=1) ** 2)) / n
    by_rater, squares, by_session = sums[:, :k], sums[:, k:-1].sum(axis=1), sums[:, -1]
    middle = by_rater.mean(axis=1)
    between = k * n * (by_session - middle**2) / (n - 1)
    raters = n * ((by_rater - middle[:, None]) ** 2).sum(axis=1) / (k - 1)
    left = squares - k * by_session - (by_rater**2).sum(axis=1) + k * middle**2
    error = n * left / ((n - 1) * (k - 1))
    below = between + (k - 1) * error + k * (raters - error) / n
    shares = np.divide(between - error, below, out=np.full_like(below, np.nan), where=below > NOTHING * squares)
    found: Floats = shares.reshape(shape)
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
