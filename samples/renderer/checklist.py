"""The checklist that a faultless trainer would fill in, from what is true about a session and the protocol.

The one place that knows which kind of item a planted mistake costs. It needs only a truth's `segments` and `faults`,
so simulated sessions can be asked too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

Truth: TypeAlias = Mapping[str, Any]
Item: TypeAlias = dict[str, Any]
Segment: TypeAlias = Mapping[str, Any]

SCHEMA = "coach.expected/1"
PROTOCOLS = Path(__file__).resolve().parents[2] / "protocols"
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
    "on_spine": "path",
    "too_short": "duration",
}  # the kind of item that a fault costs
RIGHT, PARTLY, NOT = 2, 1, 0
REST_S = 4.0  # between a heart and a love with both hands: shorter, and nothing tells the one from the other


def protocol(name: str = "oxytocin") -> Mapping[str, Any]:
    """A protocol as its TOML says."""
    return tomllib.loads((PROTOCOLS / f"{name}.toml").read_text(encoding="utf-8"))


def checklist(truth: Truth, rules: Mapping[str, Any]) -> dict[str, Any]:
    """Every item in the order and the terms of `coach.report/1`.

    An item has its `id`, `segment`, `kind`; `points`, the ratings that are right (several where a trainer too could not
    tell); `why` in one word, with the `detail` (a point) of the mistake; and `seen`, the share (0–1) of the segment's
    frames in which its hands are in view, where the truth has frames. A manual item has no points.

    :raises KeyError: for a fault that is not known here
    """
    manual = {when: [_manual(m) for m in rules.get("manual", ()) if m["when"] == when] for when in _WHEN}
    items = [_item(segment, kind, truth) for segment in rules["segments"] for kind in segment["items"]]
    listed = [*manual["before"], *items, *manual["during"], *manual["after"]]
    return {"schema": SCHEMA, "protocol": {"id": rules["id"], "version": rules["version"]}, "items": listed}


_WHEN = ("before", "during", "after")


def _manual(rule: Mapping[str, Any]) -> Item:
    return {"id": rule["id"], "segment": None, "kind": "manual", "points": [], "why": "manual"}


def _item(rule: Mapping[str, Any], kind: str, truth: Truth) -> Item:
    name = rule["id"]
    points, why, detail = _rated(rule, kind, truth)
    item: Item = {"id": f"{name}.{kind}", "segment": name, "kind": kind, "points": points, "why": why}
    if detail:
        item["detail"] = detail
    done = _done(name, truth)
    if done and truth.get("frames"):
        item["seen"] = seen(done, truth)
    return item


def _rated(rule: Mapping[str, Any], kind: str, truth: Truth) -> tuple[list[int], str, str]:
    name = rule["id"]
    done = _done(name, truth)
    if not done:
        return [NOT], "skipped" if f"skipped:{name}" in truth.get("faults", ()) else "not_done", ""
    own = {fault: detail for fault, detail in faults(name, truth).items() if _costs(fault, rule) == kind}
    if kind == "tempo" and "too_fast" in own and _slow_enough(done, rule):
        return [RIGHT], "allowed", ""
    if kind == "duration":
        return _lasted(done, rule["duration"])
    points = [RIGHT]
    if own:
        points = [NOT if kind == "count" and repetitions(done) < rule["count"]["partial_from"] else PARTLY]
    why, detail = next(iter(own.items()), ("right", ""))
    twin = _twin(truth)
    if name == "love" and twin:
        return sorted({NOT, *points}), "twin" if why == "right" else why, detail
    if name == "heart" and kind == "count" and twin:
        return sorted({RIGHT, *points}), "twin" if why == "right" else why, detail
    return points, why, detail


def _costs(fault: str, rule: Mapping[str, Any]) -> str | None:
    """The kind of item that a fault costs; None where the protocol says that it is not scored."""
    unscored = fault == "wrong_direction" and rule.get("stroke_direction") != "scored"
    return None if unscored else KIND_OF[fault]


def _lasted(done: Sequence[Segment], rule: Mapping[str, Any]) -> tuple[list[int], str, str]:
    """By how long the repetitions went on, with the pauses between them that are part of it."""
    spans = sorted((r["start_s"], r.get("returned_s") or r["end_s"]) for s in done for r in s["repetitions"])
    took_s, until_s = 0.0, float("-inf")
    for start_s, end_s in spans:
        gap_s = start_s - until_s
        took_s += end_s - start_s + (gap_s if gap_s <= rule["bridge_s"] else 0.0)
        until_s = end_s
    if took_s >= rule["target_s"][0]:
        return [RIGHT], "right", ""
    return [PARTLY if took_s >= rule["partial_from_s"] else NOT], "too_short", ""


def _slow_enough(done: Sequence[Segment], rule: Segment) -> bool:
    """Whether the median repetition, with its way back, takes as long as the protocol asks for."""
    took_s = [float(r.get("returned_s") or r["end_s"]) - float(r["start_s"]) for s in done for r in s["repetitions"]]
    return bool(took_s) and median(took_s) >= rule["tempo"]["shortest_s"]


def faults(segment_id: str, truth: Truth) -> dict[str, str]:
    """A segment's faults with their detail. A segment lists its own as `name` or `name:detail`, the session all of them
    as `name:segment`."""
    found: dict[str, str] = {}
    for segment in _done(segment_id, truth):
        found |= {str(f).partition(":")[0]: str(f).partition(":")[2] for f in segment.get("faults", ())}
    for fault in truth.get("faults", ()):
        name, _, where = str(fault).partition(":")
        if where.partition(":")[0] == segment_id:
            found.setdefault(name, "")
    found.pop("skipped", None)  # of a segment that is there in spite of it
    return found


def repetitions(done: list[Segment]) -> int:
    """Of a segment that is counted per side, those of the side with fewer; a side left out is the hands' fault."""
    sides = [s["per_side"] for s in done if "per_side" in s]
    if not sides:
        return sum(len(s["repetitions"]) for s in done)
    both = [sum(side[hand] for side in sides) for hand in ("left", "right")]
    return min((n for n in both if n), default=0)


def seen(done: list[Segment], truth: Truth, least: float = 0.5) -> float:
    """The share (0–1) of the segments' frames in which at least half of each working hand's landmarks is in view."""
    good = total = 0
    for segment in done:
        hands = {part["hand"] for part in segment["repetitions"]} or {segment.get("hand", "both")}
        sides = ("left", "right") if "both" in hands else tuple(hands)
        for frame in truth["frames"]:
            if segment["start_s"] <= frame["t"] < segment["end_s"]:
                total += 1
                good += all(frame["visible"][side] >= least for side in sides)
    return round(good / total, 3) if total else 0.0


def _done(name: str, truth: Truth) -> list[Segment]:
    return [segment for segment in truth["segments"] if segment["id"] == name]


def _twin(truth: Truth) -> bool:
    """Whether love is done with both hands right after the heart, which is the same motion."""
    hearts, loves = _done("heart", truth), _done("love", truth)
    return any(
        0.0 <= love["start_s"] - heart["end_s"] < REST_S
        for heart in hearts
        for love in loves
        if {part["hand"] for part in love["repetitions"]} == {"both"}
    )
