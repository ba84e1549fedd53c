"""The fold: frame after frame through finding, tracking and following; then the session's reading.

Live practice and review run the same code: :meth:`Watching.step` takes one frame, :meth:`Watching.tracks` gives
the tracks so far, :func:`read` turns tracks into segments and items. A review calls the latter two once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter1d

from coach.domain import HANDS, Floats, Frame, Hand, HandObservation, HandTrack, ItemScore, SegmentMatch, Span
from coach.locate.plane import homography
from coach.locate.tracklets import Tracker
from coach.locate.tracks import hand_tracks
from coach.moves.candidates import candidates
from coach.moves.trace import trace
from coach.parse.segments import segments
from coach.ports import BackWatcher, HandFinder, PointMover
from coach.protocol import Protocol
from coach.score.evidence import Sight
from coach.score.items import items

SWAY_SMOOTH_S = 0.12  # sd; a body sways in seconds, and its motion is measured every tenth of one


@dataclass(slots=True)
class Watching:
    """What was seen so far."""

    finder: HandFinder
    mover: PointMover
    watcher: BackWatcher
    corners: Floats  # (4, 2) px of the back rectangle in the first picture
    tracker: Tracker = field(default_factory=Tracker)
    time_s: list[float] = field(default_factory=list)
    motions: list[Floats] = field(default_factory=list)  # each (3, 3) px, first picture to this one
    _before: Frame | None = None

    def step(self, frame: Frame) -> tuple[HandObservation, ...]:
        """Takes one frame; returns the detector's raw hands in it."""
        found = self.finder.find(frame)
        self.observe(frame, found)
        return found

    def observe(self, frame: Frame, found: tuple[HandObservation, ...]) -> None:
        number = len(self.time_s)
        motion = self.watcher.watch(frame, found)
        self.time_s.append(frame.time_s)
        self.motions.append(motion)
        lost = self.tracker.step(number, frame.time_s, found, self._back_width(motion))
        for tracklet in lost:
            moved = self.mover.move(self._before, frame, tracklet.landmarks[-1]) if self._before is not None else None
            if moved is not None:
                self.tracker.bridge(tracklet, number, frame.time_s, moved)
        self._before = frame

    def _back_width(self, motion: Floats) -> float:
        step = self.corners[1] - self.corners[0]
        x = motion[0, 0] * step[0] + motion[0, 1] * step[1]
        y = motion[1, 0] * step[0] + motion[1, 1] * step[1]
        return float((x * x + y * y) ** 0.5)

    def tracks(self) -> dict[Hand, HandTrack]:
        """One track for each hand, over all frames so far."""
        return hand_tracks(self.tracker.tracklets(), np.array(self.time_s), self.planes())

    def planes(self) -> Floats:
        """(n, 3, 3) px to back coordinates, for each frame so far."""
        if not self.motions:
            return np.empty((0, 3, 3))
        planes: Floats = homography(self.corners) @ np.linalg.inv(self._smooth_motions())
        return planes

    def _smooth_motions(self) -> Floats:
        """The back's motions without the steps in which they are measured; a back that stays still stays still."""
        motions = np.array(self.motions)
        if len(motions) < 3 or (motions == motions[0]).all():
            return motions
        period_s = float(np.median(np.diff(self.time_s)))
        smooth: Floats = gaussian_filter1d(motions, SWAY_SMOOTH_S / period_s, axis=0, mode="nearest")
        return smooth


def read(
    tracks: dict[Hand, HandTrack], protocol: Protocol
) -> tuple[tuple[SegmentMatch, ...], tuple[ItemScore, ...], Sight]:
    """The segments and the checklist items of a session, and when each hand was seen."""
    time_s = tracks["left"].time_s
    length = Span(float(time_s[0]), float(time_s[-1])) if len(time_s) else Span(0.0, 0.0)
    traces = {hand: trace(tracks[hand], length.start_s, length.end_s) for hand in HANDS}
    found = segments(candidates(traces, protocol), protocol)
    sight = Sight(traces["left"].time_s, {hand: traces[hand].seen for hand in HANDS})
    return found, items(found, protocol, sight, length), sight
