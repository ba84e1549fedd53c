"""What the system, SQLite or PostgreSQL complain about, as what a person can do about it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator

from coach.domain import InputError
from coach.why import why

_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
    sqlite3.SQLITE_CANTOPEN: "store_unreadable",
    sqlite3.SQLITE_IOERR: "store_unreadable",
}
# Some of the failures to read or write mean a full disk: the file that writers share could not grow.
_FULL = {sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMOPEN}
_OF_WHY = {
    "disk_full": "store_full",
    "read_only": "store_read_only",
    "no_permission": "store_read_only",
    "in_use": "store_locked",
}
_OF_POSTGRES = {"53100": "store_full", "25006": "store_read_only", "42501": "store_read_only", "55P03": "store_locked"}


@contextlib.contextmanager
def told(place: str) -> Iterator[None]:
    """Turns the faults of a place into InputErrors: store_full, store_read_only, store_locked, store_corrupt, …"""
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(_key_of_sqlite(error), path=place, folder=os.path.dirname(place)) from error
    except OSError as error:
        raise InputError(_OF_WHY.get(why(error), "store_unreadable"), path=place) from error
    except Exception as error:
        state = getattr(error, "sqlstate", "")  # of psycopg, which need not be installed
        if type(error).__module__.split(".")[0] != "psycopg":
            raise
        raise InputError(_OF_POSTGRES.get(state or "", "store_unreachable"), path=place) from error


def _key_of_sqlite(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # ours: a mistake in the program
        raise error
    if code in _FULL:
        return "store_full"
    key = _OF_SQLITE.get(code & 0xFF)
    if key is None:
        raise error
    return key
