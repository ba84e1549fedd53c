"""The stream's time stamps → times that start at 0 and grow strictly."""

from __future__ import annotations

import math

RESTART_S = 1.0  # a step back by more is a clock that began anew (joined clips), not jitter
PAUSE_S = 600.0  # a step forward by more is a broken stamp: no session rests for ten minutes


class Clock:
    """Repairs one stream's stamps, in the order of its pictures.

    A good stamp is kept as it is, so a variable frame rate and true gaps survive. A missing one is taken to
    be one average period after the last. A picture that is not later than the last is dropped: to move it
    would invent a time, and the motion between the two with it. Only where the stamps begin anew, or leap
    beyond :data:`PAUSE_S`, is the rest of the stream moved, to one period after the last picture.

    ``period_s`` is the container's guess of the time between pictures, used until it can be measured.
    """

    def __init__(self, period_s: float) -> None:
        self._guess_s = period_s
        self._offset_s: float | None = None
        self._last_s = 0.0
        self._steps = 0

    @property
    def period_s(self) -> float:
        """The average time between pictures so far, s."""
        return self._last_s / self._steps if self._steps else self._guess_s

    def time_s(self, stamp_s: float | None) -> float | None:
        """The time of the next picture, s since the first one; None where the picture is to be dropped."""
        if stamp_s is not None and not math.isfinite(stamp_s):
            stamp_s = None
        if self._offset_s is None:
            self._offset_s = -(stamp_s or 0.0)
            return 0.0
        expected_s = self._last_s + self.period_s
        time_s = expected_s if stamp_s is None else stamp_s + self._offset_s
        if stamp_s is not None and not -RESTART_S <= time_s - self._last_s <= PAUSE_S:
            self._offset_s, time_s = expected_s - stamp_s, expected_s
        if time_s <= self._last_s:
            return None
        self._last_s = time_s
        self._steps += 1
        return time_s
