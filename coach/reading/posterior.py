"""The posterior over readings: the best reading of a session, and how much less every other one explains.

Computed once from the candidates. A *margin* is what the best reading explains more than the best one that says
otherwise, in seconds of perfectly fitting motion; what is probable follows from it by one scale, as in a Gibbs
distribution over readings: ``p ∝ exp(-margin / MARGIN_SCALE_S)``, over the answers to one question, each by its best
reading (max-marginals: ten ways to read one motion as the same step speak for it once). Every alternative that is kept
is the best reading under one condition (with a candidate, without a step, with another count), so its margin is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Self, TypeVar

import numpy as np

from coach.domain import Hand
from coach.moves.candidate import Candidate
from coach.parameters.lattice import MOST_REPETITIONS
from coach.parameters.posterior import DEEPEST_MARGIN_S, MARGIN_SCALE_S
from coach.protocol import Protocol
from coach.reading.graph import Graph
from coach.reading.marginals import NEVER, Backward, Forward, backward, forward
from coach.reading.paths import After, Before, Path

Answer = TypeVar("Answer", bound=Hashable)
Run = tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a session."""

    runs: tuple[Run, ...]  # in order of time, each of repetitions or presses of one step
    margin_s: float  # how much less it explains than the best one, s of perfectly fitting motion

    def of(self, step: int) -> tuple[Run, ...]:
        """The runs of a step, by its place in the protocol."""
        return tuple(run for run in self.runs if run[0].rank == step)

    def has(self, step: int) -> bool:
        """Whether a step was done."""
        return any(run[0].rank == step for run in self.runs)

    def count(self, step: int) -> int:
        """The repetitions, or presses, of a step in the longest of its runs."""
        return max((min(MOST_REPETITIONS, sum(c.units for c in run)) for run in self.of(step)), default=0)

    def hands(self, step: int) -> frozenset[Hand]:
        """The hands that did a step; none where it was not done."""
        return frozenset(hand for run in self.of(step) for one in run for hand in one.hands)

    def held_s(self, step: int, point: str) -> float:
        """The longest press of a point of a step; 0 where there was none."""
        held = (h.span.duration_s for run in self.of(step) for c in run for h in c.holds if h.point == point)
        return max(held, default=0.0)

    def before(self, one: int, other: int) -> bool:
        """Whether a step was begun before another, both done."""
        begun = [min((run[0].span.start_s for run in self.of(step)), default=None) for step in (one, other)]
        return begun[0] is not None and begun[1] is not None and begun[0] < begun[1]


@dataclass(frozen=True, slots=True)
class Posterior:
    """The readings of a session, best first."""

    protocol: Protocol
    readings: tuple[Reading, ...]  # each the best under one condition; the first is the best of all

    @classmethod
    def of(cls, candidates: Sequence[Candidate], protocol: Protocol) -> Self:
        """:param candidates: of the session, in order of their start"""
        graph = Graph.of([c for c in candidates if not c.doubted], protocol)
        paths: dict[Path, float] = {}
        for explains, path in sorted(_alternatives(graph), key=lambda found: -found[0]):
            paths.setdefault(path, explains)
        top = max(paths.values())
        runs = {run: tuple(graph.candidates[k] for k in run) for path in paths for run in path}
        return cls(
            protocol,
            tuple(Reading(tuple(runs[run] for run in path), top - explains) for path, explains in paths.items()),
        )

    @property
    def best(self) -> Reading:
        return self.readings[0]

    def margins(self, of: Callable[[Reading], Answer]) -> dict[Answer, float]:
        """The margin of each answer that some reading gives, s; that of the best reading first, with 0."""
        out: dict[Answer, float] = {}
        for reading in self.readings:
            out.setdefault(of(reading), reading.margin_s)
        return out

    def probable(self, of: Callable[[Reading], Answer]) -> dict[Answer, float]:
        """The probability of each answer that some reading gives, the most probable first."""
        margins = self.margins(of)
        weights = {answer: exp(-margin_s / MARGIN_SCALE_S) for answer, margin_s in margins.items()}
        whole = sum(weights.values())
        return {answer: weight / whole for answer, weight in weights.items()}

    def p_done(self, step: str) -> float:
        """The probability that a step was done."""
        rank = self.protocol.rank[step]
        return self.probable(lambda reading: reading.has(rank)).get(True, 0.0)

    def p_count(self, step: str) -> dict[int, float]:
        """By number of repetitions, or presses, the probability that a step was done in so many; 0: not at all."""
        rank = self.protocol.rank[step]
        return self.probable(lambda reading: reading.count(rank))

    def p_held(self, step: str, point: str, least_s: float) -> float:
        """The probability that a point of a step was pressed for so long at one time."""
        rank = self.protocol.rank[step]
        return self.probable(lambda reading: reading.held_s(rank, point) >= least_s).get(True, 0.0)

    def p_hands(self, step: str) -> dict[frozenset[Hand], float]:
        """By hands, the probability that those did a step; none: it was not done."""
        rank = self.protocol.rank[step]
        return self.probable(lambda reading: reading.hands(rank))

    def p_before(self, one: str, other: str) -> float:
        """The probability that both steps were done, and the one begun before the other."""
        ranks = self.protocol.rank[one], self.protocol.rank[other]
        return self.probable(lambda reading: reading.before(*ranks)).get(True, 0.0)

    def second_best(self, step: str) -> Reading | None:
        """The best reading that has a step where the best of all has it not, or the other way; None: none is near."""
        rank = self.protocol.rank[step]
        done = self.best.has(rank)
        return next((reading for reading in self.readings if reading.has(rank) != done), None)


