"""One group before and after: how much changed, how surely, and what so few pairs allow to be said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from coach.agree.bootstrap import draws, interval
from coach.domain import Floats
from coach.measure.ranks import Shift, SignedRanks, hodges_lehmann, signed_ranks

FEWEST = 5  # pairs below which only the list is shown
_HIGHEST = 100.0  # percent


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and its 95 % interval; NaN where it cannot be had."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """Second minus first, in the scores' unit."""

    n: int
    first: float  # mean
    last: float
    mean: Figure  # of the differences, by t
    t_p: float  # two-sided paired t
    median: Shift
    ranks: SignedRanks
    g: Figure  # Hedges' g with the average sd of both tests, bootstrapped over pairs
    n_gain: float  # mean of (last - first) / (100 - first), over those who were below 100
    risen: int
    same: int
    fallen: int


def change(first: Floats, last: Floats) -> Change | None:
    """None for fewer than :data:`FEWEST` pairs: of them no figure says more than the list.

    :param first: (n,) percent; ``last``: (n,) of the same people
    """
    n = len(first)
    if n != len(last):
        raise ValueError(f"{n} first and {len(last)} last scores are no pairs")
    if n < FEWEST:
        return None
    differences = last - first
    chosen = draws(n)
    return Change(
        n=n,
        first=float(first.mean()),
        last=float(last.mean()),
        mean=_by_t(differences),
        t_p=_t_p(differences),
        median=hodges_lehmann(differences),
        ranks=signed_ranks(differences),
        g=Figure(float(hedges_g(first, last)), *interval(hedges_g(first[chosen], last[chosen]))),
        n_gain=n_gain(first, last),
        risen=int((differences > 0).sum()),
        same=int((differences == 0).sum()),
        fallen=int((differences < 0).sum()),
    )


def _by_t(differences: Floats) -> Figure:
    n, mean = len(differences), float(differences.mean())
    half = float(stats.t.ppf(0.975, n - 1) * differences.std(ddof=1) / np.sqrt(n))
    return Figure(mean, mean - half, mean + half)


def _t_p(differences: Floats) -> float:
    """NaN where every difference is the same: there t has nothing to divide by."""
    return float(stats.ttest_1samp(differences, 0.0).pvalue) if float(np.ptp(differences)) > 0 else float("nan")


def hedges_g(first: Floats, last: Floats) -> Floats:
    """The mean change over the average sd of both tests, corrected for few pairs; over the last axis.

    NaN where neither test varies.
    """
    n = first.shape[-1]
    sd = (first.std(axis=-1, ddof=1) + last.std(axis=-1, ddof=1)) / 2
    correction = 1 - 3 / (4 * (n - 1) - 1)
    rise = (last - first).mean(axis=-1)
    found: Floats = np.divide(rise * correction, sd, out=np.full_like(np.asarray(sd), np.nan), where=sd > 0)
    return found


def n_gain(first: Floats, last: Floats) -> float:
    """Hake's (1998) normalised gain, the mean of each person's own; NaN where nobody could gain."""
    below = first < _HIGHEST
    if not below.any():
        return float("nan")
    return float(((last - first)[below] / (_HIGHEST - first[below])).mean())


def smallest_p(n: int) -> float:
    """The smallest two-sided exact p that n pairs allow: all of them changed to the same side."""
    return min(1.0, 2.0 / 2.0**n)
