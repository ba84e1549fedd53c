"""Marking the back by touch: the practitioner's index finger rests at four places, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from coach.domain import Floats
from coach.locate.turn import turned

BodyPoint: TypeAlias = Literal["c7", "left", "right", "l5"]
Seen: TypeAlias = Literal["nothing", "open", "pointing"]
POINTS: tuple[BodyPoint, ...] = ("c7", "left", "right", "l5")

STILL_S = 1.0  # the finger rests so long
STILL = 0.22  # palm lengths it may be beside its place meanwhile: a detector's tip jitters by a tenth
AWAY = 0.8  # palm lengths to the place touched before: the finger must have travelled
STEADY = 0.6  # share of the pictures meanwhile in which it is there
LOST_S = 0.4  # so long the hand may be unseen meanwhile
# The index finger points where its tip is so many times as far from its knuckle as those of the middle and the ring
# finger are from theirs. Lengths on a picture shrink together when a hand is seen from its tip, so this holds from
# every side. Open hands reach 1.17 (in 98 % of the pictures of a massage), pointing ones begin at 1.23.
ALONE = 1.2
LENGTH = 0.4  # palm lengths a pointing finger has at least: below, a fist's jitter would decide
SEEN_S = 1.0  # what was seen of the hands so long ago is still told
VAIN_S = 3.0  # a finger that rests so long where the wanted place cannot be: an earlier place was none
KEPT_S = 2 * VAIN_S  # what a finger that rests on and on did before is forgotten
WRIST, KNUCKLE, TIP = 0, 9, 8
FINGER, OTHERS = (5, 8), ((9, 12), (13, 16))  # knuckle and tip
# In widths of the shoulders. C7 is between them and not below their line; a hand that rests on the back is. A back is
# 1.25 wide ones high; what shows under half of that is no picture of a back from behind. From aside, or from over the
# head, one shoulder may be seen behind C7, and a fifth of the height remains. The spine may be seen slanted.
BELOW, SLANT = 0.2, 0.35
BETWEEN, HIGH = {False: 0.25, True: -0.15}, {False: 0.5, True: 0.2}  # by whether the camera looks slantingly


@dataclass(slots=True)
class _Rest:
    """A finger that may be resting."""

    seen: list[tuple[float, int, Floats]]  # s, number of the picture, and (2,) px where the tip was

    @property
    def since_s(self) -> float:
        return self.seen[0][0]

    @property
    def seen_s(self) -> float:
        return self.seen[-1][0]

    @property
    def first(self) -> int:
        """The picture in which it began."""
        return self.seen[0][1]

    @property
    def place(self) -> Floats:
        """(2,) px: the middle one, which the way there and a slip of the detector do not move."""
        middle: Floats = np.median([tip for _, _, tip in self.seen], axis=0)
        return middle

    def go_on(self, now_s: float, picture: int, tip: Floats) -> None:
        """The finger is here now."""
        self.seen.append((now_s, picture, tip))
        if now_s - self.since_s > KEPT_S:
            del self.seen[0]


@dataclass(slots=True)
class Touching:
    """The touches so far.

    ``turn``: quarter turns to the left after which the neck is above; None where nobody knows. ``slanting``: whether
    the camera looks over the back from beside it or from over its head.
    """

    turn: int | None = 0
    slanting: bool = False
    points: list[Floats] = field(default_factory=list)  # (2,) px each
    progress: float = 0.0  # of the touch under way, 0–1
    vain: bool = False  # a finger rests where the wanted place cannot be: one taken before must be wrong
    _rests: list[_Rest] = field(default_factory=list)
    _pictures: int = 0
    _last: dict[Seen, float] = field(default_factory=dict)  # s, when it was seen
    _now_s: float = 0.0

    @property
    def wanted(self) -> BodyPoint | None:
        """The place to touch next."""
        return POINTS[len(self.points)] if len(self.points) < len(POINTS) else None

    @property
    def seen(self) -> Seen:
        """What was seen of the hands in the last second: a finger that points, hands that do not, or nothing."""
        order: tuple[Seen, Seen] = ("pointing", "open")
        return next((what for what in order if self._now_s - self._last.get(what, -1e9) <= SEEN_S), "nothing")

    def see(self, now_s: float, hands: Sequence[Floats]) -> bool:
        """Takes the hands, (21, 2) px each, of one picture; returns whether a place was touched long enough."""
        if self.wanted is None:
            return False
        self._pictures += 1
        self._now_s = now_s
        tips = [(hand[TIP], _palm(hand)) for hand in hands if _points(hand)]
        if hands:
            self._last["pointing" if tips else "open"] = now_s
        self._rests = [self._rest(tip, palm, now_s) for tip, palm in tips] + [
            rest for rest in self._rests if rest.seen_s < now_s and now_s - rest.seen_s <= LOST_S
        ]
        self.progress = 0.0
        for (_, palm), rest in zip(tips, self._rests, strict=False):
            if len(rest.seen) < STEADY * (self._pictures - rest.first + 1) or self._touched(rest.place, palm):
                continue
            rested_s = now_s - rest.since_s
            if not self._sensible(rest.place, palm):
                self.vain = self.vain or rested_s >= VAIN_S
                continue
            self.progress = max(self.progress, min(1.0, rested_s / STILL_S))
            if rested_s >= STILL_S:
                self.points.append(rest.place)
                self.progress, self._rests = 0.0, []
                return True
        return False

    def lift(self) -> None:
        """The finger is taken away: a touch that is under way counts for nothing."""
        self.progress, self._rests = 0.0, []

    def _rest(self, tip: Floats, palm: float, now_s: float) -> _Rest:
        """The rest that this fingertip goes on with, or a new one."""
        for rest in self._rests:
            if rest.seen_s < now_s and _far(tip, rest.place) <= STILL * palm:
                rest.go_on(now_s, self._pictures, tip)
                return rest
        return _Rest([(now_s, self._pictures, tip)])

    def _touched(self, place: Floats, palm: float) -> bool:
        """Whether a place was touched already."""
        return any(_far(place, other) < AWAY * palm for other in self.points)

    def _sensible(self, place: Floats, palm: float) -> bool:
        """Whether the wanted place can be here, beside those touched already."""
        if not self.points:
            return True
        c7 = self.points[0]
        if self.wanted == "left":
            return self._on_side(place - c7, -1, palm)
        left = self.points[1]
        if self.wanted == "right":
            right = self._on_side(place - c7, 1, palm)
            return right and _far(place, left) > palm and _between(c7, left, place, BETWEEN[self.slanting])
        # Left and right as she has them, or the picture is mirrored, which is told once all four are touched.
        along, beside = _seen_from(place - c7, self.points[2] - left)
        return bool(abs(beside) > max(abs(along) * SLANT, HIGH[self.slanting]))

    def _on_side(self, away: Floats, side: int, palm: float) -> bool:
        """Whether what is so far (2,) px from C7 may be the shoulder on that side, -1 the left one."""
        if self.turn is None:
            return True
        x, y = turned(away, self.turn, (0, 0)).tolist()
        return bool(x * side > 0 and abs(y) < (1.2 + self.slanting) * abs(x) + palm)


def _far(one: Floats, other: Floats) -> float:
    return float(np.hypot(*(one - other)))


def _palm(hand: Floats) -> float:
    return max(1.0, _far(hand[KNUCKLE], hand[WRIST]))


def _points(hand: Floats) -> bool:
    """Whether the index finger is stretched and the ones beside it are not."""
    long, *short = (_far(hand[tip], hand[knuckle]) for knuckle, tip in (FINGER, *OTHERS))
    return long >= LENGTH * _palm(hand) and long >= ALONE * max(short)


def _between(c7: Floats, left: Floats, right: Floats, inside: float) -> bool:
    """Whether a place (2,) px can be C7, beside both shoulder points."""
    along, below = _seen_from(c7 - left, right - left)
    return inside < along < 1.0 - inside and below < BELOW


def _seen_from(place: Floats, across: Floats) -> tuple[float, float]:
    """A place (2,) along a line (2,), and to the right of it where it is gone along, both over its length."""
    width2 = float(across @ across)
    return float(place @ across) / width2, float(across[0] * place[1] - across[1] * place[0]) / width2
