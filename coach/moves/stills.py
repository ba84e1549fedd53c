"""Stills: the stretches in which a hand stays at one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Bools, Floats, Hand
from coach.moves.trace import RATE_HZ, Trace, runs
from coach.protocol import Contact

# Detector noise makes a still hand seem to move at 0.03 back units a second (0.08 where hair hides the fingers);
# the slowest travel between two points 0.11 apart in a second peaks at 0.17.
SPEED = 0.10  # back units a second
WINDOW_S = 0.3  # over which the speed is measured
SHORTEST_S = 0.4
NEAR = 0.035  # two stills nearer than this, parted by less than APART_S, are one
APART_S = 0.5
CREPT, CREPT_SPREADS = 0.028, 2.5  # back units, and times the wobble about each of the two places
ARRIVED = 0.012  # back units: nearer to the still's place than this, the hand has arrived


@dataclass(frozen=True, slots=True)
class Still:
    hand: Hand
    start_s: float
    end_s: float
    place: Floats  # (2,) back coordinates, the median

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


def stills(trace: Trace, contact: Contact) -> list[Still]:
    """The stretches of at least SHORTEST_S in which the hand is still, in order of time."""
    place = trace.at(contact)
    spans = _merge(place, [(a, b) for a, b in runs(still_mask(place)) if b - a >= 3])
    found = [_trimmed(trace, place, a, b) for span in spans for a, b in _split(place, *span)]
    return [still for still in found if still.duration_s >= SHORTEST_S]


def _split(place: Floats, a: int, b: int) -> list[tuple[int, int]]:
    """Parts a still in which the hand crept from one place to another: two presses side by side.

    The split is the one that leaves the smallest squared distances from the two means.
    """
    least = round(SHORTEST_S * RATE_HZ)
    if b - a < 2 * least:
        return [(a, b)]
    part = place[a:b] - place[a]
    count = np.arange(1, b - a)[:, None]
    first = np.cumsum(part, axis=0)[:-1]
    second = part.sum(axis=0) - first
    gain = (first**2 / count + second**2 / (b - a - count)).sum(axis=1)
    k = least + int(np.argmax(gain[least - 1 : b - a - least]))
    step = float(np.hypot(*(second[k - 1] / (b - a - k) - first[k - 1] / k)))
    spread = max(float(np.sqrt(part[:k].var(axis=0).sum())), float(np.sqrt(part[k:].var(axis=0).sum())))
    if step < CREPT or step < CREPT_SPREADS * spread:
        return [(a, b)]
    return _split(place, a, a + k) + _split(place, a + k, b)


def _trimmed(trace: Trace, place: Floats, a: int, b: int) -> Still:
    """Without the last slow bit of the way there and the first of the way on."""
    middle = np.median(place[a:b], axis=0)
    away = np.hypot(*(place[a:b] - middle).T)
    near = np.flatnonzero(away <= max(ARRIVED, 2.0 * float(np.median(away))))
    return Still(trace.hand, float(trace.time_s[a + near[0]]), float(trace.time_s[a + near[-1]]), middle)


def still_mask(place: Floats) -> Bools:
    """Samples around which the hand moves less than SPEED over WINDOW_S."""
    half = max(1, round(WINDOW_S * RATE_HZ / 2))
    speed = np.full(len(place), np.nan)
    if len(place) > 2 * half:
        step = place[2 * half :] - place[: -2 * half]
        speed[half:-half] = np.hypot(step[:, 0], step[:, 1]) * RATE_HZ / (2 * half)
        speed[:half], speed[-half:] = speed[half], speed[-half - 1]
    slow: Bools = speed < SPEED
    return slow


def _merge(place: Floats, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged:
            a, b = merged[-1]
            step = np.median(place[a:b], axis=0) - np.median(place[start:end], axis=0)
            if start - b <= APART_S * RATE_HZ and np.hypot(*step) < NEAR and np.isfinite(place[b:start]).all():
                merged[-1] = (a, end)
                continue
        merged.append((start, end))
    return merged
