"""Two performances of a segment beside each other: which moment of one belongs to which of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coach import archive
from coach.domain import SegmentMatch, Span
from coach.trainer import asking
from coach.trainer.diagram import segment_of
from coach.trainer.office import Office

Pairs = list[tuple[float, float]]


def align(office: Office, session: str, query: Mapping[str, str]) -> dict[str, Any]:
    """{pairs: [[t of this, t of the other], …]}, growing in both; between two pairs time runs evenly.

    Repetition stands beside repetition, press beside the press of the same point. Empty where one was not done.

    :raises InputError: session_missing, session_no_result, segment_missing
    """
    segment = asking.word(query, "segment")
    other = asking.word(query, "other_segment") or segment
    here = _matches(office, session, segment)
    there = _matches(office, asking.word(query, "other"), other)
    return {"pairs": [list(pair) for pair in pairs(here, there)]}


def _matches(office: Office, session: str, segment: str) -> list[SegmentMatch]:
    stands, rules = archive.stands(office.store, office.store.session(session))
    segment_of(rules, segment)
    return [m for m in stands.session.segments if m.segment_id == segment]


def pairs(here: Sequence[SegmentMatch], there: Sequence[SegmentMatch]) -> Pairs:
    """The moments that belong together, both growing."""
    if not here or not there:
        return []
    beside = list(zip(_repetitions(here), _repetitions(there), strict=False)) or _presses(here, there)
    beside = beside or [(here[0].span, there[0].span)]
    found: Pairs = []
    for one, other in beside:
        for pair in ((one.start_s, other.start_s), (one.end_s, other.end_s)):
            if not found or (pair[0] > found[-1][0] and pair[1] > found[-1][1]):
                found.append(pair)
    return found


def _repetitions(matches: Sequence[SegmentMatch]) -> list[Span]:
    return sorted((r.span for m in matches for r in m.whole), key=lambda span: span.start_s)


def _presses(here: Sequence[SegmentMatch], there: Sequence[SegmentMatch]) -> list[tuple[Span, Span]]:
    """Both hands may press at once: each point once, in the order of this session."""
    others = {hold.point: hold.span for m in reversed(there) for hold in m.holds}
    own = sorted((hold for m in here for hold in m.holds), key=lambda hold: hold.span.start_s)
    return [(hold.span, others[hold.point]) for hold in own if hold.point in others]
