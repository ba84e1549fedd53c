"""One visit, with the film or live session that belongs to it: what the form is filled in from."""

from __future__ import annotations

from typing import Any

from coach.domain import InputError
from coach.programme import State
from coach.programme.bodies import Mother, Person, Visit
from coach.programme.visiting import from_items
from coach.store import Filter
from coach.store.model import SessionRow
from coach.trainer.programme.desk import ProgrammeDesk

Json = dict[str, Any]
MOST = 20  # sessions to choose from


def visit(desk: ProgrammeDesk, id_: str) -> Json:
    """:raises InputError: programme_visit_missing, store_…"""
    state = desk.state
    held = state.all(Visit).get(id_)
    if held is None:
        raise InputError("programme_visit_missing")
    body = held.body
    kader, mother = state.get(Person, body.kader), state.get(Mother, body.mother)
    code = kader.code if kader else ""
    return {
        "id": id_,
        "code": code,
        "mother": mother.code if mother else "",
        "ordinal": body.ordinal,
        "screening": dict(body.screening),
        "form": body.form,
        "observer": body.observer,
        "minutes": body.minutes,
        "session": _session(desk, body.session) if body.session else None,
        "sessions": [_row(row) for row in _free(desk, state, code, id_)],
    }


def _free(desk: ProgrammeDesk, state: State, code: str, visit_: str) -> list[SessionRow]:
    """Sessions of the kader that are no other visit's, the newest first."""
    if not code:
        return []
    taken = {held.body.session for held in state.all(Visit).values() if held.id != visit_}
    rows = desk.office.store.sessions(Filter(kader=code, state="finished"), MOST, 0).rows
    return [row for row in rows if row.id not in taken and row.source != "sample" and not row.segment]


def _row(row: SessionRow) -> Json:
    return {"id": row.id, "when": row.held or row.created, "mode": row.mode, "percent": row.percent}


def _session(desk: ProgrammeDesk, id_: str) -> Json:
    """Its points as the form has them; none while it is filmed or reviewed, or where it was deleted."""
    found = list(desk.office.store.lines([id_]))
    if not found or found[0][0].state != "finished":
        return {"id": id_, "ready": False, "percent": None, "ratings": {}, "manual": {}}
    row, items, _ = found[0]
    protocol = desk.protocol
    manual = {one.id: items[one.id] for one in protocol.manual if items.get(one.id) is not None}
    ratings = from_items(items, [segment.id for segment in protocol.segments])
    return {"id": id_, "ready": True, "percent": row.percent, "ratings": ratings, "manual": manual}
