"""One strength, and the one thing to improve first, out of a session's items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from coach.domain import ItemScore, Reason
from coach.protocol import Protocol
from coach.score.step import UNTOLD

# What helps a learner most comes first: doing every step, then often enough, then with the right hands.
_URGENCY = MappingProxyType(
    {"performed": 0, "count": 1, "duration": 1, "hands": 2, "hold": 2, "path": 3, "tempo": 3, "order": 3}
)
_LAST = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """A message key of the section ``feedback``, and what it speaks about."""

    key: str
    item: ItemScore | None = None
    reason: Reason = field(default_factory=lambda: Reason("none"))


def improvement(items: Sequence[ItemScore], protocol: Protocol) -> Advice:
    """The one thing to improve first: the most urgent kind, then fewest points, then earliest in the protocol."""
    flawed = [item for item in _scored(items) if _points(item) < item.max_points]
    if not flawed:
        unseen = any(item.status == "not_visible" and item.reason.key not in UNTOLD for item in items)
        return Advice("improve_camera" if unseen else "improve_none")
    first = min(flawed, key=lambda item: (_urgency(item), _points(item), _rank(item, protocol)))
    return Advice(f"advice_{first.reason.key}", first, first.reason)


def strength(items: Sequence[ItemScore], protocol: Protocol) -> Advice:
    """What went well: the step with the most items that is all right, else the first single item that is."""
    right = [item for item in _scored(items) if _points(item) == item.max_points]
    flawed = {item.segment_id for item in items if item not in right and item.status != "not_applicable"}
    whole = [item for item in right if item.segment_id not in flawed]
    if whole:
        sizes = {item.segment_id: sum(other.segment_id == item.segment_id for other in whole) for item in whole}
        best = min(whole, key=lambda item: (-sizes[item.segment_id], _rank(item, protocol)))
        return Advice("strength_segment", best, best.reason)
    if right:
        best = min(right, key=lambda item: (-_urgency(item), _rank(item, protocol)))
        return Advice("strength_item", best, best.reason)
    return Advice("strength_none")


def _scored(items: Iterable[ItemScore]) -> list[ItemScore]:
    return [item for item in items if item.status == "scored" and item.points is not None and item.segment_id]


def _points(item: ItemScore) -> int:
    return item.points or 0


def _urgency(item: ItemScore) -> int:
    """A skipped step is as urgent as its item ``performed``, whichever item tells of it."""
    return 0 if item.reason.key == "not_done" else _URGENCY.get(item.kind, _LAST)


def _rank(item: ItemScore, protocol: Protocol) -> int:
    return protocol.rank.get(item.segment_id or "", len(protocol.segments))
