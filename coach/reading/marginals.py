"""Max-marginals: what the best reading explains through each part of the graph, and the best without a part.

The forward and the backward pass of Viterbi's recursion (the max-product form of Baum's forward-backward algorithm)
over states of a candidate and the number of repetitions in its run, as in a hidden semi-Markov model (Murphy 2002;
max-marginals: Koller and Friedman, "Probabilistic graphical models", 13.3). All values are in seconds of perfectly
fitting motion. The forward pass goes over many graphs at once, each with some candidates forbidden: a column each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Bools, Floats
from coach.parameters.lattice import MOST_REPETITIONS
from coach.reading.graph import Graph, Ints

NEVER = -1e18
NONE = -1  # in place of a candidate: before the first, after the last


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """What the best reading explains up to and with each candidate; columns k as given."""

    best: Floats  # (n, MOST_REPETITIONS + 1, k) by the number of repetitions in the run
    ended: Floats  # (n, k) where its run ends with it
    came: Ints  # (n, k) the candidate that the run before it ended with, where it begins one; NONE: it is the first

    def top(self) -> Floats:
        """(k,) what the best reading of each column explains; 0 where that is the empty one."""
        best: Floats = self.ended.max(axis=0, initial=0.0)
        return best


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """What the best continuation explains, after each candidate and without it, with nothing forbidden."""

    best: Floats  # (n, MOST_REPETITIONS + 1) by the number of repetitions in the run so far
    ended: Floats  # (n,) where its run ends with it
    onward: Ints  # (n, MOST_REPETITIONS + 1) the candidate that its run goes on with; NONE: it ends
    goes: Ints  # (n,) the candidate that the next run begins with where it ends; NONE: it was the last


def forward(graph: Graph, forbidden: Bools) -> Forward:
    """:param forbidden: (n, k) whether a reading of a column may not take a candidate"""
    n, k = forbidden.shape
    steps = len(graph.protocol.segments)
    best, ended = np.full((n, MOST_REPETITIONS + 1, k), NEVER), np.full((n, k), NEVER)
    came = np.full((n, k), NONE, dtype=np.int64)
    passed, gone = _Passed.empty(steps, k), _Passed.empty(steps, k)
    passed.best[0] = 0.0
    until = [_by(first, n) for first in (graph.first, graph.gone)]
    for at in range(n):
        for known, arrived in zip((passed, gone), until, strict=True):
            for before in arrived[at]:
                known.take(int(graph.step[before]) + 1, before, ended[before])
        own = (slice(None), int(graph.step[at]), int(graph.both[at]))
        values, came[at] = _better(passed.after(graph.enter[0][own]), gone.after(graph.enter[1][own]))
        units = int(graph.units[at])
        best[at, units] = values + graph.gain[at, units]
        for before, cost in graph.onward[at]:
            np.maximum(best[at], _moved(best[before], units) + (graph.gain[at] - cost)[:, None], out=best[at])
        best[at][:, forbidden[at]] = NEVER
        ended[at] = (best[at] - graph.alone[at][:, None]).max(axis=0)
    return Forward(best, ended, came)


@dataclass(slots=True)
class _Passed:
    """The best reading that has ended with each step; step 0 is none."""

    best: Floats  # (s + 1, k)
    last: Ints  # (s + 1, k) its last candidate

    @classmethod
    def empty(cls, steps: int, columns: int) -> _Passed:
        shape = steps + 1, columns
        return cls(np.full(shape, NEVER), np.full(shape, NONE, dtype=np.int64))

    def take(self, step: int, candidate: int, ended: Floats) -> None:
        better = ended > self.best[step]
        self.best[step][better] = ended[better]
        self.last[step][better] = candidate

    def after(self, cost: Floats) -> tuple[Floats, Ints]:
        """The best of them, less what it costs to go on from each, and their last candidates."""
        values = self.best - cost[:, None]
        rows, columns = values.argmax(axis=0), np.arange(values.shape[1])
        return values[rows, columns], self.last[rows, columns]


def _better(one: tuple[Floats, Ints], other: tuple[Floats, Ints]) -> tuple[Floats, Ints]:
    first = one[0] >= other[0]
    return np.where(first, one[0], other[0]), np.where(first, one[1], other[1])


def _by(first: Ints, n: int) -> list[list[int]]:
    """By number, those that it is the first to come after."""
    out: list[list[int]] = [[] for _ in range(n + 1)]
    for number, at in enumerate(first.tolist()):
        out[at].append(number)
    return out


def _moved(best: Floats, units: int) -> Floats:
    """The same by the number of repetitions after so many more; MOST_REPETITIONS stands for all from there on."""
    out = np.full_like(best, NEVER)
    out[units:] = best[: MOST_REPETITIONS + 1 - units]
    out[MOST_REPETITIONS] = best[MOST_REPETITIONS - units :].max(axis=0)
    return out


def backward(graph: Graph) -> Backward:
    n, steps = len(graph), len(graph.protocol.segments)
    best, ended = np.full((n, MOST_REPETITIONS + 1), NEVER), np.zeros(n)
    onward, goes = np.full((n, MOST_REPETITIONS + 1), NONE, dtype=np.int64), np.full(n, NONE, dtype=np.int64)
    entered = np.full((n + 1, steps, 2), NEVER)  # the best that begins with this candidate or a later one
    begins = np.full((n + 1, steps, 2), NONE, dtype=np.int64)
    counts = np.arange(MOST_REPETITIONS + 1)
    for at in range(n - 1, -1, -1):
        for went, follower in enumerate((int(graph.first[at]), int(graph.gone[at]))):
            values = entered[follower] - graph.enter[went, int(graph.step[at]) + 1]
            if values.max() > ended[at]:
                where = np.unravel_index(values.argmax(), values.shape)
                ended[at], goes[at] = values[where], begins[follower][where]
        _improve(best[at], onward[at], ended[at] - graph.alone[at], NONE)
        after = np.minimum(counts + graph.units[at], MOST_REPETITIONS)
        for before, cost in graph.onward[at]:
            _improve(best[before], onward[before], best[at, after] + graph.gain[at, after] - cost, at)
        entered[at], begins[at] = entered[at + 1], begins[at + 1]
        units, own = int(graph.units[at]), (int(graph.step[at]), int(graph.both[at]))
        value = best[at, units] + graph.gain[at, units]
        if value >= entered[at][own]:
            entered[at][own], begins[at][own] = value, at
    return Backward(best, ended, onward, goes)


def _improve(best: Floats, by: Ints, values: Floats, candidate: int) -> None:
    better = values > best
    best[better], by[better] = values[better], candidate
