"""The roster's people as those of the sessions, and what they practised: one person, one id, in both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.store import course, listing, people, tombstones
from coach.store.database import Connection, insert, put, select
from coach.store.model import About, Consent, Person
from coach.store.tables import PEOPLE, STANDINGS, TOMBSTONES

if TYPE_CHECKING:
    from coach.store.adding import Adding
    from coach.store.base import Base

_COUNTS = f"state = 'finished' AND person <> '' AND {course.COUNTS}"


@dataclass(frozen=True, slots=True)
class PractisedRow:
    session: str
    person: str
    created: str
    mode: str
    percent: float | None
    passed: bool | None
    items: Mapping[str, int | None]  # points by item; of exams only


def enrol(store: Base, given: Sequence[Person]) -> None:
    """Makes the roster's people known under their ids; a code that another person has here is left to be settled."""
    if not given:
        return
    with store.writing() as connection:
        buried = tombstones.buried(connection, "person", [one.id for one in given])
        for one in given:
            if one.id not in buried:
                _enrol(connection, one)
        store.note_people()


def _enrol(connection: Connection, given: Person) -> None:
    mine, holder = people.with_id(connection, [given.id]), people.with_code(connection, given.code)
    record = {"code": given.code, "name": given.name, "role": given.role, "posyandu": given.posyandu}
    if mine is None:
        if holder is None:
            insert(connection, PEOPLE, record | {"id": given.id})
        return
    code = given.code if holder is None else str(mine["code"])
    kept = (
        mine
        | record
        | {"code": code, "name": given.name or mine["name"], "posyandu": given.posyandu or mine["posyandu"]}
    )
    put(connection, PEOPLE, kept)
    if code != mine["code"]:
        people.recoded(connection, str(mine["id"]), code)


def forget(store: Base, person: str) -> None:
    """Takes a person's name away, and herself where no session speaks of her; she does not come back."""
    with store.writing() as connection:
        if not select(connection, PEOPLE, "id", [person]):
            return
        store.note("", TOMBSTONES, tombstones.bury(connection, "person", person))
        connection.run("UPDATE people SET name = '' WHERE id = ?", person)
        held = connection.all("SELECT 1 AS found FROM sessions WHERE person = ? LIMIT 1", person)
        if not held:
            connection.run("DELETE FROM people WHERE id = ?", person)
        store.note_people()
    if store.url is None:  # the write-ahead log still has the name
        with store.told_here():
            store.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_mother(store: Adding, code: str, by: str) -> None:
    """Takes a mother's code off her sessions, and the pictures of her with it."""
    with store.told_here():
        found = [row["id"] for row in store.connection.all("SELECT id FROM sessions WHERE mother = ?", code)]
    for session in found:
        store.describe(session, About(mother=""))
        store.consent(session, Consent(withdrawn=True, by=by))


def ids_meant(store: Base) -> Mapping[str, str]:
    """Other laptops' ids of the same people → the ids here."""
    with store.told_here():
        return {row["id"]: row["person"] for row in store.connection.all("SELECT id, person FROM aliases")}


def practised(store: Base) -> list[PractisedRow]:
    """Every whole session of a known person, oldest first."""
    with store.told_here():
        sql = f"SELECT id, person, created, mode, percent, passed FROM sessions WHERE {_COUNTS} ORDER BY created, id"
        rows = store.connection.all(sql)
        exams = [row["id"] for row in rows if row["mode"] == "exam"]
        lots = (select(store.connection, STANDINGS, "session", lot) for lot in listing.in_lots(exams))
        items = {one["session"]: json.loads(one["items"]) for lot in lots for one in lot}
    return [
        PractisedRow(
            session=row["id"],
            person=row["person"],
            created=row["created"],
            mode=row["mode"],
            percent=row["percent"],
            passed=None if row["passed"] is None else bool(row["passed"]),
            items=items.get(row["id"], {}),
        )
        for row in rows
    ]
