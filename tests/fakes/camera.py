"""A camera of even pictures."""

from __future__ import annotations

import numpy as np

from coach.capture.camera import Film, Pictures
from coach.domain import InputError


class Steady:
    """A camera that gives so many pictures a second, each as light as is said; or none."""

    name, real_time = "steady", True
    film: Film | None = None

    def __init__(self, per_s: float, level: int = 120) -> None:
        """:param per_s: 0 for a camera that does not open
        :param level: 0 to 255
        """
        self.per_s, self.level = per_s, level

    def pictures(self) -> Pictures:
        if not self.per_s:
            raise InputError("camera_none")
        for number in range(100):
            yield np.full((480, 640, 3), self.level, dtype=np.uint8), number / self.per_s
