"""A camera on a cable, for the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from coach.capture.camera import Film, Pictures
from coach.domain import Image, InputError

EVERY_S = 0.02
GREY = np.full((480, 640, 3), 90, dtype=np.uint8)  # in which nothing can be followed: a mark stays where it is


@dataclass(slots=True)
class Cable:
    """A camera that gives pictures while it is plugged in."""

    name: str = "cable"
    real_time: bool = True
    film: Film | None = None
    image: Image = field(default_factory=lambda: GREY)
    plugged: threading.Event = field(default_factory=threading.Event)
    looked_at: Callable[[], int] | None = None  # of its pictures; where it knows, those come evenly, however late

    def pictures(self) -> Pictures:
        if not self.plugged.is_set():
            raise InputError("camera_none")
        now_s, seen = time.monotonic(), -1
        while self.plugged.is_set():
            if self.looked_at is None:
                now_s = time.monotonic()
            elif (so_far := self.looked_at()) != seen:  # the last one was looked at: this is the next moment
                now_s, seen = now_s + EVERY_S, so_far
            yield self.image, now_s
            time.sleep(EVERY_S)


def plugged_in() -> Cable:
    """One that gives pictures."""
    cable = Cable()
    cable.plugged.set()
    return cable
