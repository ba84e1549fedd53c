"""Another segment that is done since the step began: whether the trainee has gone on, or is past it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from statistics import median

from coach.domain import HANDS, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.parting import has_neighbour, pair_of
from coach.parameters.live_repetitions import BOTH_HANDS_FROM, EXPLAINED_SHARE, FIRST_REPETITIONS_FIT
from coach.parameters.live_steps import (
    BEGAN_BEFORE_S,
    CHANCE_CONFIDENCE,
    DRAW_AT_ONCE_SHARE,
    FAR_STEP_AFTER,
    FAR_STEP_CONFIDENCE,
    NEXT_PRESS_CONFIDENCE,
    NEXT_STEP_FIRST_FIT,
    OTHER_STEP_CONFIDENCE,
    OTHER_STEP_REPETITIONS,
    PRESS_BY_BOTH_CONFIDENCE,
    WELL_DRAWN_FIT,
    WELL_DRAWN_REPETITIONS,
)
from coach.parameters.single_hand import SINGLE_HAND_STROKE_FIT
from coach.protocol import HoldRule, Protocol, Segment
from coach.tutor.holding import in_turn, is_meant
from coach.tutor.repetitions import candidates, chain, explained_s, likely, working
from coach.tutor.window import Step, WindowReading


def other_step(
    reading: WindowReading, step: Step, own: SegmentMatch | None, every: Sequence[Candidate], protocol: Protocol
) -> SegmentMatch | None:
    """The newest other segment that is surely done since the step began, and not better explained as the step."""
    for match in map(partial(_since, step=step, protocol=protocol), reversed(reading.segments)):
        if match.span.end_s < step.since_s:
            break
        early = match.span.start_s < step.since_s - BEGAN_BEFORE_S
        if match.segment_id == step.segment_id or early or not surely(match, step.segment_id, protocol):
            continue
        first = match is reading.segments[0] and own is None
        if first and perhaps_at_rest(match, step.segment_id, protocol):
            continue
        if _rested_first(match, own):
            continue
        if not _in_turn(match, own, every, protocol.segment(step.segment_id), protocol):
            continue
        long = _long_next(match, step.segment_id, protocol)
        enough = (
            long
            or len(match.whole) >= OTHER_STEP_REPETITIONS
            or len({h.point for h in match.holds}) >= OTHER_STEP_REPETITIONS
        )
        if enough and explained_s(rightly(own, match, protocol), match.span) < EXPLAINED_SHARE * match.span.duration_s:
            return match
    return None


def unconfirmed_other(
    reading: WindowReading, step: Step, own: SegmentMatch | None, pauses: Iterable[Span], protocol: Protocol
) -> SegmentMatch | None:
    """Strokes by one hand of a step for both that is soon in turn, where no other step is surely done.

    :param pauses: what was done meanwhile tells nothing
    """
    found = reading.unconfirmed
    if (
        found is None
        or found.span.start_s < step.since_s - BEGAN_BEFORE_S
        or any(found.span.overlap_s(p) > 0.0 for p in pauses)
    ):
        return None
    ahead = protocol.rank[found.segment_id] - protocol.rank[step.segment_id]
    explained = explained_s(own, found.span) >= EXPLAINED_SHARE * found.span.duration_s
    return found if 0 < ahead <= FAR_STEP_AFTER and found.repetitions and not explained else None


def perhaps_at_rest(match: SegmentMatch, before: str, protocol: Protocol) -> bool:
    """Whether hands that pressed before anything else was done may only have rested there: at one time, not in turn.

    Who begins with another step is known by what she does next; with the next one, by her press too, but for one by
    both hands that is not plain, where hands rest.
    """
    ahead = protocol.rank[match.segment_id] - protocol.rank[before]
    rests = match.confidence < OTHER_STEP_CONFIDENCE and at_once(match, protocol) and not apart(match, protocol)
    return bool(match.holds) and not several(match) and (ahead != 1 or rests)


def _rested_first(match: SegmentMatch, own: SegmentMatch | None) -> bool:
    """Whether the step has begun since some presses, and not before them: the hands rested there, or are back."""
    if own is None or len(own.whole) < OTHER_STEP_REPETITIONS:
        return False
    return bool(match.holds) and match.span.end_s <= own.span.start_s


def next_begun(reading: WindowReading, own: SegmentMatch | None, segment: Segment, protocol: Protocol) -> bool:
    """Whether the next segment has begun: one good repetition of it, or press, after the last of this one."""
    rank = protocol.rank[segment.id] + 1
    following = protocol.segments[rank] if rank < len(protocol.segments) else None
    if own is None or following is None:
        return False
    if following.hold is not None:
        newest = reading.segments[-1] if reading.segments else None
        begun = newest is not None and newest.segment_id == following.id
        return begun and _pressed(newest, following.hold, own.span.end_s - BEGAN_BEFORE_S)
    after = [
        c
        for c in candidates(reading, following, protocol, ())
        if c.fit >= NEXT_STEP_FIRST_FIT and c.span.start_s >= own.span.end_s - BEGAN_BEFORE_S
    ]
    return any(explained_s(own, c.span) < EXPLAINED_SHARE * c.span.duration_s for c in after)


def _pressed(match: SegmentMatch | None, rule: HoldRule, since_s: float) -> bool:
    """Whether its presses are meant: hands that rest between two strokes lie at some point or other."""
    holds = match.holds if match is not None else ()
    both = {h.hand for h in holds} == set(HANDS)  # each at its own point: a short one is meant too
    long = all(h.span.start_s >= since_s and (both or h.span.duration_s >= rule.short_from_s) for h in holds)
    return bool(holds) and long and all(is_meant(h, rule) for h in holds)


def surely(match: SegmentMatch, before: str, protocol: Protocol) -> bool:
    """Whether a segment that comes after another is believed.

    One long press in its turn needs less for it, or presses of several points one after the other, or two well drawn
    repetitions; and least both hands at once where they do not rest. What is far from its turn needs more, but for many
    well drawn repetitions by both hands: hands that only rest, scratch or wander over the back look like some step or
    other.
    """
    if _next(match, before, protocol) and at_once(match, protocol) and apart(match, protocol):
        return match.confidence >= CHANCE_CONFIDENCE
    if _long_next(match, before, protocol) or (_next(match, before, protocol) and several(match)):
        return match.confidence >= (PRESS_BY_BOTH_CONFIDENCE if at_once(match, protocol) else NEXT_PRESS_CONFIDENCE)
    ahead = protocol.rank[match.segment_id] - protocol.rank[before]
    if 0 < ahead <= FAR_STEP_AFTER:
        return match.confidence >= (
            NEXT_PRESS_CONFIDENCE
            if sum(r.fit >= SINGLE_HAND_STROKE_FIT for r in match.whole) >= OTHER_STEP_REPETITIONS
            else OTHER_STEP_CONFIDENCE
        )
    plain = (
        ahead > 0 and sum(r.hand == "both" and r.fit >= WELL_DRAWN_FIT for r in match.whole) >= WELL_DRAWN_REPETITIONS
    )
    return match.confidence >= (OTHER_STEP_CONFIDENCE if plain else FAR_STEP_CONFIDENCE)


def several(match: SegmentMatch) -> bool:
    """Whether several of its points were pressed, one after the other."""
    return len({h.point for h in in_turn(match.holds)}) > 1


def _next(match: SegmentMatch, before: str, protocol: Protocol) -> bool:
    return protocol.rank[match.segment_id] == protocol.rank[before] + 1


def at_once(match: SegmentMatch, protocol: Protocol) -> bool:
    """Whether both hands pressed, each its own point."""
    return pair_of(protocol.segment(match.segment_id)) is not None and {h.hand for h in match.holds} == set(HANDS)


def apart(match: SegmentMatch, protocol: Protocol) -> bool:
    """Whether no other step has such points beside its own: there hands do not rest on them."""
    pairs = [pair for each in protocol.segments if (pair := pair_of(each)) is not None]
    return not has_neighbour(protocol.segment(match.segment_id), pairs)


def _long_next(match: SegmentMatch, before: str, protocol: Protocol) -> bool:
    """Whether it is the next step, of which a point was pressed long enough, by one hand of two perhaps."""
    rule = protocol.segment(match.segment_id).hold
    long = rule is not None and any(h.span.duration_s >= rule.long_enough_s for h in match.holds)
    return long and _next(match, before, protocol)


def _since(match: SegmentMatch, step: Step, protocol: Protocol) -> SegmentMatch:
    """What was done since the step began of a later one, which the coach entered this one amid."""
    since_s = step.since_s - BEGAN_BEFORE_S
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
    if not together or (own is not None and sum(r.hand == "both" for r in own.repetitions) >= BOTH_HANDS_FROM):
        return True
    both = [c for c in every if len(c.hands) == 2 and c.fit >= FIRST_REPETITIONS_FIT]
    single = [c for c in every if len(c.hands) == 1 and not any(_within(c, b) for b in both)]
    alone = (likely(chain([c for c in single if c.hands == {hand}]), step) for hand in HANDS)
    turns = sorted(((working(c), c.hands) for found in alone for c in found), key=lambda turn: turn[0].start_s)
    shares = [a.overlap_s(b) / a.duration_s for (a, hand), (b, other_hand) in pairwise(turns) if hand != other_hand]
    return bool(shares) and median(shares) < DRAW_AT_ONCE_SHARE


def _within(one: Candidate, other: Candidate) -> bool:
    return working(one).overlap_s(working(other)) >= EXPLAINED_SHARE * working(one).duration_s


def began_s(reading: WindowReading, step: Step) -> float | None:
    """When the step really began, where by the whole reading that was before it was entered; else None."""
    for match in reversed(reading.segments):
        if match.segment_id == step.segment_id and match.span.end_s > step.since_s:
            return match.span.start_s if match.span.start_s < step.since_s - BEGAN_BEFORE_S else None
    return None


def rightly(own: SegmentMatch | None, other: SegmentMatch, protocol: Protocol) -> SegmentMatch | None:
    """Of two segments with the same path, one with both hands and one in turn: what the hands say is the step's own."""
    if own is None:
        return None
    step, twin = protocol.segment(own.segment_id), protocol.segment(other.segment_id)
    turns = {r.hand for r in other.repetitions} >= set(HANDS)
    if step.path is None or step.path != twin.path or step.hands != "together" or not turns:
        return own
    both = tuple(r for r in own.repetitions if r.hand == "both")
    return replace(own, repetitions=both) if both else None
