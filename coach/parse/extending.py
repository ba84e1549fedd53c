"""When a motion that is to last began and ended: where the hands began to move in its place, and where they stopped.

A pass of small circles is found from the first circle that is whole to the last; the ones before and after it, which
the hands were still placed for, are cut. For how long a step went on they count like the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median

import numpy as np

from coach.domain import HANDS, Bools, Floats, Hand, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.trace import Trace
from coach.parameters.hand_motion import CIRCLED, CIRCLED_WITHIN_S, ONE_MOTION_GAP_S
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.protocol import Protocol, Segment


def extended(
    found: Sequence[SegmentMatch], candidates: Sequence[Candidate], traces: Mapping[Hand, Trace], protocol: Protocol
) -> tuple[SegmentMatch, ...]:
    """The matches, those of steps that are to last as wide as the hands moved."""
    return tuple(_widened(found, k, candidates, traces, protocol) for k in range(len(found)))


def _widened(
    found: Sequence[SegmentMatch],
    k: int,
    candidates: Sequence[Candidate],
    traces: Mapping[Hand, Trace],
    protocol: Protocol,
) -> SegmentMatch:
    match, segment = found[k], protocol.segment(found[k].segment_id)
    passes = [r.span for r in match.repetitions if r.whole] or [r.span for r in match.repetitions]
    if segment.duration is None or segment.path is None or not passes:
        return match
    usual_s = median([b.start_s - a.start_s for a, b in pairwise(passes)] or [passes[0].duration_s])
    rank = protocol.rank[segment.id]
    alike = [c.span for c in candidates if c.rank == rank and c.repetition is not None]
    before = max((m.span.end_s for m in found[:k]), default=-inf)
    after = min((m.span.start_s for m in found[k + 1 :]), default=inf)
    hands = [h for h in HANDS if any(r.hand in (h, "both") for r in match.repetitions)]
    moved = moving({hand: traces[hand] for hand in hands}, segment)
    onward = _Onward(alike, moved, usual_s, segment.duration.bridge_s)
    span = Span(onward.start(match.span.start_s, passes[0]), onward.end(match.span.end_s, passes[-1]))
    amid = [one for a, b in pairwise(match.repetitions) for one in onward.amid(a, b)]
    repetitions = tuple(sorted((*match.repetitions, *amid), key=lambda r: r.span.start_s))
    return replace(match, span=Span(max(span.start_s, before), min(span.end_s, after)), repetitions=repetitions)


def _turned(span: Span) -> Span:
    return Span(-span.end_s, -span.start_s)


@dataclass(frozen=True, slots=True)
class _Onward:
    """How far a step went on beyond the passes that were found.

    What is like a pass and follows as passes do is one, though as such it was not sure enough. The hands may have moved
    on after it, but it becomes no longer than it usually is from one pass to the next: what they do in the same place
    then, such as wiping the oil off, is none of it.
    """

    alike: Sequence[Span]
    moved: Sequence[Span]
    usual_s: float
    bridge_s: float

    def end(self, end_s: float, last: Span) -> float:
        """When it ended, whose last pass is known."""
        for span in sorted(self.alike, key=lambda s: s.start_s):
            if end_s < span.end_s and span.start_s - end_s <= self.bridge_s:
                last, end_s = span, span.end_s
        return self._moved_until(end_s, last)

    def _moved_until(self, end_s: float, last: Span) -> float:
        latest = last.start_s + self.usual_s
        for span in sorted(self.moved, key=lambda s: s.start_s):
            if span.start_s - ONE_MOTION_GAP_S <= end_s < span.end_s:
                end_s = max(end_s, min(span.end_s, latest))
        return end_s

    def start(self, start_s: float, first: Span) -> float:
        """When it began: an end in time that runs backwards."""
        return -self._backwards().end(-start_s, _turned(first))

    def _backwards(self) -> _Onward:
        return replace(self, alike=[_turned(s) for s in self.alike], moved=[_turned(s) for s in self.moved])

    def amid(self, one: Repetition, other: Repetition) -> list[Repetition]:
        """Parts of passes between two that are farther apart than a pause may be."""
        begin_s, end_s = one.span.end_s, other.span.start_s
        if end_s - begin_s <= self.bridge_s:
            return []
        on_s = min(self._moved_until(begin_s, one.span), end_s)
        from_s = max(-self._backwards()._moved_until(-end_s, _turned(other.span)), begin_s)
        spans = [Span(begin_s, end_s)] if from_s <= on_s else [Span(begin_s, on_s), Span(from_s, end_s)]
        return [replace(one, span=span, whole=False, returned_s=None) for span in spans if span.duration_s > 0.0]


def moving(traces: Mapping[Hand, Trace], segment: Segment) -> list[Span]:
    """When the hands that do it moved in a segment's place: all of them that are seen, where they do it together."""
    seen = np.array([trace.seen for trace in traces.values()])
    moved = np.array([_moved(trace, segment) for trace in traces.values()])
    together = segment.hands == "together"
    now = (moved | ~seen).all(axis=0) & moved.any(axis=0) if together else moved.any(axis=0)
    times = next(iter(traces.values())).time_s
    edges = np.flatnonzero(np.diff(np.concatenate(([False], now, [False])).astype(np.int8)))
    return [Span(float(times[a]), float(times[b - 1])) for a, b in edges.reshape(-1, 2)]


def _moved(trace: Trace, segment: Segment) -> Bools:
    """(m,) when one hand moved in the place."""
    at = trace.at(segment.contact)
    began = np.full(len(at), -1)  # by sample: since when it came so far, in the shortest time in which it did
    for lag in range(min(round(CIRCLED_WITHIN_S * SAMPLE_RATE_HZ), len(at) - 1), 0, -1):
        began[lag:] = np.where(np.hypot(*(at[lag:] - at[:-lag]).T) > CIRCLED, np.arange(len(at) - lag), began[lag:])
    # A hand that has stopped is still far from where it was: that is told by the moment before already.
    newly = np.flatnonzero(began > np.maximum.accumulate(np.concatenate(([-1], began)))[:-1])
    edges = np.zeros(len(at) + 1, dtype=np.int64)
    np.add.at(edges, began[newly], 1)
    np.add.at(edges, newly + 1, -1)
    moved = np.cumsum(edges[:-1]) > 0
    place: Bools = _off_path(at, segment, trace.hand) <= segment.corridor
    return moved & place


def _off_path(at: Floats, segment: Segment, hand: Hand) -> Floats:
    """(m,) back units from the described path; infinite where the hand is not seen."""
    path = np.array(segment.path)
    if segment.mirrored and hand == "left":
        path = path * (-1.0, 1.0) + (1.0, 0.0)
    nearest = np.full(len(at), np.inf)
    for a, b in pairwise(path):
        along = np.clip(((at - a) @ (b - a)) / max(float((b - a) @ (b - a)), 1e-12), 0.0, 1.0)
        nearest = np.fmin(nearest, np.hypot(*(at - a - along[:, None] * (b - a)).T))
    return nearest