def _alternatives(graph: Graph) -> Iterator[tuple[float, Path]]:
    """What each reading explains that is the best under some condition, and the reading."""
    steps = len(graph.protocol.segments)
    forbidden = np.concatenate((np.zeros((len(graph), 1), dtype=bool), graph.step[:, None] == np.arange(steps)), axis=1)
    ahead, behind = forward(graph, forbidden), backward(graph)
    yield 0.0, ()
    yield from _without(graph, ahead)
    yield from _through(graph, ahead, behind)


def _without(graph: Graph, ahead: Forward) -> Iterator[tuple[float, Path]]:
    """The best reading, and the best without each step."""
    if not len(graph):
        return
    tops = ahead.top()
    for column, top in enumerate(tops.tolist()):
        if tops[0] - top <= DEEPEST_MARGIN_S and top > 0.0:
            before, at = Before(graph, ahead.best[:, :, column], ahead.came[:, column]), ahead.ended[:, column].argmax()
            yield top, before.to(int(at), before.ended(int(at)))


def _through(graph: Graph, ahead: Forward, behind: Backward) -> Iterator[tuple[float, Path]]:
    """For each candidate the best reading with it, and with a run that begins with it, or ends; and for each count."""
    least = max(NEVER / 2, float(ahead.top()[0]) - DEEPEST_MARGIN_S)
    with_it = ahead.best[:, :, 0] + behind.best
    ends = ahead.best[:, :, 0] - graph.alone + behind.ended[:, None]
    chosen: set[tuple[int, int, bool]] = set()  # candidate, repetitions in its run by then, whether that ends there
    for at, units in enumerate(graph.units.tolist()):
        counts = int(with_it[at].argmax()), int(ends[at].argmax())
        chosen |= {(at, counts[0], False), (at, units, False), (at, counts[1], True)}
    for step in set(graph.step.tolist()):
        own = np.flatnonzero(graph.step == step)
        chosen |= {(int(own[ends[own, count].argmax()]), count, True) for count in range(1, MOST_REPETITIONS + 1)}
    before, after = Before(graph, ahead.best[:, :, 0], ahead.came[:, 0]), After(graph, behind)
    for at, count, ended in sorted(chosen):
        explains = float((ends if ended else with_it)[at, count])
        if explains >= least:
            yield explains, _joined(before.to(at, count), after.onward(at, count, ended=ended))


def _joined(before: Path, after: Path) -> Path:
    """Of a path that ends with a candidate, and one that begins with it."""
    return (*before[:-1], before[-1] + after[0][1:], *after[1:])
