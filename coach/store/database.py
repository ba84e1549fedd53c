"""One way to speak to SQLite and to PostgreSQL: the SQL both understand, with ``?`` for values."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from coach.domain import InputError
from coach.store.erasing import private
from coach.store.tables import Table

PATIENCE_S = 10.0  # how long a writer waits for another
_LOT = 200  # values of one question: SQLite takes 999
_ADVISORY = 0x636F616368  # any number will do, as long as every coach takes the same


class Connection(Protocol):
    """A connection of one thread."""

    def all(self, sql: str, *values: Any) -> list[Mapping[str, Any]]: ...

    def run(self, sql: str, *values: Any) -> int:
        """Runs a statement; returns how many rows it touched."""

    def run_all(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs a statement once with the values of each row."""

    def writing(self, lasting: bool = True) -> contextlib.AbstractContextManager[None]:
        """A transaction that waits for other writers at its beginning; rolled back if it is left by an exception.

        :param lasting: on the disk when it is left; else a loss of power may take it back, whole
        """

    def dialect(self, sql: str) -> str: ...

    def version(self) -> int: ...

    def set_version(self, version: int) -> None: ...

    def close(self) -> None: ...


class SqliteConnection:
    """SQLite in WAL mode; every commit reaches the disk, and what is deleted is overwritten."""

    def __init__(self, file: Path) -> None:
        if not file.exists():  # what SQLite makes itself is for all to read
            with contextlib.suppress(FileExistsError):
                private(file, "xb").close()
        self._db = sqlite3.connect(file, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        try:
            self._db.create_function("new_uuid", 0, lambda: str(uuid.uuid4()))
            for pragma in ("foreign_keys=ON", "secure_delete=ON", "journal_mode=WAL", "synchronous=FULL"):
                self._db.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            self._db.close()
            raise

    def all(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        return self._db.execute(sql, values).rowcount

    def run_all(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._db.executemany(sql, rows)

    @contextlib.contextmanager
    def writing(self, lasting: bool = True) -> Iterator[None]:
        self._db.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        finally:
            self._db.execute("PRAGMA synchronous=FULL")

    def dialect(self, sql: str) -> str:
        return sql

    def version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def set_version(self, version: int) -> None:
        self._db.execute(f"PRAGMA user_version={version}")

    def close(self) -> None:
        self._db.close()


class PostgresConnection:
    """PostgreSQL; the tables lie in the schema that the address names first."""

    def __init__(self, url: str) -> None:
        try:
            import psycopg  # noqa: PLC0415  an extra: few need it
            from psycopg.rows import dict_row  # noqa: PLC0415
        except ImportError as error:
            raise InputError("store_no_driver") from error
        self._db = psycopg.connect(url, autocommit=True, row_factory=dict_row, connect_timeout=int(PATIENCE_S))
        self._db.execute(f"SET lock_timeout = '{PATIENCE_S:.0f}s'")

    def all(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        return list(self._db.execute(self._spelt(sql), values).fetchall())

    def run(self, sql: str, *values: Any) -> int:
        return self._db.execute(self._spelt(sql), values).rowcount

    def run_all(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            with self._db.cursor() as cursor:
                cursor.executemany(self._spelt(sql), rows)

    @contextlib.contextmanager
    def writing(self, lasting: bool = True) -> Iterator[None]:
        with self._db.transaction():
            if not lasting:
                self._db.execute("SET LOCAL synchronous_commit = off")
            # As in SQLite one writer at a time: the store's writes are few and short, and none is ever lost.
            self._db.execute("SELECT pg_advisory_xact_lock(%s)", (_ADVISORY,))
            yield

    @staticmethod
    def _spelt(sql: str) -> Any:
        return sql.replace("?", "%s")

    def dialect(self, sql: str) -> str:
        return (
            sql.replace(" BLOB", " BYTEA")
            .replace("new_uuid()", "gen_random_uuid()::text")
            .replace(" INTEGER PRIMARY KEY", " BIGSERIAL PRIMARY KEY")
        )

    def version(self) -> int:
        if self.all("SELECT to_regclass('coach_version') AS found")[0]["found"] is None:
            return 0
        return int(self.all("SELECT MAX(version) AS version FROM coach_version")[0]["version"] or 0)

    def set_version(self, version: int) -> None:
        self._db.execute("CREATE TABLE IF NOT EXISTS coach_version (version INTEGER NOT NULL)")
        self._db.execute("INSERT INTO coach_version VALUES (%s)", (version,))

    def close(self) -> None:
        self._db.close()


def insert(connection: Connection, table: Table, record: Mapping[str, Any]) -> bool:
    """Adds a record unless one of its key is there; says whether it did."""
    return connection.run(_inserting(table), *table.row(record)) == 1


def insert_all(connection: Connection, table: Table, records: Iterable[Mapping[str, Any]]) -> None:
    """Adds those of whose key none is there."""
    connection.run_all(_inserting(table), [table.row(record) for record in records])


def put(connection: Connection, table: Table, record: Mapping[str, Any]) -> None:
    """Adds a record, or takes the place of the one of its key."""
    connection.run(_putting(table), *table.row(record))


def put_all(connection: Connection, table: Table, records: Iterable[Mapping[str, Any]]) -> None:
    """Adds records, or takes the places of those of their keys."""
    connection.run_all(_putting(table), [table.row(record) for record in records])


def _inserting(table: Table) -> str:
    marks, names = ", ".join("?" * len(table.columns)), ", ".join(table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT ({table.key}) DO NOTHING"


def _putting(table: Table) -> str:
    marks, names = ", ".join("?" * len(table.columns)), ", ".join(table.columns)
    changed = ", ".join(f"{c} = excluded.{c}" for c in table.columns if c != table.key)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT ({table.key}) DO UPDATE SET {changed}"


def among(connection: Connection, table: Table, column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    """As :func:`select`, of any number of values; in order within each lot of them."""
    return [one for lot in _lots(values) for one in select(connection, table, column, lot)]


def ids_there(connection: Connection, table: Table, values: Sequence[str]) -> set[str]:
    """Which of the keys a table has."""
    found: set[str] = set()
    for lot in _lots(values):
        sql = f"SELECT {table.key} AS found FROM {table.name} WHERE {table.key} IN ({', '.join('?' * len(lot))})"
        found |= {row["found"] for row in connection.all(sql, *lot)}
    return found


def _lots(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for k in range(0, len(values), _LOT):
        yield values[k : k + _LOT]


def select(connection: Connection, table: Table, column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    """The records whose column has one of the values, in order of the time they were made."""
    if not values:
        return []
    order = f"made, {table.key}" if "made" in table.columns else table.key
    marks = ", ".join("?" * len(values))
    rows = connection.all(f"SELECT * FROM {table.name} WHERE {column} IN ({marks}) ORDER BY {order}", *values)
    return [table.record(row) for row in rows]
