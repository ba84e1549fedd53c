"""What there is to say in free practice, about the segment that was recognised, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.domain import SegmentMatch
from coach.parameters.live_steps import CHANCE_CONFIDENCE, OTHER_STEP_CONFIDENCE
from coach.protocol import Protocol
from coach.tutor.doubt import doubtful, hidden
from coach.tutor.faults import faults
from coach.tutor.other_step import surely
from coach.tutor.practised import Practised, recognised
from coach.tutor.pressing import pressing
from coach.tutor.progress import beside
from coach.tutor.remarks import (
    broken_strokes,
    lacking,
    misordered_points,
    one_each,
    passed_over_point,
    plain,
    stopped,
    unsure,
)
from coach.tutor.repetitions import over
from coach.tutor.state import Hint
from coach.tutor.unguided import meant
from coach.tutor.window import WindowReading


def free_practice_hints(newest: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now in free practice, about the segment that was recognised."""
    return one_each(_free_practice_hints(newest, reading, protocol))


def _free_practice_hints(newest: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    match = newest.progress.match
    if match is None:
        return
    if match is reading.unconfirmed:
        reading = replace(reading, segments=(*reading.segments, match))
        if newest.segment.hands != "together":  # of its other points nothing is known yet
            yield from _left(newest, reading, protocol)
            return
    yield from _left(newest, reading, protocol)
    yield from passed_over_point(newest, reading)
    if hidden(newest, reading.sight, reading.at_s):
        yield from plain(newest, reading, protocol)
        return
    if newest.holding is not None:
        doubted = doubtful(newest, reading)
        for hint in pressing(newest, reading.at_s):
            perhaps = (
                hint.key == "hint_hold_longer"
                and match.confidence < OTHER_STEP_CONFIDENCE
                and _amid(match, reading, protocol)
            )
            if not perhaps and not unsure(hint, newest, reading, doubted):
                yield hint
        yield from misordered_points(newest, reading)
        return
    done = over(match, newest.segment, reading.at_s)
    if done.repetitions:
        yield from faults(done, newest.segment, protocol, reading.sight, reading.at_s, beside(match, reading, protocol))
    yield from broken_strokes(newest, reading)
    yield from stopped(newest, reading, protocol)


def _amid(match: SegmentMatch, reading: WindowReading, protocol: Protocol) -> bool:
    """Whether a segment may be no more than a rest amid the one before, which is not done yet."""
    found = tuple(m for m in reading.segments if m.span.end_s <= match.span.end_s)
    before = (recognised(m, protocol.segment(m.segment_id), reading.at_s) for m in found[-2:-1])
    return any(not at.done for at in before) and not meant(found, protocol)


def _left(newest: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """What is missing of the segment before the newest, once that has surely begun: what the checklist says of it."""
    found = reading.segments
    last = found[-1]
    begun = len(last.whole) > 1 or newest.pressed_on(last, reading.at_s) or (last.holds and meant(found, protocol))
    before = next((m for m in reversed(found[:-1]) if m.segment_id != newest.segment.id), None)
    if before is None or not begun or before.confidence < CHANCE_CONFIDENCE:
        return
    if surely(last, before.segment_id, protocol):
        yield from lacking(before.segment_id, reading)
