"""What is known of the presses of one step: frames tell of them at once, readings a second later, and better."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain import Hold
from coach.parameters.live_presses import AT_NEXT_STEP_S, BEGUN_FROM_POINTS, OVER_SINCE_S, READ_AFTER_S
from coach.tutor.holding import Holding, Press, may_be_meant
from coach.tutor.read_presses import ReadPresses


@dataclass(frozen=True, slots=True)
class StepPresses:
    """Both together; nothing where the step is no press.

    :param read: by the readings
    :param watched: the step is followed frame by frame; else only the readings tell of it
    """

    holding: Holding | None
    read: ReadPresses
    watched: bool

    # ------------------------------------------------------------------ each press
    @property
    def framed(self) -> tuple[Press, ...]:
        """The presses that the frames show, over or not, near enough to a point that is asked for to be meant."""
        if self.holding is None:
            return ()
        asked = {p.id for p in self.holding.rule.points}
        every = (p for p in (*self.holding.ended, *self.holding.running) if p.point in asked)
        own = (p for p in every if not self.read.elsewhere(p) and not self._halt(p, self.holding))
        return tuple(p for p in own if self.holding.counts(p) and self.holding.sure(p))

    @property
    def long(self) -> tuple[Hold, ...]:
        """Those that were long enough, by the reading; where there are frames, those tell of such as go on."""
        if self.holding is None:
            return ()
        enough_s, going = self.holding.rule.long_enough_s, () if self.watched else self.read.going
        return (*self.read.long, *(h for h in going if h.span.duration_s >= enough_s))

    @property
    def told(self) -> tuple[Hold, ...]:
        """Those of the reading, over or not, that the frames do not know to be the next step's already."""
        gone_on = self.holding is not None and bool(self.holding.gone_on)
        return self.read.but_now() if gone_on else self.read.known

    def _halt(self, press: Press, holding: Holding) -> bool:
        """Whether the readings, which know of a press by now, know of none when a hand halted alone for a moment."""
        if press.held_s >= holding.rule.long_enough_s or press.last_s >= self.read.at_s - READ_AFTER_S:
            return False
        beside = (p for p in (*holding.ended, *holding.running) if p.hand != press.hand)
        return not self.read.knows(press) and all(p.span.overlap_s(press.span) <= 0.0 for p in beside)

    def _gainsaid(self, press: Press, holding: Holding) -> bool:
        """Whether the reading knows nothing of a short press that is over: a hand that rested before it began."""
        over = press.last_s < self.read.at_s - OVER_SINCE_S and press.held_s < holding.rule.long_enough_s
        return over and all(h.point != press.point for h in self.read.over)

    # ------------------------------------------------------------------ the points
    def points(self) -> tuple[str, ...]:
        """Pressed long enough, in the protocol's order."""
        if self.holding is None:
            return ()
        sure = [p for p in self.framed if self.holding.long_enough(p) or self.read.agrees(p)]
        long = [p for p in sure if not self.read.knows_short(p)]
        done = {p.point for p in long} | self.read.beside(long) | {h.point for h in self.long}
        return tuple(p.id for p in self.holding.rule.points if p.id in done)

    @property
    def pressed(self) -> frozenset[str]:
        """The points that were pressed, long enough or not. A halt at the edge of one is no press."""
        if self.holding is None:
            return frozenset()
        told = {p.point for p in self.framed if not self._gainsaid(p, self.holding)}
        read = (h for h in self.told if h.span.duration_s >= self.holding.rule.short_from_s)
        told |= {h.point for h in read if may_be_meant(h, self.holding.rule)}
        return frozenset(told | {h.point for h in self.long})

    @property
    def places(self) -> frozenset[str]:
        """The points at which the hand pressed, one for each press, perhaps far beside it."""
        return self.pressed | {h.point for h in self.read.far}

    @property
    def begun(self) -> bool:
        """Whether the hand has pressed at several places: at a single one it may have rested before it begins."""
        return len(self.places) >= BEGUN_FROM_POINTS

    # ------------------------------------------------------------------ the end
    def over_s(self, now_s: float) -> float:
        """When the last point was pressed long enough: what is pressed after may be the next step already."""
        return min(now_s, max((self._point_over_s(point, now_s) for point in self.points()), default=now_s))

    def _point_over_s(self, point: str, now_s: float) -> float:
        held = (*self.holding.ended, *self.holding.running) if self.holding is not None else ()
        enough_s = self.holding.rule.long_enough_s if self.holding is not None else 0.0
        ends = [p.last_s for p in held if p.point == point and p.held_s >= enough_s]
        return min([*ends, *(h.span.end_s for h in self.long if h.point == point)], default=now_s)

    @property
    def next_since_s(self) -> float | None:
        """Since when a press of the next step goes on, where it surely does.

        Frame by frame, a press and a slow way from it are one: it goes on once the presses of this step are over.
        Before any of these, hands that rest near the next step's points are on their way here; who stays presses there.
        """
        going = self.holding.gone_on if self.holding is not None else ()
        sure_s = (
            AT_NEXT_STEP_S
            if self.holding is None or self.pressed
            else max(AT_NEXT_STEP_S, self.holding.rule.long_enough_s)
        )
        if all(p.held_s < sure_s for p in going):
            return None
        return max([min(p.start_s for p in going), *(h.span.end_s for h in self.read.but_now())])
