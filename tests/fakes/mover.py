"""A point mover that carries all points the same way, or loses them."""

from __future__ import annotations

import numpy as np

from coach.domain import Floats, Frame


class CarryingMover:
    """Shifts every point by the same step from frame to frame; None as step: it cannot follow."""

    def __init__(self, step: tuple[float, float] | None) -> None:
        self.step = step
        self.asked: list[tuple[int, int]] = []  # (frame before, frame now) of each call

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:
        self.asked.append((before.index, now.index))
        return None if self.step is None else points + np.asarray(self.step)
