"""Follows the back through a practice, and goes on from a new mark where a person makes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from coach.domain import Floats, Frame, HandObservation
from coach.locate.anew import anchor
from coach.locate.plane import to_back
from coach.ports import BackWatcher


class Following:
    """A :class:`coach.ports.BackWatcher` whose motions lead from the first mark to the newest picture."""

    def __init__(self, corners: Floats, watcher: Callable[[Floats], BackWatcher]) -> None:
        """:param corners: (4, 2) px of the back in the first picture

        :param watcher: makes one that follows a back from the next picture on, whose corners (4, 2) px it is given
        """
        self._first, self._make = corners, watcher
        self._watcher = watcher(corners)
        self._anchor: Floats = np.eye(3)  # px, from the first mark to the newest
        self._marks = 1
        self.motion: Floats = np.eye(3)  # (3, 3) px, from the first mark to the newest picture

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        self.motion = self._watcher.watch(frame, hands) @ self._anchor
        return self.motion

    def mark(self, corners: Floats) -> None:
        """Goes on from a new mark: the corners (4, 2) px in the newest picture."""
        self._marks += 1
        self._anchor = self.motion = anchor(self._first, corners, self._marks)
        self._watcher = self._make(corners)

    @property
    def back(self) -> Floats:
        """(4, 2) px of the back in the newest picture."""
        return to_back(self._first, self.motion)
