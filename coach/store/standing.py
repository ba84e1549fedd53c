"""The score a session stands at: the machine's latest result with all corrections over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pydantic

from coach import reports
from coach.correct.events import Event, TickOutcome, event, standing
from coach.correct.fold import Corrected, corrected, flaw
from coach.domain import InputError
from coach.points import packed
from coach.protocol import Protocol
from coach.reports import Judged
from coach.score.scope import OUT
from coach.score.verdict import conclude
from coach.store.model import Json, Score, StoredSession


def check(data: Json) -> None:
    """:raises InputError: correction_bad"""
    try:
        event(data)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        what = ".".join(str(piece) for piece in first["loc"]) or "do"
        raise InputError("correction_bad", field=what) from error


def score(session: StoredSession, rules: Callable[[str], Protocol | None]) -> Score | None:
    """None where there is no result yet.

    :param rules: the protocol with a digest, where it is kept
    """
    if not session.results:
        return None
    protocol = rules(session.results[-1].protocol_digest)
    if protocol is None or not session.corrections:
        return _untouched(session, protocol)
    found = as_corrected(session, protocol).session
    return _score(Judged(found.items, found.total, found.practice, found.verdict, found.scope), True, _machine(session))


def _untouched(session: StoredSession, protocol: Protocol | None) -> Score:
    """As the machine has it; under its rules, or where these are not here as it said itself."""
    found = reports.judged(session.results[-1].report)
    if protocol is not None:
        total, verdict = conclude(found.items, protocol, flaw(found.verdict), found.practice)
        found = replace(found, total=total, verdict=verdict, scope=found.scope or protocol.part_ids)
    return _score(found, False, _machine(session))


def as_corrected(session: StoredSession, protocol: Protocol) -> Corrected:
    """The session as it stands.

    :param protocol: the rules of its latest result
    """
    return corrected(reports.session(session.results[-1].report), protocol, events(session))


def events(session: StoredSession) -> list[tuple[str, Event]]:
    """Its corrections as events; what a later coach has added and this one does not know is left out."""
    return _known([(correction.id, correction.event) for correction in session.corrections])


def _known(made: list[tuple[str, Json]]) -> list[tuple[str, Event]]:
    found = []
    for name, data in made:
        try:
            found.append((name, event(data)))
        except pydantic.ValidationError:
            continue
    return found


def outcomes(made: list[tuple[str, Json]]) -> dict[str, bool | None]:
    """What was ticked beside the score.

    :param made: (id, event) of a session's corrections
    """
    if not any(data.get("do") == "tick_outcome" for _, data in made):
        return {}
    known = _known(made)
    return {e.outcome: e.yes for _, e in standing(known) if isinstance(e, TickOutcome)}


def _machine(session: StoredSession) -> dict[str, int | None]:
    return {item["id"]: item["points"] for item in session.results[-1].report["items"]}


def _score(found: Judged, touched: bool, machine: dict[str, int | None]) -> Score:
    total = found.total
    items = {item.item_id: item.points for item in found.items}
    stopped = found.practice is not None and found.practice.pain == "ended"
    figures = total.points, total.max_points, total.percent, total.passed, total.left_out
    own = packed(machine) if list(machine) == list(items) else ""
    return Score(*figures, items, touched, stopped, found.verdict.state, _scope(found), own)


def _scope(found: Judged) -> str:
    """The parts that are rated, where they are not all."""
    left_out = any(item.reason.key == OUT for item in found.items)
    return " ".join(found.scope) if left_out else ""
