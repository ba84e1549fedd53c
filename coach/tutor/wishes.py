"""What there is to say about a step while it is practised, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.domain import SegmentMatch
from coach.protocol import Protocol
from coach.tutor.doubt import counted, doubtful, hidden, known_done, perhaps_long, seen_through, uncounted, unrated
from coach.tutor.faults import LEAST, back, faults
from coach.tutor.other_step import HARDLY, SURE, surely
from coach.tutor.practised import NEXT_SHARE, Practised, recognised
from coach.tutor.pressing import misordered, missing, passed_over, pressing
from coach.tutor.progress import beside
from coach.tutor.read_presses import UNSURE_S
from coach.tutor.repetitions import over
from coach.tutor.state import Hint
from coach.tutor.unguided import meant
from coach.tutor.window import Reading

BEGIN_S = 12.0  # without a single repetition
DOUBTED = ("hint_missing_point", "hint_hold_longer")  # where a press may have been seen wrongly, or not at all
LEFT_S = 5.0  # of a step: so long it is told still what the one before was short of
BEGUN_FROM = 2  # repetitions: a single one may have been the way to the other step


def wishes(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now."""
    yield from _passed_over(at, reading)
    if hidden(at, reading.sight, reading.at_s):
        yield from _plain(at, reading, protocol)
        return
    doubted = at.holding is not None and doubtful(at, reading)
    yield from (hint for hint in _held(at, reading, protocol) if not _unsure(hint, at, reading, doubted))


def _unsure(hint: Hint, at: Practised, reading: Reading, doubted: bool) -> bool:
    """Whether a hint is about a press that may have been seen wrongly, or not all of it."""
    if hint.key == "hint_hold_longer" and perhaps_long(at, reading, str(hint.values["point"])):
        return True
    return doubted and hint.key in DOUBTED


def _passed_over(at: Practised, reading: Reading) -> Iterator[Hint]:
    """That a point comes before the one that is pressed, whatever has been hidden since."""
    point = passed_over(at)
    if point is not None and not doubtful(at, reading, before=True):
        yield Hint("hint_point_first", {"point": point}, at.segment.id)


