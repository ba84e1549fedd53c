"""The points that each checklist item ought to get, from the faults that a truth file names."""

from __future__ import annotations

from typing import Any

KIND_OF = {
    "too_few": "count",
    "very_few": "count",
    "partial": "count",
    "too_fast": "tempo",
    "wrong_order": "order",
    "wrong_sequence": "order",  # the points of one segment in another order
    "one_side": "hands",
    "no_alternation": "hands",
    "right_then_left": "hands",
    "asymmetric": "hands",
    "asymmetric_size": "hands",
    "asymmetric_lag": "hands",
    "swapped_hand": "hands",
    "missing_point": "hold",
    "wrong_point": "hold",
    "short_hold": "hold",
    "too_high": "path",
    "wrong_direction": "path",
}  # the kind of item that a fault costs
PARTIAL_FROM = 3  # fewer repetitions get 0
RIGHT, PARTLY, NOT = 2, 1, 0


def expected_points(segment_id: str, kind: str, truth: dict[str, Any]) -> int:
    """0 where the segment was not done, 1 (0 for far too few repetitions) for the kind that a fault costs, else 2.

    :raises KeyError: for a fault that is not known here
    """
    done = [s for s in truth["segments"] if s["id"] == segment_id]
    if not done:
        return NOT
    if kind not in {KIND_OF[fault] for fault in faults(segment_id, truth)}:
        return RIGHT
    return NOT if kind == "count" and repetitions(done) < PARTIAL_FROM else PARTLY


def faults(segment_id: str, truth: dict[str, Any]) -> set[str]:
    """The names of the segment's faults. A segment lists its own as ``name`` or ``name:detail``, the session all of
    them as ``name:segment``."""
    own = {str(f).split(":")[0] for s in truth["segments"] if s["id"] == segment_id for f in s.get("faults", ())}
    listed = {str(f).split(":")[0] for f in truth.get("faults", ()) if str(f).split(":")[1:2] == [segment_id]}
    return (own | listed) - {"skipped"}  # of a segment that is there in spite of it


def repetitions(done: list[dict[str, Any]]) -> int:
    """Of a segment that is counted per side, those of the side with fewer; a side left out is the hands' fault."""
    sides = [s["per_side"] for s in done if "per_side" in s]
    if not sides:
        return sum(len(s["repetitions"]) for s in done)
    both = [sum(side[hand] for side in sides) for hand in ("left", "right")]
    return min((n for n in both if n), default=0)
