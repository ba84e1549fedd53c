"""The presses of one step as the readings tell of them: a second later than the frames, and better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from coach.domain import Hold, Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.live_presses import (
    BEGUN_FROM_POINTS,
    GOES_ON_NOW_S,
    MAY_GO_ON_S,
    PRESS_LENGTH_ERROR_S,
    RESTS_BEFORE_FIRST,
)
from coach.parameters.live_repetitions import EXPLAINED_SHARE
from coach.parameters.live_steps import OTHER_STEP_CONFIDENCE
from coach.parameters.rating import HASTY_SHARE, PRESS_TRAVEL_S
from coach.protocol import HoldRule, Protocol, Segment
from coach.tutor.holding import Press, may_be_meant
from coach.tutor.window import WindowReading


@dataclass(slots=True)
class ReadPresses:
    """What is known of them up to the newest reading; nothing where the step is no press."""

    segment: Segment
    at_s: float = 0.0  # of that reading
    over: tuple[Hold, ...] = ()  # at the points that are asked for
    going: tuple[Hold, ...] = ()  # the same that may still go on
    far: tuple[Hold, ...] = ()  # so far beside their points that nobody knows whether they were of them
    second: tuple[Hold, ...] = ()  # perhaps of these points, though nearer to others that are asked for
    before: tuple[Hold, ...] = ()  # of the step before: what pressed there has not pressed here
    strokes: tuple[Span, ...] = ()  # when others were stroked: who strokes presses nothing

    # ------------------------------------------------------------------ what comes in
    def read(self, reading: WindowReading, protocol: Protocol, since_s: float, *, beyond: bool) -> None:
        """Takes one reading.

        :param since_s: when the step began
        :param beyond: the next step is a press too
        """
        rule, name = self.segment.hold, self.segment.id
        if rule is None:
            return
        rank, asked = protocol.rank[name], {p.id for p in rule.points}
        told = _told(reading, name, since_s)
        holds, later = (_holds(reading, k) for k in (rank, rank + 1))
        if beyond:
            holds = _not_later(holds, later, told)
        self.strokes = tuple(m.span for m in reading.segments if m.segment_id != name and m.repetitions)
        self.before = tuple(_told(reading, protocol.segments[rank - 1].id, since_s)) if rank else ()
        mine = [h for h in (_as_told(h, told) for h in holds) if not self.elsewhere(h)]
        began_s = max(_began_s(told, rule), min((h.span.start_s for h in self.before), default=float("-inf")))
        mine = [h for h in mine if h.span.end_s > began_s or h.span.duration_s >= rule.long_enough_s]
        self.take((h for h in mine if h.point in asked), reading.at_s)
        self.doubt(c for c in reading.since if c.rank == rank)

    def take(self, holds: Iterable[Hold], at_s: float) -> None:
        """Takes those at the points that are asked for.

        Of a press that goes on, a reading does not know yet when it began: the frames know that better.
        """
        known, self.at_s = list(holds), at_s
        self.over = tuple(h for h in known if h.span.end_s < at_s - MAY_GO_ON_S)
        self.going = tuple(h for h in known if h.span.end_s >= at_s - MAY_GO_ON_S)

    def doubt(self, own: Iterable[Candidate], told: Iterable[Hold] = ()) -> None:
        """Keeps what nobody knows the point of: far beside one, or nearly as near to another that is asked for.

        Presses at theirs are not rated for it.

        :param own: all that may have been presses of the step
        :param told: those that a reading tells of besides
        """
        rule, known = self.segment.hold, list(own)
        if rule is None or self.segment.hands == "together":
            return
        asked, least_s = {p.id for p in rule.points}, HASTY_SHARE * rule.long_enough_s
        begun_s = min((h.span.start_s for h in (*self.long, *self.going)), default=float("inf"))

        def pressed(far: Hold) -> bool:
            """Not a halt on the way; before the first of the others, as long as a press and close to it: no rest."""
            amid, times = far.span.start_s >= begun_s, far.span.duration_s / rule.long_enough_s
            enough = (
                times >= HASTY_SHARE
                if amid
                else 1.0 <= times < RESTS_BEFORE_FIRST and far.span.end_s >= begun_s - PRESS_TRAVEL_S
            )
            return enough and (bool(far.perhaps) or not may_be_meant(far, rule))

        every = (*told, *(as_asked(h) for c in known if c.fit > 0.0 and not c.second for h in c.holds))
        self.far = tuple(h for h in every if h.point in asked and pressed(h))
        self.second = tuple(
            h
            for c in known
            if c.second
            for h in c.holds
            if h.span.duration_s >= least_s or h.span.end_s >= self.at_s - MAY_GO_ON_S  # it goes on
        )

    # ------------------------------------------------------------------ what is known
    @property
    def known(self) -> tuple[Hold, ...]:
        """At the points that are asked for, over or not."""
        return (*self.over, *self.going)

    @property
    def long(self) -> tuple[Hold, ...]:
        """Those that are over and were long enough."""
        rule = self.segment.hold
        return tuple(h for h in self.over if rule is not None and h.span.duration_s >= rule.long_enough_s)

    @property
    def perhaps(self) -> frozenset[str]:
        """The points that may have been pressed besides."""
        return frozenset(h.point for h in (*self.far, *self.second))

    @property
    def spare(self) -> bool:
        """Whether a long press lay far beside a point that another had: it may have been of one that had none."""
        rule = self.segment.hold
        if rule is None:
            return False
        own = [h for h in self.known if may_be_meant(h, rule)]
        far = [h for h in self.far if h.span.duration_s >= rule.long_enough_s]
        return any(h.point == f.point and not h.span.overlap_s(f.span) for h in own for f in far)

    def knows(self, press: Press) -> bool:
        """Whether a reading tells of a press at that time, by the same hand, wherever."""
        every = (*self.known, *self.far, *self.second, *self.before)
        return any(press.hand == h.hand and press.span.overlap_s(h.span) > 0.0 for h in every)

    def agrees(self, press: Press) -> bool:
        """Whether a press is long enough by the frames, and by the newest reading, by which it may still go on, too.

        Each for itself is not sure when it began; that both are wrong by the same is not likely.
        """
        own = (h for h in self.going if (h.hand, h.point) == (press.hand, press.point))
        return press.held_s >= self._enough_s and any(self._perhaps_long(h) for h in own)

    def beside(self, presses: Iterable[Press]) -> frozenset[str]:
        """The points that the other hand presses as long as these, by the newest reading, where both press together.

        A hand that goes from one point to the next by less than it trembles has not moved, frame by frame.
        """
        sure = list(presses) if self.segment.hands == "together" else []
        going = [h for h in self.going if self._perhaps_long(h)]
        return frozenset(
            h.point
            for h in going
            if any(p.hand != h.hand and p.span.overlap_s(h.span) >= EXPLAINED_SHARE * self._enough_s for p in sure)
        )

    @property
    def _enough_s(self) -> float:
        return inf if self.segment.hold is None else self.segment.hold.long_enough_s

    def _perhaps_long(self, hold: Hold) -> bool:
        return hold.span.duration_s >= self._enough_s - PRESS_LENGTH_ERROR_S

    def knows_short(self, press: Press) -> bool:
        """Whether it was over sooner, and too short: frame by frame, a slow way from a press is part of it."""
        rule, own = self.segment.hold, (h for h in self.over if (h.hand, h.point) == (press.hand, press.point))
        lasted_s = [
            h.span.duration_s for h in own if h.span.overlap_s(press.span) >= EXPLAINED_SHARE * h.span.duration_s
        ]
        return rule is not None and bool(lasted_s) and max(lasted_s) < rule.long_enough_s - PRESS_LENGTH_ERROR_S

    def but_now(self) -> tuple[Hold, ...]:
        """Without those that go on at this moment."""
        return (*self.over, *(h for h in self.going if h.span.end_s < self.at_s - GOES_ON_NOW_S))

    def elsewhere(self, press: Press | Hold) -> bool:
        """Whether a press was none of this step: one of the step before, or where the hands stroked something else."""
        stroked_s = sum(s.overlap_s(press.span) for s in self.strokes)
        return stroked_s >= EXPLAINED_SHARE * press.span.duration_s or any(same_press(press, h) for h in self.before)


def _told(reading: WindowReading, segment_id: str, since_s: float) -> list[Hold]:
    """The presses that the whole reading is sure to belong to a step: it knows how far the hands are apart."""
    own = (m for m in reading.segments if m.segment_id == segment_id and m.span.end_s > since_s)
    return [h for m in own if m.confidence >= OTHER_STEP_CONFIDENCE for h in m.holds]


def _began_s(told: list[Hold], rule: HoldRule) -> float:
    """When the step's first press began, once there were two: at what was touched before, a hand rested."""
    begun = len({h.point for h in told if h.span.duration_s >= rule.short_from_s}) >= BEGUN_FROM_POINTS
    return min(h.span.start_s for h in told) if begun else -1e9


