"""Tracks in a table, where the database is on another machine and its folder is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from coach.store import chunks, records
from coach.store.errors import told

if TYPE_CHECKING:
    from coach.store.base import Base

_HEAD = len(chunks.framed(b""))


class TableSink:
    """Appends chunks to the table; each is committed when :meth:`append` returns."""

    def __init__(self, store: Base, session: str) -> None:
        self._store, self._session = store, session
        self._number = store.connection.all("SELECT COUNT(*) AS n FROM chunks WHERE session = ?", session)[0]["n"]

    def append(self, framed: bytes) -> None:
        with told(self._store.place):
            self._store.connection.run(
                "INSERT INTO chunks (session, number, made, data) VALUES (?, ?, ?, ?)",
                self._session,
                self._number,
                records.now(),
                framed[_HEAD:],
            )
        self._number += 1

    def close(self) -> None:
        """Nothing is open."""


def last_written_s(store: Base, session: str) -> float:
    """When a chunk was last written, seconds since 1970; 0 where none was."""
    made = store.connection.all("SELECT MAX(made) AS made FROM chunks WHERE session = ?", session)[0]["made"]
    return 0.0 if made is None else datetime.fromisoformat(made).timestamp()


def table_chunks(store: Base, session: str) -> Iterator[bytes]:
    """The chunks' bytes in order."""
    number = 0
    while True:
        with told(store.place):
            sql = "SELECT data FROM chunks WHERE session = ? AND number = ?"
            found = store.connection.all(sql, session, number)
        if not found:
            return
        yield bytes(found[0]["data"])
        number += 1
