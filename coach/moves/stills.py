"""Stills: the stretches in which a hand stays at one place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from coach.domain import Bools, Floats, Hand
from coach.locate.relief import slant
from coach.moves.middle import middle
from coach.moves.trace import Trace, runs
from coach.parameters.stills import (
    ARRIVAL_JUDGED_AFTER_S,
    ARRIVAL_JUDGED_FOR_S,
    ARRIVED,
    CALM_S,
    CARRIED_SHARE,
    CREEPING,
    CREEPS_ON,
    CREPT,
    CREPT_STAY_S,
    CREPT_WAY_S,
    CREPT_WOBBLES,
    EASING_FROM,
    EASING_RATIO,
    LONGEST_EASING_S,
    ONE_STILL,
    ONE_STILL_GAP_S,
    SHORTEST_STILL_S,
    SLANT_BLUR,
    STILL_SPEED,
    STILL_SPEED_OVER_S,
    TURNED_SHARE,
)
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Contact


@dataclass(frozen=True, slots=True)
class Still:
    hand: Hand
    start_s: float
    end_s: float
    place: Floats  # (2,) back coordinates, the median
    eased_s: tuple[float, float] = (0.0, 0.0)  # of it, at its start and its end: slow arrival and departure
    blur: float = 1.0  # how much less exactly its place is known than one straight before the camera
    reach: Floats | None = None  # (2,) up to where fingertips may be, of fingers that seem too short
    turned: bool = False  # most of the time it seemed to show its palm: one finger was taken for another
    carried: bool = False  # nearly all the time flow left it where it was detected last, rightly or not

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


def stills(trace: Trace, contact: Contact, speed_limit: float = STILL_SPEED) -> list[Still]:
    """The stretches of at least SHORTEST_STILL_S in which the hand is still, in order of time.

    :param speed_limit: back units a second below which it is
    """
    place = trace.skin[contact]
    spans = _merge(place, [(a, b) for a, b in runs(still_mask(place, speed_limit)) if b - a >= 3])
    parts = [(a, b) for span in spans for a, b in _split(place, *span, CREEPING * speed_limit / STILL_SPEED)]
    found = [trimmed(trace, place, a, b) for a, b in parts if b - a > SHORTEST_STILL_S * SAMPLE_RATE_HZ]
    return [still for still in found if still.duration_s >= SHORTEST_STILL_S]


def _split(place: Floats, a: int, b: int, creeping: float) -> list[tuple[int, int]]:
    """Parts a still in which the hand crept from one place to another: presses side by side.

    A hand that creeps 0.05 in a second never exceeds STILL_SPEED. So the mean place of CREPT_STAY_S is compared with
    that of CREPT_STAY_S after a gap, all along the still, and it is cut where their distance peaks above what wobble
    explains. A part that goes on creeping is a slow stroke, and none of them.

    :param creeping: back units between those means for half of a part
    """
    steady, half = round(CREPT_STAY_S * SAMPLE_RATE_HZ), round(CREPT_WAY_S * SAMPLE_RATE_HZ / 2)
    least = 2 * (steady + half)
    if b - a < least:
        return [(a, b)]
    sums = np.concatenate((np.zeros((1, 2)), np.cumsum(place[a:b] - place[a], axis=0)))
    at = np.arange(steady + half, b - a - steady - half + 1)
    before = (sums[at - half] - sums[at - half - steady]) / steady
    after = (sums[at + half + steady] - sums[at + half]) / steady
    step = np.hypot(*(after - before).T)
    usual, distance = float(middle(step)), step.copy()
    cuts: list[int] = []
    while step.max() >= CREPT:
        peak = int(np.argmax(step))
        around = slice(max(0, peak - steady - half), peak + steady + half + 1)
        if step[peak] >= CREPT_WOBBLES * min(
            usual, _wobbles(distance[: around.start][::-1]), _wobbles(distance[around.stop :])
        ):
            cuts.append(int(at[peak]))
        step[around] = 0.0
    edges = [0, *sorted(cuts), b - a]
    return [
        (a + start, a + end)
        for start, end in pairwise(edges)
        if not _creeps(distance[start : end + 1 - least], creeping)
    ]


def _creeps(step: Floats, far: float) -> bool:
    """Whether a hand was on its way for half of a part, by the distances that lie wholly within it."""
    return len(step) > 0 and float(middle(step)) >= far


def _wobbles(step: Floats) -> float:
    """The median of the distances from a cut on, as long as a hand that rests there takes to show how it trembles."""
    near = step[: round(CALM_S * SAMPLE_RATE_HZ)]
    return float(middle(near)) if len(near) >= round(CALM_S * SAMPLE_RATE_HZ) else inf


def trimmed(trace: Trace, place: Floats, a: int, b: int) -> Still:
    """Without the last slow bit of the way there and the first of the way on."""
    way = place[a:b]
    centre = middle(way)
    away = np.hypot(*(way - centre).T)
    there = away <= max(CREEPS_ON, 2.0 * float(middle(away)))
    after, before = _around(way)
    off = np.hypot(*(way - after).T)
    close = max(ARRIVED, 2.0 * float(middle(off)))
    first = int(np.argmax(there & (off <= close)))
    last = len(way) - 1 - int(np.argmax((there & (np.hypot(*(way - before).T) <= close))[::-1]))
    eased_s = (
        _ease_s(place[: a + first][::-1], after[first], close),
        _ease_s(place[a + last + 1 :], before[last], close),
    )
    camera = trace.eye_at(a)
    blur = 1.0 if camera is None else 1.0 + SLANT_BLUR * slant(centre, camera)
    first, last = a + first, a + last
    reach = None if trace.reach is None else middle(trace.reach[first : last + 1])
    turned = _mostly(trace.turned, first, last + 1, TURNED_SHARE)
    carried = _mostly(trace.bridged, first, last + 1, CARRIED_SHARE)
    span_s = float(trace.time_s[first]), float(trace.time_s[last])
    return Still(trace.hand, *span_s, centre, eased_s, blur, reach, turned=turned, carried=carried)


def _mostly(shares: Floats | None, a: int, b: int, least: float) -> bool:
    """Whether what is so for a share (m,) of each sample is so for more than the least of some of them."""
    return shares is not None and bool(shares[a:b].sum() > least * (b - a))


def _around(way: Floats) -> tuple[Floats, Floats]:
    """(k, 2) twice: where the hand is soon after each place of its way (k, 2), and where it was shortly before."""
    soon = min(round(ARRIVAL_JUDGED_FOR_S * SAMPLE_RATE_HZ), len(way))
    sums = np.cumsum(way - way[0], axis=0)
    sums[soon:] -= sums[:-soon]
    mean = way[0] + sums[soon - 1 :] / soon  # of so many places from each on
    later, at = round(ARRIVAL_JUDGED_AFTER_S * SAMPLE_RATE_HZ), np.arange(len(way))
    return mean[np.minimum(at + later, len(mean) - 1)], mean[np.maximum(at - later - soon + 1, 0)]


def _ease_s(way: Floats, still: Floats, close: float) -> float:
    """How long the last bit of the way to a still takes, judged by the way before it; 0 where the hand is lost there.

    :param way: (k, 2) places before the still, backwards in time, or after it
    :param close: distance within which the hand seems to be there
    """
    longest = round(LONGEST_EASING_S * SAMPLE_RATE_HZ)
    distance = np.hypot(*(way[:longest] - still).T)
    there, near = (leading(distance < least) for least in (close, EASING_FROM * close))
    if near < longest and not (near < len(distance) and np.isfinite(distance[near])):
        return 0.0
    return min(LONGEST_EASING_S, EASING_RATIO * (near - there) / SAMPLE_RATE_HZ)


def leading(mask: Bools) -> int:
    """How many samples are true before the first that is not."""
    return len(mask) if mask.all() else int(np.argmin(mask))


def still_mask(place: Floats, speed_limit: float | Floats = STILL_SPEED) -> Bools:
    """Samples around which the hand moves less than the limit (back units a second).

    Over STILL_SPEED_OVER_S at STILL_SPEED, and for as much longer as the limit is lower: noise moves a still hand as
    far in any time.

    :param place: (n, 2)
    :param speed_limit: one, or (n,) one for each sample
    """
    over_s = STILL_SPEED_OVER_S * np.maximum(1.0, STILL_SPEED / speed_limit)
    half = np.maximum(1, np.round(over_s * SAMPLE_RATE_HZ / 2).astype(np.int64))
    if len(place) <= 2 * int(half.max(initial=1)):
        return np.zeros(len(place), dtype=np.bool_)
    if np.ndim(half) == 0:
        return _speed(place, int(half)) < speed_limit
    widths, which = np.unique(half, return_inverse=True)
    speeds = np.stack([_speed(place, width) for width in widths.tolist()])
    slow: Bools = speeds[which, np.arange(len(place))] < speed_limit
    return slow


def _speed(place: Floats, half: int) -> Floats:
    """(n,) back units a second, over so many samples before each and after it; at the ends as at the next that has."""
    step = place[2 * half :] - place[: -2 * half]
    speed = np.empty(len(place))
    speed[half:-half] = np.hypot(step[:, 0], step[:, 1]) * SAMPLE_RATE_HZ / (2 * half)
    speed[:half], speed[-half:] = speed[half], speed[-half - 1]
    return speed


def _merge(place: Floats, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged:
            a, b = merged[-1]
            step = middle(place[a:b]) - middle(place[start:end])
            soon = start - b <= ONE_STILL_GAP_S * SAMPLE_RATE_HZ
            if soon and np.hypot(*step) < ONE_STILL and np.isfinite(place[b:start]).all():
                merged[-1] = (a, end)
                continue
        merged.append((start, end))
    return merged
