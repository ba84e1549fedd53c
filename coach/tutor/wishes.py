"""What there is to say about a step while it is practised, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import HANDS, Span
from coach.protocol import Protocol
from coach.score.evidence import Sight
from coach.tutor.faults import faults
from coach.tutor.practised import NEXT_SHARE, Practised
from coach.tutor.pressing import missing, pressing
from coach.tutor.state import Hint
from coach.tutor.window import Reading

BEGIN_S = 12.0  # without a single repetition
WATCHED_S, HIDDEN = 12.0, 0.1  # of the last seconds, such a share out of sight: nothing is sure
BEGUN_FROM = 2  # repetitions: a single one may have been the way to the other step


def wishes(at: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now."""
    now_s, progress = reading.at_s, at.progress
    if _hidden(at, reading.sight, now_s):
        return
    if progress.other is None:
        yield from pressing(at, now_s)
    if progress.match is not None and progress.other is None:
        yield from faults(progress.match, at.segment, protocol, reading.sight, now_s, progress.beside)
    if reading.broken:
        yield Hint("hint_whole", {}, at.segment.id)
    yield from _unfinished(at, protocol, now_s)
    last_s = progress.last_s()
    if at.holding is None and last_s is not None and not at.done:
        if _begun(at) and now_s - last_s >= at.segment.pause_s + NEXT_SHARE * (progress.usual_s() or 0.0):
            yield from _more(at)
    elif last_s is None and not at.pressed and now_s - at.since_s >= BEGIN_S and at.seen_s > now_s - 1.0:
        yield Hint("hint_begin", {"segment": at.segment.id}, at.segment.id)


def unasked(newest: Practised, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
    """The hints that hold now in free practice, about the segment that was recognised."""
    match = newest.progress.match
    if match is None or _hidden(newest, reading.sight, reading.at_s):
        return
    if newest.holding is not None:
        yield from pressing(newest, reading.at_s)
        return
    yield from faults(match, newest.segment, protocol, reading.sight, reading.at_s)
    if reading.broken:
        yield Hint("hint_whole", {}, newest.segment.id)


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
        if later:
            yield from missing(at)
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
