"""How far a step is: its repetitions so far, and whether the trainee has gone on to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from statistics import median

from coach.domain import HANDS, Hand, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.fit import WRONG_HANDS
from coach.parse.lattice import IDLE_FIT, worth
from coach.parse.segments import PARTIAL
from coach.protocol import HoldRule, Protocol, Segment
from coach.tutor.holding import is_meant
from coach.tutor.window import Reading, Step

# A stroke that goes on looks like one that ends where the hand is now; in a pass the small circles halt it.
ENDED_S, PASS_ENDED_S = 0.3, 0.9
FIRST_FIT = 0.55  # the first repetitions of a step: travel to its place may look a little like one
LIKE = 0.6  # of the median fit of those before: later ones
AS_BEFORE = 0.85  # of the fit of a good one
TOUCH_SHARE, TOUCH_S = 0.15, 0.3  # neighbours may overlap by so much: turning points are known no better
BEFORE_S = 0.5  # a repetition may have begun so long before the step did
BEGUN = 0.6  # fit of a first repetition of the next segment
SURE = 0.4  # confidence from which another segment is believed
LONE = 0.3  # the same, of the next step where it is one long press
HARDLY = 0.1  # below, a segment was read by chance, and the next reading knows better
REPETITIONS = 2  # of it
BOTH = 2  # repetitions with both hands, after which those with one hand are another segment
BETTER = 0.15  # fit by which the step before explains a motion better
FOLLOWS = 0.1  # share of one hand's drawing during which the other draws too, from which they do not take turns
EXPLAINED = 0.5  # share of another segment's time that the step's own repetitions explain


@dataclass(frozen=True, slots=True)
class Progress:
    """A step's repetitions so far."""

    match: SegmentMatch | None
    other: SegmentMatch | None  # another segment, done since
    next: bool = False  # the one that follows has begun
    beside: tuple[Repetition, ...] = ()  # of one hand, while the other did what counts

    @property
    def whole(self) -> tuple[Repetition, ...]:
        return self.match.whole if self.match is not None else ()

    def count(self, segment: Segment) -> int:
        """Where each side has its own count, the smaller one."""
        if segment.count is not None and segment.count.per == "side":
            return min(self.sides().values())
        return len(self.whole)

    def sides(self) -> dict[Hand, int]:
        return {hand: sum(r.hand in (hand, "both") for r in self.whole) for hand in HANDS}

    def last_s(self) -> float | None:
        """When the last repetition ended."""
        ends = [ended_s(r) for r in self.match.repetitions] if self.match is not None else []
        return max(ends, default=None)

    def apart(self) -> Progress:
        """Without the repetitions that were the other segment's."""
        own, other = self.match, self.other
        if own is None or other is None:
            return self
        done = tuple(r for r in own.repetitions if _explained_s(other, r.span) < EXPLAINED * r.span.duration_s)
        return replace(self, match=replace(own, repetitions=done) if done else None)

    def usual_s(self) -> float | None:
        """How long a repetition takes, from one start to the next."""
        return median(took_s(r) for r in self.whole) if self.whole else None


def ended_s(repetition: Repetition) -> float:
    return repetition.span.end_s if repetition.returned_s is None else repetition.returned_s


def took_s(repetition: Repetition) -> float:
    """With its light way back, as the tempo is judged."""
    return ended_s(repetition) - repetition.span.start_s


def progress(reading: Reading, step: Step, protocol: Protocol, pauses: Iterable[Span] = ()) -> Progress:
    """:param pauses: what was done meanwhile does not count"""
    segment = protocol.segment(step.segment_id)
    own = _own(reading, segment, protocol, tuple(pauses))
    likely = _likely(chain(_not_before(own, reading, segment, protocol)), segment)
    run = _until_twin(likely, segment, protocol)
    match = _match(run, segment) if segment.hold is None else None
    other = _other(reading, step, match, own, protocol)
    if other is not None:
        match = _rightly(match, other, protocol)
    aside = _beside(c for c in own if c not in run) if match is not None and match.repetitions else ()
    return Progress(match, other, _next(reading, match, segment, protocol), aside)


