"""Marking the back by touch: the practitioner's index finger rests at four places, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from coach.domain import Floats

BodyPoint: TypeAlias = Literal["c7", "left", "right", "l5"]
POINTS: tuple[BodyPoint, ...] = ("c7", "left", "right", "l5")

STILL_S = 1.0  # the finger rests so long
STILL = 0.22  # palm lengths it may move meanwhile: a detector's tip jitters by a tenth
AWAY = 0.8  # palm lengths to the place touched before: the finger must have travelled
STEADY = 0.6  # share of the pictures meanwhile in which it is there
LOST_S = 0.4  # so long the hand may be unseen meanwhile
EXTENDED = 1.35  # palm lengths from wrist to fingertip of a finger that points; a bent one reaches 1.2
WRIST, KNUCKLE, TIP = 0, 9, 8
LEAN = 0.35  # how far a point may lie on the far side of C7, over what its own side asks


def rectangle(points: Floats) -> Floats:
    """The back rectangle's corners (4, 2) px from the four places on the body (4, 2) px: C7, both shoulder points, L5.

    The spine, C7 to L5, is its middle line; the shoulders give its width and slope.
    """
    c7, left, right, l5 = points
    half = (right - left) / 2.0
    corners: Floats = np.array([c7 - half, c7 + half, l5 + half, l5 - half])
    return corners


@dataclass(slots=True)
class _Rest:
    """A finger that may be resting."""

    anchor: Floats  # (2,) px
    since_s: float
    seen_s: float
    sum: Floats  # of the places seen meanwhile
    count: int
    first: int  # the picture in which it began


@dataclass(slots=True)
class Touching:
    """The touches so far."""

    points: list[Floats] = field(default_factory=list)  # (2,) px each
    progress: float = 0.0  # of the touch under way, 0–1
    _rests: list[_Rest] = field(default_factory=list)
    _pictures: int = 0

    @property
    def wanted(self) -> BodyPoint | None:
        """The place to touch next."""
        return POINTS[len(self.points)] if len(self.points) < len(POINTS) else None

    def see(self, now_s: float, hands: Sequence[Floats]) -> bool:
        """Takes the hands, (21, 2) px each, of one picture; returns whether a place was touched long enough."""
        if self.wanted is None:
            return False
        self._pictures += 1
        tips = [(hand[TIP], _palm(hand)) for hand in hands if _points(hand)]
        self._rests = [self._rest(tip, palm, now_s) for tip, palm in tips] + [
            rest for rest in self._rests if rest.seen_s < now_s and now_s - rest.seen_s <= LOST_S
        ]
        self.progress = 0.0
        for (_, palm), rest in zip(tips, self._rests, strict=False):
            place = rest.sum / rest.count
            steady = rest.count >= STEADY * (self._pictures - rest.first)
            if not steady or not self._sensible(place, palm):
                continue
            self.progress = max(self.progress, min(1.0, (now_s - rest.since_s) / STILL_S))
            if now_s - rest.since_s >= STILL_S:
                self.points.append(place)
                self.progress, self._rests = 0.0, []
                return True
        return False

    def _rest(self, tip: Floats, palm: float, now_s: float) -> _Rest:
        """The rest that this fingertip goes on with, or a new one."""
        for rest in self._rests:
            if float(np.hypot(*(tip - rest.anchor))) <= STILL * palm and rest.seen_s < now_s:
                rest.seen_s, rest.sum, rest.count = now_s, rest.sum + tip, rest.count + 1
                return rest
        return _Rest(tip, now_s, now_s, tip.astype(float), 1, self._pictures - 1)

    def _sensible(self, place: Floats, palm: float) -> bool:
        """Whether the wanted place can be here, beside those touched already."""
        if any(float(np.hypot(*(place - other))) < AWAY * palm for other in self.points):
            return False
        if not self.points:
            return True
        x, y = place - self.points[0]
        if self.wanted == "left":
            return bool(x < 0 and abs(y) < 1.2 * -x + palm)
        if self.wanted == "right":
            return bool(x > 0 and abs(y) < 1.2 * x + palm)
        return bool(y > abs(x) * LEAN and y > palm)


def _palm(hand: Floats) -> float:
    return max(1.0, float(np.hypot(*(hand[KNUCKLE] - hand[WRIST]))))


def _points(hand: Floats) -> bool:
    return float(np.hypot(*(hand[TIP] - hand[WRIST]))) >= EXTENDED * _palm(hand)
