"""Visits of one kader hang together: intervals are drawn by kader, never by visit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.agree.bootstrap import draws, interval
from coach.measure.paired import Figure


def mean_by(groups: Sequence[Sequence[float]]) -> Figure:
    """The mean over all values of all groups; the interval from drawing whole groups. NaN below two groups.

    :param groups: the values of each kader; those without any are left out
    """
    kept = [group for group in groups if len(group)]
    if not kept:
        return Figure(*(float("nan"),) * 3)
    sums, sizes = np.array([sum(group) for group in kept]), np.array([len(group) for group in kept])
    value = float(sums.sum() / sizes.sum())
    if len(kept) < 2:
        return Figure(value, float("nan"), float("nan"))
    chosen = draws(len(kept))
    return Figure(value, *interval(sums[chosen].sum(axis=1) / sizes[chosen].sum(axis=1)))
