"""What there is to say about the step that the coach asks for, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.domain import Hold, SegmentMatch
from coach.parameters.hints import BEGIN_HINT_BUSY_S, BEGIN_HINT_S, BEGUN_FROM_REPETITIONS, STEP_LEFT_TOLD_S
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.live_presses import PRESS_LENGTH_ERROR_S, TOO_SHORT_SINCE_S
from coach.parameters.live_repetitions import EXPLAINED_SHARE
from coach.protocol import Protocol
from coach.tutor.doubt import counted, denied, doubtful, hidden, known_done, uncounted, unrated
from coach.tutor.faults import LEAST, faults
from coach.tutor.holding import Press
from coach.tutor.practised import Practised
from coach.tutor.pressing import missing, pressing
from coach.tutor.read_presses import same_press
from coach.tutor.remarks import (
    broken_strokes,
    lacking,
    misordered_points,
    more,
    one_each,
    passed_over_point,
    plain,
    stopped,
    unsure,
)
from coach.tutor.repetitions import over
from coach.tutor.state import Hint
from coach.tutor.window import WindowReading


def guided_hints(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now."""
    told = _guided_hints(at, reading, protocol)
    return one_each(h for h in told if h.key != "hint_missing_point" or not denied(h.segment, reading))


def _guided_hints(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    yield from passed_over_point(at, reading)
    if hidden(at, reading.sight, reading.at_s):
        yield from plain(at, reading, protocol)
        if counted(at, reading):
            yield from _unfinished(at, reading, protocol)
        return
    doubted = at.holding is not None and doubtful(at, reading)
    yield from (hint for hint in _held(at, reading, protocol) if not unsure(hint, at, reading, doubted))


def _held(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    now_s, progress = reading.at_s, at.progress
    if progress.other is None or _rests(at):
        yield from pressing(at, now_s)
    yield from misordered_points(at, reading)
    for skipped in at.skipped:
        yield from lacking(skipped, reading)
    if at.left and now_s - at.since_s <= STEP_LEFT_TOLD_S and _past(at.left, reading):
        yield from (hint for hint in lacking(at.left, reading) if _plainly_short(hint))
    match = _own(at, reading)
    if match is not None and progress.other is None:
        yield from faults(match, at.segment, protocol, reading.sight, now_s, progress.beside)
    yield from broken_strokes(at, reading)
    yield from _unfinished(at, reading, protocol)
    yield from _gone_on(at, reading, protocol)
    yield from stopped(at, reading, protocol)
    long_s = BEGIN_HINT_S if at.waits(now_s) and at.all_seen else BEGIN_HINT_BUSY_S
    if not at.underway and now_s - max(at.since_s, at.missed_s) >= long_s and at.seen_s > now_s - 1.0:
        yield Hint("hint_begin", {"segment": at.segment.id}, at.segment.id)


def _past(segment_id: str, reading: WindowReading) -> bool:
    """Whether the presses of another step that a reading tells of are over, and not taken up again."""
    ends = [m.span.end_s for m in reading.segments if m.segment_id == segment_id]
    return bool(ends) and reading.at_s - max(ends) >= TOO_SHORT_SINCE_S


def _plainly_short(hint: Hint) -> bool:
    """Whether a press of another step, by the reading that knows better than the frames do, was too short."""
    if hint.key != "hint_hold_longer":
        return False
    return float(hint.values["held_s"]) < float(hint.values["needed_s"]) - PRESS_LENGTH_ERROR_S


def _own(at: Practised, reading: WindowReading) -> SegmentMatch | None:
    """The step's repetitions; once it is done, without those after the reading's: the way to the next step."""
    match = at.progress.match
    ends = [m.span.end_s for m in reading.segments if m.segment_id == at.segment.id]
    if match is None or not at.done or not ends:
        return match
    done = tuple(r for r in match.repetitions if r.span.start_s < max(ends))
    return replace(match, repetitions=done) if done else None


def _gone_on(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """What the next step is short of, where the trainee is at it before the coach."""
    other = at.progress.other
    if other is not None and other.holds and not _rests(at) and reading.at_s - other.span.end_s >= TOO_SHORT_SINCE_S:
        yield from (hint for hint in lacking(other.segment_id, reading) if _plainly_short(hint))
    if other is not None and len(other.whole) >= LEAST:
        segment = protocol.segment(other.segment_id)
        yield from faults(over(other, segment, reading.at_s), segment, protocol, reading.sight, reading.at_s)


def _unfinished(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """What is missing, once the trainee has gone on; a step that was perhaps done unseen is not asked for."""
    other = at.progress.other
    if other is None or at.done or _rests(at) or (other is reading.unconfirmed and not at.twice):
        return
    later = protocol.rank[other.segment_id] > protocol.rank[at.segment.id]
    if at.holding is not None and at.known.pressed:
        if later and not _same_presses(at, other):
            yield from missing(at)
    elif len(at.progress.whole) >= BEGUN_FROM_REPETITIONS:
        if not uncounted(at, reading):
            yield from more(at)
    elif later and (other.whole or (at.pressed_on(other, reading.at_s) and not _perhaps_own(at, other, reading))):
        if not known_done(at, reading) and not unrated(at, reading):
            yield Hint("hint_step_first", {"segment": at.segment.id}, at.segment.id)
        elif counted(at, reading):  # it was begun, and left at that
            yield from more(at)


def _same_presses(at: Practised, other: SegmentMatch) -> bool:
    """Whether all that was pressed of the step are the other one's presses too: nobody knows then which of the two."""
    own: tuple[Press | Hold, ...] = (*at.known.framed, *at.presses.known)
    return all(any(same_press(press, hold) for hold in other.holds) for press in own)


def _perhaps_own(at: Practised, other: SegmentMatch, reading: WindowReading) -> bool:
    """Whether the newest presses of the other step may be this one's, by both hands, to whose points they are near too.

    Where the marks and the tracker are off, what is asked for and done looks like a pair of points beside it.
    """
    rule = at.segment.hold
    if rule is None or not other.holds:
        return False
    asked, newest = {p.id for p in rule.points}, other.holds[-1]
    near = (
        c
        for c in reading.since
        if c.fit >= IDLE_FIT and len(c.hands) > 1 and asked.issuperset(h.point for h in c.holds)
    )
    return any(c.holds and c.span.overlap_s(newest.span) >= EXPLAINED_SHARE * newest.span.duration_s for c in near)


def _rests(at: Practised) -> bool:
    """Whether the other step is presses that a single reading tells of: hands that turn seem to press for a moment."""
    return at.progress.other is not None and bool(at.progress.other.holds) and not at.twice


def left_behind(hint: Hint) -> Hint:
    """The hint for a trainee whom the coach follows to another step now: there is nothing to go on with any more."""
    if hint.key != "hint_more":
        return hint
    values = {"segment": hint.segment, **{name: hint.values[name] for name in ("count", "low")}}
    return Hint("hint_more_before", values, hint.segment)
