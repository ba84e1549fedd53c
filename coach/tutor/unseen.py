"""When the working hands cannot be seen: since when, and most likely why."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from coach.domain import HANDS, OTHER, Hand
from coach.parameters.unseen_hands import (
    DARK_LEVEL,
    NO_HAND_S,
    ONE_HAND_S,
    PICTURE_EDGE_SHARE,
    RESTS_ELSEWHERE_AFTER_S,
    SMALL_PALM_PX,
)
from coach.protocol import HandsRule
from coach.tutor.state import Seeing, Sighted, Unseen


@dataclass(slots=True)
class Sight:
    """Follows how many hands are seen from frame to frame."""

    _any_s: float | None = None  # when a hand was last seen
    _two_s: float | None = None
    _began_s: float | None = None
    _hand_s: dict[Hand, float] = field(default_factory=dict)  # when each was last seen on the back
    _last: tuple[Sighted, ...] = ()
    _before: tuple[Sighted, ...] = ()  # while both were seen
    shown: Unseen | None = None

    def see(self, seeing: Seeing, rule: HandsRule | None, *, waits: bool = False) -> None:
        """Takes one frame.

        :param rule: the hands of the step, None where no step is known
        :param waits: nothing of it was seen yet, and what is seen of the hands lies still
        """
        now_s = seeing.now_s
        if self._began_s is None:
            self._began_s = self._any_s = self._two_s = now_s
        if seeing.sighted:
            self._any_s, self._last = now_s, seeing.sighted
        if len(seeing.sighted) >= 2:
            self._two_s, self._before = now_s, seeing.sighted
        self._hand_s.update(dict.fromkeys(seeing.hands, now_s))
        self.shown = self._state(seeing, rule, waits)

    def reset(self) -> None:
        """A pause is over: nobody is missed yet."""
        self._began_s = None
        self._hand_s.clear()
        self.shown = None

    def _state(self, seeing: Seeing, rule: HandsRule | None, waits: bool) -> Unseen | None:
        none_s = seeing.now_s - (self._any_s or 0.0)
        one_s = seeing.now_s - (self._two_s or 0.0)
        if none_s >= NO_HAND_S:
            return Unseen(self._why(seeing, self._last), round(none_s, 1))
        both = rule is not None and rule not in (*HANDS, "either")
        if both and one_s >= ONE_HAND_S and none_s == 0.0:
            return Unseen("unseen_one_hand", round(one_s, 1))
        if waits and one_s >= ONE_HAND_S and len(seeing.hands) == 1:
            missing = OTHER[next(iter(seeing.hands))]
            return self._missed(missing, seeing.now_s) if rule in (missing, "either") else None
        return None

    def _missed(self, hand: Hand, now_s: float) -> Unseen | None:
        """That a hand is out of sight that was on the back not long ago, while the other one rests."""
        missed_s = now_s - self._hand_s.get(hand, -inf)
        return (
            Unseen(f"unseen_{hand}_hand", round(missed_s, 1))
            if ONE_HAND_S <= missed_s < RESTS_ELSEWHERE_AFTER_S
            else None
        )

    def _why(self, seeing: Seeing, last: tuple[Sighted, ...]) -> str:
        if seeing.light is not None and seeing.light < DARK_LEVEL:
            return "unseen_dark"
        if last and any(_at_edge(hand) for hand in last):
            return "unseen_out_of_picture"
        if last and max(hand.palm_px for hand in last) < SMALL_PALM_PX:
            return "unseen_small"
        return "unseen_covered" if last else "unseen_unknown"


def _at_edge(hand: Sighted) -> bool:
    return not (
        PICTURE_EDGE_SHARE <= hand.x <= 1.0 - PICTURE_EDGE_SHARE
        and PICTURE_EDGE_SHARE <= hand.y <= 1.0 - PICTURE_EDGE_SHARE
    )
