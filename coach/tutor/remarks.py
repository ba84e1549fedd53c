"""What there is to say about one step or segment, whoever chose it: the coach, or the trainee in free practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coach.parameters.hints import BEGUN_FROM_REPETITIONS
from coach.parameters.live_steps import NONE_FURTHER_RATIO
from coach.protocol import Protocol
from coach.tutor.doubt import (
    counted,
    doubtful,
    hidden_since,
    perhaps_before,
    perhaps_enough,
    perhaps_long,
    seen_through,
    unclear,
    uncounted,
)
from coach.tutor.faults import LEAST, back, faults, newest_run, timed
from coach.tutor.practised import Practised
from coach.tutor.pressing import misordered, passed_over, pressing
from coach.tutor.repetitions import over
from coach.tutor.state import Hint
from coach.tutor.window import WindowReading

DOUBTED = ("hint_missing_point", "hint_hold_longer")  # where a press may have been seen wrongly, or not at all


def unsure(hint: Hint, at: Practised, reading: WindowReading, doubted: bool) -> bool:
    """Whether a hint is about a press that may have been seen wrongly, or not all of it."""
    if hint.key == "hint_hold_longer" and perhaps_long(at, reading, str(hint.values["point"])):
        return True
    if hint.key == "hint_missing_point" and unclear(at, reading):
        return True
    return doubted and hint.key in DOUBTED


def one_each(hints: Iterable[Hint]) -> Iterator[Hint]:
    """The first of those that say the same of a segment, about one of its points or another."""
    told: set[tuple[str, str]] = set()
    for hint in hints:
        if (hint.segment, hint.key) not in told:
            told.add((hint.segment, hint.key))
            yield hint


def passed_over_point(at: Practised, reading: WindowReading) -> Iterator[Hint]:
    """That a point comes before the one that is pressed, whatever has been hidden since."""
    point = passed_over(at)
    if point is not None and not doubtful(at, reading, before=True) and not perhaps_before(at, reading):
        yield Hint("hint_point_first", {"point": point}, at.segment.id)


def plain(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """What holds though the hands were hidden: too few, where none went unseen; too short; too fast; backwards.

    And that one of two hands pressed alone, where both were seen from then on: before, neither was at work; and
    whatever is wrong in repetitions that were seen, with all since.
    """
    if counted(at, reading):
        yield from stopped(at, reading, protocol)
    alone = at.segment.hands == "together" and not doubtful(at, reading)
    for hint in pressing(at, reading.at_s):
        short = hint.key == "hint_hold_longer" and not perhaps_long(at, reading, str(hint.values["point"]))
        if short or (alone and hint.key == "hint_missing_point"):
            yield hint
    yield from _of_the_newest(at, reading, protocol)
    yield from _of_those_seen(at, reading, protocol)


def _of_those_seen(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """What the newest repetitions are short of, where the hands were in sight from the first of them on."""
    match = at.progress.match
    if match is None:
        return
    seen = tuple(r for r in match.repetitions if not hidden_since(at, reading.sight, r.span.start_s, reading.at_s))
    if len(seen) >= LEAST and match.repetitions[-1] in seen:
        own = replace(match, repetitions=seen)
        yield from faults(own, at.segment, protocol, reading.sight, reading.at_s, at.progress.beside)


def _of_the_newest(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """That the newest repetitions, seen from end to end, were too fast, or went the wrong way."""
    match = at.progress.match
    known = over(match, at.segment, reading.at_s).repetitions if match is not None else ()
    done = timed(back(newest_run(known), at.segment, reading.at_s), at.segment)[-LEAST:]
    if match is None or len(done) < LEAST or not seen_through(at, done, reading.sight):
        return
    turned = seen_through(at, done, reading.sight, turn=True)
    for hint in faults(match, at.segment, protocol, reading.sight, reading.at_s, run=done):
        if hint.key == "hint_slower" or (hint.key == "hint_direction" and turned):
            yield hint


def misordered_points(at: Practised, reading: WindowReading) -> Iterator[Hint]:
    """That points were pressed in another order than theirs, once none can be told to come first."""
    long = misordered(at, reading) and not doubtful(at, reading, before=True)
    if long or _misordered_by_the_checklist(at, reading):
        order = ", ".join(p.id for p in at.holding.rule.points) if at.holding is not None else ""
        yield Hint("hint_order", {"expected": order}, at.segment.id)


def _misordered_by_the_checklist(at: Practised, reading: WindowReading) -> bool:
    """Whether the checklist says so once each point was pressed, however short; it weighs what was hidden itself."""
    if at.holding is None or not at.known.pressed.issuperset(p.id for p in at.holding.rule.points):
        return False
    own = (item for item in reading.items if item.segment_id == at.segment.id and item.points is not None)
    return any(item.reason.key == "order_points" for item in own)


def stopped(at: Practised, reading: WindowReading, protocol: Protocol) -> Iterator[Hint]:
    """That there are too few repetitions, once there comes no further one."""
    last_s = at.progress.last_s()
    if at.timed is not None:
        if at.timed.rests(reading.at_s):
            yield from more(at)
        return
    if at.holding is not None or last_s is None or at.done or not _begun(at) or uncounted(at, reading):
        return
    late = reading.at_s - last_s >= at.segment.pause_s + NONE_FURTHER_RATIO * (at.progress.usual_s() or 0.0)
    if late and not perhaps_enough(at, reading, protocol):
        yield from more(at)


def _begun(at: Practised) -> bool:
    """One hand alone, once, where both have a part, may have been on its way elsewhere."""
    done, one_hand = at.progress.whole, at.segment.hands not in ("together", "alternating")
    return len(done) >= BEGUN_FROM_REPETITIONS or one_hand or any(r.hand == "both" for r in done)


def more(at: Practised) -> Iterator[Hint]:
    """How many there are, as they are shown, or how long it took, and how it ought to be."""
    if at.segment.count is not None and at.shown < at.segment.count.target[0]:
        low, high = at.segment.count.target
        yield Hint("hint_more", {"count": at.shown, "low": low, "high": high}, at.segment.id)
    if at.timed is not None and at.timed.took_s > 0.0 and not at.timed.enough:
        low_s = at.timed.rule.target_s[0]
        yield Hint("hint_longer", {"took_s": round(at.timed.shown_s), "low_s": round(low_s)}, at.segment.id)


def broken_strokes(at: Practised, reading: WindowReading) -> Iterator[Hint]:
    """That a stroke was broken off; after the last one that is needed, the hands may be on their way elsewhere.

    Before a whole one is counted, what was broken off may be anything else, like pats before the first stroke.
    """
    counts = reading.broken if at.progress.whole else ()
    if at.done and at.segment.count is not None:
        last = at.progress.whole[: at.segment.count.target[0]][-1:]
        counts = tuple(b for b in reading.broken if any(b.end_s <= r.span.end_s for r in last))
    if counts:
        yield Hint("hint_whole", {}, at.segment.id)


def lacking(segment_id: str, reading: WindowReading) -> Iterator[Hint]:
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
