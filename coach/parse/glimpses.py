"""Motions like a segment that was not found, which no segment took: whoever was seen doing them may have done it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain import SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.protocol import Protocol

LIKE = 0.5  # fit of a motion from which it is like the segment
TAKEN = 0.4  # of a motion: so much of it in another segment's repetition or press, and it is that


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One motion that might be of a segment."""

    segment_id: str
    span: Span
    fit: float  # 0-1


def glimpses(candidates: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol) -> tuple[Glimpse, ...]:
    """The motions, in order of their start, that are like a segment that was not found and are of none that was.

    :param candidates: all of the session, in order of their start
    """
    here = {match.segment_id for match in found}
    missing = {rank for rank, segment in enumerate(protocol.segments) if segment.id not in here}
    sure = [match for match in found if not match.rest]  # beside a hand that may only rest the other is seen too
    spans = [r.span for match in sure for r in match.repetitions] + [h.span for match in sure for h in match.holds]
    taken = sorted(spans, key=lambda span: span.start_s)
    longest_s = max((span.duration_s for span in taken), default=0.0)
    starts = [span.start_s for span in taken]
    out = []
    for one in candidates:
        if one.segment not in missing or one.fit <= LIKE:
            continue
        first = bisect_left(starts, one.span.start_s - longest_s)
        beside = taken[first : bisect_right(starts, one.span.end_s)]
        if all(span.overlap_s(one.span) < TAKEN * one.span.duration_s for span in beside):
            out.append(Glimpse(protocol.segments[one.segment].id, one.span, one.fit))
    return tuple(out)
