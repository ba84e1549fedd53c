"""Where hands stay, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import dist

from coach.domain import Hand
from coach.parameters.unseen_hands import RESTS_ELSEWHERE_AFTER_S, STAYING_WITHIN
from coach.tutor.state import At


@dataclass(slots=True)
class RestingPlaces:
    """Followed from frame to frame; a hand that is lost stays where it was.

    Unlike a pace this tells a stroke from a rest however slow the stroke is.
    """

    _kept: dict[Hand, tuple[At, float]] = field(default_factory=dict)
    _seen_s: dict[Hand, float] = field(default_factory=dict)

    def see(self, now_s: float, hands: Mapping[Hand, At]) -> None:
        """:param hands: where each hand is, back coordinates"""
        self._seen_s.update(dict.fromkeys(hands, now_s))
        for hand, at in hands.items():
            if hand not in self._kept or dist(self._kept[hand][0], at) > STAYING_WITHIN:
                self._kept[hand] = at, now_s

    @property
    def since_s(self) -> float | None:
        """Since when no hand has moved; None where none was seen."""
        return max((since_s for _, since_s in self._kept.values()), default=None)

    def lacks(self, now_s: float) -> bool:
        """Whether a hand is out of sight that was on the back not long ago: it may be there still."""
        return any(0.0 < now_s - seen_s < RESTS_ELSEWHERE_AFTER_S for seen_s in self._seen_s.values())
