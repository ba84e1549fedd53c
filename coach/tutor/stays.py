"""Where hands stay, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import dist

from coach.domain import Hand
from coach.tutor.state import At

STAYS = 0.05  # back units: a hand that is no farther from where it came to lie is still there


@dataclass(slots=True)
class Stays:
    """Followed from frame to frame; a hand that is lost for a while stays where it was."""

    _kept: dict[Hand, tuple[At, float]] = field(default_factory=dict)

    def see(self, now_s: float, hands: Mapping[Hand, At]) -> None:
        """:param hands: where each hand is, back coordinates"""
        for hand, at in hands.items():
            if hand not in self._kept or dist(self._kept[hand][0], at) > STAYS:
                self._kept[hand] = at, now_s

    @property
    def places(self) -> tuple[At, ...]:
        return tuple(at for at, _ in self._kept.values())

    @property
    def since_s(self) -> float | None:
        """Since when no hand has moved; None where none was seen."""
        return max((since_s for _, since_s in self._kept.values()), default=None)
