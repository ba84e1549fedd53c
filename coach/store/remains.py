"""Taking a session away whole, and showing that nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.store import people, search
from coach.store.errors import told
from coach.store.tables import APPENDED, STANDINGS

if TYPE_CHECKING:
    from coach.store.base import Base


def delete(store: Base, session: str) -> None:
    """Files first, which makes room on a full disk, then records.

    Were the program ended in between, the list still shows the session and a second call finishes.

    :raises InputError: session_missing
    """
    found = traces_of_files(store, session)
    if not found:
        store.record(session)  # says that there is no such session
    store.files.erase(session)
    with store.writing() as connection:
        kader = connection.all("SELECT person FROM sessions WHERE id = ?", session)
        for table in (*(t.name for t in (*APPENDED, STANDINGS)), "chunks"):
            connection.run(f"DELETE FROM {table} WHERE session = ?", session)
        connection.run("DELETE FROM sessions WHERE id = ?", session)
        for row in kader:  # a person who is in no session any more is not kept either
            people.left(connection, row["person"])
        store.note_people(connection)
    _forget(store)


def _forget(store: Base) -> None:
    """SQLite writes zeros over what was deleted; the write-ahead log still has it until it is emptied."""
    if store.url is None:
        with told(store.place):
            store.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")


def traces(store: Base, session: str) -> tuple[str, ...]:
    """Tables and files in which the session's id is still to be found, the raw bytes of the database among them."""
    return (*_in_tables(store, session), *traces_of_files(store, session), *_in_bytes(store, session))


def _in_tables(store: Base, session: str) -> Iterator[str]:
    with told(store.place):
        for name, column in (
            ("sessions", "id"),
            *((t.name, "session") for t in (*APPENDED, STANDINGS)),
            ("chunks", "session"),
        ):
            if store.connection.all(f"SELECT 1 AS found FROM {name} WHERE {column} = ? LIMIT 1", session):
                yield name


def traces_of_files(store: Base, session: str) -> tuple[str, ...]:
    folder = store.files.of(session)
    return tuple(str(file) for file in sorted(folder.rglob("*"))) or ((str(folder),) if folder.exists() else ())


def _in_bytes(store: Base, session: str) -> Iterator[str]:
    if store.url is not None:  # the server's files are not ours to read; its VACUUM takes deleted rows away
        return
    files = sorted(store.folder.glob(store.database.name + "*"))
    with told(store.place):
        yield from map(str, search.holding(files, session))
