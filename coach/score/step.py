"""Whether a step is right, as far as its items tell: in one word, the same wherever a step is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from coach.domain import ItemScore
from coach.score.scope import OUT

# right: all of it; partly_seen: what was seen of it is right, and some was not; improve: something is not right yet;
# skipped: left out; not_reached: the practice ended before it; not_visible, either, unjudged: nothing of it is rated;
# not_applicable: so a trainer says; out_of_scope: its part was not asked for.
StepState: TypeAlias = Literal[
    "right",
    "partly_seen",
    "improve",
    "skipped",
    "not_reached",
    "not_visible",
    "either",
    "unjudged",
    "not_applicable",
    "out_of_scope",
]
# The reasons of items that are not rated though the camera saw the hands.
UNTOLD = (
    "either",
    "rest",
    "unclear",
    "count_unclear",
    "duration_unclear",
    "hold_unclear",
    "hold_blurred",
    "hold_since_strokes",
    "back_shape",
)


def state(items: Sequence[ItemScore]) -> StepState:
    """Of the items of one segment."""
    asked = [item for item in items if item.status != "not_applicable"]
    rated = [item for item in asked if item.points is not None]
    if not asked:
        return _not_asked(items)
    if any(item.kind == "performed" and item.points == 0 for item in rated):
        return "skipped"
    if not rated:
        return _unrated(asked)
    if any(item.points != item.max_points for item in rated):
        return "improve"
    return "right" if len(rated) == len(asked) else "partly_seen"


def states(items: Iterable[ItemScore]) -> dict[str, StepState]:
    """The state of each segment that has items, by its id."""
    of: dict[str, list[ItemScore]] = {}
    for item in items:
        if item.segment_id is not None:
            of.setdefault(item.segment_id, []).append(item)
    return {segment: state(own) for segment, own in of.items()}


def _not_asked(items: Sequence[ItemScore]) -> StepState:
    why = {item.reason.key for item in items}
    if "not_reached" in why:
        return "not_reached"
    return "out_of_scope" if why == {OUT} else "not_applicable"


def _unrated(items: Sequence[ItemScore]) -> StepState:
    if any(item.reason.key.startswith("unjudged_") for item in items):
        return "unjudged"
    return "either" if any(item.reason.key in UNTOLD for item in items) else "not_visible"
