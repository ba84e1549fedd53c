"""Intervals by drawing the sessions again and again (percentile bootstrap): items of one session hang together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.domain import Floats

DRAWS = 2000
SEED = 1979  # the same sessions give the same interval
INSIDE = 95.0  # percent of the draws

Draws: TypeAlias = NDArray[np.int64]


def draws(sessions: int, number: int = DRAWS, seed: int = SEED) -> Draws:
    """(number, sessions) which sessions each draw takes, with repeats; the same every time."""
    if sessions == 0:
        return np.zeros((number, 0), dtype=np.int64)
    chosen: Draws = np.random.default_rng([seed, sessions]).integers(0, sessions, (number, sessions))
    return chosen


def interval(values: Floats) -> tuple[float, float]:
    """Between which the middle 95 % of the draws' values lie; NaN where there are none."""
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [50 - INSIDE / 2, 50 + INSIDE / 2])
    return float(low), float(high)


def intervals(values: Floats) -> tuple[Floats, Floats]:
    """The same of several statistics at once: (draws, statistics) → lows and highs."""
    if np.isfinite(values).all() and len(values):
        low, high = np.percentile(values, [50 - INSIDE / 2, 50 + INSIDE / 2], axis=0)
        return low, high
    found = np.array([interval(one) for one in values.T]).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def interval_of(statistic: Callable[[Draws], float], sessions: int, number: int = DRAWS) -> tuple[float, float]:
    """The interval of a statistic that is told which sessions a draw took."""
    return interval(np.array([statistic(chosen) for chosen in draws(sessions, number)]))
