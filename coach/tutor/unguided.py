"""Free practice and exam: no step is asked for, so that the newest segment that is done is the step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.domain import SegmentMatch
from coach.parameters.hints import STEP_OVER_SHOWN_S
from coach.parameters.live_repetitions import EXPLAINED_SHARE
from coach.parameters.live_steps import (
    CHANCE_CONFIDENCE,
    FAR_STEP_AFTER,
    NONE_FURTHER_RATIO,
    NONE_FURTHER_S,
    OTHER_STEP_CONFIDENCE,
)
from coach.protocol import Protocol
from coach.tutor.other_step import apart, at_once, several, surely
from coach.tutor.practised import Practised, recognised
from coach.tutor.progress import progress
from coach.tutor.window import Step, WindowReading


def sure(reading: WindowReading, protocol: Protocol, told: str = "") -> tuple[SegmentMatch, ...]:
    """The segments, but the newest only as far as it is sure; and a press after them that is likely one.

    Without one that may be no more than a rest: a short press, where the step before is not done yet or may still go
    on, or which was read by chance. And what might as well be what was told of it before goes on being that.

    :param told: the segment that was told before
    """
    found = _read(reading, protocol, told)
    return found if reading.unconfirmed is None else (*found, reading.unconfirmed)


def _read(reading: WindowReading, protocol: Protocol, told: str) -> tuple[SegmentMatch, ...]:
    found = reading.segments
    if told in reading.either and (own := _as_told(reading, told, protocol)) is not None:
        return (*found[:-1], own)
    if not found or not found[-1].holds:
        return found
    if _rests(found, protocol):
        return found[:-1]
    if found[-1].confidence >= OTHER_STEP_CONFIDENCE:
        return found
    segment = protocol.segment(found[-1].segment_id)
    short = segment.hold is not None and all(h.span.duration_s < segment.hold.long_enough_s for h in found[-1].holds)
    likely = found[-1].confidence >= CHANCE_CONFIDENCE and _finished(found[-2:-1], reading.at_s, protocol)
    doubted = short and not several(found[-1]) and not likely
    return found[:-1] if doubted and not meant(found, protocol) else found


def _rests(found: tuple[SegmentMatch, ...], protocol: Protocol) -> bool:
    """Whether the hands may only rest: at one place, not soon in turn and not so plainly that a step were left for it.

    Between two steps they wait on the shoulders, as long as for a press; who has gone back is known by what follows.
    """
    match, before = found[-1], found[-2] if len(found) > 1 else None
    if before is None or several(match):
        return False
    soon = 0 <= protocol.rank[match.segment_id] - protocol.rank[before.segment_id] <= FAR_STEP_AFTER
    return not soon and not surely(match, before.segment_id, protocol)


def meant(found: tuple[SegmentMatch, ...], protocol: Protocol) -> bool:
    """Whether for the newest segment the hands pressed and did not rest, however short.

    They rest at one place, not at several one after the other. Both at once do not rest beside no other such points,
    nor long after the last stroke.
    """
    match, before = found[-1], found[-2:-1]
    if several(match):
        return True
    if match.confidence < CHANCE_CONFIDENCE or not at_once(match, protocol):
        return False
    return apart(match, protocol) or any(_over(b, match.span.start_s, protocol) for b in before)


def _over(match: SegmentMatch, at_s: float, protocol: Protocol) -> bool:
    """Whether a further repetition, after no longer a rest than usual, would have been over by then."""
    at = recognised(match, protocol.segment(match.segment_id), match.span.end_s)
    usual_s = at.progress.usual_s()
    return usual_s is not None and at_s - match.span.end_s >= NONE_FURTHER_S + usual_s


def _as_told(reading: WindowReading, told: str, protocol: Protocol) -> SegmentMatch | None:
    """The newest segment read as another one; None where it is no strokes or circles."""
    newest = reading.segments[-1]
    own = progress(reading, Step(told, newest.span.start_s), protocol).match
    return None if own is None else replace(own, confidence=newest.confidence)


def _finished(found: tuple[SegmentMatch, ...], at_s: float, protocol: Protocol) -> bool:
    """Whether nothing is missing of a step, and by now there comes no further repetition of it."""
    known = ((m, recognised(m, protocol.segment(m.segment_id), m.span.end_s)) for m in found)
    return any(at.done and (at.holding is not None or _over(m, at_s, protocol)) for m, at in known)


def goes_on_s(match: SegmentMatch, protocol: Protocol) -> float:
    """How long after its last repetition, or press, a further one may still be under way."""
    at = recognised(match, protocol.segment(match.segment_id), match.span.end_s)
    if at.holding is not None:
        missing = any(p.id not in at.known.pressed for p in at.holding.rule.points)
        return NONE_FURTHER_S if missing else 0.0
    return NONE_FURTHER_S + NONE_FURTHER_RATIO * (at.progress.usual_s() or 0.0)


@dataclass(slots=True)
class Unguided:
    """Follows what is done from reading to reading."""

    protocol: Protocol
    steady: bool = False  # the newest segment was read the time before too, named or not
    _named: str = ""  # the newest segment of the last reading
    _read: tuple[SegmentMatch, ...] = ()  # all of that reading

    def done(self, reading: WindowReading) -> tuple[str, ...]:
        """The segments of which nothing is missing."""
        known = (recognised(m, self.protocol.segment(m.segment_id), reading.at_s) for m in reading.segments)
        return tuple(dict.fromkeys(p.segment.id for p in known if p.done))

    def newest(self, reading: WindowReading, at: Practised | None) -> Practised | None:
        """What is done now, None where nothing is; a single repetition, or press, must be read twice.

        :param at: what was done before, which it still is where the newest is not sure yet
        """
        found = next(reversed(sure(reading, self.protocol, self._named)), None)
        self.steady = found is not None and any(_alike(found, before) for before in self._read)
        self._read = reading.segments
        if found is None or reading.at_s - found.span.end_s > goes_on_s(found, self.protocol) + STEP_OVER_SHOWN_S:
            self._named = ""
            return None
        named, self._named = self._named, found.segment_id
        single = len(found.repetitions) + len(found.holds) < 2
        if single and self._named not in (named, at.segment.id if at is not None else ""):
            return at
        rank = self.protocol.rank[self._named]
        own = (c for c in (*reading.ahead, *reading.since) if c.rank == rank)
        out = recognised(found, self.protocol.segment(self._named), reading.at_s, own)
        if at is not None and at.segment.id == self._named:
            out.show(at, reading.at_s)
        return out


def _alike(one: SegmentMatch, other: SegmentMatch) -> bool:
    """Whether two readings tell of the same segment."""
    shorter_s = min(one.span.duration_s, other.span.duration_s)
    return one.segment_id == other.segment_id and one.span.overlap_s(other.span) >= EXPLAINED_SHARE * shorter_s
