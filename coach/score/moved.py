"""What was done after the camera was moved and the back was not surely found again: its places are not rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coach.domain import ItemScore, Moved, Reason, SegmentMatch, Span
from coach.parameters.verdict import UNSURE_PLACES_FROM_S

MOVED = "camera_moved"


def unsure(moved: Sequence[Moved]) -> tuple[Span, ...]:
    """The stretches whose places are not sure; where the back was marked anew at once, there is none."""
    return tuple(one.span for one in moved if not one.followed and one.span.duration_s > UNSURE_PLACES_FROM_S)


def unplaced(
    items: tuple[ItemScore, ...], found: Sequence[SegmentMatch], moved: Sequence[Moved]
) -> tuple[ItemScore, ...]:
    """The items; those of steps that were done then, or may have been, are not rated."""
    spans = unsure(moved)
    if not spans:
        return items
    done = {match.segment_id for match in found}
    then = {
        match.segment_id for match in found if any(match.span.overlap_s(span) > UNSURE_PLACES_FROM_S for span in spans)
    }
    why = Reason(MOVED, {"at_s": spans[0].start_s})
    return tuple(
        replace(item, points=None, status="not_visible", evidence=(), reason=why)
        if _of_camera(item) and (item.segment_id in then or item.segment_id not in done)
        else item
        for item in items
    )


def _of_camera(item: ItemScore) -> bool:
    return item.kind != "manual" and item.status in ("scored", "not_visible")
