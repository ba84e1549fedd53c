"""A hand's motion seen along a described path: where it leaves its turning points, arrives at them and comes back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.domain import Bools, Floats
from coach.moves.middle import middle
from coach.moves.template import Template
from coach.moves.trace import Trace
from coach.moves.zigzag import TurningPoint
from coach.parameters.strokes import (
    BESIDE_PATH,
    HALF_HEART_HOME,
    LONG_REST_S,
    NEAR_HOME,
    NEAR_TURNING_POINT,
    TURNING_REST_S,
)
from coach.parameters.traces import SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Along:
    """A hand's motion seen along a described path."""

    trace: Trace
    described: Template
    place: Floats  # (m, 2)
    progress: Floats  # (m,) back units along the chord
    aside: Floats  # (m,) back units beside it
    fine: Floats  # (m,) the same, hardly smoothed
    straight: bool  # whether a leg stays beside itself: a stroke, no curve and no small circles
    rests: list[tuple[int, int]]  # half-open ranges in which the hand rests

    def offset(self, begin: int, end: int) -> Floats:
        """(2,) back units: how far the leg lies before or beyond the described path, and beside it.

        Along the path its start or its middle counts, whichever is nearer to the described one: a stroke that stops
        half way is at its place, only short, and so is one that begins higher and ends lower.
        """
        described, count = self.described, end + 1 - begin
        start = float(self.progress[begin]) - described.start
        centre = float(np.add.reduce(self.progress[begin : end + 1])) / count - float(described.middle[0])
        beside = float(np.add.reduce(self.aside[begin : end + 1])) / count - float(described.middle[1])
        return np.array([min(start, centre, key=abs), beside])

    def leave(self, low: TurningPoint, high: TurningPoint) -> tuple[int, bool]:
        """The sample at which the hand leaves its lower turning point, and whether it rested before."""
        near = low.value + NEAR_TURNING_POINT * (high.value - low.value)
        last = low.index + int(where(self.progress[low.index : high.index + 1] <= near)[-1])
        # A half heart rises over its lobe first, so the rest before it may end before its lowest progress.
        reach_back = round((high.index - low.index) * 2.0 * self.described.lead_time)
        rest = self._rest_before(last)
        rested = rest is not None and rest[1] - 1 > low.index - reach_back
        begin = min(rest[1] - 1, last) if rest is not None and rested else low.index
        if self.described.lead and rested:
            return begin, True
        if self.straight:
            begin += min(self._from_aside(begin, last + 1, high.index), last - begin)
        return begin + int(np.argmin(self.progress[begin : last + 1])), False

    def _from_aside(self, begin: int, end: int, high: int) -> int:
        """How many samples from ``begin`` on the hand is still on its way to the path from the side."""
        here = float(middle(self.aside[(end + high) // 2 : high + 1]))
        off = where(np.abs(self.aside[begin:end] - here) > BESIDE_PATH)
        return int(off[-1]) + 1 if len(off) else 0

    def arrive(self, high: TurningPoint, low: TurningPoint) -> int:
        """The sample at which the hand arrives at its upper turning point."""
        near = high.value - NEAR_TURNING_POINT * (high.value - low.value)
        first = low.index + int(where(self.progress[low.index : high.index + 1] >= near)[0])
        rest = self._rest_after(first)
        stop = max(rest[0], first) if rest is not None and rest[0] < high.index else high.index
        off = where(np.abs(self.aside[first : stop + 1] - self.aside[first]) > BESIDE_PATH)
        if self.straight and len(off):
            stop = first + max(0, int(off[0]) - 1)
        return first + int(np.argmax(self.progress[first : stop + 1]))

    def home(self, low: TurningPoint, high: TurningPoint, back: TurningPoint, start: int, arrived: int) -> int | None:
        """The sample at which the hand is back where the leg began, or None if it went elsewhere.

        :param start: the sample at which it began, with its rise over a lobe
        :param arrived: the sample at which it was at the leg's end: while it rests there, noise may take it farther yet
        """
        near = low.value + NEAR_HOME * (high.value - low.value)
        below = where(self.progress[high.index : back.index + 1] <= near)
        if not len(below):
            return None
        first = high.index + int(below[0])
        there, rested = self._rest_after(arrived), 0
        while there is not None and there[0] < first:
            rested += there[1] - there[0]  # a hand that trembles for a moment still rests
            if rested > LONG_REST_S * SAMPLE_RATE_HZ:
                return None
            there = self._rest_after(there[1])
        rest = self._rest_after(first)
        stop = max(rest[0], first) if rest is not None and rest[0] < back.index else back.index
        # The last third of the way takes no longer than the two before it; a hand that waits there trembles on.
        stop = min(stop, first + max(first - high.index, round(TURNING_REST_S * SAMPLE_RATE_HZ)))
        beyond = where(self.progress[first : stop + 1] <= self._level(low, high, start))
        return first + int(beyond[0]) if len(beyond) else stop

    def _level(self, low: TurningPoint, high: TurningPoint, start: int) -> float:
        """The progress at which a hand is home: a half heart begins before its lowest, and so does the next one."""
        if not self.described.lead:
            return low.value
        return max(low.value, float(self.progress[start]) + HALF_HEART_HOME * (high.value - low.value))

    def _rest_before(self, index: int) -> tuple[int, int] | None:
        """The last rest that has begun by a sample."""
        here = bisect_right(self.rests, index, key=lambda rest: rest[0])
        return self.rests[here - 1] if here else None

    def _rest_after(self, index: int) -> tuple[int, int] | None:
        """The first rest that is not over by a sample."""
        here = bisect_right(self.rests, index, key=lambda rest: rest[1])
        return self.rests[here] if here < len(self.rests) else None


def where(mask: Bools) -> NDArray[np.intp]:
    """The samples that are true. As numpy's flatnonzero, without its detours: it is asked for each leg."""
    return mask.nonzero()[0]
