"""How well a report agrees with the truth. Pure: both are the JSON values of ``coach.report/1`` and ``*.truth.json``.

Segments are measured as in temporal action segmentation (Lea et al. 2017): F1 at an overlap, edit score. Repetition
sets are right only if exact. Items are compared with the points that the truth's faults ought to cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from statistics import median
from typing import Any, TypeAlias

from tests.bench.expected import expected, pair
from tests.bench.statistics import edit_score, f1_score, weighted_kappa

Json: TypeAlias = dict[str, Any]

OVERLAPS = (0.1, 0.25, 0.5)
LONG_GAP_S = 6.0  # a gap between segments that is longer holds idling or decoys, where the truth does not say so itself
MARGIN_S = 0.5  # what is credited so near to a gap's ends is a boundary's error and measured there


@dataclass(slots=True)
class Agreement:
    """What was right and wrong in one session, or, added up, in many."""

    true: int = 0  # segments
    found: int = 0
    hits: dict[float, int] = field(default_factory=lambda: dict.fromkeys(OVERLAPS, 0))
    edits: list[float] = field(default_factory=list)  # one score a session, 0–100
    boundaries_s: list[float] = field(default_factory=list)
    sets: int = 0  # of repetitions
    sets_exact: int = 0
    sets_near: int = 0  # exact or one off
    sets_rated: int = 0  # those whose count was rated, and not left out as unseen
    sets_rated_exact: int = 0
    holds: int = 0
    holds_missed: int = 0
    holds_extra: int = 0
    hold_starts_s: list[float] = field(default_factory=list)  # absolute errors
    hold_ends_s: list[float] = field(default_factory=list)
    hold_lengths_s: list[float] = field(default_factory=list)
    decoy_s: float = 0.0  # credited to a segment
    decoys_s: float = 0.0  # there were
    decoy_counts: int = 0  # repetitions and holds credited in them
    ratings: list[tuple[int, int]] = field(default_factory=list)  # (expected, given) points
    done_ratings: list[tuple[int, int]] = field(default_factory=list)  # the same, of the segments that were done
    wrong: list[str] = field(default_factory=list)  # the items that differ, in words
    not_visible: int = 0
    unseen: list[str] = field(default_factory=list)  # the items that were not visible

    def precision(self, overlap: float) -> float:
        return self.hits[overlap] / self.found if self.found else 1.0

    def recall(self, overlap: float) -> float:
        return self.hits[overlap] / self.true if self.true else 1.0

    def f1(self, overlap: float) -> float:
        return f1_score(self.precision(overlap), self.recall(overlap))

    def agreement(self) -> float:
        """The share of the items that got the expected points."""
        return sum(a == b for a, b in self.ratings) / len(self.ratings) if self.ratings else 1.0

    def kappa(self) -> float:
        """Linearly weighted."""
        return weighted_kappa(self.ratings, (0, 1, 2))

    def add(self, other: Agreement) -> None:
        """Adds another session's."""
        for entry in fields(self):
            mine, its = getattr(self, entry.name), getattr(other, entry.name)
            if isinstance(mine, dict):
                mine.update({key: mine[key] + its[key] for key in mine})
            elif isinstance(mine, list):
                mine.extend(its)
            else:
                setattr(self, entry.name, mine + its)


def compare(report: Json, truth: Json) -> Agreement:
    """Compares one session's report with its truth."""
    result = Agreement(true=len(truth["segments"]), found=len(report["segments"]))
    for overlap in OVERLAPS:
        result.hits[overlap] = len(matched(report["segments"], truth["segments"], overlap))
    result.edits = [edit_score([s["id"] for s in report["segments"]], [s["id"] for s in truth["segments"]])]
    for ours, true in matched(report["segments"], truth["segments"], OVERLAPS[0]):
        result.boundaries_s += [abs(ours[end] - true[end]) for end in ("start_s", "end_s")]
    rated = {item["id"] for item in report["items"] if item["status"] == "scored"}
    for true in truth["segments"]:
        same = [s for s in report["segments"] if s["id"] == true["id"] and iou(s, true) > 0]
        if true["repetitions"]:
            _repetitions(result, same, true, rated=f"{true['id']}.count" in rated)
        _holds(result, same, true)
    result.decoys_s, result.decoy_s = credited(report["segments"], decoys(truth))
    result.decoy_counts = counted_in(report["segments"], decoys(truth))
    _items(result, report["items"], truth)
    return result


def iou(a: Json, b: Json) -> float:
    """Intersection over union of two stretches of time."""
    common = min(a["end_s"], b["end_s"]) - max(a["start_s"], b["start_s"])
    both = max(a["end_s"], b["end_s"]) - min(a["start_s"], b["start_s"])
    return max(0.0, common) / both if both > 0 else 0.0


