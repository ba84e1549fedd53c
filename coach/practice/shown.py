"""How the camera's picture is shown on the page: smaller, and turned so that the neck is above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.domain import Floats, Image
from coach.locate.turn import Size, turned, turned_back, turned_size

WIDTH = 640  # px; a wider preview costs the browser more than it shows


@dataclass(frozen=True, slots=True)
class Shown:
    """Px of the camera's picture ↔ px of the preview."""

    size: Size = (0, 0)  # (width, height) px of the picture
    turn: int = 0  # quarter turns to the left

    @property
    def shrink(self) -> float:
        """Px of the preview over px of the picture."""
        return min(1.0, WIDTH / max(1, turned_size(self.size, self.turn)[0]))

    def pixels(self, points: Floats) -> list[list[int]]:
        """Points (n, 2) px of the picture as whole px of the preview."""
        whole: list[list[int]] = np.round(turned(points, self.turn, self.size) * self.shrink).astype(int).tolist()
        return whole

    def own(self, points: Floats) -> Floats:
        """Points (n, 2) px of the preview as px of the picture."""
        return turned_back(points / self.shrink, self.turn, self.size)


def upright(image: Image, turn: int) -> Image:
    """A picture (height, width, 3) turned by so many quarter turns to the left."""
    return np.ascontiguousarray(np.rot90(image, turn))
