"""The machine's result with a trainer's events over it. The machine's own is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from coach.correct import events as e
from coach.correct.segments import Reading
from coach.domain import HANDS, ItemScore, Reason, SegmentMatch, Session, Span, Status, Verdict
from coach.protocol import Protocol
from coach.score.evidence import Visibility
from coach.score.film import FLAWS
from coach.score.items import items as score_items
from coach.score.scope import narrowed
from coach.score.verdict import conclude

_PATH = "path"  # the kind of item that only the camera can measure


@dataclass(frozen=True, slots=True)
class Note:
    """A remark at a moment of the session."""

    event: str
    at_s: float
    text: str
    drawing: tuple[tuple[tuple[float, float], ...], ...]  # lines, px


@dataclass(frozen=True, slots=True)
class Corrected:
    """A session as a trainer sees it."""

    session: Session
    notes: tuple[Note, ...]
    outcomes: dict[str, bool | None]
    by_trainer: frozenset[str]  # ids of the items whose points a trainer gave or changed
    missed: tuple[str, ...]  # ids of events that found nothing to change in this result


def corrected(machine: Session, protocol: Protocol, events: Sequence[tuple[str, e.Event]]) -> Corrected:
    """Folds the events, in their order, over the machine's result.

    A segment in which a trainer changed something is judged anew, as if everything there had been seen: the trainer has
    looked. What nobody measured, the path of motions that the trainer drew, is left for the trainer to judge. All
    other items keep the machine's points, but for the order, which hangs on all segments.

    :param events: (id, event) as they were appended
    """
    standing = e.standing(events)
    reading = Reading(list(machine.segments))
    for name, event in standing:
        reading.apply(name, event)
    segments = tuple(_of_its_kind(m, protocol) for m in reading.segments if m.segment_id in protocol.rank)
    judged = _judged(machine, segments, protocol, reading) if reading.touched else machine.items
    items, by_trainer, missed = _rated(judged, standing)
    changed = {item.item_id for item, before in _pairs(items, machine.items) if item != before}
    total, verdict = conclude(items, protocol, flaw(machine.verdict), machine.practice)
    scope = machine.scope or protocol.part_ids  # an older coach rated all of them
    return Corrected(
        session=replace(machine, segments=segments, items=items, total=total, verdict=verdict, scope=scope),
        notes=tuple(Note(n, x.at_s, x.text, x.drawing) for n, x in standing if isinstance(x, e.Note)),
        outcomes={x.outcome: x.yes for _, x in standing if isinstance(x, e.TickOutcome)},
        by_trainer=frozenset(by_trainer | changed),
        missed=(*reading.missed, *missed),
    )


def _of_its_kind(match: SegmentMatch, protocol: Protocol) -> SegmentMatch:
    """A step that is pressed has presses, any other one repetitions.

    What a renamed or marked step has of the other kind cannot be judged there. It is only passed over, so that it is
    there again once the step has its old name.
    """
    if protocol.segment(match.segment_id).hold is None:
        return replace(match, holds=()) if match.holds else match
    return replace(match, repetitions=()) if match.repetitions else match


def flaw(machine: Verdict) -> Verdict | None:
    """What the machine found wrong with the film."""
    return machine if machine.reason.key in FLAWS else None


def _judged(
    machine: Session, segments: tuple[SegmentMatch, ...], protocol: Protocol, reading: Reading
) -> tuple[ItemScore, ...]:
    end_s = max([machine.video.duration_s, *(m.span.end_s for m in segments)])
    time_s = np.array([0.0, max(end_s, 1e-3)])
    seen = Visibility(time_s, {hand: np.ones(2, dtype=np.bool_) for hand in HANDS})
    scored = score_items(segments, protocol, seen, Span(0.0, end_s), scope=machine.scope)
    anew = {item.item_id: item for item in narrowed(scored, protocol, machine.scope or protocol.part_ids)}
    out = []
    for item in machine.items:
        now = anew.get(item.item_id, item)
        if item.segment_id in reading.touched:
            out.append(_path(item, now, reading) if item.kind == _PATH else _said(now))
        elif item.kind == "order" and item.status == "scored" and now.status == "scored":
            out.append(now if item.reason.key != "not_done" else item)
        else:
            out.append(item)
    return tuple(out)


def _said(now: ItemScore) -> ItemScore:
    """What the trainer's marks do not tell, such as the tempo of no repetition, is left for the trainer to judge."""
    return replace(now, status="manual", evidence=(), reason=Reason("manual")) if now.status == "not_visible" else now


def _path(machine: ItemScore, now: ItemScore, reading: Reading) -> ItemScore:
    """The shape of what the trainer drew is not known: that of the machine's repetitions speaks for the segment."""
    unmeasured = now.segment_id in reading.renamed
    if now.reason.key == "not_done" or not (unmeasured or now.segment_id in reading.drawn):
        return _said(now)
    if machine.status == "scored" and machine.reason.key != "not_done" and not unmeasured:
        return machine
    return _said(replace(now, points=None, status="not_visible"))


def _rated(
    judged: tuple[ItemScore, ...], events: Sequence[tuple[str, e.Event]]
) -> tuple[tuple[ItemScore, ...], set[str], list[str]]:
    """The items with the points that the trainer gave; those item ids; events about items that are not there."""
    items = {item.item_id: item for item in judged}
    given: set[str] = set()
    missed: list[str] = []
    for name, event in events:
        if not isinstance(event, e.OverrideItem | e.TickItem):
            continue
        item = items.get(event.item)
        if item is None or (isinstance(event, e.TickItem) and item.kind != "manual"):
            missed.append(name)
            continue
        why = Reason("overridden", {"text": event.reason}) if isinstance(event, e.OverrideItem) else Reason("ticked")
        status: Status = "not_applicable" if event.points is None else "scored"
        items[event.item] = replace(item, points=event.points, status=status, reason=why)
        given.add(event.item)
    return tuple(items[item.item_id] for item in judged), given, missed


def _pairs(items: tuple[ItemScore, ...], before: tuple[ItemScore, ...]) -> list[tuple[ItemScore, ItemScore | None]]:
    old = {item.item_id: item for item in before}
    return [(item, old.get(item.item_id)) for item in items]
