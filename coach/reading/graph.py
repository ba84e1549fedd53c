"""The graph that readings are paths of: which candidate may come after which, and what that costs.

A reading is a path: candidates in order of time, each of which either goes on with the run before it or begins a new
one. Time that it takes no candidate in is idle and worth nothing, so that rest, travel and fidgeting compete with every
step. The prices are those of :mod:`coach.parse.lattice`, whose best reading is the best path here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.domain import HANDS, Floats, Hold, Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import (
    EXTRA_PRESS_WORTH,
    EXTRA_REPETITION_WORTH,
    GONE_THERE_S,
    LOOK_BACK_S,
    MOST_REPETITIONS,
)
from coach.parse.lattice import alone_costs, enter_cost, following_strokes, go_on_cost, most_of, touch_s, worth
from coach.protocol import Protocol

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """The n candidates of a session and the ways between them; steps are the s segments of the protocol."""

    candidates: tuple[Candidate, ...]  # in order of their start
    protocol: Protocol
    step: Ints  # (n,) of each candidate, its place in the protocol's order
    both: Ints  # (n,) 1 where both hands do it, else 0
    units: Ints  # (n,) how many repetitions it stands for, at most MOST_REPETITIONS
    gain: Floats  # (n, MOST_REPETITIONS + 1) worth in a run that has so many with it, s of perfect motion
    alone: Floats  # (n, MOST_REPETITIONS + 1) cost of a run that ends with it and has so many, s
    onward: tuple[tuple[tuple[int, float], ...], ...]  # n times: which a run may go on from, and at which cost, s
    first: Ints  # (n,) the first candidate that may begin a run after it; n where there is none
    gone: Ints  # (n,) the same, where the hands have gone there
    enter: Floats  # (2, s + 1, s, 2) cost to begin: gone there, last step + 1 (0: none), step, both hands; s

    @classmethod
    def of(cls, candidates: Sequence[Candidate], protocol: Protocol) -> Self:
        """:param candidates: in order of their start"""
        known = tuple(candidates)
        starts = np.array([c.span.start_s for c in known])
        ends = np.array([c.span.end_s for c in known])
        by_now = np.array(list(accumulate((c.span.start_s + touch_s(c) for c in known), max)))
        after = np.arange(1, len(known) + 1)
        return cls(
            known,
            protocol,
            step=np.array([c.rank for c in known], dtype=np.int64),
            both=np.array([int(len(c.hands) == len(HANDS)) for c in known], dtype=np.int64),
            units=np.array([min(c.units, MOST_REPETITIONS) for c in known], dtype=np.int64),
            gain=np.array([_gains(c, protocol) for c in known]).reshape(-1, MOST_REPETITIONS + 1),
            alone=np.array([_alone(c, protocol) for c in known]).reshape(-1, MOST_REPETITIONS + 1),
            onward=_onward(known, protocol),
            first=np.maximum(after, np.searchsorted(by_now, ends)),
            gone=np.maximum(after, np.searchsorted(starts, ends + GONE_THERE_S)),
            enter=_enter(protocol),
        )

    def __len__(self) -> int:
        return len(self.candidates)


def _gains(one: Candidate, protocol: Protocol) -> list[float]:
    segment = protocol.segments[one.rank]
    most, over = most_of(segment), EXTRA_PRESS_WORTH if segment.hold is not None else EXTRA_REPETITION_WORTH
    first = min(one.units, MOST_REPETITIONS)  # the first of a run is never one too many
    return [worth(one) * (over if count > max(most, first) else 1.0) for count in range(MOST_REPETITIONS + 1)]


def _alone(one: Candidate, protocol: Protocol) -> list[float]:
    costs = alone_costs(one, protocol.segments[one.rank])
    return [costs.get(count, 0.0) for count in range(MOST_REPETITIONS + 1)]


def _onward(known: Sequence[Candidate], protocol: Protocol) -> tuple[tuple[tuple[int, float], ...], ...]:
    recent: list[list[int]] = [[] for _ in protocol.segments]
    ways: list[tuple[tuple[int, float], ...]] = []
    for number, one in enumerate(known):
        segment, own = protocol.segments[one.rank], recent[one.rank]
        while own and one.span.start_s - known[own[0]].span.end_s > segment.pause_s + LOOK_BACK_S:
            own.pop(0)
        costs = ((k, go_on_cost(known[k], one, segment, one.span.start_s + touch_s(one))) for k in own)
        ways.append(tuple((k, cost) for k, cost in costs if cost is not None))
        own.append(number)
    return tuple(ways)


def _enter(protocol: Protocol) -> Floats:
    """What it costs to begin each step after each other, by one hand and by both, at once and having gone there."""
    segments = protocol.segments
    following = following_strokes(segments)
    out = np.zeros((2, len(segments) + 1, len(segments), 2))
    for went, last, rank, both in np.ndindex(out.shape):
        before = _some(last - 1, -1.0, 1, protocol) if last else None
        after = _some(rank, GONE_THERE_S if went else 0.0, both + 1, protocol)
        out[went, last, rank, both] = enter_cost(before, after, following)
    return out


def _some(rank: int, start_s: float, hands: int, protocol: Protocol) -> Candidate:
    span = Span(start_s, start_s + 1.0)
    holds = (Hold("", span, HANDS[0]),) if protocol.segments[rank].hold is not None else ()
    return Candidate(rank, span, 1.0, frozenset(HANDS[:hands]), holds=holds)
