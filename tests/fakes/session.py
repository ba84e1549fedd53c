"""Plays recorded hands through the very fold that reviews and live practice run, without a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coach.domain import Floats, Frame, Hand, HandObservation, HandTrack, ItemScore, SegmentMatch
from coach.pipeline import Watching
from coach.protocol import Protocol
from coach.score.session import read
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.protocols import shipped
from tests.fakes.watcher import DriftingWatcher

NO_PICTURE = np.empty((0, 0, 3), dtype=np.uint8)

SIZE = (640, 480)  # px, of every simulated camera's pictures
Recorded = Sequence[tuple[float, tuple[HandObservation, ...]]]  # per frame: its time and its hands


def frames_of(recorded: Recorded) -> list[Frame]:
    return [Frame(k, time_s, NO_PICTURE) for k, (time_s, _) in enumerate(recorded)]


def watching(
    recorded: Recorded,
    corners: Floats,
    *,
    step: tuple[float, float] | None = None,
    drift: tuple[float, float] = (0.0, 0.0),
    size: tuple[int, int] | None = None,
) -> Watching:
    """Ready to be stepped through; by default flow cannot follow, and the back is still and a plane."""
    hands = [found for _, found in recorded]
    return Watching(ReplayingFinder(hands), CarryingMover(step), DriftingWatcher(drift), corners, size)


def tracks(recorded: Recorded, corners: Floats) -> dict[Hand, HandTrack]:
    fold = watching(recorded, corners)
    for frame in frames_of(recorded):
        fold.step(frame)
    return fold.tracks()


@dataclass(frozen=True)
class Reading:
    """What coach makes of recorded hands."""

    recorded: Recorded
    corners: Floats
    protocol: Protocol

    @cached_property
    def tracks(self) -> dict[Hand, HandTrack]:
        return tracks(self.recorded, self.corners)

    @cached_property
    def whole(self) -> tuple[tuple[SegmentMatch, ...], tuple[ItemScore, ...]]:
        found, scored, _ = read(self.tracks, self.protocol)
        return found, scored

    @property
    def segments(self) -> tuple[SegmentMatch, ...]:
        return self.whole[0]

    @property
    def items(self) -> dict[tuple[str, str], ItemScore]:
        return {(i.segment_id, i.kind): i for i in self.whole[1] if i.segment_id is not None}

    @property
    def outline(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """The segments with their counts and points, without their times."""
        return [(m.segment_id, len(m.whole), tuple(h.point for h in m.holds)) for m in self.segments]


def read_recorded(recorded: Recorded, corners: Floats, protocol: str = "oxytocin") -> Reading:
    return Reading(recorded, corners, shipped(protocol))
