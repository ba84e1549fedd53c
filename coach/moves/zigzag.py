"""Turning points of a signal: highs and lows that differ by at least a given prominence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Floats
from coach.moves.trace import runs


@dataclass(frozen=True, slots=True)
class TurningPoint:
    index: int
    value: float
    high: bool


def zigzag(signal: Floats, prominence: float) -> list[list[TurningPoint]]:
    """Alternating lows and highs, one list for every stretch without NaN.

    A new turning point is taken once the signal has come back from it by ``prominence``; smaller
    wiggles are skipped, so the count does not depend on noise or on the frame rate.

    :param signal: (m,)
    :param prominence: in the signal's unit, > 0
    """
    return [_zigzag(signal[a:b].tolist(), a, prominence) for a, b in runs(np.isfinite(signal))]


def _zigzag(values: list[float], offset: int, prominence: float) -> list[TurningPoint]:
    turns: list[TurningPoint] = []
    low = high = 0
    rising: bool | None = None
    for k, value in enumerate(values):
        if value > values[high]:
            high = k
        if value < values[low]:
            low = k
        if rising is not False and values[high] - value >= prominence:
            if rising is None:
                _begin(turns, values, offset, low, high, prominence)
            turns.append(TurningPoint(offset + high, values[high], True))
            rising, low, high = False, k, k
        elif rising is not True and value - values[low] >= prominence:
            if rising is None:
                _begin(turns, values, offset, high, low, prominence)
            turns.append(TurningPoint(offset + low, values[low], False))
            rising, low, high = True, k, k
    if rising is not None:
        last = high if rising else low
        turns.append(TurningPoint(offset + last, values[last], rising))
    return turns


def _begin(
    turns: list[TurningPoint], values: list[float], offset: int, first: int, second: int, prominence: float
) -> None:
    """The stretch's own first turning point, where the signal moved far enough before the first found one."""
    if first < second and abs(values[second] - values[first]) >= prominence:
        turns.append(TurningPoint(offset + first, values[first], values[first] > values[second]))
