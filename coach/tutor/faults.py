"""What the newest repetitions of a step are short of: the checklist's own criteria, asked while it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, starmap
from math import sqrt
from statistics import median

from coach.domain import Reason, Repetition, SegmentMatch, Span, Value
from coach.parameters.live_repetitions import (
    BACK_AGAIN_S,
    BARELY_SHORT_SHARE,
    DURATION_ERROR_S,
    FAULT_OF_SHAPE_SURE_AFTER,
    FAULT_OF_TWO_HANDS_SURE_AFTER,
    FAULT_SURE_AFTER,
    FAULTS_NEWEST,
    GONE_SINCE_STROKE_S,
    NO_PART_AFTER_S,
    PLAINLY_UNEVEN_SHARE,
    ROOM_FOR_ONE_SHARE,
)
from coach.parameters.rating import LEAST_BALANCE, LEAST_SYNC
from coach.protocol import Protocol, Segment
from coach.score.evidence import Evidence, Judged, Visibility
from coach.score.hands import hands
from coach.score.path import path
from coach.score.tempo import tempo, took
from coach.tutor.repetitions import ended_s
from coach.tutor.state import Hint

# How many repetitions it takes to be sure.
SURE_AFTER = {
    "hint_slower": FAULT_SURE_AFTER,
    "hint_both_hands": FAULT_SURE_AFTER,
    "hint_use_hand": FAULT_SURE_AFTER,
    "hint_together": FAULT_OF_TWO_HANDS_SURE_AFTER,
    "hint_same_size": FAULT_OF_TWO_HANDS_SURE_AFTER,
    "hint_in_turn": FAULT_OF_SHAPE_SURE_AFTER,
    "hint_to_the_end": FAULT_SURE_AFTER,
    "hint_direction": FAULT_SURE_AFTER,
    "hint_shape": FAULT_OF_SHAPE_SURE_AFTER,
}
LEAST = min(SURE_AFTER.values())
ASKED: tuple[tuple[str, Callable[[Evidence], Judged]], ...] = (("hands", hands), ("tempo", tempo), ("path", path))


def faults(
    match: SegmentMatch,
    segment: Segment,
    protocol: Protocol,
    sight: Visibility,
    at_s: float,
    beside: tuple[Repetition, ...] = (),
    run: tuple[Repetition, ...] | None = None,
) -> Iterator[Hint]:
    """The hints for the newest repetitions, the most useful first.

    :param match: the segment as far as it is done; strokes and circles only
    :param at_s: now
    :param beside: what one hand did of it while the other did what counts
    :param run: the repetitions to ask of, where some between them are left out; else the newest that follow each other
    """
    every = newest_run(match.repetitions) if run is None else run
    for kind, criterion in ASKED:
        if kind in segment.items:
            told = every if kind == "hands" else back(every, segment, at_s)
            told = timed(told, segment) if kind == "tempo" else told
            asked = (_fault(told[-n:], criterion, match, segment, protocol, sight) for n in _sizes(told))
            yield from [_of_two(hint, every, beside) for hint in asked if hint is not None][:1]


def timed(run: tuple[Repetition, ...], segment: Segment) -> tuple[Repetition, ...]:
    """Those that tell the tempo: where both hands go together, one seen alone was hardly seen from end to end."""
    both = tuple(r for r in run if r.hand == "both") if segment.hands == "together" else ()
    return both or run


def _of_two(hint: Hint, newest: tuple[Repetition, ...], beside: tuple[Repetition, ...]) -> Hint:
    """Where the other hand does its part too, but at another time, the hands are to go together."""
    if hint.key != "hint_both_hands":
        return hint
    since_s = newest[-min(FAULTS_NEWEST, len(newest))].span.start_s
    late = any(r.hand == hint.values["hand"] and r.whole and r.span.end_s > since_s for r in beside)
    return Hint("hint_together", {}, hint.segment) if late else hint


def newest_run(done: tuple[Repetition, ...]) -> tuple[Repetition, ...]:
    """The newest ones that follow each other, without what was done long before them."""
    first = len(done) - 1
    while first > 0 and done[first].span.start_s - ended_s(done[first - 1]) <= max(
        NO_PART_AFTER_S, ended_s(done[first]) - done[first].span.start_s
    ):
        first -= 1
    return done[max(first, 0) :]


def _sizes(run: tuple[Repetition, ...]) -> range:
    """By the last two alone a mistake is known soonest; by the last four it is seen through the tracker's own."""
    return range(LEAST, min(FAULTS_NEWEST, len(run)) + 1)