def beside(match: SegmentMatch, reading: Reading, protocol: Protocol) -> tuple[Repetition, ...]:
    """What one hand did of a segment while the other did what was counted."""
    counted = {(r.span, r.hand) for r in match.repetitions}
    own = (c for c in reading.since if c.segment == protocol.rank[match.segment_id] and c.repetition is not None)
    return _beside(c for c in own if c.repetition is not None and (c.repetition.span, c.repetition.hand) not in counted)


def _beside(others: Iterable[Candidate]) -> tuple[Repetition, ...]:
    return tuple(c.repetition for c in others if c.repetition is not None and len(c.turns) == 1 and c.fit >= FIRST_FIT)


def over(match: SegmentMatch, segment: Segment, at_s: float) -> SegmentMatch:
    """The match without a repetition that may still go on."""
    until_s = at_s - _goes_on_s(segment)
    return replace(match, repetitions=tuple(r for r in match.repetitions if r.span.end_s <= until_s))


def _goes_on_s(segment: Segment) -> float:
    return PASS_ENDED_S if segment.primitive == "pass" else ENDED_S


def _own(reading: Reading, segment: Segment, protocol: Protocol, pauses: tuple[Span, ...]) -> list[Candidate]:
    """The segment's own candidates that have ended."""
    rank = protocol.rank[segment.id]
    ended_s = reading.at_s - _goes_on_s(segment)
    mine = (c for c in reading.since if c.segment == rank and _working_s(c, segment) <= ended_s)
    return [c for c in mine if all(c.span.overlap_s(p) < 0.5 * c.span.duration_s for p in pauses)]


def _not_before(own: list[Candidate], reading: Reading, segment: Segment, protocol: Protocol) -> list[Candidate]:
    """Without those that fit the step before much better: it was done once more than it had to be."""
    rank = protocol.rank[segment.id] - 1
    if rank < 0 or (segment.path is not None and protocol.segments[rank].path == segment.path):
        return own
    before = [c for c in reading.since if c.segment == rank and c.repetition is not None]
    return [
        c
        for c in own
        if not any(
            b.fit >= c.fit + BETTER and b.span.overlap_s(c.span) >= EXPLAINED * c.span.duration_s for b in before
        )
    ]


def _working_s(candidate: Candidate, segment: Segment) -> float:
    """When its working stroke ended; a light way back after it is no part of the count."""
    if segment.returns == "stroked" and candidate.repetition is not None:
        return candidate.repetition.span.end_s
    return candidate.span.end_s


def _next(reading: Reading, own: SegmentMatch | None, segment: Segment, protocol: Protocol) -> bool:
    """Whether the next segment has begun: one good repetition of it, or press, after the last of this one."""
    rank = protocol.rank[segment.id] + 1
    following = protocol.segments[rank] if rank < len(protocol.segments) else None
    if own is None or following is None:
        return False
    if following.hold is not None:
        newest = reading.segments[-1] if reading.segments else None
        begun = newest is not None and newest.segment_id == following.id
        return begun and _pressed(newest, following.hold, own.span.end_s - BEFORE_S)
    after = [
        c
        for c in _own(reading, following, protocol, ())
        if c.fit >= BEGUN and c.span.start_s >= own.span.end_s - BEFORE_S
    ]
    return any(_explained_s(own, c.span) < EXPLAINED * c.span.duration_s for c in after)


def _pressed(match: SegmentMatch | None, rule: HoldRule, since_s: float) -> bool:
    """Whether its presses are meant: hands that rest between two strokes lie at some point or other."""
    holds = match.holds if match is not None else ()
    both = {h.hand for h in holds} == set(HANDS)  # each at its own point: a short one is meant too
    long = all(h.span.start_s >= since_s and (both or h.span.duration_s >= rule.short_from_s) for h in holds)
    return bool(holds) and long and all(is_meant(h, rule) for h in holds)


