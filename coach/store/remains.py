"""Taking a session away whole, and showing that nothing of it is left.

Its rows go in one transaction with a tombstone; the files, which that owes, after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import InputError
from coach.store import owed, people, search, tombstones
from coach.store.base import Base
from coach.store.database import Connection
from coach.store.errors import told
from coach.store.tables import APPENDED, STANDINGS, TOMBSTONES

_TABLES = (*(table.name for table in (*APPENDED, STANDINGS)), "chunks")


def delete(store: Base, session: str) -> None:
    """Takes a session away: its rows, its files, or whichever of the two there are.

    :raises InputError: session_missing
    """
    if not traces_of_files(store, session) and session not in store.files.going():
        store.record(session)  # says that there is no such session
    try:
        _delete(store, session)
    except InputError as error:
        if error.key != "store_full":
            raise
        # What is to go makes the room that is needed to note that it is gone. The folder's new name tells what was
        # begun, should that fail or the program be ended now.
        store.files.set_aside(session)
        store.files.empty_aside(session)
        _delete(store, session)
    forget(store)


def _delete(store: Base, session: str, buried: bool = True) -> None:
    with store.writing() as connection:
        remove(store, connection, session, buried)
        store.note_people()


def remove(store: Base, connection: Connection, session: str, buried: bool = True) -> None:
    """Within a transaction: the session's rows; its files are owed."""
    owed.forget(connection, session)
    kader = connection.all("SELECT person FROM sessions WHERE id = ?", session)
    for table in _TABLES:
        connection.run(f"DELETE FROM {table} WHERE session = ?", session)
    connection.run("DELETE FROM sessions WHERE id = ?", session)
    for row in kader:  # a person who is in no session any more is not kept either
        people.left(connection, row["person"])
    if buried:
        store.note("", TOMBSTONES, tombstones.bury(connection, "session", session))
    if store.files.folder_of(session) is not None or session in store.files.going():
        store.owe(session, owed.ERASE)


def discard(store: Base, session: str) -> None:
    """Takes a session away that was only begun: nobody else can have it, so that no tombstone is needed."""
    _delete(store, session, buried=False)
    forget(store)


def forget(store: Base) -> None:
    """SQLite writes zeros over what was deleted; the write-ahead log still has it until it is emptied."""
    if store.url is None:
        with told(store.place):
            store.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")


def traces(store: Base, session: str) -> tuple[str, ...]:
    """Tables and files in which the session's id is still to be found, the raw bytes of the database among them."""
    return (*_in_tables(store, session), *traces_of_files(store, session), *_in_bytes(store, session))


def _in_tables(store: Base, session: str) -> Iterator[str]:
    with told(store.place):
        for name, column in (("sessions", "id"), *((name, "session") for name in (*_TABLES, "owed"))):
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
