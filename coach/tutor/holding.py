"""Presses at frame rate: which point each hand presses now and for how long already.

The checklist's presses come from the reading, which looks at smoothed tracks; this tells the same a second earlier, so
that the ring on the page fills while the thumb presses.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import dist
from statistics import median

from coach.domain import Hand, Hold, Span
from coach.parameters.live_presses import (
    FRESH_MOTION_S,
    FRESH_WAY,
    LIVE_STILL_SPEED_RATIO,
    LONG_ENOUGH_SURELY_S,
    MEANT_TOLERANCE_SHARE,
    MISPLACED_BY,
    PRESS_BEGINS_WITHIN,
    PRESS_BEGINS_WOBBLES,
    PRESS_BREAK_S,
    PRESS_KEPT_S,
    PRESS_PLACE_S,
    PRESS_SLIP,
    STILL_HALVES_S,
)
from coach.parameters.presses import NEIGHBOUR_NEARER
from coach.parameters.stills import STILL_SPEED
from coach.protocol import HoldRule, Point
from coach.tutor.state import At, Seeing


@dataclass(slots=True)
class Press:
    """One press, while it goes on and after."""

    point: str
    hand: Hand
    at: At
    start_s: float
    last_s: float
    slid: bool = False  # it went over into another without a stop: perhaps only the hand's arrival
    way: deque[tuple[float, At]] = field(default_factory=deque)  # the smoothed places

    def go_on(self, now_s: float, at: At) -> None:
        self.last_s = now_s
        self.way.append((now_s, at))
        while now_s - self.way[0][0] > PRESS_KEPT_S:
            self.way.popleft()
        steady = [place for t, place in self.way if now_s - t <= PRESS_PLACE_S]
        self.at = median(p[0] for p in steady), median(p[1] for p in steady)
        near = max(PRESS_BEGINS_WITHIN, PRESS_BEGINS_WOBBLES * median(dist(place, self.at) for place in steady))
        off = [t for t, place in self.way if dist(place, self.at) > near]
        self.start_s = max(self.start_s, off[-1] if off else self.start_s)

    @property
    def span(self) -> Span:
        return Span(self.start_s, self.last_s)

    @property
    def held_s(self) -> float:
        return self.last_s - self.start_s


@dataclass(slots=True)
class _Hand:
    """The last moments of one hand."""

    places: deque[tuple[float, At]] = field(default_factory=deque)
    press: Press | None = None
    began: At | None = None  # where it was when the step began
    fresh: bool = False  # it has moved since
    moving_s: float = 0.0

    def add(self, now_s: float, at: At) -> None:
        self.places.append((now_s, at))
        while self.places[-1][0] - self.places[0][0] > STILL_HALVES_S:
            self.places.popleft()

    def still(self) -> At | None:
        """Where it is still, or None."""
        if len(self.places) < 3 or self.places[-1][0] - self.places[0][0] < 0.6 * STILL_HALVES_S:
            return None
        middle = len(self.places) // 2
        items = list(self.places)
        (t0, a), (t1, b) = _mean(items[:middle]), _mean(items[middle:])
        speed = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 / max(t1 - t0, 1e-3)
        return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) if speed <= LIVE_STILL_SPEED_RATIO * STILL_SPEED else None


def _mean(items: list[tuple[float, At]]) -> tuple[float, At]:
    n = len(items)
    return sum(t for t, _ in items) / n, (sum(p[0] for _, p in items) / n, sum(p[1] for _, p in items) / n)


@dataclass(slots=True)
class Holding:
    """The presses of one step."""

    rule: HoldRule
    fresh: bool = False  # the hands come from another motion; else each must move before it presses anew
    beyond: tuple[Point, ...] = ()  # the next step's: what is nearer to one of them, once an own one was pressed
    ended: list[Press] = field(default_factory=list)  # long enough to be one, in order of their end
    _hands: dict[Hand, _Hand] = field(default_factory=dict)

    def see(self, seeing: Seeing) -> None:
        """Takes one frame."""
        for hand in list(self._hands):
            if hand not in seeing.hands:
                self._lost(self._hands[hand], seeing.now_s)
        for hand, at in seeing.hands.items():
            self._follow(self._hands.setdefault(hand, _Hand(fresh=self.fresh)), hand, at, seeing.now_s)

    def _follow(self, state: _Hand, hand: Hand, at: At, now_s: float) -> None:
        before_s = state.places[-1][0] if state.places else now_s
        state.add(now_s, at)
        place = state.still()
        state.began = state.began or place
        state.moving_s = state.moving_s + (now_s - before_s) if place is None else 0.0
        moved = place is not None and state.began is not None and dist(place, state.began) >= FRESH_WAY
        state.fresh = state.fresh or moved or state.moving_s >= FRESH_MOTION_S
        press = state.press
        if press is not None and place is not None and dist(place, press.at) <= PRESS_SLIP:
            self._go_on(press, now_s, place)
            return
        if press is not None and now_s - press.last_s > (PRESS_BREAK_S if place is None else 0.0):
            self._end(state)
        if state.press is None and place is not None and state.fresh:
            point = self._nearest(place, hand)
            if point is not None:
                state.press = Press(
                    point.id, hand, place, now_s - STILL_HALVES_S / 2, now_s, way=deque([(now_s, place)])
                )

    def _go_on(self, press: Press, now_s: float, place: At) -> None:
        """Goes on; what slid to a neighbouring place, too slowly to be seen moving, was two presses."""
        at, start_s, before = press.at, press.start_s, press.point
        press.go_on(now_s, place)
        point = self._nearest(press.at, press.hand)
        press.point = point.id if point is not None else press.point
        if press.start_s - start_s >= self.rule.short_from_s:
            self.ended.append(Press(before, press.hand, at, start_s, press.start_s, slid=True))

    def _lost(self, state: _Hand, now_s: float) -> None:
        state.places.clear()
        if state.press is not None and now_s - state.press.last_s > PRESS_BREAK_S:
            self._end(state)

    def _end(self, state: _Hand) -> None:
        if state.press is not None and self.counts(state.press):
            self.ended.append(state.press)
        state.press = None

    def _nearest(self, place: At, hand: Hand) -> Point | None:
        mine = [p for p in (*self.rule.points, *self.rule.confusable) if p.hand in (None, hand)]
        best = min(mine, key=lambda p: dist(place, p.at) + NEIGHBOUR_NEARER * (p in self.rule.confusable), default=None)
        if best is None or dist(place, best.at) > best.tolerance:
            return None
        further = [p for p in self.beyond if p.hand in (None, hand) and dist(place, p.at) < dist(place, best.at)]
        return further[0] if further and self.ended else best

    def sure(self, press: Press) -> bool:
        """Whether it is so near to its point that it is meant: a hand at rest lies at some point or other."""
        point = next(p for p in (*self.rule.points, *self.rule.confusable, *self.beyond) if p.id == press.point)
        return dist(press.at, point.at) <= MEANT_TOLERANCE_SHARE * point.tolerance

    def either(self, press: Press) -> bool:
        """Whether another point that is asked for is hardly farther: nobody knows which of the two is meant."""
        own, *others = sorted(dist(press.at, p.at) for p in self.rule.points if p.hand in (None, press.hand))
        return bool(others) and others[0] - own < NEIGHBOUR_NEARER

    def counts(self, press: Press) -> bool:
        """Whether it is long enough to be a press at all."""
        return press.held_s >= self.rule.short_from_s

    def long_enough(self, press: Press) -> bool:
        """Whether it was surely long enough."""
        return press.held_s >= self.rule.long_enough_s + LONG_ENOUGH_SURELY_S

    @property
    def running(self) -> tuple[Press, ...]:
        """The presses that go on now, the longest first."""
        now = [s.press for s in self._hands.values() if s.press is not None]
        return tuple(sorted(now, key=lambda p: -p.held_s))

    @property
    def gone_on(self) -> tuple[Press, ...]:
        """Presses of the next step that go on now; none where a hand still presses for this one."""
        further = {p.id for p in self.beyond}
        going = self.running
        return going if all(p.point in further for p in going) else ()

    def longest(self) -> dict[str, float]:
        """For each point that was pressed, confusable ones too, its longest press, s."""
        out: dict[str, float] = {}
        for press in (*self.ended, *self.running):
            if self.counts(press):
                out[press.point] = max(out.get(press.point, 0.0), press.held_s)
        return out


def is_meant(hold: Hold, rule: HoldRule) -> bool:
    """Whether a press that a reading tells of is so near to its point that it is meant."""
    tolerance = next((p.tolerance for p in (*rule.points, *rule.confusable) if p.id == hold.point), 0.0)
    return hold.off <= MEANT_TOLERANCE_SHARE * tolerance


def may_be_meant(hold: Hold, rule: HoldRule) -> bool:
    """Whether the hand may have pressed the point, by what the tracker is off."""
    tolerance = next((p.tolerance for p in rule.points if p.id == hold.point), 0.0)
    return hold.off <= max(MISPLACED_BY, MEANT_TOLERANCE_SHARE * tolerance)


def in_turn(holds: Iterable[Hold]) -> list[Hold]:
    """The presses that follow each other; what both hands press at once is one."""
    found: list[Hold] = []
    for hold in sorted(holds, key=lambda h: h.span.start_s):
        if not found or hold.span.start_s >= found[-1].span.end_s:
            found.append(hold)
    return found
