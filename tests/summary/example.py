"""A made-up session of the oxytocin protocol with the mistakes that trainers meet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coach.domain import (
    BackInfo,
    Hands,
    Hold,
    ItemScore,
    Reason,
    Repetition,
    SegmentMatch,
    Session,
    Span,
    Status,
    TrackingInfo,
    Value,
    VideoInfo,
)
from coach.protocol import Protocol, Segment
from coach.score.verdict import conclude

Mistakes = dict[str, tuple[int, Reason]]

RIGHT: dict[str, Reason] = {
    "performed": Reason("done", {"repetitions": 6}),
    "count": Reason("count_right", {"count": 6, "low": 5, "high": 6}),
    "order": Reason("order_right"),
    "tempo": Reason("tempo_right", {"median_s": 2.44, "shortest_s": 1.3}),
    "duration": Reason("duration_right", {"took_s": 131.0, "low_s": 120.0, "high_s": 180.0}),
    "hands": Reason("hands_right"),
    "path": Reason("path_right"),
    "hold": Reason("hold_right", {"points": 3}),
}

MISTAKES: Mistakes = {
    "neck_stroke.tempo": (1, Reason("tempo_fast", {"median_s": 0.94, "shortest_s": 1.3})),
    "neck_points.hold": (1, Reason("hold_short", {"point": "ear_right", "held_s": 1.26, "needed_s": 2.2})),
    "shoulder_stroke.hands": (1, Reason("hands_one_side", {"hand": "right", "share_percent": 66.7})),
    "shoulder_points.order": (1, Reason("order_press_first", {"strokes": "shoulder_stroke"})),
    "scapula_left_points.hold": (0, Reason("hold_wrong", {"point": "6", "instead": "12"})),
    "scapula_left_points.order": (1, Reason("order_points", {"seen": "3, 8, 6", "expected": "3, 6, 8"})),
    "scapula_right_circles.count": (
        1,
        Reason("count_partial", {"count": 3, "low": 5, "high": 6, "partial": 2}),
    ),
    "spine_circles.path": (1, Reason("path_short", {"reach_percent": 48.2})),
    "spine_strokes.order": (1, Reason("order_early", {"before": "spine_circles"})),
    "love.hands": (0, Reason("hands_not_alternating", {"turns": 1, "repetitions": 10})),
    "love.count": (0, Reason("count_side", {"left": 2, "right": 8, "low": 5, "high": 6})),
}
SKIPPED = "heart"
UNSEEN = "shoulder_c_grip"


def session(protocol: Protocol, mistakes: Mistakes = MISTAKES, skipped: str = SKIPPED, unseen: str = UNSEEN) -> Session:
    """A session in which each segment takes ten seconds."""
    items = [
        _item(segment, kind, k, mistakes=mistakes, skipped=skipped, unseen=unseen)
        for k, segment in enumerate(protocol.segments)
        for kind in segment.items
    ]
    items += [
        ItemScore(manual.id, None, "manual", None, 2, "manual", (), Reason("manual")) for manual in protocol.manual
    ]
    done = [(k, s) for k, s in enumerate(protocol.segments) if s.id not in (skipped, unseen)]
    return Session(
        video=VideoInfo("rekaman/kader 07.mp4", 2745, 183.04, truncated=True),
        back=BackInfo("given", np.array([[188.8, 111.4], [439.2, 106.2], [447.8, 411.4], [198.9, 422.5]])),
        tracking=TrackingInfo(2745, 120, 700, 1925, 9.8),
        protocol_id=protocol.id,
        protocol_version=protocol.version,
        protocol_digest=protocol.digest,
        software="coach 0.1.0",
        segments=tuple(_match(segment, k) for k, segment in reversed(done)),
        items=tuple(items),
        total=conclude(items, protocol)[0],
        verdict=conclude(items, protocol)[1],
        scope=protocol.part_ids,
    )


def hardly_seen(protocol: Protocol, rated: int = 2) -> Session:
    """A session of which two items alone, or as many as are told, could be rated, and were right."""
    made = session(protocol, {}, "", "")
    unseen = Reason("not_visible", {"unseen_s": 9.0})
    items = tuple(
        item if k < rated or item.kind == "manual" else replace(item, points=None, status="not_visible", reason=unseen)
        for k, item in enumerate(made.items)
    )
    total, verdict = conclude(items, protocol)
    return replace(made, items=items, total=total, verdict=verdict)


def _item(segment: Segment, kind: str, k: int, *, mistakes: Mistakes, skipped: str, unseen: str) -> ItemScore:
    name = f"{segment.id}.{kind}"
    points, reason = mistakes.get(name, (2, RIGHT[kind]))
    if kind == "performed" and segment.hold:
        reason = Reason("done", {"repetitions": len(segment.hold.points)})
    status: Status = "scored"
    evidence: tuple[Span, ...] = (
        Span(10.0 * k, 10.0 * k + 3.2),
        Span(10.0 * k + 5, 10.0 * k + 7),
        Span(10.0 * k + 8, 10.0 * k + 9),
    )
    if segment.id == skipped:
        points, reason, evidence = 0, Reason("not_done"), ()
    if segment.id == unseen:
        values: dict[str, Value] = {"unseen_s": 6.4}
        return ItemScore(name, segment.id, kind, None, 2, "not_visible", evidence[:1], Reason("not_visible", values))
    return ItemScore(name, segment.id, kind, points, 2, status, evidence if points < 2 else evidence[:1], reason)


def _match(segment: Segment, k: int) -> SegmentMatch:
    start = 10.0 * k
    hand: Hands = "both" if segment.hands == "together" else "right"
    span = Span(start + 0.12345, start + 9)
    if segment.hold:
        holds = tuple(
            Hold(point.id, Span(start + j, start + j + 0.9), point.hand or "right", 0.012345)
            for j, point in enumerate(segment.hold.points)
        )
        return SegmentMatch(segment.id, span, 0.91239, (), holds)
    repetitions = (
        Repetition(Span(start + 3, start + 4), hand, whole=False, reach=0.4),
        Repetition(Span(start + 1, start + 2), hand, returned_s=start + 2.5),
        Repetition(Span(start + 2.5, start + 3), hand),
    )
    return SegmentMatch(segment.id, span, 0.91239, repetitions)
