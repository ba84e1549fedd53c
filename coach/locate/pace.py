"""Which of a film's pictures are looked at: as many as the hands in it ask for."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, inf

from coach.domain import HandObservation
from coach.locate.hygiene import Seen, look

# No film that coach is measured by has more pictures a second that differ; one of 60 is looked at in every second one.
MOST_PER_S = 36.0
# While all hands are followed and hardly move: rendered sessions of 10 a second are read as well as those of 15
# (models/README.md).
LEAST_PER_S = 10.0
# Palms that a hand may go between two looks: the detector loses one that goes farther. Of the hands in a real film of
# 30 pictures a second, which come, go and do up to 11 palms a second, 96.8 % are followed by all pictures, 94.4 % by
# every second one. The massage's own movements seldom do more than 4 palms a second.
FAR = 0.4
CLOSE_S = 0.5  # for so long it is expected to go as fast again
# Where hands come and go, each look tells which is which: that film is looked at all along, calm ones at first only. In
# a real one tracks cover 1,113 hands by all pictures, 1,086 by every second, 1,110 by 2 s of this, and 1,113 by 3.
LOST_S = 3.0  # so long each picture is looked at at first, and after a hand was lost or came
ROUNDED_S = 0.002  # stamps are, to whole ms; and 29.97 pictures a second are taken as 30


class Pace:
    """Says of one picture after the other whether it is to be looked at, and is told what was seen there."""

    def __init__(self, least_per_s: float = LEAST_PER_S, most_per_s: float = MOST_PER_S) -> None:
        """:param least_per_s: pictures a second, of which no fewer are looked at where there are as many
        :param most_per_s: of which no more are looked at
        """
        self._shortest_s, self._longest_s = 1.0 / most_per_s, 1.0 / least_per_s
        self._came_s: float | None = None
        self._looked_s: float | None = None
        self._steps: list[tuple[float, float]] = []  # of the last looks: when, and in how many s the next one is wanted
        self._seen: list[Seen] | None = None
        self._lost_s = -inf  # when a hand was lost last, or came

    def due(self, time_s: float) -> bool:
        """Whether the picture at this time is looked at; times grow."""
        period_s = 0.0 if self._came_s is None else time_s - self._came_s
        self._came_s = time_s
        if self._looked_s is not None:
            since_s = time_s - self._looked_s - ROUNDED_S
            longest_s = min(self._step_s(time_s), self._longest_s)
            if since_s + 2 * ROUNDED_S < self._shortest_s or since_s + period_s <= longest_s:
                return False
        self._looked_s = time_s
        return True

    def saw(self, time_s: float, found: Sequence[HandObservation]) -> None:
        """What the detector found in the picture at this time."""
        before, self._seen = self._seen, [look(hand) for hand in found]
        if before is None or len(before) != len(self._seen):
            self._lost_s = time_s
        if before is not None:
            self._steps.append((time_s, min((_step_s(hand, before) for hand in self._seen if before), default=inf)))

    def _step_s(self, time_s: float) -> float:
        """What the hands of the last moments ask for."""
        if time_s - self._lost_s <= LOST_S:
            return 0.0
        self._steps = [(at_s, step_s) for at_s, step_s in self._steps if time_s - at_s <= CLOSE_S]
        return min((step_s for _, step_s in self._steps), default=inf)


def _step_s(hand: Seen, before: list[Seen]) -> float:
    """How long a hand may go on before it is looked at again, s, by where one was seen before."""
    nearest = min(before, key=lambda other: hypot(hand.x - other.x, hand.y - other.y))
    took_s = hand.observation.time_s - nearest.observation.time_s
    palms = hypot(hand.x - nearest.x, hand.y - nearest.y) / max(hand.palm, nearest.palm)
    return FAR * took_s / palms if palms > 0.0 else inf
