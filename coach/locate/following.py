"""Follows the back through a session, and goes on from a new mark where a person makes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from coach.domain import BackMark, Floats, Frame, HandObservation, Moved
from coach.locate.later_marks import anchor
from coach.locate.plane import to_back
from coach.ports import CameraWatcher

ASTRAY_S = 2.0  # after the camera was moved: by then the back is found again, or it is not
STALE_S = 1.0  # a stretch that ended so long ago is over: the camera was put back


class Following:
    """A :class:`coach.ports.BackWatcher` whose motions lead from the first mark to the newest picture."""

    def __init__(self, corners: Floats, watcher: Callable[[Floats], CameraWatcher]) -> None:
        """:param corners: (4, 2) px of the back in the first picture

        :param watcher: makes one that follows a back from the next picture on, whose corners (4, 2) px it is given
        """
        self._first, self._make = corners, watcher
        self._watcher = watcher(corners)
        self._anchor: Floats = np.eye(3)  # px, from the first mark to the newest
        self._marks = 1
        self._now_s = 0.0
        self._before: tuple[Moved, ...] = ()  # how the camera was moved before the last mark
        self.motion: Floats = np.eye(3)  # (3, 3) px, from the first mark to the newest picture

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        self._now_s = frame.time_s
        self.motion = self._watcher.watch(frame, hands) @ self._anchor
        return self.motion

    def mark(self, corners: Floats) -> None:
        """Goes on from a new mark: the corners (4, 2) px in the newest picture."""
        self._marks += 1
        self._before = self.moved
        self._anchor = self.motion = anchor(self._first, corners, self._marks)
        self._watcher = self._make(corners)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """When the camera was moved, each time until the back was marked anew at the latest."""
        return (*self._before, *self._watcher.moved)

    @property
    def astray(self) -> bool:
        """Whether the camera was moved since the back was marked, and the back not surely found again."""
        last = next(iter(self._watcher.moved[-1:]), None)
        if last is None or last.followed:
            return False
        return last.span.duration_s >= ASTRAY_S and self._now_s - last.span.end_s < STALE_S

    @property
    def back(self) -> Floats:
        """(4, 2) px of the back in the newest picture."""
        return to_back(self._first, self.motion)


class MarkedFollowing:
    """The same for a film, of which a person has said beforehand where the back is from which time on."""

    def __init__(self, corners: Floats, later: Sequence[BackMark], watcher: Callable[[Floats], CameraWatcher]) -> None:
        """:param corners: (4, 2) px of the back in the first picture

        :param later: in order of time, px of the pictures
        :param watcher: as :class:`Following` has it
        """
        self._following = Following(corners, watcher)
        self.waiting = list(later)  # marks whose time has not come

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        while self.waiting and frame.time_s >= self.waiting[0].from_s:
            self._following.mark(self.waiting.pop(0).corners)
        return self._following.watch(frame, hands)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """As :attr:`Following.moved`."""
        return self._following.moved
