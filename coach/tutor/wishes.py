"""What there is to say about a step while it is practised, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import HANDS, Span, Value
from coach.protocol import Protocol
from coach.score.evidence import Sight
from coach.tutor.faults import faults
from coach.tutor.holding import Holding
from coach.tutor.practised import NEXT_SHARE, Practised
from coach.tutor.state import Hint
from coach.tutor.window import Reading

BEGIN_S = 12.0  # without a single repetition
LATE_S = 3.0  # since the last press, and a point is still missing
TOGETHER_S = 1.7  # the same, where all points are pressed at once: a second hand that follows is there by then
GOING_S = 0.5  # a press that goes on for so long, of a point that is still missing
SHORT_S = 1.0  # since a press that was too short, and it is not taken up again
SURE_S = 1.2  # at a point that is not the next one
WATCHED_S, HIDDEN = 12.0, 0.1  # of the last seconds, such a share out of sight: nothing is sure
BEGUN_FROM = 2  # repetitions: a single one may have been the way to the other step


def wishes(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now."""
    now_s, progress = reading.at_s, at.progress
    if _hidden(at, reading.sight, now_s):
        return
    if at.holding is not None and not at.done:
        yield from _presses(at, at.holding, now_s)
    if progress.match is not None and progress.other is None:
        yield from faults(progress.match, at.segment, protocol, reading.sight, now_s, progress.beside)
    yield from _unfinished(at, protocol, now_s)
    last_s = progress.last_s()
    if at.holding is None and last_s is not None and not at.done:
        if _begun(at) and now_s - last_s >= at.segment.pause_s + NEXT_SHARE * (progress.usual_s() or 0.0):
            yield from _more(at)
    elif last_s is None and not at.pressed and now_s - at.since_s >= BEGIN_S and at.seen_s > now_s - 1.0:
        yield Hint("hint_begin", {"segment": at.segment.id}, at.segment.id)


def _hidden(at: Practised, sight: Sight, now_s: float) -> bool:
    """Whether the hands were out of sight too long to be sure of anything."""
    span = Span(max(at.since_s, now_s - WATCHED_S), now_s)
    if span.duration_s <= 0.0:
        return False
    if at.segment.hands in ("together", "alternating"):
        lost_s = sight.lost_s(span, HANDS)
    else:
        lost_s = min(sight.lost_s(span, (hand,)) for hand in HANDS)
    return lost_s > HIDDEN * span.duration_s


def _unfinished(at: Practised, protocol: Protocol, now_s: float) -> Iterator[Hint]:
    """What is missing, once the trainee has gone on."""
    other = at.progress.other
    if other is None or at.done:
        return
    later = protocol.rank[other.segment_id] > protocol.rank[at.segment.id]
    if at.holding is not None and at.pressed:
        yield from _missing(at, at.holding)
    elif len(at.progress.whole) >= BEGUN_FROM:
        yield from _more(at)
    elif later and (other.whole or at.pressed_on(other, now_s)):
        yield Hint("hint_step_first", {"segment": at.segment.id}, at.segment.id)


def _begun(at: Practised) -> bool:
    """One hand alone, once, where both are asked for, may have been on its way elsewhere."""
    done = at.progress.whole
    return len(done) >= BEGUN_FROM or at.segment.hands != "together" or any(r.hand == "both" for r in done)


def _more(at: Practised) -> Iterator[Hint]:
    if at.segment.count is not None:
        low, high = at.segment.count.target
        yield Hint("hint_more", {"count": at.count, "low": low, "high": high}, at.segment.id)


# ------------------------------------------------------------------ presses
def _presses(at: Practised, holding: Holding, now_s: float) -> Iterator[Hint]:
    yield from _beside(at, holding)
    yield from _short(at, holding, now_s)
    ends = [p.last_s for p in holding.ended] + [s for of_one in at.read_ends.values() for s in of_one]
    late_s = TOGETHER_S if at.segment.hands == "together" else LATE_S
    going = [p for p in holding.running if p.held_s >= GOING_S and p not in holding.gone_on]
    gone = at.next_since_s is not None
    if ends and (gone or now_s - max(ends) >= late_s) and not going:
        yield from _missing(at, holding)


def _missing(at: Practised, holding: Holding) -> Iterator[Hint]:
    pressed = {*holding.longest(), *at.read_points}
    missing = [p.id for p in holding.rule.points if p.id not in pressed]
    if missing:
        yield Hint("hint_missing_point", {"point": missing[0]}, at.segment.id)


def _beside(at: Practised, holding: Holding) -> Iterator[Hint]:
    """A press that goes on at a neighbour of the next point, or at a point before its turn."""
    rule = holding.rule
    pressed = {*holding.longest(), *at.read_points}
    for press in holding.running:
        if press.held_s < SURE_S or not holding.sure(press):
            continue
        waiting = [p.id for p in rule.points if p.id not in pressed - {press.point}]
        if press.point in {p.id for p in rule.confusable}:
            if waiting:
                yield Hint("hint_point_instead", {"point": waiting[0], "instead": press.point}, at.segment.id)
        elif rule.sequence == "in_order" and waiting and waiting[0] != press.point and press.point in waiting:
            yield Hint("hint_point_first", {"point": waiting[0]}, at.segment.id)


def _short(at: Practised, holding: Holding, now_s: float) -> Iterator[Hint]:
    """The newest press that was too short, once it is not taken up again or the hands have gone on."""
    rule, longest = holding.rule, holding.longest()
    asked = {p.id for p in rule.points} - set(at.points()) - {p.point for p in holding.running}
    gone = any(p.held_s >= GOING_S for p in holding.gone_on)
    for press in reversed(holding.ended):
        told = (gone or not press.slid) and press.point in asked and holding.sure(press)
        brief = told and longest[press.point] < rule.long_enough_s
        if brief and (now_s - press.last_s >= SHORT_S or gone):
            values: dict[str, Value] = {
                "point": press.point,
                "held_s": round(press.held_s, 1),
                "needed_s": rule.long_enough_s,
            }
            yield Hint("hint_hold_longer", values, at.segment.id)
            return
