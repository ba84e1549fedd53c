"""A damaged database built anew from the journals beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from coach.domain import InputError
from coach.patience import patiently
from coach.store import entries, people, tombstones
from coach.store.base import DATABASE
from coach.store.database import insert, put
from coach.store.erasing import overwrite
from coach.store.errors import told
from coach.store.migrate import steps
from coach.store.store import Store
from coach.store.tables import APPENDED, PROTOCOLS, TABLES, TOMBSTONES

_GROWS = {table.name for table in (*APPENDED, PROTOCOLS, TOMBSTONES)}
_DAMAGED = DATABASE + "-damaged"


def repair(folder: Path) -> int:
    """Sets the database aside, makes a new one from the sessions' journals, and only then removes the old one.

    :returns: the number of sessions that are in the new database
    :raises InputError: store_locked where a program has the database open, for what it writes would be lost with the
        old one; store_newer; store_full, store_read_only, …. The old database is then in its place
    """
    database = folder / DATABASE
    with told(str(database)):
        if _version(database) > len(steps()):
            raise InputError("store_newer", path=str(database))
    aside = {file: file.with_name(file.name.replace(DATABASE, _DAMAGED, 1)) for file in folder.glob(DATABASE + "*")}
    aside = {file: other for file, other in aside.items() if not file.name.startswith(_DAMAGED)}
    try:
        with told(str(database)):
            for file, other in aside.items():
                _move(file, other)
        number = _rebuilt(folder)
    except BaseException:
        for file, other in aside.items():
            if other.exists():
                _move(other, file)
        raise
    with told(str(database)):
        for file in folder.glob(_DAMAGED + "*"):
            overwrite(file)
            patiently(file.unlink)
    return number


def _move(file: Path, other: Path) -> None:
    patiently(lambda: file.replace(other))


def _version(database: Path) -> int:
    """Which coach made the database; 0 where it is too damaged to tell.

    :raises sqlite3.OperationalError: where a program has the database open: in WAL mode each holds a shared lock"""
    if not database.is_file():
        return 0
    with contextlib.closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            return int(alone.execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
    return 0


def _rebuilt(folder: Path) -> int:
    with Store(folder, sweeps=False) as store:
        with store.connection.writing():
            people.restored(store.connection, store.files.people())
            _replayed(store, "")
        for session in store.files.sessions():
            with store.connection.writing():
                if not tombstones.buried(store.connection, "session", [session]):
                    _replayed(store, session)
        with store.writing() as connection:
            people.rejoined(connection)
            store.note_people()
        entries.restore(store)
        number = store.sessions(limit=0).total
    Store(folder).close()  # sees to what was broken off
    return number


def _replayed(store: Store, session: str) -> None:
    """What this coach does not know, or cannot read, stays in the journal for one that does."""
    for name, record in store.files.journal(session):
        with contextlib.suppress(KeyError, TypeError, sqlite3.IntegrityError):
            (insert if name in _GROWS else put)(store.connection, TABLES[name], record)
