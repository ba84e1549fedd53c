"""The paths that the passes of :mod:`coach.reading.marginals` found, traced back.

Many readings have their beginning or their end in common, so what was traced once is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from coach.domain import Floats
from coach.parameters.lattice import MOST_REPETITIONS
from coach.reading.graph import Graph, Ints
from coach.reading.marginals import NONE, Backward

Path: TypeAlias = tuple[tuple[int, ...], ...]  # a reading: its runs, in order of time, each of candidates by number


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The best readings up to each candidate, of one column of the forward pass."""

    graph: Graph
    best: Floats  # (n, MOST_REPETITIONS + 1)
    came: Ints  # (n,)
    _ended: dict[int, Path] = field(default_factory=dict)

    def to(self, at: int, count: int) -> Path:
        """The best one with a candidate, as the so manieth of its run."""
        run = self._run(at, count)
        return (*self._to_end(int(self.came[run[0]])), run)

    def ended(self, at: int) -> int:
        """The number of repetitions of a run that best ends with a candidate."""
        return int((self.best[at] - self.graph.alone[at]).argmax())

    def _to_end(self, at: int) -> Path:
        """The best one whose last run ends with a candidate."""
        missing: list[tuple[int, tuple[int, ...]]] = []
        while at != NONE and at not in self._ended:
            run = self._run(at, self.ended(at))
            missing.append((at, run))
            at = int(self.came[run[0]])
        path = self._ended.get(at, ())
        for end, run in reversed(missing):
            path = self._ended[end] = (*path, run)
        return path

    def _run(self, at: int, count: int) -> tuple[int, ...]:
        run = [at]
        while (before := self._one_before(at, count)) is not None:
            at, count = before
            run.append(at)
        return tuple(run[::-1])

    def _one_before(self, at: int, count: int) -> tuple[int, int] | None:
        """Which candidate of its run came before one, and as the how-manieth; None where it is the run's first."""
        units, wanted = int(self.graph.units[at]), self.best[at, count] - self.graph.gain[at, count]
        for before, cost in self.graph.onward[at]:
            first = count - units
            counts = range(max(1, first), count + 1) if count == MOST_REPETITIONS else (first,)
            for known in counts:
                if known > 0 and abs(self.best[before, known] - cost - wanted) < 1e-9:
                    return before, known
        return None


@dataclass(frozen=True, slots=True, eq=False)
class After:
    """The best readings from each candidate on."""

    graph: Graph
    known: Backward
    _begun: dict[int, Path] = field(default_factory=dict)

    def onward(self, at: int, count: int, *, ended: bool) -> Path:
        """The best one with a candidate, as the so manieth of its run: what is left of that, and others.

        :param ended: the run ends with it
        """
        run = (at,) if ended else self._run(at, count)
        return (run, *self._from(int(self.known.goes[run[-1]])))

    def _from(self, at: int) -> Path:
        """The best one that begins with a run that a candidate begins."""
        missing: list[tuple[int, tuple[int, ...]]] = []
        while at != NONE and at not in self._begun:
            run = self._run(at, int(self.graph.units[at]))
            missing.append((at, run))
            at = int(self.known.goes[run[-1]])
        path = self._begun.get(at, ())
        for begin, run in reversed(missing):
            path = self._begun[begin] = (run, *path)
        return path

    def _run(self, at: int, count: int) -> tuple[int, ...]:
        run = [at]
        while (after := int(self.known.onward[at, count])) != NONE:
            at, count = after, min(count + int(self.graph.units[after]), MOST_REPETITIONS)
            run.append(at)
        return tuple(run)
