"""The repetitions of one step: of all that may be some, those that follow each other and are likely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from statistics import median

from coach.domain import HANDS, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.fit import WRONG_HANDS_WORTH
from coach.parameters.lattice import IDLE_FIT, TOUCH_S, TOUCH_SHARE
from coach.parameters.live_repetitions import (
    AS_GOOD_FIT_SHARE,
    BOTH_HANDS_FROM,
    CIRCLE_COMPLETE_TURNS,
    EXPLAINED_SHARE,
    FIRST_REPETITIONS_FIT,
    FIT_KNOWN_FROM,
    LATER_FIT_SHARE,
    PASS_COMPLETE_SHARE,
    PASS_ENDED_S,
    STEP_BEFORE_BETTER_FIT,
    STROKE_ENDED_S,
)
from coach.parse.lattice import worth
from coach.parse.segments import with_wholes_marked
from coach.protocol import Protocol, Segment
from coach.tutor.window import WindowReading


def ended_s(repetition: Repetition) -> float:
    return repetition.span.end_s if repetition.returned_s is None else repetition.returned_s


def took_s(repetition: Repetition) -> float:
    """With its light way back, as the tempo is judged."""
    return ended_s(repetition) - repetition.span.start_s


def over(match: SegmentMatch, segment: Segment, at_s: float) -> SegmentMatch:
    """The match without a repetition that may still go on."""
    usual = _usual(match.repetitions, at_s)
    return replace(
        match,
        repetitions=tuple(r for r in match.repetitions if r.span.end_s <= at_s - _goes_on_s(r, segment, usual)),
    )


def _usual(done: Iterable[Repetition], at_s: float) -> float:
    """The median reach of those that are surely over; beyond any where there are none."""
    surely = [r.reach for r in done if r.span.end_s <= at_s - PASS_ENDED_S]
    return median(surely) if surely else inf


def _goes_on_s(repetition: Repetition | None, segment: Segment, usual: float) -> float:
    """For how long a repetition that seems to have ended may still go on."""
    if segment.primitive == "circle" and repetition is not None and repetition.reach >= CIRCLE_COMPLETE_TURNS:
        return 0.0
    halts = segment.primitive == "pass" and (repetition is None or repetition.reach < PASS_COMPLETE_SHARE * usual)
    return PASS_ENDED_S if halts else STROKE_ENDED_S


def candidates(
    reading: WindowReading, segment: Segment, protocol: Protocol, pauses: tuple[Span, ...]
) -> list[Candidate]:
    """The segment's own candidates that have ended."""
    rank, at_s = protocol.rank[segment.id], reading.at_s
    own = (c for c in reading.since if c.rank == rank)
    every = [c for c in own if all(c.span.overlap_s(p) < 0.5 * c.span.duration_s for p in pauses)]
    usual = _usual((c.repetition for c in every if c.repetition is not None and c.fit >= FIRST_REPETITIONS_FIT), at_s)
    return [c for c in every if _working_s(c, segment) <= at_s - _goes_on_s(c.repetition, segment, usual)]


def _working_s(candidate: Candidate, segment: Segment) -> float:
    """When its working stroke ended; a light way back after it is no part of the count."""
    if segment.returns == "stroked" and candidate.repetition is not None:
        return candidate.repetition.span.end_s
    return candidate.span.end_s


def not_before(own: list[Candidate], reading: WindowReading, segment: Segment, protocol: Protocol) -> list[Candidate]:
    """Without those that fit the step before much better: it was done once more than it had to be."""
    rank = protocol.rank[segment.id] - 1
    if rank < 0 or (segment.path is not None and protocol.segments[rank].path == segment.path):
        return own
    before = [c for c in reading.since if c.rank == rank and c.repetition is not None]
    return [
        c
        for c in own
        if not any(
            b.fit >= c.fit + STEP_BEFORE_BETTER_FIT and b.span.overlap_s(c.span) >= EXPLAINED_SHARE * c.span.duration_s
            for b in before
        )
    ]


