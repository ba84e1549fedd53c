"""What there is to say about presses: beside their point or before their turn, too short, left out."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import Value
from coach.parameters.live_presses import (
    AIMING_S,
    AT_OTHER_POINT_S,
    GOES_ON_S,
    POINT_MISSING_S,
    PRESS_LENGTH_ERROR_S,
    SECOND_HAND_LATE_S,
    TOO_SHORT_SINCE_S,
)
from coach.score.order import within
from coach.tutor.holding import Holding, Press, is_meant, may_be_meant
from coach.tutor.practised import Practised
from coach.tutor.read_presses import same_press
from coach.tutor.state import Hint
from coach.tutor.window import WindowReading


def pressing(at: Practised, now_s: float) -> Iterator[Hint]:
    """The hints that hold now about a step of presses; none where it is none, or where nothing is missing."""
    if at.holding is None or at.done:
        return
    yield from _beside(at, at.holding)
    yield from _short(at, at.holding, now_s)
    meant = (h for h in at.presses.over if may_be_meant(h, at.holding.rule))
    ends = [h.span.end_s for h in (*at.known.long, *meant, *at.presses.far)]
    ends += [p.last_s for p in at.known.framed if p not in at.holding.running]
    late_s = SECOND_HAND_LATE_S if at.segment.hands == "together" else POINT_MISSING_S
    late = bool(ends) and (at.known.next_since_s is not None or now_s - max(ends) >= late_s)
    if late and not _going(at, at.holding) and not _rested(at, at.holding):
        yield from missing(at)


def missing(at: Practised) -> Iterator[Hint]:
    """The first point that was surely not pressed at all; none where a press too many may have been of it."""
    points = at.holding.rule.points if at.holding is not None and not at.presses.spare else ()
    for point in [p.id for p in points if p.id not in at.known.pressed | at.presses.perhaps][:1]:
        yield Hint("hint_missing_point", {"point": point}, at.segment.id)


def passed_over(at: Practised) -> str | None:
    """The first point that was left out before one that was pressed long enough, where they are pressed in order.

    A hand that was at one point only may have rested there before it begins.
    """
    if at.holding is None or at.holding.rule.sequence != "in_order":
        return None
    order, done = [p.id for p in at.holding.rule.points], at.known.points()
    pressed = {*at.known.pressed, *at.presses.perhaps, *done}
    left_out = next((k for k, point in enumerate(order) if point not in pressed), len(order))
    passed = any(point in done for point in order[left_out:])
    return order[left_out] if passed and at.known.begun else None


def misordered(at: Practised, reading: WindowReading) -> bool:
    """Whether points that have an order were pressed long enough in another one, by the whole reading."""
    rule = at.segment.hold
    if rule is None or rule.sequence != "in_order":
        return False
    asked = [p.id for p in rule.points]
    for match in reversed(reading.segments):
        if match.segment_id == at.segment.id and match.span.end_s > at.since_s:
            long = (h for h in match.holds if h.span.duration_s >= rule.long_enough_s and may_be_meant(h, rule))
            found = sorted((h for h in long if h.point in asked), key=lambda h: h.span.start_s)
            order = [h.point for h in found if len(found) == len(asked) or is_meant(h, rule)]
            return not within([p for p in asked if p in order], order)
    return False


def _rested(at: Practised, holding: Holding) -> bool:
    """Whether a hand may only have rested at a point before it begins, where they are pressed in order."""
    rule = holding.rule
    return rule.sequence == "in_order" and not at.known.begun and rule.points[0].id not in at.known.places


def _going(at: Practised, holding: Holding) -> bool:
    """Whether a press goes on. A hand that stays where it pressed long enough before, or comes back there, rests."""
    if holding.gone_on:
        return False
    over = {h.point for h in at.known.long if is_meant(h, holding.rule)}
    aimed = (p for p in holding.running if _aims(p, holding))
    now = {p.point for p in aimed if p.held_s >= GOES_ON_S and p not in holding.gone_on}
    now |= {h.point for h in at.presses.going if h.span.duration_s >= GOES_ON_S}
    return bool(now - over)


def _aims(press: Press, holding: Holding) -> bool:
    """Whether a press that goes on is meant for its point, or may still be going there."""
    return press.held_s < AIMING_S or holding.sure(press)


def _beside(at: Practised, holding: Holding) -> Iterator[Hint]:
    """A press at a neighbour of the next point, or at a point before its turn."""
    rule, pressed = holding.rule, {*holding.longest(), *at.known.pressed, *at.presses.perhaps}
    for now in _newest(at, holding):
        waiting = [p.id for p in rule.points if p.id not in pressed - {now}]
        if now in {p.id for p in rule.confusable}:
            if waiting:
                yield Hint("hint_point_instead", {"point": waiting[0], "instead": now}, at.segment.id)
        elif rule.sequence == "in_order" and waiting and waiting[0] != now and now in waiting:
            yield Hint("hint_point_first", {"point": waiting[0]}, at.segment.id)


def _newest(at: Practised, holding: Holding) -> list[str]:
    """Where the hands press now, surely; by the reading alone, where it pressed last."""
    if at.watched:
        surely = (p for p in holding.running if p.held_s >= AT_OTHER_POINT_S and holding.sure(p))
        return [p.point for p in surely if not holding.either(p)]
    read = sorted(at.presses.known, key=lambda h: h.span.start_s)
    return [h.point for h in read[-1:] if h.span.duration_s >= AT_OTHER_POINT_S and is_meant(h, holding.rule)]


def _short(at: Practised, holding: Holding, now_s: float) -> Iterator[Hint]:
    """The newest press that was too short, once it is not taken up again or the hands have gone on.

    Where both hands press at once, one for each that was: of one of them it may not be sure.
    """
    rule = holding.rule
    going = {p.point for p in holding.running if _aims(p, holding)} | {
        h.point for h in at.presses.going if not at.watched
    }
    long = {h.point for h in at.presses.going if h.span.duration_s >= rule.long_enough_s - PRESS_LENGTH_ERROR_S}
    asked = {p.id for p in rule.points} - set(at.known.points()) - going - long
    gone = any(p.held_s >= GOES_ON_S for p in holding.gone_on)
    told = sorted((t for t in _told(at, holding, gone) if t[2] in asked), reverse=True)
    together = at.segment.hands == "together"
    if together:  # one press by both hands is told by the same name whichever left first, as the checklist has it
        told.sort(key=lambda t: [p.id for p in rule.points].index(t[2]))
    for end_s, held_s, point in told:
        longest_s = max(held for _, held, other in told if other == point)
        if longest_s < rule.long_enough_s - PRESS_LENGTH_ERROR_S and (now_s - end_s >= TOO_SHORT_SINCE_S or gone):
            values: dict[str, Value] = {"point": point, "held_s": round(held_s, 1), "needed_s": rule.long_enough_s}
            yield Hint("hint_hold_longer", values, at.segment.id)
            if not together:  # where of the first it is not sure, it may be of the other
                return


def _told(at: Practised, holding: Holding, gone: bool) -> Iterator[tuple[float, float, str]]:
    """Presses that are over: when, how long, at which point. By the reading, which knows better; else by the frames."""
    every = at.known.told if gone else at.presses.over
    both = {h.span for h in every if any(h.span == g.span and h.hand != g.hand for g in every)}  # that is no chance
    over = [h for h in every if h.span.duration_s >= holding.rule.short_from_s or h.span in both]
    touches = [hold for hold in every if hold not in over]
    for hold in over:
        if is_meant(hold, holding.rule):
            yield hold.span.end_s, hold.span.duration_s, hold.point
    known, running = {h.point for h in over}, holding.running
    # By the reading the step began after what the frames took for its first press: that was of the step before.
    since_s = min((h.span.start_s for h in at.presses.known), default=float("-inf"))
    for press in (p for p in at.known.framed if p.last_s >= since_s):
        touched = any(h.point == press.point and same_press(h, press) for h in touches)
        if press.point not in known and not touched and (gone or not press.slid) and press not in running:
            yield press.last_s, press.held_s, press.point
