"""Counts that do not flicker: one that falls is shown only once it has stayed lower for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.domain import HANDS, Hand
from coach.parameters.live_repetitions import COUNT_FALLEN_S


@dataclass(frozen=True, slots=True)
class Count:
    """One count as it is shown."""

    shown: int = 0
    lower_since_s: float | None = None  # in fact

    def then(self, count: int, at_s: float) -> Count:
        """What is shown once it is read anew."""
        since_s = at_s if self.lower_since_s is None else self.lower_since_s
        falls = count < self.shown and at_s - since_s < COUNT_FALLEN_S
        return Count(self.shown, since_s) if falls else Count(count)


@dataclass(frozen=True, slots=True)
class Counts:
    """Those of one step: of each side where each has its own, and the one that tells how far it is."""

    sides: Mapping[Hand, Count] = field(default_factory=dict)
    both: Count = Count()

    def then(self, count: int, sides: Mapping[Hand, int] | None, at_s: float) -> Counts:
        """What is shown once they are read anew.

        :param sides: None where the sides are counted together
        """
        if sides is None:
            return Counts({}, self.both.then(count, at_s))
        return Counts({hand: self.sides.get(hand, Count()).then(sides[hand], at_s) for hand in HANDS})

    @property
    def shown(self) -> int:
        """Where each side has its own count, the smaller one."""
        return min(each.shown for each in self.sides.values()) if self.sides else self.both.shown