def chain(asked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that follow each other and together are worth most; in order of time."""
    by_end = sorted((c for c in asked if c.fit >= IDLE_FIT), key=lambda c: _working(c).end_s)
    best: list[tuple[float, int | None]] = []
    for k, candidate in enumerate(by_end):
        work = _working(candidate)
        touch = min(max(TOUCH_S, TOUCH_SHARE * work.duration_s), work.duration_s / 3)
        fitting = [j for j in range(k) if _working(by_end[j]).end_s - touch <= work.start_s]
        before = max(fitting, key=lambda j: best[j][0], default=None)
        best.append((max(worth(candidate), 0.0) + (best[before][0] if before is not None else 0.0), before))
    at = max(range(len(best)), key=lambda k: best[k][0], default=None)
    found: list[Candidate] = []
    while at is not None:
        found.append(by_end[at])
        at = best[at][1]
    return found[::-1]


def _working(candidate: Candidate) -> Span:
    """Without the light way back, which runs into the next repetition."""
    return candidate.repetition.span if candidate.repetition is not None else candidate.span


def _until_twin(run: list[Candidate], segment: Segment, protocol: Protocol) -> list[Candidate]:
    """Where the next segment is the same path in turn, what one hand draws after both have is that one's."""
    rank = protocol.rank[segment.id] + 1
    twin = protocol.segments[rank] if rank < len(protocol.segments) else segment
    both = [k for k, c in enumerate(run) if len(c.turns) == 2]
    if segment.path is None or twin.path != segment.path or twin.hands == segment.hands or len(both) < BOTH:
        return run
    return run[: both[-1] + 1]


def _likely(found: list[Candidate], segment: Segment) -> list[Candidate]:
    """Without those that fit much worse than the others: the way there, or the first half of one that goes on."""
    if not found:
        return []
    fits = [_fit(c, segment) for c in found]
    least = FIRST_FIT if len(found) < 3 else max(IDLE_FIT, LIKE * median(fits))
    good = {hands: min(least, FIRST_FIT) for hands in {c.turns for c in found}}
    for c, fit in zip(found, fits, strict=True):  # what is much like a good one by the same hands
        if fit >= FIRST_FIT:
            good[c.turns] = min(good[c.turns], AS_BEFORE * fit)
    return [c for c, fit in zip(found, fits, strict=True) if fit >= good[c.turns]]


def _fit(candidate: Candidate, segment: Segment) -> float:
    """How well it fits but for the hands: who draws with both what is drawn in turn does that well enough."""
    at_once = segment.hands == "alternating" and len(candidate.turns) == len(HANDS)
    return candidate.fit / WRONG_HANDS if at_once else candidate.fit


def _match(run: Sequence[Candidate], segment: Segment) -> SegmentMatch | None:
    done = [c.repetition for c in run if c.repetition is not None]
    if not done:
        return None
    usual = median(r.reach for r in done)
    told = tuple(replace(r, whole=r.whole and r.reach >= PARTIAL * usual) for r in done)
    span = Span(told[0].span.start_s, max(ended_s(r) for r in told))
    return SegmentMatch(segment.id, span, 1.0, told)


def _other(
    reading: Reading, step: Step, own: SegmentMatch | None, every: Sequence[Candidate], protocol: Protocol
) -> SegmentMatch | None:
    """The newest other segment that is surely done since the step began, and not better explained as the step."""
    for match in map(partial(_since, step=step, protocol=protocol), reversed(reading.segments)):
        if match.span.end_s < step.since_s:
            break
        early = match.span.start_s < step.since_s - BEFORE_S
        alone = _long_next(match, step, protocol)
        if match.segment_id == step.segment_id or early or match.confidence < (LONE if alone else SURE):
            continue
        if not _in_turn(match, own, every, protocol.segment(step.segment_id), protocol):
            continue
        enough = alone or len(match.whole) >= REPETITIONS or len({h.point for h in match.holds}) >= REPETITIONS
        if enough and _explained_s(_rightly(own, match, protocol), match.span) < EXPLAINED * match.span.duration_s:
            return match
    return None


def _long_next(match: SegmentMatch, step: Step, protocol: Protocol) -> bool:
    """Whether it is the next step, of which a point was pressed long enough, by one hand of two perhaps."""
    rule = protocol.segment(match.segment_id).hold
    follows = protocol.rank[match.segment_id] == protocol.rank[step.segment_id] + 1
    return follows and rule is not None and any(h.span.duration_s >= rule.long_enough_s for h in match.holds)


def _since(match: SegmentMatch, step: Step, protocol: Protocol) -> SegmentMatch:
    """What was done since the step began of a later one, which the coach entered this one amid."""
    since_s = step.since_s - BEFORE_S
    if protocol.rank[match.segment_id] <= protocol.rank[step.segment_id] or match.span.start_s >= since_s:
        return match
    done = tuple(r for r in match.repetitions if r.span.start_s >= since_s)
    return replace(match, span=Span(done[0].span.start_s, match.span.end_s), repetitions=done) if done else match


def _in_turn(
    other: SegmentMatch, own: SegmentMatch | None, every: Sequence[Candidate], step: Segment, protocol: Protocol
) -> bool:
    """Whether it is another segment at all: of two with the same path, the one in turn is only done by hands in turn.

    One hand alone, or one that follows the other before that is done, draws the step with both hands, with a mistake.
    Where both have drawn it rightly, what comes then is the other one.
    """
    twin = protocol.segment(other.segment_id)
    together = step.path is not None and step.path == twin.path and step.hands == "together"
    if any(r.hand == "both" for r in other.repetitions):
        return True
    if not together or (own is not None and sum(r.hand == "both" for r in own.repetitions) >= BOTH):
        return True
    both = [c for c in every if len(c.turns) == 2 and c.fit >= FIRST_FIT]
    single = [c for c in every if len(c.turns) == 1 and not any(_within(c, b) for b in both)]
    alone = (_likely(chain([c for c in single if c.turns == {hand}]), step) for hand in HANDS)
    turns = sorted(((_working(c), c.turns) for found in alone for c in found), key=lambda turn: turn[0].start_s)
    shares = [a.overlap_s(b) / a.duration_s for (a, hand), (b, other_hand) in pairwise(turns) if hand != other_hand]
    return bool(shares) and median(shares) < FOLLOWS


def _within(one: Candidate, other: Candidate) -> bool:
    return _working(one).overlap_s(_working(other)) >= EXPLAINED * _working(one).duration_s


def began_s(reading: Reading, step: Step) -> float | None:
    """When the step really began, where by the whole reading that was before it was entered; else None."""
    for match in reversed(reading.segments):
        if match.segment_id == step.segment_id and match.span.end_s > step.since_s:
            return match.span.start_s if match.span.start_s < step.since_s - BEFORE_S else None
    return None


def _rightly(own: SegmentMatch | None, other: SegmentMatch, protocol: Protocol) -> SegmentMatch | None:
    """Of two segments with the same path, one with both hands and one in turn: what the hands say is the step's own."""
    if own is None:
        return None
    step, twin = protocol.segment(own.segment_id), protocol.segment(other.segment_id)
    turns = {r.hand for r in other.repetitions} >= set(HANDS)
    if step.path is None or step.path != twin.path or step.hands != "together" or not turns:
        return own
    both = tuple(r for r in own.repetitions if r.hand == "both")
    return replace(own, repetitions=both) if both else None


def _explained_s(own: SegmentMatch | None, span: Span) -> float:
    return sum(r.span.overlap_s(span) for r in own.repetitions) if own is not None else 0.0
