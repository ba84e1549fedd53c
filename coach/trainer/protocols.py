"""Protocols looked at, changed and kept; and what a trainer's demonstration would make of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from coach import archive
from coach.demonstrate.proposal import Proposal
from coach.domain import HANDS, InputError, Span
from coach.protocol import Segment, parse
from coach.protocol.check import ProtocolError, check
from coach.protocol.edit import Change, edited
from coach.protocol.numbers import numbers as numbers_of
from coach.trainer import asking
from coach.trainer.diagram import described, rounded, target
from coach.trainer.office import Office
from coach.trainer.words import mistakes
from coach.web.calls import Content

Json = dict[str, Any]
MOST_CHANGES, DEEPEST, MOST_VALUES = 2000, 8, 500
LARGEST = 4_000_000  # bytes of a call that carries a whole file


def text(office: Office, name: str) -> Content:
    """:raises InputError: protocol_missing, protocol_unreadable"""
    return Content(office.shelf.text(name), "text/plain; charset=utf-8")


def numbers(office: Office, name: str) -> list[Json]:
    """:raises InputError: protocol_missing, protocol_bad"""
    office.shelf.rules(name)
    return numbers_of(office.shelf.text(name))


def checked(body: Any) -> Json:
    """All the mistakes of a file's text. Raises InputError body_bad."""
    given = asking.fields(body).get("text")
    if not isinstance(given, str):
        raise InputError("body_bad")
    data = given.encode("utf-8", "replace")
    problems = check(data)
    return {"mistakes": mistakes(ProtocolError("", problems)) if problems else []}


def save(office: Office, body: Any) -> Json:
    """Writes a changed file into the data folder's own protocols, comments kept; returns its entry in the list.

    :param body: {base: file, or session: id whose protocol it is; changes: [[place, value], …] or text; version; name}
    :raises InputError: protocol_bad with all mistakes, protocol_place, protocol_name, protocol_name_taken, …
    """
    given = asking.fields(body)
    version, name = asking.word(given, "version"), asking.word(given, "name")
    data = _changed(_base(office, given), given, version, name)
    rules = parse(data)
    name = name or re.sub(r"[^a-z0-9]+", "-", f"{rules.id}-{rules.version}".lower()).strip("-")[:60]
    office.shelf.save(name, data)
    return next(one for one in office.shelf.listed() if one["file"] == name)


def _base(office: Office, given: Any) -> bytes:
    session = asking.word(given, "session")
    if not session:
        return office.shelf.text(asking.word(given, "base"))
    found = office.store.protocol_file(office.store.session(session).row.protocol_digest)
    if found is None:
        raise InputError("session_no_result", id=session)
    return found


def _changed(data: bytes, given: Any, version: str, name: str) -> bytes:
    """:raises InputError: protocol_bad, protocol_place, query_bad"""
    whole = given.get("text")
    if isinstance(whole, str):
        data = whole.encode("utf-8", "replace")
        if problems := check(data):
            raise ProtocolError(name or "protocol", problems)
    changes = _changes(given.get("changes") or [])
    if version:
        changes.append((("version",), version))
    try:
        return edited(data, changes, name or "protocol")
    except (LookupError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise InputError("protocol_place") from error


def _changes(given: Any) -> list[Change]:
    """:raises InputError: query_bad"""
    fits = isinstance(given, list) and len(given) <= MOST_CHANGES
    if not fits or not all(isinstance(one, list) and len(one) == 2 and _is_place(one[0]) for one in given):
        raise InputError("query_bad", name="changes")
    if not all(is_value(value) for _, value in given):
        raise InputError("query_bad", name="changes")
    return [(tuple(place), value) for place, value in given]


def _is_place(place: Any) -> bool:
    """A name of its own is no number: with another id a file would speak of another step."""
    steps = isinstance(place, list) and 1 <= len(place) <= DEEPEST and place[-1] != "id"
    return steps and all(isinstance(step, str) or (type(step) is int and step >= 0) for step in place)


def is_value(value: Any, deep: int = 0) -> bool:
    """What a file of ours may hold at one place, and no more of it than a person writes."""
    if isinstance(value, list):
        return deep < 3 and len(value) <= MOST_VALUES and all(is_value(one, deep + 1) for one in value)
    if isinstance(value, dict):
        return deep < 3 and len(value) <= MOST_VALUES and all(is_value(one, deep + 1) for one in value.values())
    return isinstance(value, str | int | float)


# ---------------------------------------------------------------------- from a demonstration


def demonstrate(office: Office, body: Any) -> Json:
    """What a session, or a stretch of it, proposes for a segment; nothing is kept.

    :returns: {segment, protocol, shown: [{start_s, end_s, path}], changes: [[place, value], …], numbers, preview: the
        target as it would be, before: as it is}
    :raises InputError: session_missing, session_no_tracks, segment_missing, demonstration_…, query_bad
    """
    given = asking.fields(body)
    session, segment = asking.word(given, "session"), asking.word(given, "segment")
    proposal, file, changes = archive.demonstrated(office.store, session, segment, _span(given))
    try:
        before, after = parse(file), parse(edited(file, changes, segment))
    except ProtocolError as error:  # numbers that no protocol may have come of repetitions that are none
        raise InputError("demonstration_uneven", segment=segment) from error
    return {
        "segment": segment,
        "protocol": {"id": before.id, "version": before.version},
        "shown": _shown(proposal),
        "changes": [[list(place), value] for place, value in changes],
        "numbers": _numbers(file, changes),
        "preview": _targets(after.segment(segment)),
        "before": _targets(before.segment(segment)),
    }


def _span(given: Any) -> Span | None:
    start_s, end_s = asking.second(given, "from_s"), asking.second(given, "to_s")
    if start_s is None and end_s is None:
        return None
    if start_s is None or end_s is None or start_s >= end_s:
        raise InputError("usage_from_to")
    return Span(start_s, end_s)


def _shown(proposal: Proposal) -> list[Json]:
    """Places are as the right hand would have them, as in the protocol file."""
    return [
        {"start_s": one.span.start_s, "end_s": one.span.end_s, "path": rounded(one.places[~_unseen(one.places)])}
        for one in proposal.shown
    ]


def _unseen(places: Any) -> Any:
    return places[:, 0] != places[:, 0]  # NaN


def _targets(segment: Segment) -> Json:
    return {hand: target(segment, hand, described(segment, hand)) for hand in HANDS}


def _numbers(file: bytes, changes: Sequence[Change]) -> list[Json]:
    """The numbers that would change, as they are now."""
    places = {tuple(place) for place, _ in changes}
    return [one for one in numbers_of(file) if any(tuple(one["place"][: len(p)]) == p for p in places)]
