"""Which of a film's pictures are looked at: as many as a reading needs, in even steps."""

from __future__ import annotations

# All that coach is measured by has up to 30 pictures a second, so one of 60 is looked at in every second picture. Fewer
# would be quicker: rendered sessions of 10 a second are read as well as those of 15 (models/README.md). But in every
# second picture of a real film of another massage, of 25 a second, circles were credited that are not in it.
MOST_PER_S = 36.0


class Pace:
    """Says of one picture after the other whether it is to be looked at."""

    def __init__(self, most_per_s: float = MOST_PER_S) -> None:
        """:param most_per_s: pictures a second, of which no more are looked at"""
        self._step_s = 1.0 / most_per_s
        self._last_s: float | None = None

    def due(self, time_s: float) -> bool:
        """Whether the picture at this time is looked at; times grow."""
        if self._last_s is not None and time_s - self._last_s < self._step_s:
            return False
        self._last_s = time_s
        return True