def _holds(reading: WindowReading, rank: int) -> list[Hold]:
    own = (c for c in reading.since if c.rank == rank and c.fit >= IDLE_FIT and not c.second)
    return [as_asked(h) for c in own for h in c.holds]


def as_asked(hold: Hold) -> Hold:
    """Where nobody knows whether a neighbour was pressed, the trainee is not told so, and goes on."""
    return replace(hold, point=hold.perhaps) if hold.perhaps else hold


def _as_told(hold: Hold, told: list[Hold]) -> Hold:
    """The press as the whole reading has it, which knows what was pressed before and after."""
    return next((as_asked(t) for t in told if (t.hand, t.span) == (hold.hand, hold.span)), hold)


def _not_later(holds: list[Hold], later: list[Hold], sure: list[Hold]) -> list[Hold]:
    """Without those that are nearer to a point of the next step, once there was one that is not.

    :param sure: of this step, however near to another point
    """
    nearer = [
        any(same_press(h, g) and g.off < h.off for g in later)
        and not any(same_press(s, h) and s.point == h.point for s in sure)
        for h in holds
    ]
    first_s = min((h.span.end_s for h, beyond in zip(holds, nearer, strict=True) if not beyond), default=float("inf"))
    return [h for h, beyond in zip(holds, nearer, strict=True) if not beyond or h.span.start_s < first_s]


def same_press(one: Hold | Press, other: Hold | Press) -> bool:
    """Whether they tell of one press."""
    return one.hand == other.hand and one.span.overlap_s(other.span) >= EXPLAINED_SHARE * one.span.duration_s
