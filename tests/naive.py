"""Slow and obvious versions of what coach computes cleverly. The clever ones must give the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import atan2, pi

from coach.domain import Floats, ItemScore
from coach.moves.candidate import Candidate
from coach.parameters import lattice as prices
from coach.parse import lattice
from coach.parse.lattice import worth
from coach.protocol import Protocol, Segment


# ------------------------------------------------------------------ locate
def on_picture(corners: Floats, u: float, v: float) -> tuple[float, float]:
    """Where a place of the unit square lies in the picture (Heckbert's closed form), one point at a time."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners.tolist()
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    whole = dx1 * dy2 - dx2 * dy1
    g, h = (sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole
    w = g * u + h * v + 1.0
    x = ((x1 - x0 + g * x1) * u + (x3 - x0 + h * x3) * v + x0) / w
    y = ((y1 - y0 + g * y1) * u + (y3 - y0 + h * y3) * v + y0) / w
    return x, y


def mapped(plane: Floats, x: float, y: float) -> tuple[float, float]:
    """One point through one homography, row by row."""
    sums = [row[0] * x + row[1] * y + row[2] for row in plane.tolist()]
    return sums[0] / sums[2], sums[1] / sums[2]


# ------------------------------------------------------------------ moves
def runs(mask: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of true, one sample at a time."""
    found, start = [], None
    for k, value in enumerate([*mask, False]):
        if value and start is None:
            start = k
        if not value and start is not None:
            found.append((start, k))
            start = None
    return found


def turning_points(values: Sequence[float], prominence: float) -> list[tuple[int, bool]]:
    """(index, is it a high?): all local extrema, then the smallest swing between neighbours is taken out until none
    is under the prominence."""
    at = [k for k in range(len(values)) if _is_extreme(values, k)]
    while len(at) > 1:
        swings = [abs(values[a] - values[b]) for a, b in pairwise(at)]
        smallest = min(range(len(swings)), key=swings.__getitem__)
        if swings[smallest] >= prominence:
            break
        if smallest == 0:
            del at[0]
        elif smallest == len(swings) - 1:
            del at[-1]
        else:
            del at[smallest : smallest + 2]
    if len(at) < 2:
        return []
    return [(k, values[k] > values[at[1] if n == 0 else at[n - 1]]) for n, k in enumerate(at)]


def _is_extreme(values: Sequence[float], k: int) -> bool:
    if k in (0, len(values) - 1):
        return True
    return (values[k] - values[k - 1]) * (values[k] - values[k + 1]) > 0


def turned(points: Floats, centre: Floats, radii: Floats) -> float:
    """Turns about a centre, positive clockwise in the picture: every step's angle, summed."""
    total = 0.0
    angles = [atan2((y - centre[1]) / radii[1], (x - centre[0]) / radii[0]) for x, y in points.tolist()]
    for a, b in pairwise(angles):
        step = b - a
        while step > pi:
            step -= 2 * pi
        while step < -pi:
            step += 2 * pi
        total += step
    return total / (2 * pi)


# ------------------------------------------------------------------ parse
Reading = list[list[Candidate]]


def best_worth(candidates: Sequence[Candidate], protocol: Protocol) -> float:
    """The worth of the best reading."""
    return max(reading_worth(reading, protocol) for reading in readings(candidates, protocol))


def readings(candidates: Sequence[Candidate], protocol: Protocol) -> Iterator[Reading]:
    """All readings: every choice of candidates, cut into runs in every way."""
    for size in range(len(candidates) + 1):
        for chosen in combinations(candidates, size):
            yield from (runs_ for runs_ in _cuts(list(chosen)) if _allowed(runs_, protocol))


def counted(run: Sequence[Candidate]) -> int:
    """The repetitions of a run."""
    return sum(one.units for one in run)


def _cuts(chosen: list[Candidate]) -> Iterator[Reading]:
    """All ways to cut a list into runs of one segment each."""
    if not chosen:
        yield []
        return
    for length in range(1, len(chosen) + 1):
        if any(c.rank != chosen[0].rank for c in chosen[:length]):
            break
        for rest in _cuts(chosen[length:]):
            yield [chosen[:length], *rest]


def _allowed(reading: Reading, protocol: Protocol) -> bool:
    """Nothing overlaps by more than a touch, and within a run no rest is longer than the segment allows."""
    flat = [c for run in reading for c in run]
    apart = all(a.span.end_s <= b.span.start_s + touch_s(b) for a, b in pairwise(flat))
    rests = [
        (b.span.start_s - a.span.end_s, protocol.segments[run[0].rank].pause_s)
        for run in reading
        for a, b in pairwise(run)
    ]
    return apart and all(rest <= longest for rest, longest in rests)


def touch_s(candidate: Candidate) -> float:
    lasts = candidate.span.duration_s
    share = min(prices.TOUCH_SHARE * lasts, prices.MOST_TOUCH_S)
    return min(max(prices.TOUCH_S, share), lasts / 3)


def reading_worth(reading: Reading, protocol: Protocol) -> float:
    """The sum of what a reading gains and costs, in the lattice's own prices: it is the search that is tried here."""
    total, before = 0.0, None
    following = lattice.following_strokes(protocol.segments)
    for run in reading:
        total += _run_worth(run, protocol.segments[run[0].rank])
        total -= lattice.enter_cost(before, run[0], following)
        before = run[-1]
    return total


def _run_worth(run: list[Candidate], segment: Segment) -> float:
    most, over = lattice.most_of(segment), prices.EXTRA_PRESS_WORTH if segment.hold else prices.EXTRA_REPETITION_WORTH
    total, count = worth(run[0]), run[0].units
    for before, after in pairwise(run):
        total += worth(after) * (over if count + after.units > most else 1.0)
        total -= prices.PAUSE_COST * max(0.0, after.span.start_s - before.span.end_s)
        total -= lattice.repeat_cost(before, after, segment)
        count += after.units
    return total - lattice.alone_costs(run[-1], segment).get(count, 0.0)


# ------------------------------------------------------------------ score
def longest_in_order(ranks: Sequence[int]) -> tuple[int, ...]:
    """Indices of a longest non-decreasing subsequence: all are listed, and of the longest the one with the latest
    elements is taken."""
    kept: list[tuple[int, ...]] = [
        chosen
        for size in range(len(ranks) + 1)
        for chosen in combinations(range(len(ranks)), size)
        if all(ranks[a] <= ranks[b] for a, b in pairwise(chosen))
    ]
    return max(kept, key=lambda chosen: (len(chosen), chosen))


def nilai(items: Sequence[ItemScore]) -> tuple[int, int, float | None]:
    """Points, the most there could be, and their percentage, counted one by one."""
    points = most = 0
    for item in items:
        if item.status == "scored" and item.points is not None:
            points += item.points
            most += 2
    return points, most, round(100 * points / most, 1) if most else None