def _plain(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """What holds though the hands were hidden: too few, where none can have gone unseen; too short; too fast.

    And that one of two hands pressed alone, where both were seen from then on: before, neither was at work.
    """
    if counted(at, reading):
        yield from _stopped(at, reading)
    alone = at.segment.hands == "together" and not doubtful(at, reading)
    for hint in pressing(at, reading.at_s):
        short = hint.key == "hint_hold_longer" and not perhaps_long(at, reading, str(hint.values["point"]))
        if short or (alone and hint.key == "hint_missing_point"):
            yield hint
    yield from _hasty(at, reading, protocol)


def _hasty(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """That the newest repetitions, seen from end to end, were too fast."""
    match = at.progress.match
    known = over(match, at.segment, reading.at_s).repetitions if match is not None else ()
    done = back(known, at.segment, reading.at_s)[-LEAST:]
    if match is None or len(done) < LEAST or not seen_through(at, done, reading.sight):
        return
    told = faults(replace(match, repetitions=done), at.segment, protocol, reading.sight, reading.at_s)
    yield from (hint for hint in told if hint.key == "hint_slower")


def _held(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    now_s, progress = reading.at_s, at.progress
    if progress.other is None or _rests(at):
        yield from pressing(at, now_s)
    yield from _misordered(at, reading)
    for skipped in at.skipped:
        yield from _lacking(skipped, reading)
    if at.left and now_s - at.since_s <= LEFT_S:
        yield from (hint for hint in _lacking(at.left, reading) if _plainly_short(hint))
    match = _own(at, reading)
    if match is not None and progress.other is None:
        yield from faults(match, at.segment, protocol, reading.sight, now_s, progress.beside)
    if _broken(at, reading):
        yield Hint("hint_whole", {}, at.segment.id)
    yield from _unfinished(at, reading, protocol)
    yield from _gone_on(at, reading, protocol)
    last_s = progress.last_s()
    yield from _stopped(at, reading)
    nothing = last_s is None and not at.known.pressed and progress.other is None
    if nothing and now_s - at.since_s >= BEGIN_S and at.seen_s > now_s - 1.0:
        yield Hint("hint_begin", {"segment": at.segment.id}, at.segment.id)


def _plainly_short(hint: Hint) -> bool:
    """Whether a press of the step before, by the reading that knows better than the frames did, was too short."""
    if hint.key != "hint_hold_longer":
        return False
    return float(hint.values["held_s"]) < float(hint.values["needed_s"]) - UNSURE_S


def _own(at: Practised, reading: Reading) -> SegmentMatch | None:
    """The step's repetitions; once it is done, without those after the reading's: the way to the next step."""
    match = at.progress.match
    ends = [m.span.end_s for m in reading.segments if m.segment_id == at.segment.id]
    if match is None or not at.done or not ends:
        return match
    done = tuple(r for r in match.repetitions if r.span.start_s < max(ends))
    return replace(match, repetitions=done) if done else None


def _broken(at: Practised, reading: Reading) -> bool:
    """Whether a stroke was broken off; after the last one that is needed, the hands may be on their way elsewhere."""
    if not at.done or at.segment.count is None:
        return bool(reading.broken)
    last = at.progress.whole[: at.segment.count.target[0]][-1:]
    return any(broken.end_s <= r.span.end_s for broken in reading.broken for r in last)


def _gone_on(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """What the next step is short of, where the trainee is at it before the coach."""
    other = at.progress.other
    if other is not None and len(other.whole) >= LEAST:
        segment = protocol.segment(other.segment_id)
        yield from faults(over(other, segment, reading.at_s), segment, protocol, reading.sight, reading.at_s)


def unasked(newest: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now in free practice, about the segment that was recognised."""
    match = newest.progress.match
    if match is None:
        return
    if hidden(newest, reading.sight, reading.at_s):
        yield from _passed_over(newest, reading)
        yield from _plain(newest, reading, protocol)
        return
    yield from _left(newest, reading, protocol)
    yield from _passed_over(newest, reading)
    if newest.holding is not None:
        doubted = doubtful(newest, reading)
        for hint in pressing(newest, reading.at_s):
            perhaps = hint.key == "hint_hold_longer" and match.confidence < SURE and _amid(reading, protocol)
            if not perhaps and not _unsure(hint, newest, reading, doubted):
                yield hint
        yield from _misordered(newest, reading)
        return
    done = over(match, newest.segment, reading.at_s)
    if done.repetitions:
        yield from faults(done, newest.segment, protocol, reading.sight, reading.at_s, beside(match, reading, protocol))
    if _broken(newest, reading):
        yield Hint("hint_whole", {}, newest.segment.id)
    yield from _stopped(newest, reading)


def _amid(reading: Reading, protocol: Protocol) -> bool:
    """Whether the newest segment may be no more than a rest amid the one before, which is not done yet."""
    before = (recognised(m, protocol.segment(m.segment_id), reading.at_s) for m in reading.segments[-2:-1])
    return any(not at.done for at in before) and not meant(reading.segments, protocol)


def _left(newest: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """What is missing of the segment before the newest, once that has surely begun: what the checklist says of it."""
    found = reading.segments
    begun = len(found[-1].whole) > 1 or newest.pressed_on(found[-1], reading.at_s)
    before = next((m for m in reversed(found[:-1]) if m.segment_id != newest.segment.id), None)
    if before is None or not begun or before.confidence < HARDLY:
        return
    if surely(found[-1], before.segment_id, protocol):
        yield from _lacking(before.segment_id, reading)


def _lacking(segment_id: str, reading: Reading) -> Iterator[Hint]:
    """What is missing of a segment that is over, as the checklist says."""
    for item in reading.items:
        if item.segment_id != segment_id or item.points not in (0, 1):
            continue
        if item.reason.key in ("count_few", "count_partial"):
            values = {"segment": segment_id, **{name: item.reason.values[name] for name in ("count", "low")}}
            yield Hint("hint_more_before", values, segment_id)
        elif item.reason.key == "hold_missing":
            yield Hint("hint_missing_point", {"point": item.reason.values["point"]}, segment_id)
        elif item.reason.key == "hold_short":
            yield Hint("hint_hold_longer", dict(item.reason.values), segment_id)
        elif item.reason.key == "order_points":
            yield Hint("hint_order", {"expected": item.reason.values["expected"]}, segment_id)


def _misordered(at: Practised, reading: Reading) -> Iterator[Hint]:
    """That points were pressed in another order than theirs, once none can be told to come first."""
    if misordered(at, reading) and not doubtful(at, reading, before=True):
        order = ", ".join(p.id for p in at.holding.rule.points) if at.holding is not None else ""
        yield Hint("hint_order", {"expected": order}, at.segment.id)


def _stopped(at: Practised, reading: Reading) -> Iterator[Hint]:
    """That there are too few repetitions, once there comes no further one."""
    last_s = at.progress.last_s()
    if at.holding is not None or last_s is None or at.done or not _begun(at) or uncounted(at, reading):
        return
    if reading.at_s - last_s >= at.segment.pause_s + NEXT_SHARE * (at.progress.usual_s() or 0.0):
        yield from _more(at)


def _unfinished(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """What is missing, once the trainee has gone on; a step that was perhaps done unseen is not asked for."""
    other = at.progress.other
    if other is None or at.done or _rests(at):
        return
    later = protocol.rank[other.segment_id] > protocol.rank[at.segment.id]
    if at.holding is not None and at.known.pressed:
        if later:
            yield from missing(at)
    elif len(at.progress.whole) >= BEGUN_FROM:
        if not uncounted(at, reading):
            yield from _more(at)
    elif later and (other.whole or at.pressed_on(other, reading.at_s)):
        if not known_done(at, reading) and not unrated(at, reading):
            yield Hint("hint_step_first", {"segment": at.segment.id}, at.segment.id)
        elif counted(at, reading):  # it was begun, and left at that
            yield from _more(at)


def _rests(at: Practised) -> bool:
    """Whether the other step is presses that a single reading tells of: hands that turn seem to press for a moment."""
    return at.progress.other is not None and bool(at.progress.other.holds) and not at.twice


def left_behind(hint: Hint) -> Hint:
    """The hint for a trainee whom the coach follows to another step now: there is nothing to go on with any more."""
    if hint.key != "hint_more":
        return hint
    values = {"segment": hint.segment, **{name: hint.values[name] for name in ("count", "low")}}
    return Hint("hint_more_before", values, hint.segment)


def _begun(at: Practised) -> bool:
    """One hand alone, once, where both have a part, may have been on its way elsewhere."""
    done, one_hand = at.progress.whole, at.segment.hands not in ("together", "alternating")
    return len(done) >= BEGUN_FROM or one_hand or any(r.hand == "both" for r in done)


def _more(at: Practised) -> Iterator[Hint]:
    if at.segment.count is not None:
        low, high = at.segment.count.target
        yield Hint("hint_more", {"count": at.count, "low": low, "high": high}, at.segment.id)
