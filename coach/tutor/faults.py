"""What the newest repetitions of a step are short of: the checklist's own criteria, asked while it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from coach.domain import Hand, Reason, Repetition, SegmentMatch, Span, Value
from coach.protocol import Protocol, Segment
from coach.score.evidence import Evidence, Sight, Verdict
from coach.score.hands import BALANCE, SYNC, hands
from coach.score.path import path
from coach.score.tempo import tempo
from coach.tutor.state import Hint

NEWEST = 4  # repetitions: what was wrong before and is right now is no longer said
# How many repetitions it takes to be sure. A single one may be the tracker's fault.
SURE_AFTER = {
    "hint_slower": 2,
    "hint_both_hands": 2,
    "hint_use_hand": 2,
    "hint_together": 3,
    "hint_same_size": 3,
    "hint_in_turn": 3,
    "hint_to_the_end": 2,
    "hint_direction": 3,
    "hint_shape": 4,
}
BACK_S, GONE_S = 0.3, 2.0  # since the hand is back; since the stroke, where it does not come back
ASKED: tuple[tuple[str, Callable[[Evidence], Verdict]], ...] = (("hands", hands), ("tempo", tempo), ("path", path))


def faults(match: SegmentMatch, segment: Segment, protocol: Protocol, sight: Sight, at_s: float) -> Iterator[Hint]:
    """The hints for the newest repetitions, the most useful first.

    :param match: the segment as far as it is done; strokes and circles only
    :param at_s: now
    """
    newest = tuple(r for r in match.repetitions if _is_back(r, segment, at_s))[-NEWEST:]
    if not newest:
        return
    span = Span(newest[0].span.start_s, newest[-1].span.end_s)
    seen = Evidence(
        segment,
        (replace(match, repetitions=newest, span=span),),
        (match,),
        protocol,
        sight,
        span,
    )
    for kind, criterion in ASKED:
        if kind in segment.items:
            verdict = criterion(seen)
            hint = _hint(verdict.reason, newest, segment) if verdict.points in (0, 1) else None
            if hint is not None and len(newest) >= _enough(hint, newest):
                yield hint
    if segment.primitive in ("stroke", "curve") and _broken_off(match.repetitions):
        yield Hint("hint_whole", {}, segment.id)


def _enough(hint: Hint, newest: tuple[Repetition, ...]) -> int:
    """How many repetitions it takes; hands that draw at once, where they should in turn, are plain sooner."""
    at_once = hint.key == "hint_in_turn" and all(r.hand == "both" for r in newest)
    return 2 if at_once else SURE_AFTER[hint.key]


def _is_back(repetition: Repetition, segment: Segment, at_s: float) -> bool:
    """Whether a light way back, which the tempo is judged with, is over."""
    ended_s = repetition.span.end_s if repetition.returned_s is None else repetition.returned_s
    return segment.returns != "stroked" or at_s - ended_s >= (BACK_S if repetition.returned_s else GONE_S)


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
        values["hand"] = _other_hand(str(reason.values["hand"]))
    if key == "hint_use_hand":
        values["hand"] = reason.values["expected"]
    both = [r for r in newest if r.hand == "both"]
    if key == "hint_same_size" and median(r.sync for r in both) / SYNC < median(r.balance for r in both) / BALANCE:
        key = "hint_together"
    return Hint(key, values, segment.id)


def _other_hand(hand: str) -> Hand:
    return "left" if hand == "right" else "right"


def _broken_off(done: tuple[Repetition, ...]) -> bool:
    """One of the last was broken off, and another followed; the very last may be the way to the next step."""
    whole = [r.whole for r in done]
    return sum(whole) >= 2 and not all(whole[-3:-1])
