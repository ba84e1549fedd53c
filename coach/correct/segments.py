"""Segments, repetitions and presses as a trainer has moved, added, deleted, split and renamed them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from coach.correct import events as e
from coach.domain import Hold, Repetition, SegmentMatch, Span

Acts: TypeAlias = Repetition | Hold
A = TypeVar("A", Repetition, Hold)
NEAR_S = 2.0  # an act or a segment whose time has moved farther than this is another one
CERTAIN = 1.0  # what a trainer says is


@dataclass(slots=True)
class Reading:
    """The segments, and what of them came from a trainer."""

    segments: list[SegmentMatch]
    touched: set[str] = field(default_factory=set)  # segment ids in which something was changed
    drawn: set[str] = field(default_factory=set)  # segment ids with repetitions that a trainer drew
    renamed: set[str] = field(default_factory=set)  # segment ids whose motions were measured as another's
    missed: list[str] = field(default_factory=list)  # ids of events that found nothing to change

    def apply(self, name: str, event: e.Event) -> None:
        """Makes the change; an event about the items or a note changes nothing here."""
        change = _CHANGES.get(type(event))
        if change is not None and not change(self, event):
            self.missed.append(name)

    # ------------------------------------------------------------------ segments

    def find(self, segment: str, at_s: float) -> int | None:
        """The index of the segment meant by an id and a moment."""
        away = [(_away(m.span, at_s), k) for k, m in enumerate(self.segments) if m.segment_id == segment]
        return min(away)[1] if away and min(away)[0] <= NEAR_S else None

    def put(self, k: int, *now: SegmentMatch) -> bool:
        """Takes out segment k and puts others in its place; whoever does so knows which segment it is."""
        before = self.segments[k]
        self.segments[k : k + 1] = [replace(match, rivals=(), rest=False) for match in now]
        meant = {before.segment_id, *before.rivals, *(m.segment_id for m in now)}
        self.touched |= meant | {m.segment_id for m in self.segments if not meant.isdisjoint(m.rivals)}
        self.segments.sort(key=lambda m: m.span.start_s)
        return True

    def add(self, match: SegmentMatch) -> bool:
        self.segments.append(match)
        return self.put(len(self.segments) - 1, match)


def _away(span: Span, at_s: float) -> float:
    return max(span.start_s - at_s, at_s - span.end_s, 0.0)


def _add_segment(reading: Reading, event: e.AddSegment) -> bool:
    return reading.add(SegmentMatch(event.segment, Span(event.start_s, event.end_s), CERTAIN))


def _move_segment(reading: Reading, event: e.MoveSegment) -> bool:
    """What lies outside the new span does not belong to the segment any more."""
    if (k := reading.find(event.segment, event.at_s)) is None:
        return False
    span = Span(event.start_s, event.end_s)
    return reading.put(k, _within(reading.segments[k], span, reading.segments[k].segment_id))


def _delete_segment(reading: Reading, event: e.DeleteSegment) -> bool:
    k = reading.find(event.segment, event.at_s)
    return k is not None and reading.put(k)


def _split_segment(reading: Reading, event: e.SplitSegment) -> bool:
    if (k := reading.find(event.segment, event.at_s)) is None:
        return False
    match = reading.segments[k]
    if not match.span.start_s < event.cut_s < match.span.end_s:
        return False
    halves = (Span(match.span.start_s, event.cut_s), Span(event.cut_s, match.span.end_s))
    return reading.put(k, *(_within(match, half, match.segment_id) for half in halves))


def _rename_segment(reading: Reading, event: e.RenameSegment) -> bool:
    """The motions stay; how well they fit was measured against another path, so that is not known any more."""
    if (k := reading.find(event.segment, event.at_s)) is None:
        return False
    match = reading.segments[k]
    reading.renamed.add(event.to)
    return reading.put(k, replace(match, segment_id=event.to, confidence=CERTAIN))


def _within(match: SegmentMatch, span: Span, segment: str) -> SegmentMatch:
    """The segment with another span; an act belongs to it where its middle does."""

    def inside(acts: Iterable[A]) -> tuple[A, ...]:
        return tuple(a for a in acts if span.start_s <= (a.span.start_s + a.span.end_s) / 2 < span.end_s)

    return SegmentMatch(segment, span, CERTAIN, inside(match.repetitions), inside(match.holds))


# ---------------------------------------------------------------------- repetitions and presses


def _edit(
    reading: Reading,
    segment: str,
    at_s: float,
    change: Callable[[SegmentMatch], SegmentMatch | None],
) -> bool:
    if (k := reading.find(segment, at_s)) is None or (now := change(reading.segments[k])) is None:
        return False
    spans = [now.span, *(r.span for r in now.repetitions), *(h.span for h in now.holds)]
    span = Span(min(s.start_s for s in spans), max(s.end_s for s in spans))
    return reading.put(k, replace(now, span=span, confidence=CERTAIN))


def _sorted(acts: Iterable[A]) -> tuple[A, ...]:
    return tuple(sorted(acts, key=lambda a: a.span.start_s))


def _nearest(acts: Iterable[A], at_s: float) -> A | None:
    away = sorted(acts, key=lambda a: (_away(a.span, at_s), abs((a.span.start_s + a.span.end_s) / 2 - at_s)))
    return away[0] if away and _away(away[0].span, at_s) <= NEAR_S else None


def _add_repetition(reading: Reading, event: e.AddRepetition) -> bool:
    new = Repetition(Span(event.start_s, event.end_s), event.hand, event.whole)
    reading.drawn.add(event.segment)
    return _edit(
        reading,
        event.segment,
        event.start_s,
        lambda m: replace(m, repetitions=_sorted((*m.repetitions, new))),
    )


def _on_repetition(
    reading: Reading, segment: str, at_s: float, change: Callable[[Repetition], tuple[Repetition, ...]]
) -> bool:
    def edit(match: SegmentMatch) -> SegmentMatch | None:
        meant = _nearest(match.repetitions, at_s)
        if meant is None:
            return None
        rest = [r for r in match.repetitions if r is not meant]
        return replace(match, repetitions=_sorted((*rest, *change(meant))))

    return _edit(reading, segment, at_s, edit)


def _move_repetition(reading: Reading, event: e.MoveRepetition) -> bool:
    span = Span(event.start_s, event.end_s)

    def moved(before: Repetition) -> tuple[Repetition, ...]:
        returned = before.returned_s
        shift = None if returned is None else max(span.end_s, returned + span.end_s - before.span.end_s)
        return (replace(before, span=span, returned_s=shift),)

    return _on_repetition(reading, event.segment, event.at_s, moved)


def _change_repetition(reading: Reading, event: e.ChangeRepetition) -> bool:
    return _on_repetition(
        reading, event.segment, event.at_s, lambda r: (replace(r, hand=event.hand, whole=event.whole),)
    )


def _delete_repetition(reading: Reading, event: e.DeleteRepetition) -> bool:
    return _on_repetition(reading, event.segment, event.at_s, lambda _: ())


def _split_repetition(reading: Reading, event: e.SplitRepetition) -> bool:
    def halves(one: Repetition) -> tuple[Repetition, ...]:
        if not one.span.start_s < event.cut_s < one.span.end_s:
            return (one,)
        first = replace(one, span=Span(one.span.start_s, event.cut_s), returned_s=None)
        return first, replace(one, span=Span(event.cut_s, one.span.end_s))

    reading.drawn.add(event.segment)
    return _on_repetition(reading, event.segment, event.at_s, halves)


def _add_hold(reading: Reading, event: e.AddHold) -> bool:
    new = Hold(event.point, Span(event.start_s, event.end_s), event.hand)
    return _edit(reading, event.segment, event.start_s, lambda m: replace(m, holds=_sorted((*m.holds, new))))


def _on_hold(
    reading: Reading, event: e.MoveHold | e.RenameHold | e.DeleteHold, change: Callable[[Hold], tuple[Hold, ...]]
) -> bool:
    def edit(match: SegmentMatch) -> SegmentMatch | None:
        meant = _nearest([h for h in match.holds if h.point == event.point], event.at_s)
        if meant is None:
            return None
        rest = [h for h in match.holds if h is not meant]
        return replace(match, holds=_sorted((*rest, *change(meant))))

    return _edit(reading, event.segment, event.at_s, edit)


def _move_hold(reading: Reading, event: e.MoveHold) -> bool:
    """The trainer knows how long it was."""
    return _on_hold(reading, event, lambda h: (replace(h, span=Span(event.start_s, event.end_s), perhaps_s=0.0),))


def _rename_hold(reading: Reading, event: e.RenameHold) -> bool:
    """The trainer knows where it was."""
    return _on_hold(reading, event, lambda h: (replace(h, point=event.to, off=0.0, perhaps="", neighbour=""),))


def _delete_hold(reading: Reading, event: e.DeleteHold) -> bool:
    return _on_hold(reading, event, lambda _: ())


_CHANGES: dict[type, Callable[..., bool]] = {
    e.AddSegment: _add_segment,
    e.MoveSegment: _move_segment,
    e.DeleteSegment: _delete_segment,
    e.SplitSegment: _split_segment,
    e.RenameSegment: _rename_segment,
    e.AddRepetition: _add_repetition,
    e.MoveRepetition: _move_repetition,
    e.ChangeRepetition: _change_repetition,
    e.DeleteRepetition: _delete_repetition,
    e.SplitRepetition: _split_repetition,
    e.AddHold: _add_hold,
    e.MoveHold: _move_hold,
    e.RenameHold: _rename_hold,
    e.DeleteHold: _delete_hold,
}
