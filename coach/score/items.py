"""The checklist: every item of the protocol with its points."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain import ItemScore, Reason, SegmentMatch, Span, Total
from coach.parameters.rating import ITEM_MAX_POINTS
from coach.parse.unclaimed import Unclaimed
from coach.protocol import Kind, Protocol, Scoring, Segment
from coach.score.count import count
from coach.score.duration import duration
from coach.score.evidence import Evidence, Judged, Visibility, reason, rested
from coach.score.hands import hands
from coach.score.hold import hold
from coach.score.order import order
from coach.score.path import path
from coach.score.performed import absent, performed
from coach.score.scope import OUT
from coach.score.tempo import tempo

CRITERIA: dict[Kind, Callable[[Evidence], Judged]] = {
    "performed": performed,
    "count": count,
    "order": order,
    "tempo": tempo,
    "hands": hands,
    "path": path,
    "hold": hold,
    "duration": duration,
}


def items(
    session: tuple[SegmentMatch, ...],
    protocol: Protocol,
    sight: Visibility,
    length: Span,
    unclaimed: tuple[Unclaimed, ...] = (),
    scope: tuple[str, ...] = (),
) -> tuple[ItemScore, ...]:
    """All items in the protocol's order: the manual ones before, the segments', the manual ones after.

    :param session: the segments found, in order of time
    :param sight: when each hand was seen
    :param length: the session's own span
    :param unclaimed: motions like a segment that was not found, or like what was found of it
    :param scope: ids of the parts that are rated; all where there are none; narrowing the items is the caller's
    """
    scored: list[ItemScore] = []
    sure = tuple(m for m in session if not m.rest)
    for segment in protocol.segments:
        matches = tuple(m for m in sure if m.segment_id == segment.id)
        rests = tuple(m for m in session if m.rest and segment.id in (m.segment_id, *m.rivals))
        similar = tuple(motion for motion in unclaimed if motion.segment_id == segment.id)
        evidence = Evidence(segment, matches, sure, protocol, sight, length, rests, similar, scope)
        scored.extend(_item(evidence, kind) for kind in segment.items)
    manual = {
        when: [_manual(m.id) for m in protocol.manual if m.when == when] for when in ("before", "during", "after")
    }
    return (*manual["before"], *scored, *manual["during"], *manual["after"])


def _item(evidence: Evidence, kind: Kind) -> ItemScore:
    verdict = _verdict(evidence, kind)
    segment: Segment = evidence.segment
    return ItemScore(
        item_id=f"{segment.id}.{kind}",
        segment_id=segment.id,
        kind=kind,
        points=verdict.points,
        max_points=ITEM_MAX_POINTS,
        status="not_visible" if verdict.points is None else "scored",
        evidence=verdict.evidence,
        reason=verdict.reason,
    )


def _verdict(evidence: Evidence, kind: Kind) -> Judged:
    """Of two segments one of which was done, neither is scored where it cannot be told which.

    Nor is one that was a press or a rest.
    """
    if (rival := evidence.rival()) is not None:
        other, spans = rival
        return Judged(None, reason("either", other=other), spans)
    if evidence.rests and not evidence.matches:
        return Judged(None, rested(evidence.rests), tuple(m.span for m in evidence.rests))
    return CRITERIA[kind](evidence) if evidence.matches else absent(evidence)


def _manual(item_id: str) -> ItemScore:
    return ItemScore(item_id, None, "manual", None, ITEM_MAX_POINTS, "manual", (), Reason("manual"))


def total(scored: tuple[ItemScore, ...], scoring: Scoring) -> Total:
    """Nilai = points over twice the rated items, in percent; what was not rated leaves the denominator.

    Two items of sixty that were seen and right make a nilai of 100, but nobody has passed by them: below the
    protocol's least share of rated items, passed is None.
    """
    rated = [item for item in scored if item.points is not None]
    points, most = sum(item.points or 0 for item in rated), sum(item.max_points for item in rated)
    percent = round(100.0 * points / most, 1) if most else None
    passed = None if percent is None or not _enough(scored, scoring.least_rated) else percent >= scoring.pass_mark
    asked = sum(item.reason.key != OUT for item in scored)  # what nobody asked for is not left out either
    return Total(points, most, percent, passed, asked - len(rated))


def _enough(scored: tuple[ItemScore, ...], least: float) -> bool:
    """Whether of what the camera judges so many percent are rated. What a trainer alone can tick does not count."""
    judged = [item for item in scored if item.kind != "manual" and item.status != "not_applicable"]
    return 100 * sum(item.points is not None for item in judged) >= least * len(judged)