def _fault(
    newest: tuple[Repetition, ...],
    criterion: Callable[[Evidence], Judged],
    match: SegmentMatch,
    segment: Segment,
    protocol: Protocol,
    sight: Visibility,
) -> Hint | None:
    span = Span(newest[0].span.start_s, newest[-1].span.end_s)
    own = replace(match, repetitions=newest, span=span)
    verdict = criterion(Evidence(segment, (own,), (match,), protocol, sight, span))
    hint = _hint(verdict.reason, newest, segment) if verdict.points in (0, 1) else None
    if hint is None or len(newest) < _enough(hint, newest, segment):
        return None
    joins = hint.key == "hint_both_hands" and any(r.hand == "both" for r in newest[-LEAST:])
    return None if joins else hint  # the other hand does its part now, if it did not before


def _enough(hint: Hint, newest: tuple[Repetition, ...], segment: Segment) -> int:
    """How many repetitions it takes: what is plain is known sooner, what is barely wrong later."""
    if hint.key == "hint_to_the_end" and min(r.reach for r in newest) >= BARELY_SHORT_SHARE * segment.full_reach:
        return FAULTS_NEWEST
    if hint.key == "hint_slower" and segment.tempo is not None:
        off_s = DURATION_ERROR_S / sqrt(len(newest))  # of a mean; a median's is little more
        barely = median(took(r) for r in newest) > segment.tempo.shortest_s - off_s
        return SURE_AFTER[hint.key] + barely
    if hint.key in ("hint_same_size", "hint_together"):
        alike = [min(r.balance / LEAST_BALANCE, r.sync / LEAST_SYNC) for r in newest if r.hand == "both"]
        if alike and median(alike) >= PLAINLY_UNEVEN_SHARE:
            return FAULTS_NEWEST
        plain = len(alike) == len(newest) and max(alike) < PLAINLY_UNEVEN_SHARE
    elif hint.key == "hint_in_turn":  # both hands at once; or one hand twice, with no time for the other
        once = all(r.hand == "both" for r in newest)
        plain = once or (len({r.hand for r in newest}) == 1 and all(starmap(_no_turn_between, pairwise(newest))))
    else:
        plain = False
    return LEAST if plain else SURE_AFTER[hint.key]


def _no_turn_between(a: Repetition, b: Repetition) -> bool:
    """There was no time for the other hand's turn, seen or not."""
    return b.span.start_s - a.span.end_s < ROOM_FOR_ONE_SHARE * min(a.span.duration_s, b.span.duration_s)


def back(done: tuple[Repetition, ...], segment: Segment, at_s: float) -> tuple[Repetition, ...]:
    """The repetitions whose light way back is over."""
    return tuple(r for r in done if _is_back(r, segment, at_s))


def _is_back(repetition: Repetition, segment: Segment, at_s: float) -> bool:
    """Whether a light way back, which the tempo is judged with, is over."""
    return segment.returns != "stroked" or at_s - ended_s(repetition) >= (
        BACK_AGAIN_S if repetition.returned_s else GONE_SINCE_STROKE_S
    )


def _hint(reason: Reason, newest: tuple[Repetition, ...], segment: Segment) -> Hint | None:
    values: dict[str, Value] = {}
    key = {
        "tempo_fast": "hint_slower",
        "hands_one_side": "hint_both_hands",
        "hands_wrong": "hint_use_hand",
        "hands_not_together": "hint_together",
        "hands_asymmetric": "hint_same_size",
        "hands_not_alternating": "hint_in_turn",
        "path_short": "hint_to_the_end",
        "path_direction": "hint_direction",
        "path_shape": "hint_shape",
    }.get(reason.key)
    if key is None:
        return None
    if key == "hint_both_hands":
        values["hand"] = "left" if reason.values["hand"] == "right" else "right"
    if key == "hint_use_hand":
        values["hand"] = reason.values["expected"]
    both = [r for r in newest if r.hand == "both"]
    if (
        key == "hint_same_size"
        and median(r.sync for r in both) / LEAST_SYNC < median(r.balance for r in both) / LEAST_BALANCE
    ):
        key = "hint_together"
    return Hint(key, values, segment.id)
