"""What both hands do around a moment, as numbers: windowed features of the two traces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandTrack
from coach.moves.trace import Trace, trace
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact

Json: TypeAlias = dict[str, Any]
STEP = 4  # samples of the trace between moments: 0.2 s
WINDOWS_S = (0.5, 1.5, 3.0)  # half widths, s
CONTACTS: tuple[Contact, ...] = ("fingertips", "palm")
IDLE = "idle"


def traces_of(tracks: Mapping[Hand, HandTrack]) -> dict[Hand, Trace]:
    time_s = tracks["left"].time_s
    return {hand: trace(tracks[hand], float(time_s[0]), float(time_s[-1])) for hand in HANDS}


def moments(traces: Mapping[Hand, Trace]) -> Floats:
    """(m,) the times at which features are taken, s."""
    times: Floats = traces["left"].time_s[::STEP]
    return times


def features(traces: Mapping[Hand, Trace]) -> Floats:
    """(m, k) at each moment; NaN where a hand is unseen. The left hand is mirrored, so that both move alike."""
    columns: list[Floats] = []
    for contact in CONTACTS:
        left, right = (traces[hand].places[contact] for hand in HANDS)
        mirrored = np.column_stack((1.0 - left[:, 0], left[:, 1]))
        for window_s in WINDOWS_S:
            half = round(window_s * SAMPLE_RATE_HZ)
            for place in (mirrored, right):
                columns += _one_hand(place, half)
            columns += _two_hands(mirrored, right, half)
    return np.column_stack(columns)[::STEP]


def _one_hand(place: Floats, half: int) -> Iterator[Floats]:
    speed = np.gradient(place, 1.0 / SAMPLE_RATE_HZ, axis=0)
    middle = [_mean(place[:, k], half) for k in (0, 1)]
    yield from middle
    for k in (0, 1):
        yield np.sqrt(np.maximum(_mean(place[:, k] ** 2, half) - middle[k] ** 2, 0.0))
        yield _mean(speed[:, k], half)
        yield _mean(np.abs(speed[:, k]), half)
    # Twice the area swept about the window's middle, over the way gone squared: circles have much, strokes none.
    swept = _mean(place[:, 0] * speed[:, 1] - place[:, 1] * speed[:, 0], half)
    drift = middle[0] * _mean(speed[:, 1], half) - middle[1] * _mean(speed[:, 0], half)
    yield swept - drift
    yield _mean(np.isfinite(place[:, 0]).astype(float), half)


def _two_hands(one: Floats, other: Floats, half: int) -> Iterator[Floats]:
    speeds = [np.gradient(place, 1.0 / SAMPLE_RATE_HZ, axis=0) for place in (one, other)]
    for k in (0, 1):
        common = _mean(speeds[0][:, k] * speeds[1][:, k], half)
        own = _mean(speeds[0][:, k] ** 2, half) * _mean(speeds[1][:, k] ** 2, half)
        yield common / np.sqrt(np.maximum(own, 1e-8))
    yield _mean(np.hypot(*(one - other).T), half)


def _mean(values: Floats, half: int) -> Floats:
    """The mean over a window around each sample, of what is known in it; NaN of nothing."""
    known = np.isfinite(values)
    sums = np.concatenate(([0.0], np.cumsum(np.where(known, values, 0.0))))
    counts = np.concatenate(([0], np.cumsum(known)))
    at = np.arange(len(values))
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, len(values))
    count = counts[high] - counts[low]
    mean: Floats = np.where(count > 0, (sums[high] - sums[low]) / np.maximum(count, 1), np.nan)
    return mean


def labels(truth: Json, times: Floats) -> list[str]:
    """The segment that runs at each time, or idle."""
    found = [IDLE] * len(times)
    for segment in truth["segments"]:
        for k in np.flatnonzero((times >= segment["start_s"]) & (times < segment["end_s"])):
            found[int(k)] = segment["id"]
    return found
