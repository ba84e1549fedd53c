"""The session list, and what a page of the trainer's side is told at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from coach import __version__, archive
from coach.domain import InputError
from coach.messages import LANGS, safety_ids, trainer_texts
from coach.store import Person
from coach.trainer import asking, blind
from coach.trainer.office import Office
from coach.web.practise_routes import demonstrations

Json = dict[str, Any]
_USUAL, _MOST = 50, 1000  # rows of a page


def about(office: Office) -> Json:
    """JSON-ready; words with their placeholders unfilled."""
    return {
        "software": f"coach {__version__}",
        "lang": office.lang,
        "version": __version__,
        "messages": {lang: dict(trainer_texts(lang)) for lang in LANGS},
        "protocols": office.shelf.listed(),
        "protocol": office.protocol,
        "choices": office.store.choices(),
        "people": people(office),
        "trainer": office.store.last_author(),
        "safety": list(safety_ids()),
        "demonstrations": {segment: f"/demonstrations/{file.name}" for segment, file in demonstrations().items()},
    }


def sessions(office: Office, query: Mapping[str, str]) -> Json:
    """A page of the list, newest first.

    With ``blind=1`` and a ``rater``, sessions that this one may still rate blind are without their scores.

    :raises InputError: usage_day, query_bad
    """
    asked = asking.sessions_filter(query)
    limit, offset = asking.whole(query, "limit", _USUAL, _MOST), asking.whole(query, "offset", 0, 10**9)
    page = office.store.sessions(asked, limit, offset)
    names = archive.names(office.store)
    rows = [asdict(row) | {"name": names.get(row.kader, "")} for row in page.rows]
    if query.get("blind") == "1":
        seen = office.store.seen_by(asking.word(query, "rater"), [row["id"] for row in rows])
        rows = [row if row["id"] in seen else blind.row(row) for row in rows]
    return {"total": page.total, "rows": rows}


def people(office: Office) -> list[Json]:
    return [asdict(person) for person in office.store.people()]


def put_person(office: Office, code: str, body: Any) -> list[Json]:
    """:raises InputError: query_bad, body_bad, store_…"""
    given = asking.fields(body)
    role = asking.word(given, "role") or "kader"
    if role not in ("kader", "trainer") or not asking.word({"code": code}, "code"):
        raise InputError("query_bad", name="role" if code.strip() else "code")
    name, posyandu = asking.word(given, "name"), asking.word(given, "posyandu")
    office.store.put_person(Person(code.strip(), name, role, posyandu))
    return people(office)
