"""An overlay sink that keeps what it is given."""

from __future__ import annotations

from coach.domain import Image


class KeepingSink:
    """Keeps the pictures and their times."""

    def __init__(self) -> None:
        self.pictures: list[tuple[float, Image]] = []

    def write(self, image: Image, time_s: float) -> None:
        self.pictures.append((time_s, image))
