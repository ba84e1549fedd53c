"""Wilcoxon's signed ranks, exactly: with ties, and with zeros as Pratt (1959) counts them; nothing is approximated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from coach.domain import Floats


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """What the signs of the ranked differences tell."""

    plus: float  # sum of the ranks of what rose
    minus: float
    p: float  # two-sided, exact over all signs of the differences that are not zero
    biserial: float  # matched rank-biserial correlation: 1 where everything rose; zeros count as no change


def signed_ranks(differences: Floats) -> SignedRanks:
    """:param differences: (n,) second minus first; NaN p and correlation where all are zero or there are none"""
    ranks = stats.rankdata(np.abs(differences)) if len(differences) else np.zeros(0)
    plus, minus = float(ranks[differences > 0].sum()), float(ranks[differences < 0].sum())
    moving = ranks[differences != 0]  # Pratt: zeros are ranked, and then left out
    if not len(moving):
        return SignedRanks(plus, minus, float("nan"), float("nan"))
    return SignedRanks(plus, minus, _p(moving, plus), (plus - minus) / float(ranks.sum()))


def _p(ranks: Floats, plus: float) -> float:
    """How often signs thrown by chance lie as far from the middle."""
    doubled = np.rint(2 * ranks).astype(int)  # ranks of ties are halves
    ways = distribution(doubled)
    middle = doubled.sum() / 2
    far = np.abs(np.arange(len(ways)) - middle) >= abs(2 * plus - middle) - 1e-9
    return min(1.0, float(ways[far].sum()))


def distribution(weights: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """(sum + 1,) the chance of each sum of a subset of whole weights, each taken or left with the same chance."""
    ways = np.zeros(int(weights.sum()) + 1)
    ways[0] = 1.0
    for weight in weights:
        moved = np.zeros_like(ways)
        moved[weight:] = ways[: len(ways) - weight]
        ways = (ways + moved) / 2
    return ways


@dataclass(frozen=True, slots=True)
class Shift:
    """Hodges and Lehmann's (1963) change; low and high are NaN where so few pairs allow no such interval."""

    value: float
    low: float
    high: float
    sure: float  # percent that the interval really has: whole ranks cannot give exactly 95


def hodges_lehmann(differences: Floats, sure: float = 95.0) -> Shift:
    """The median of all means of two differences, with the exact interval of the signed ranks."""
    n = len(differences)
    if n == 0:
        return Shift(*(float("nan"),) * 4)
    walsh = np.sort([(differences[i] + differences[j]) / 2 for i in range(n) for j in range(i, n)])
    below = np.cumsum(distribution(np.arange(1, n + 1)))
    k = int(np.searchsorted(below, (100 - sure) / 200, side="right")) - 1  # the largest sum that is rare enough
    if k < 0:
        return Shift(float(np.median(walsh)), float("nan"), float("nan"), float("nan"))
    reached = 100 * (1 - 2 * float(below[k]))
    return Shift(float(np.median(walsh)), float(walsh[k]), float(walsh[len(walsh) - 1 - k]), reached)
