"""Who is who: a person has an id that is made once, and a code, which is a label that people type.

Two laptops give their codes without asking each other, so that one code may be two persons, and one person may have an
id on each: the ids that mean a person whom this store knows are her own and her aliases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.domain import InputError
from coach.store import listing, records
from coach.store.database import Connection, insert, put, select
from coach.store.model import Person
from coach.store.tables import ALIASES, PEOPLE, SESSIONS, Record

# Where a person is referred to: one who was learned from a session and is in none of these any more is not kept.
HOLDERS = (("sessions", "person"), ("entries", "subject"))


def with_code(connection: Connection, code: str) -> Record | None:
    found = select(connection, PEOPLE, "code", [code])
    return found[0] if found else None


def with_id(connection: Connection, ids: Sequence[str]) -> Record | None:
    """The person whom one of the ids means, her own or an alias."""
    found = select(connection, PEOPLE, "id", list(ids))
    if not found:
        owners = [alias["person"] for alias in select(connection, ALIASES, "id", list(ids))]
        found = select(connection, PEOPLE, "id", owners)
    return found[0] if found else None


def aliases(connection: Connection, person: str) -> list[Record]:
    """How other laptops know her."""
    return select(connection, ALIASES, "person", [person])


def also(connection: Connection, person: str) -> list[str]:
    """The ids that mean her beside her own."""
    return [alias["id"] for alias in aliases(connection, person) if alias["id"] != person]


def enrolled(connection: Connection, code: str, posyandu: str) -> str:
    """The id of the person with this code; she is added where she is not known. Empty for no code."""
    if not code:
        return ""
    found = with_code(connection, code)
    if found is not None:
        return str(found["id"])
    record = {"id": records.new_id(), "code": code, "name": "", "role": "kader", "posyandu": posyandu}
    insert(connection, PEOPLE, record)
    return str(record["id"])


def kept(connection: Connection, person: Person) -> tuple[Record, list[Record]]:
    """Adds a person, or takes the place of the one with this id, or without one, this code.

    :returns: her record, and those of her sessions, where her code has changed
    :raises InputError: person_code_taken, person_missing
    """
    same = with_code(connection, person.code)
    before = with_id(connection, [person.id]) if person.id else same
    if person.id and before is None:
        raise InputError("person_missing", id=person.id[:60])
    if same is not None and before is not None and same["id"] != before["id"]:
        raise InputError("person_code_taken", code=person.code)
    number = records.new_id() if before is None else str(before["id"])
    record = {"code": person.code, "name": person.name, "role": person.role, "posyandu": person.posyandu, "id": number}
    put(connection, PEOPLE, record)
    if before is None or before["code"] == person.code:
        return record, []
    return record, recoded(connection, number, person.code)


def recoded(connection: Connection, person: str, code: str) -> list[Record]:
    """Her sessions under her new code, as it is written in them so that lists need not join."""
    changed = [one | {"kader": code} for one in select(connection, SESSIONS, "person", [person])]
    connection.run("UPDATE sessions SET kader = ? WHERE person = ?", code, person)
    return changed


def left(connection: Connection, person: str) -> None:
    """Takes a kader away whom nothing refers to any more."""
    held = " ".join(f"AND NOT EXISTS (SELECT 1 FROM {t} WHERE {t}.{c} = people.id)" for t, c in HOLDERS)
    connection.run(f"DELETE FROM people WHERE id = ? AND role = 'kader' {held}", person)


def names_of(connection: Connection, codes: Iterable[str]) -> list[Record]:
    """The records of those of the codes that are known."""
    wanted = sorted(set(codes) - {""})
    return [found for lot in listing.in_lots(wanted) for found in select(connection, PEOPLE, "code", lot)]


def all_of(connection: Connection) -> list[Record]:
    """Everybody with her aliases, in order of the codes."""
    others: dict[str, list[Record]] = {}
    for alias in connection.all("SELECT * FROM aliases ORDER BY id"):
        others.setdefault(alias["person"], []).append(ALIASES.record(alias))
    everybody = map(PEOPLE.record, connection.all("SELECT * FROM people ORDER BY code"))
    return [one | {"aliases": others.get(one["id"], [])} for one in everybody]


def restored(connection: Connection, kept: Iterable[Record]) -> None:
    """Puts people back as :func:`all_of` told them; an older coach's have no ids."""
    for one in kept:
        put(connection, PEOPLE, one | {"id": one.get("id") or records.new_id()})
        for alias in one.get("aliases", ()):
            put(connection, ALIASES, alias)


def rejoined(connection: Connection) -> None:
    """Gives sessions out of an older coach's journals their person, by the code, and their day."""
    connection.run("UPDATE sessions SET held = created WHERE held = ''")
    for code, posyandu in [
        (r["kader"], r["posyandu"])
        for r in connection.all(
            "SELECT kader, MIN(posyandu) AS posyandu FROM sessions WHERE person = '' AND kader <> '' GROUP BY kader"
        )
    ]:
        person = enrolled(connection, code, posyandu)
        connection.run("UPDATE sessions SET person = ? WHERE person = '' AND kader = ?", person, code)
