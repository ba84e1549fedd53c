"""Which parts of the protocol are rated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.domain import InputError, ItemScore, Reason, SegmentMatch
from coach.protocol import Part, Protocol, Segment

OUT = "out_of_scope"  # the reason of an item that was not asked for


def chosen(parts: Iterable[str], protocol: Protocol) -> tuple[str, ...]:
    """The parts that somebody named, in the protocol's order; all where nobody named any.

    :raises InputError: part_missing
    """
    asked = set(parts)
    if unknown := sorted(asked - set(protocol.part_ids)):
        raise InputError("part_missing", id=unknown[0], known=", ".join(protocol.part_ids))
    return tuple(part for part in protocol.part_ids if part in asked) or protocol.part_ids


def practised(segments: Iterable[str], protocol: Protocol) -> tuple[str, ...]:
    """The parts that were practised, where it was some parts, each of them whole; none where it was single steps."""
    done = set(segments)
    parts = tuple(part for part in protocol.part_ids if any(s.id in done for s in protocol.segments if s.part == part))
    whole = {segment.id for segment in protocol.segments if segment.part in parts}
    return parts if done and done == whole and len(done) > 1 else ()


def listed(items: Iterable[ItemScore], protocol: Protocol) -> tuple[Segment, ...]:
    """The steps that a sheet lists: those of which something was asked; the others are left out everywhere."""
    asked = {item.segment_id for item in items if item.reason.key != OUT}
    return tuple(segment for segment in protocol.segments if segment.id in asked)


def by_part(segments: Sequence[Segment], protocol: Protocol) -> list[tuple[Part, list[Segment]]]:
    """The steps of each part that has any of them, in the protocol's order."""
    parts = [(part, [segment for segment in segments if segment.part == part.id]) for part in protocol.parts]
    return [(part, own) for part, own in parts if own]


def inside(session: tuple[SegmentMatch, ...], protocol: Protocol, scope: Iterable[str]) -> tuple[SegmentMatch, ...]:
    """The segments found that belong to some parts."""
    return tuple(m for m in session if protocol.segment(m.segment_id).part in set(scope))


def narrowed(items: tuple[ItemScore, ...], protocol: Protocol, scope: Iterable[str]) -> tuple[ItemScore, ...]:
    """The items; those of other parts are not applicable."""
    within = {segment.id for segment in protocol.segments if segment.part in set(scope)}
    return tuple(
        replace(item, points=None, status="not_applicable", evidence=(), reason=Reason(OUT))
        if item.segment_id is not None and item.segment_id not in within
        else item
        for item in items
    )
