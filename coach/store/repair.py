"""A damaged database built anew from the journals beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from coach.patience import patiently
from coach.store import entries, people
from coach.store.base import DATABASE
from coach.store.database import insert, put
from coach.store.errors import told
from coach.store.folder import overwrite
from coach.store.store import Store
from coach.store.tables import APPENDED, PROTOCOLS, TABLES

_GROWS = {table.name for table in (*APPENDED, PROTOCOLS)}
_DAMAGED = DATABASE + "-damaged"


def repair(folder: Path) -> int:
    """Sets the database aside, makes a new one from the sessions' journals, and only then removes the old one.

    :returns: the number of sessions that are in the new database
    :raises InputError: store_locked where a program has the database open, for what it writes would be lost with the
        old one; store_full, store_read_only, …. The old database is then in its place
    """
    database = folder / DATABASE
    with told(str(database)):
        _unused(database)
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


def _unused(database: Path) -> None:
    """:raises sqlite3.OperationalError: where a program has the database open: in WAL mode each holds a shared lock"""
    if not database.is_file():
        return
    with contextlib.closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise


def _rebuilt(folder: Path) -> int:
    with Store(folder) as store:
        with store.writing() as connection:
            people.restored(connection, store.files.people())
        for session in store.files.sessions():
            with store.writing() as connection:
                for name, record in store.files.journal(session):
                    (insert if name in _GROWS else put)(connection, TABLES[name], record)
        with store.writing() as connection:
            people.rejoined(connection)
            store.note_people(connection)
        entries.restore(store)
        return store.sessions(limit=0).total
