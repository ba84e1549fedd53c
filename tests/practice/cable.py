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
PATIENCE_S = 0.4  # longer than practice waits for a newer picture before it looks at one that it let pass
GREY = np.full((480, 640, 3), 90, dtype=np.uint8)  # in which nothing can be followed: a mark stays where it is


@dataclass(slots=True)
class Cable:
    """A camera that gives pictures while it is plugged in."""

    name: str = "cable"
    real_time: bool = True
    film: Film | None = None
    image: Image = field(default_factory=lambda: GREY)
    plugged: threading.Event = field(default_factory=threading.Event)
    looked_at: Callable[[], int] | None = None  # of its pictures; where it knows, each waits for the last, evenly timed

    def pictures(self) -> Pictures:
        if not self.plugged.is_set():
            raise InputError("camera_none")
        now_s, seen = time.monotonic(), -1
        while self.plugged.is_set():
            if self.looked_at is None:
                now_s = time.monotonic()
            elif (so_far := self._looked_at_more_than(seen)) != seen:  # the last one was looked at: the next moment
                now_s, seen = now_s + EVERY_S, so_far
            yield self.image, now_s
            time.sleep(EVERY_S)

    def _looked_at_more_than(self, seen: int) -> int:
        """How many pictures were looked at: as soon as that has changed, or after a while."""
        assert self.looked_at is not None
        end_s = time.monotonic() + PATIENCE_S
        while (so_far := self.looked_at()) == seen and self.plugged.is_set() and time.monotonic() < end_s:
            time.sleep(EVERY_S / 4)
        return so_far


def plugged_in() -> Cable:
    """One that gives pictures."""
    cable = Cable()
    cable.plugged.set()
    return cable
