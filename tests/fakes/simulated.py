"""Simulated sessions, without the truth of every single frame: that takes three times as long as all the rest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from unittest.mock import patch

from coach.domain import ItemScore, SegmentMatch
from tests.fakes.session import Reading, read_recorded
from tests.simulator import SessionScript, SimulatedSession, simulate

Item = tuple[str, str]  # segment id and kind


def played(script: SessionScript, seed: int) -> SimulatedSession:
    """As `simulate`, with no "frames" in its truth."""
    with patch.object(sys.modules[simulate.__module__], "_frames", return_value=[]):
        return simulate(script, seed)


@dataclass(frozen=True)
class Judged:
    """A simulated session and what coach made of it."""

    session: SimulatedSession
    reading: Reading

    @property
    def absent(self) -> set[str]:
        return {name for name, kind in self.session.expected if kind == "performed"}

    def lost(self) -> dict[Item, ItemScore]:
        """The items of segments that were done, and have not all their points."""
        return {
            key: item
            for key, item in self.reading.items.items()
            if key[0] not in self.absent and item.points is not None and item.points < 2
        }

    def missed(self) -> list[Item]:
        """The mistakes that cost nothing; a skipped segment's if it was credited."""
        items = self.reading.items
        found = []
        for key in self.session.expected:
            item = items.get(key)
            if item is None or item.points not in (0, 1):
                found.append(key)
        return found

    def false(self) -> list[Item]:
        """The items that lost points though nothing was wrong there."""
        allowed = {*self.session.expected, *self.session.tolerated}
        return [key for key in self.lost() if key not in allowed]


def judged(script: SessionScript, seed: int) -> Judged:
    session = played(script, seed)
    return Judged(session, read_recorded(session.observations, session.corners_px))


# ------------------------------------------------------------------ how well, over many sessions
@dataclass
class Tally:
    """Segments found, missed and made up; how far off their boundaries; repetition sets counted exactly."""

    found: int = 0
    missed: int = 0
    made_up: int = 0
    boundaries_s: list[float] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    by_segment: Counter[str] = field(default_factory=Counter)  # missed, made up or miscounted

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.missed + self.made_up)

    @property
    def exact_share(self) -> float:
        return sum(self.exact) / len(self.exact)

    @property
    def boundary_s(self) -> float:
        return median(self.boundaries_s)

    def add(self, one: Judged) -> None:
        left = list(one.reading.segments)
        for true in one.session.truth["segments"]:
            best = next((m for m in left if m.segment_id == true["id"] and overlap(m, true) >= 0.5), None)
            if best is None:
                self.missed += 1
                self.by_segment[true["id"]] += 1
                continue
            left.remove(best)
            self.found += 1
            self.boundaries_s += [abs(best.span.start_s - true["start_s"]), abs(best.span.end_s - true["end_s"])]
            if true["repetitions"]:
                self.exact.append(counted(best) == len(true["repetitions"]))
                self.by_segment[true["id"]] += not self.exact[-1]
        self.made_up += len(left)
        self.by_segment.update(m.segment_id for m in left)


def overlap(match: SegmentMatch, true: dict[str, Any]) -> float:
    """Intersection over union of a segment found and a true one."""
    start, end = true["start_s"], true["end_s"]
    common = max(0.0, min(match.span.end_s, end) - max(match.span.start_s, start))
    return float(common / (max(match.span.end_s, end) - min(match.span.start_s, start)))


def counted(match: SegmentMatch) -> int:
    """Halves of a pattern drawn in turn are counted each; both at once are two."""
    in_turn = any(r.hand != "both" for r in match.repetitions) and match.segment_id == "love"
    return sum(2 if r.hand == "both" and in_turn else 1 for r in match.whole) * (
        2 if match.segment_id == "love" and not in_turn else 1
    )


def tally(sessions: Iterable[Judged]) -> Tally:
    result = Tally()
    for one in sessions:
        result.add(one)
    return result
