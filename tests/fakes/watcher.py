"""A back watcher over a back that stays, or drifts evenly through the picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.domain import Floats, Frame, HandObservation, Moved


class DriftingWatcher:
    """The back moves by ``step`` px for each frame since the first."""

    def __init__(self, step: tuple[float, float] = (0.0, 0.0)) -> None:
        self.step = step
        self.moved: tuple[Moved, ...] = ()

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        del hands
        x, y = self.step
        return np.array([[1.0, 0.0, x * frame.index], [0.0, 1.0, y * frame.index], [0.0, 0.0, 1.0]])
