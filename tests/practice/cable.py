"""A camera on a cable, for the tests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import numpy as np

from coach.capture.camera import Film, Pictures
from coach.domain import Image, InputError

GREY = np.full((480, 640, 3), 90, dtype=np.uint8)  # in which nothing can be followed: a mark stays where it is


@dataclass(slots=True)
class Cable:
    """A camera that gives pictures while it is plugged in."""

    name: str = "cable"
    real_time: bool = True
    film: Film | None = None
    image: Image = field(default_factory=lambda: GREY)
    plugged: threading.Event = field(default_factory=threading.Event)

    def pictures(self) -> Pictures:
        if not self.plugged.is_set():
            raise InputError("camera_none")
        while self.plugged.is_set():
            yield self.image, time.monotonic()
            time.sleep(0.02)


def plugged_in() -> Cable:
    """One that gives pictures."""
    cable = Cable()
    cable.plugged.set()
    return cable
