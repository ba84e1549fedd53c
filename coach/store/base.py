"""What all of the store stands on: a connection for each thread, the files, and faults told plainly."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self, TypeAlias

from coach.domain import InputError
from coach.protocol import Protocol
from coach.store import owed
from coach.store.database import Connection, PostgresConnection, SqliteConnection, select
from coach.store.errors import told
from coach.store.folder import Folder, is_id
from coach.store.migrate import migrate
from coach.store.tables import SESSIONS, Record, Table

DATABASE = "coach.db"
Note: TypeAlias = tuple[str, Table, Record]  # a line for the journal of a session


class Base:
    """An open store. Threads may share it."""

    def __init__(self, folder: Path, url: str | None = None, sweeps: bool = True) -> None:
        """:param sweeps: finishes at the start what was broken off, or takes it away"""
        self.folder, self.url, self._sweeps = folder, url, sweeps
        self.files = Folder(folder, remote=url is not None)
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
        if migrate(self.connection, self.place):
            with self.writing():
                self.note_people()

    @property
    def place(self) -> str:
        """Where the store is, for people; without a password."""
        return str(self.folder / DATABASE) if self.url is None else "PostgreSQL"

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A change, whole or not at all; what it owes in files is done when this is left.

        :raises InputError: store_…; what the files refuse, once the change itself is kept, is done later
        """
        with self.told_here():
            self._own.owes = False
            with self.connection.writing():
                yield self.connection
        if self._own.owes:
            self.settle()

    def settle(self) -> None:
        """Does what changes owe in files. Raises InputError where pictures could not be taken away, or files in."""
        with self.told_here():
            refused = owed.settled(self.connection, self.files, owed.place(self.folder, self.url))
        if refused is not None:
            raise refused

    def owes_from(self, folder: Path) -> bool:
        """Whether a change that is kept waits for a file of this folder; or nobody can tell."""
        try:
            with self.told_here():
                return owed.waits(self.connection, owed.place(self.folder, self.url), folder.name)
        except InputError:
            return True

    def owe(self, session: str, work: str, data: object = None) -> None:
        """Notes in this thread's transaction what it owes in files."""
        where = owed.place(self.folder, self.url, make=True)
        owed.owe(self.connection, where, session, work, data)
        self._own.owes = True

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

    def note_all(self, notes: Sequence[Note]) -> None:
        """As :meth:`note`, of many."""
        if self.url is None and notes:
            where = owed.place(self.folder, self.url, make=True)
            owed.owe_all(
                self.connection, where, [(session, owed.NOTE, [table.name, record]) for session, table, record in notes]
            )
            self._own.owes = True

    def note(self, session: str, table: Table, record: Record) -> None:
        """A line in the session's journal, or without a session in the store's."""
        if self.url is None:
            self.owe(session, owed.NOTE, [table.name, record])

    def note_people(self) -> None:
        """The people's list beside the database, as they stand after this change."""
        if self.url is None:
            self.owe("", owed.PEOPLE)

    @contextlib.contextmanager
    def unfinished(self, part: Path) -> Iterator[None]:
        """While a file is written that may hold pictures, anywhere: were it broken off, the next start erases it."""
        where = ""
        with contextlib.suppress(InputError), self.told_here():  # a full disk must not keep anybody from taking out
            where = owed.place(self.folder, self.url, make=True)
            with self.connection.writing():
                owed.owe(self.connection, where, "", owed.PART, str(part.absolute()))
        try:
            yield
        finally:
            with contextlib.suppress(InputError), self.told_here(), self.connection.writing(lasting=False):
                owed.written(self.connection, where, str(part.absolute()))

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
