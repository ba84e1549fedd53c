"""One person or mother of the roster, opened to be corrected or taken away; and the roster as a table, in and out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from coach import rosters, tables_in
from coach.domain import InputError
from coach.programme import Body
from coach.programme.bodies import Consent, Mother, Name, Person, Qualification
from coach.programme.codes import is_whole, looks_own
from coach.programme.erasing import about
from coach.programme.people import codes
from coach.summary.lists import lines_csv, lines_xlsx
from coach.trainer import asking
from coach.trainer.papers import XLSX
from coach.trainer.programme.desk import ProgrammeDesk, today
from coach.trainer.programme.given import body_of, given_by
from coach.trainer.words import language
from coach.web.calls import Content

Json = dict[str, Any]
LARGEST = 8_000_000  # bytes of a call; the table in it is three quarters of that
_CSV = "text/csv; charset=utf-8"


def one(desk: ProgrammeDesk, id_: str) -> Json:
    """A person or a mother with all that can be corrected.

    :raises InputError: programme_nobody
    """
    state = desk.state
    for model in (Person, Mother):
        held = state.all(model).get(id_)
        if held is not None:
            name = state.get(Name, id_)
            return {
                "id": id_,
                "kind": model.kind,
                **held.body.model_dump(mode="json"),
                **(Name(name="-") if name is None else name).model_dump(),
                "name": "" if name is None else name.name,
                "qualifications": [
                    q.body.model_dump() for q in state.all(Qualification).values() if q.body.person == id_
                ],
                "consent": _consent(desk, id_),
                "entries": sum(id_ in about(entry) for entry in state.entries.values()),
            }
    raise InputError("programme_nobody")


def _consent(desk: ProgrammeDesk, id_: str) -> Json | None:
    """The last word on what she agreed to."""
    said = [held.body for held in desk.state.all(Consent).values() if held.body.giver == id_]
    return said[-1].model_dump(mode="json") if said else None


def change(desk: ProgrammeDesk, id_: str, body: Any) -> None:
    """Corrects a person or a mother; a field that is not there stays as it is.

    :raises InputError: programme_nobody, programme_field_bad, programme_code_bad, programme_code_taken,
        programme_no_author
    """
    given, author = given_by(body)
    known, entries = one(desk, id_), list[tuple[Body, str, str]]()
    model: type[Person] | type[Mother] = Person if known["kind"] == Person.kind else Mother
    before = desk.state.all(model)[id_]
    fields = before.body.model_dump() | {k: given[k] for k in model.model_fields if k in given}
    if isinstance(fields.get("roles"), list):
        fields["roles"] = tuple(fields["roles"])
    made = body_of(model, fields)
    _fits(desk, made.code, before.body.code, made.place)
    if made != before.body:
        entries.append((made, id_, before.entry.id))
    if model is Person and {"name", "telephone"} & given.keys():
        entries += _name(desk, id_, given)
    if entries:
        desk.register.add_all(entries, author)


def _fits(desk: ProgrammeDesk, code: str, before: str, place: str) -> None:
    """A code that is given by hand is nobody else's, and no slip of the pen."""
    if code == before:
        return
    if looks_own(code) and not is_whole(code):
        raise InputError("programme_code_bad", code=code)
    if code.upper() in {taken.upper() for taken in codes(desk.state, place)} - {before.upper()}:
        raise InputError("programme_code_taken", code=code)


def _name(desk: ProgrammeDesk, id_: str, given: Mapping[str, Any]) -> list[tuple[Body, str, str]]:
    """Her name and telephone; what was never there needs no entry."""
    held = desk.state.all(Name).get(id_)
    before = {} if held is None else held.body.model_dump()
    fields = before | {k: asking.word(given, k) for k in ("name", "telephone") if k in given}
    if fields == before or (held is None and not fields.get("name")):
        return []
    return [(body_of(Name, fields), id_, "" if held is None else held.entry.id)]


def qualify(desk: ProgrammeDesk, id_: str, body: Any) -> None:
    """A certificate that a person brought with her: a therapist's, a trainer's. Raises InputError."""
    given, author = given_by(body)
    one(desk, id_)
    names = ("what", "number", "issuer", "issued", "expires", "seen_by")
    fields = {name: given[name] for name in names if name in given}
    desk.register.add(body_of(Qualification, fields | {"person": id_}), author)


def agree(desk: ProgrammeDesk, id_: str, body: Any) -> None:
    """What she agreed to on paper, or took back by the slip; each word is kept, and the last one counts.

    :param body: {author, scopes, how, until, withdrawn}
    """
    given, author = given_by(body)
    one(desk, id_)
    withdrawn = asking.flag(given, "withdrawn")
    scopes = () if withdrawn else asking.names(given, "scopes", 7)
    fields = {name: given[name] for name in ("how", "until") if name in given}
    desk.register.add(body_of(Consent, fields | {"giver": id_, "scopes": scopes, "withdrawn": withdrawn}), author)


def erase(desk: ProgrammeDesk, id_: str, body: Any) -> Json:
    """Takes her away with all that is written of her, here at once and elsewhere with the next stick.

    :param body: {author, reason: withdrawn, mistake, double, past_term}
    """
    given, author = given_by(body)
    one(desk, id_)
    reason = asking.word(given, "reason") or "withdrawn"
    if reason not in ("withdrawn", "mistake", "double", "past_term"):
        raise InputError("programme_field_bad", name="reason")
    return {"number": desk.register.erase(id_, author, reason)}


# ------------------------------------------------------------------ tables


def table_in(desk: ProgrammeDesk, body: Any) -> Json:
    """What a table would bring; where ``take`` is true it is taken in, all of it or nothing.

    :param body: {author, name: of the file, data: its bytes in base 64, take}
    :raises InputError: table_…, roster_…, body_bad, programme_no_author
    """
    given, author = given_by(body)
    name, data = asking.word(given, "name"), given.get("data")
    try:
        file = base64.b64decode(data, validate=True) if isinstance(data, str) else None
    except binascii.Error:
        file = None
    if file is None:
        raise InputError("body_bad")
    take = asking.flag(given, "take")
    found = rosters.bring(desk.register, tables_in.parsed(file, name or "–"), author, take=take)
    told = {"new": found.new, "changed": found.changed, "same": found.same, "codes": list(found.codes)}
    return told | {"taken": take}


def table_out(desk: ProgrammeDesk, kind: str, query: Mapping[str, str]) -> Content:
    """The roster as csv or xlsx; names where they are asked for.

    :raises InputError: query_bad, usage_lang
    """
    if kind not in ("csv", "xlsx"):
        raise InputError("query_bad", name="kind")
    words = language(query.get("lang", desk.office.lang))
    lines = rosters.lines(desk.state, query.get("names") == "1")
    made = lines_csv(lines) if kind == "csv" else lines_xlsx({words.text("roster_title"): lines})
    return Content(made, _CSV if kind == "csv" else XLSX, f"coach-roster-{today()}.{kind}")
