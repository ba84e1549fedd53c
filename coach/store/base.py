"""What all of the store stands on: a connection for each thread, the files, and faults told plainly."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from coach.domain import InputError
from coach.protocol import Protocol
from coach.store import people
from coach.store.database import Connection, PostgresConnection, SqliteConnection, select
from coach.store.errors import told
from coach.store.folder import Folder, is_id
from coach.store.migrate import migrate
from coach.store.tables import SESSIONS, Record, Table

DATABASE = "coach.db"


class Base:
    """An open store. Threads may share it."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder, self.url = folder, url
        self.files = Folder(folder)
        self._own = threading.local()
        self._all: list[Connection] = []
        self._lock = threading.Lock()
        self._rules: dict[str, Protocol] = {}
        try:
            with self.told_here():
                self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        """Brings an older store up to date."""
        migrate(self.connection, self.place)

    @property
    def place(self) -> str:
        """Where the store is, for people; without a password."""
        return str(self.folder / DATABASE) if self.url is None else "PostgreSQL"

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.told_here(), self.connection.writing():
            yield self.connection

    @contextlib.contextmanager
    def told_here(self) -> Iterator[None]:
        with told(self.place):
            yield

    @property
    def connection(self) -> Connection:
        """This thread's own."""
        found: Connection | None = getattr(self._own, "connection", None)
        if found is None:
            found = SqliteConnection(self.database) if self.url is None else PostgresConnection(self.url)
            self._own.connection = found
            with self._lock:
                self._all.append(found)
        return found

    def check_id(self, session: str) -> None:
        if not is_id(session):
            raise InputError("session_missing", id=session[:60])

    def record(self, session: str) -> Record:
        """:raises InputError: session_missing"""
        with self.told_here():
            return self.record_of(self.connection, session)

    def record_of(self, connection: Connection, session: str) -> Record:
        self.check_id(session)
        found = select(connection, SESSIONS, "id", [session])
        if not found:
            raise InputError("session_missing", id=session)
        return found[0]

    def latest(self, connection: Connection, session: str) -> str:
        found = connection.all("SELECT id FROM results WHERE session = ? ORDER BY made DESC, id DESC LIMIT 1", session)
        return str(found[0]["id"]) if found else ""

    def note(self, session: str, table: Table, record: Record) -> None:
        if self.url is None:
            self.files.note(session, table.name, record)

    def note_people(self, connection: Connection) -> None:
        if self.url is None:
            self.files.write_people(people.all_of(connection))

    def leave(self) -> None:
        """Closes this thread's own connection: a thread that ends leaves its files open, as long as the store is."""
        found: Connection | None = getattr(self._own, "connection", None)
        if found is not None:
            del self._own.connection
            with self._lock:
                self._all.remove(found)
            found.close()

    def close(self) -> None:
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._own = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