def matched(found: Sequence[Json], true: Sequence[Json], overlap: float) -> list[tuple[Json, Json]]:
    """Each found segment with the true one of its name that it overlaps most; each true one once."""
    free, pairs = list(true), []
    for ours in found:
        rivals = [(iou(ours, t), k) for k, t in enumerate(free) if t["id"] == ours["id"]]
        best, k = max(rivals, default=(0.0, -1))
        if k >= 0 and best >= overlap:
            pairs.append((ours, free.pop(k)))
    return pairs


def _repetitions(result: Agreement, same: Sequence[Json], true: Json, *, rated: bool) -> None:
    """A set is exact where each side's count is, for a segment that is counted per side, else the whole count."""
    wanted = [len(true["repetitions"])]
    given = [sum(s["count"] for s in same)]
    if "per_side" in true and all(true["per_side"].values()):
        wanted = [true["per_side"][hand] for hand in ("left", "right")]
        given = [sum(r["hand"] in (hand, "both") for s in same for r in s["repetitions"]) for hand in ("left", "right")]
    off = max(abs(a - b) for a, b in zip(wanted, given, strict=True))
    result.sets += 1
    result.sets_exact += off == 0
    result.sets_near += off <= 1
    result.sets_rated += rated
    result.sets_rated_exact += rated and off == 0


def _holds(result: Agreement, same: Sequence[Json], true: Json) -> None:
    free = [h for s in same for h in s["holds"]]
    for hold in true["holds"]:
        rivals = [(iou(hold, h), k) for k, h in enumerate(free) if h["point"] == hold["point"]]
        best, k = max(rivals, default=(0.0, -1))
        result.holds += 1
        if best == 0.0:
            result.holds_missed += 1
            continue
        ours = free.pop(k)
        result.hold_starts_s.append(abs(ours["start_s"] - hold["start_s"]))
        result.hold_ends_s.append(abs(ours["end_s"] - hold["end_s"]))
        lengths = [h["end_s"] - h["start_s"] for h in (ours, hold)]
        result.hold_lengths_s.append(abs(lengths[0] - lengths[1]))
    result.holds_extra += len(free)


def decoys(truth: Json) -> list[tuple[float, float]]:
    """When the hands did something that is no segment, s: as the truth says, or its long gaps, those before the first
    segment and after the last (where the truth knows its end) among them."""
    if "decoys" in truth:
        return [(d["start_s"], d["end_s"]) for d in truth["decoys"]]
    edges = [(0.0, 0.0), *((s["start_s"], s["end_s"]) for s in truth["segments"])]
    if "duration_s" in truth:
        edges.append((truth["duration_s"], truth["duration_s"]))
    gaps = [(a[1], b[0]) for a, b in pairwise(edges)]
    return [(start, end) for start, end in gaps if end - start > LONG_GAP_S]


def credited(found: Iterable[Json], spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """How many seconds of the spans there are, and how many were taken for a segment."""
    inner = [(start + MARGIN_S, end - MARGIN_S) for start, end in spans if end - start > 2 * MARGIN_S]
    taken = sum(
        max(0.0, min(segment["end_s"], end) - max(segment["start_s"], start))
        for segment in found
        for start, end in inner
    )
    return sum(end - start for start, end in inner), taken


def counted_in(found: Iterable[Json], spans: Sequence[tuple[float, float]]) -> int:
    """How many repetitions and holds were credited whose middle lies inside one of the spans."""
    middles = [(d["start_s"] + d["end_s"]) / 2 for s in found for d in (*s["repetitions"], *s["holds"])]
    return sum(start + MARGIN_S < at < end - MARGIN_S for at in middles for start, end in spans)


def only(report: Json, truth: Json, segment_id: str) -> tuple[Json, Json]:
    """The report and the truth of one of the segments."""
    kept = [{**side, "segments": [s for s in side["segments"] if s["id"] == segment_id]} for side in (report, truth)]
    kept[0]["items"] = [item for item in report["items"] if item["segment"] == segment_id]
    kept[1]["decoys"] = [{"start_s": start, "end_s": end} for start, end in decoys(truth)]
    return kept[0], kept[1]


def _items(result: Agreement, items: Iterable[Json], truth: Json) -> None:
    done, right = {s["id"] for s in truth["segments"]}, expected(truth)
    for item in items:
        if item["segment"] is None or item["status"] in ("manual", "not_applicable"):
            continue
        if item["status"] != "scored":
            result.not_visible += 1
            result.unseen.append(item["id"])
            continue
        wanted, given = pair(right[item["segment"], item["kind"]], item["points"])
        result.ratings.append((wanted, given))
        if item["segment"] in done:
            result.done_ratings.append((wanted, given))
        if wanted != given:
            reason = item["reason"]
            result.wrong.append(f"{item['id']}: {wanted} expected, {given} given, {reason['key']} {reason['values']}")


def middle(values: Sequence[float]) -> float:
    """The median; NaN of nothing."""
    return median(values) if values else float("nan")
