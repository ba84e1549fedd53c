"""Shares and their intervals, and counts before and after in the same people."""

from __future__ import annotations

from math import sqrt

from scipy import stats

from coach.measure.paired import Figure

_Z = float(stats.norm.ppf(0.975))


def share(k: int, n: int) -> Figure:
    """k of n in percent, with Wilson's (1927) interval; NaN of none."""
    if n == 0:
        return Figure(*(float("nan"),) * 3)
    low, high = stats.binomtest(k, n).proportion_ci(method="wilson")
    return Figure(100.0 * k / n, 100.0 * float(low), 100.0 * float(high))


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of those who moved one way against those who moved the other; 1 where nobody did."""
    return float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def change(both: int, gained: int, lost: int, neither: int) -> Figure:
    """After minus before in percent points, with Newcombe's (1998) interval for pairs (his method 10); NaN of none."""
    n = both + gained + lost + neither
    if n == 0:
        return Figure(*(float("nan"),) * 3)
    after, before = share(both + gained, n), share(both + lost, n)
    phi = _phi(both, gained, lost, neither)
    rise = after.value - before.value

    def reach(one: float, other: float) -> float:
        return sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))

    down = reach(after.value - after.low, before.high - before.value)
    up = reach(after.high - after.value, before.value - before.low)
    return Figure(rise, rise - down, rise + up)


def _phi(both: int, gained: int, lost: int, neither: int) -> float:
    """The correlation between before and after, with Newcombe's correction for continuity; 0 where it has no value."""
    n = both + gained + lost + neither
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    if margins == 0:
        return 0.0
    apart = float(both * neither - gained * lost)
    return (max(apart - n / 2, 0.0) if apart > 0 else apart) / sqrt(margins)


def by_chance(right: int, of: int) -> float:
    """The chance of at least so many right answers of so many that are only guessed true or false."""
    return float(stats.binom.sf(right - 1, of, 0.5))
