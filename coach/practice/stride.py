"""Which of the camera's pictures are looked at: as many as this machine can, in even steps."""

from __future__ import annotations

from collections import deque
from math import ceil, inf
from statistics import median

CAME, WORKED = 30, 15  # pictures over which the camera's pace and the machine's are taken
# A machine that is a little too slow for a step takes one twice as long now and then; one that is clearly too slow
# would take short and long ones in turn. It goes back once it is quick enough with something to spare.
OVER, SPARE = 0.2, 0.1  # of the time between two of the camera's pictures
# Even steps cost some of the pictures. Below this, each is needed: then all are taken that can be.
LEAST_PER_S = 12.0
LEAST_S = 1 / 60  # between two pictures: no camera is quicker, but some that were held up come all at once


class Stride:
    """Every picture, or every second, or third: by how long it takes to look at one.

    The camera's thread tells what comes, the coaching thread asks and tells what it took.
    """

    def __init__(self) -> None:
        self._came: deque[float] = deque(maxlen=CAME)
        self._took: deque[float] = deque(maxlen=WORKED)
        self._looked_s = -inf
        self.every = 1  # so many pictures is a step

    def came(self, time_s: float) -> None:
        """A picture of this time has come."""
        if self._came and time_s < self._came[-1]:
            self._came.clear()
        self._came.append(time_s)

    def due(self, time_s: float) -> bool:
        """Whether the picture of this time is to be looked at."""
        if self.every == 1 or time_s < self._looked_s:  # earlier: another camera, or a film from its start
            return True
        return time_s - self._looked_s >= (self.every - 0.5) * self._period_s

    def looked(self, time_s: float, took_s: float) -> None:
        """The picture of this time was looked at."""
        self._looked_s = time_s
        self._took.append(took_s)
        steps = median(self._took) / self._period_s if self._period_s > 0.0 else 0.0
        up, down = max(1, ceil(steps - OVER)), max(1, ceil(steps + SPARE))
        every = up if up > self.every else min(self.every, down)
        self.every = every if every * LEAST_PER_S * self._period_s <= 1.0 else 1

    @property
    def _period_s(self) -> float:
        """Between two of the camera's pictures, on the average; 0 where that is not known yet."""
        came = self._came.copy()
        return max((came[-1] - came[0]) / (len(came) - 1), LEAST_S) if len(came) > 1 else 0.0