def chain(asked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that follow each other and together are worth most; in order of time."""
    by_end = sorted((c for c in asked if c.fit >= IDLE_FIT), key=lambda c: working(c).end_s)
    best: list[tuple[float, int | None]] = []
    for k, candidate in enumerate(by_end):
        work = working(candidate)
        touch = min(max(TOUCH_S, TOUCH_SHARE * work.duration_s), work.duration_s / 3)
        fitting = [j for j in range(k) if working(by_end[j]).end_s - touch <= work.start_s]
        before = max(fitting, key=lambda j: best[j][0], default=None)
        best.append((max(worth(candidate), 0.0) + (best[before][0] if before is not None else 0.0), before))
    at = max(range(len(best)), key=lambda k: best[k][0], default=None)
    found: list[Candidate] = []
    while at is not None:
        found.append(by_end[at])
        at = best[at][1]
    return found[::-1]


def working(candidate: Candidate) -> Span:
    """Without the light way back, which runs into the next repetition."""
    return candidate.repetition.span if candidate.repetition is not None else candidate.span


def until_twin(run: list[Candidate], segment: Segment, protocol: Protocol) -> list[Candidate]:
    """Where the next segment is the same path in turn, what one hand draws after both have is that one's."""
    rank = protocol.rank[segment.id] + 1
    twin = protocol.segments[rank] if rank < len(protocol.segments) else segment
    both = [k for k, c in enumerate(run) if len(c.hands) == 2]
    if segment.path is None or twin.path != segment.path or twin.hands == segment.hands or len(both) < BOTH_HANDS_FROM:
        return run
    return run[: both[-1] + 1]


def likely(found: list[Candidate], segment: Segment) -> list[Candidate]:
    """Without those that fit much worse than the others: the way there, or the first half of one that goes on."""
    if not found:
        return []
    both = sum(len(c.hands) == len(HANDS) for c in found)
    fits = [_fit(c, segment, both) for c in found]
    least = _least(fits)
    own = {
        hands: [fit for c, fit in zip(found, fits, strict=True) if c.hands == hands]
        for hands in {c.hands for c in found}
    }
    in_turn = segment.hands == "alternating"  # one hand may be seen worse than the other: each is compared with its own
    good = {
        hands: min(least, FIRST_REPETITIONS_FIT, _least(theirs) if in_turn else FIRST_REPETITIONS_FIT)
        for hands, theirs in own.items()
    }
    for c, fit in zip(found, fits, strict=True):  # what is much like a good one by the same hands
        if fit >= FIRST_REPETITIONS_FIT:
            good[c.hands] = min(good[c.hands], AS_GOOD_FIT_SHARE * fit)
    return [c for c, fit in zip(found, fits, strict=True) if fit >= good[c.hands]]


def _least(fits: Sequence[float]) -> float:
    """How well one must fit to be like these."""
    return FIRST_REPETITIONS_FIT if len(fits) < FIT_KNOWN_FROM else max(IDLE_FIT, LATER_FIT_SHARE * median(fits))


def _fit(candidate: Candidate, segment: Segment, both: int) -> float:
    """How well it fits but for the hands: who draws with both what is drawn in turn does that well enough.

    And so does who strokes with one hand what both stroke, where she has not stroked it with both.

    :param both: how many repetitions are by both hands
    """
    at_once = segment.hands == "alternating" and len(candidate.hands) == len(HANDS)
    stroked = segment.hands == "together" and segment.primitive in ("stroke", "pass")
    alone = stroked and both < BOTH_HANDS_FROM and len(candidate.hands) == 1
    return candidate.fit / WRONG_HANDS_WORTH if at_once or alone else candidate.fit


def matched(run: Sequence[Candidate], segment: Segment) -> SegmentMatch | None:
    done = [c.repetition for c in run if c.repetition is not None]
    if not done:
        return None
    told = with_wholes_marked(done, segment)  # as the sheet will: what is counted now is what it counts
    span = Span(told[0].span.start_s, max(ended_s(r) for r in told))
    return SegmentMatch(segment.id, span, 1.0, told)


def explained_s(own: SegmentMatch | None, span: Span) -> float:
    return sum(r.span.overlap_s(span) for r in own.repetitions) if own is not None else 0.0
