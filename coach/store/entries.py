"""The programme's entries in the database, with a journal beside it from which they can be had again.

The store knows nothing of what an entry says: it keeps rows of text, adds those that are new, and takes away whole.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from coach.patience import patiently
from coach.store.database import Connection
from coach.store.erasing import overwrite
from coach.store.errors import told

if TYPE_CHECKING:
    from coach.store.base import Base

Row: TypeAlias = Mapping[str, str]
COLUMNS = ("id", "kind", "subject", "made", "author", "laptop", "replaces", "body", "digest")
JOURNAL = "programme.jsonl"
_LOT = 90  # rows of one statement: SQLite takes 999 values
_SEPARATOR = "\t"  # in no column but the body, which is JSON and writes it as \t


def read(store: Base) -> list[tuple[str, ...]]:
    """All entries, each in the order of :data:`COLUMNS`; in no order among themselves."""
    with store.told_here():
        rows = store.connection.all(f"SELECT {', '.join(COLUMNS)} FROM entries")
    return [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in rows]


def standing(store: Base) -> tuple[int, str]:
    """How many there are and when the newest was made: another answer means that something was added or taken away."""
    with store.told_here():
        row = store.connection.all("SELECT COUNT(*) AS n, COALESCE(MAX(made), '') AS made FROM entries")[0]
    return int(row["n"]), str(row["made"])


def add(store: Base, rows: Sequence[Row], gone: Iterable[str] = ()) -> int:
    """Adds the entries that are not there yet and takes away others, both or neither; returns how many were added.

    :param gone: ids of entries that an erasure takes
    """
    gone = list(gone)
    with store.writing() as connection:
        before = _count(connection)
        _insert(connection, rows)
        added = _count(connection) - before
        for k in range(0, len(gone), _LOT):
            lot = gone[k : k + _LOT]
            connection.run(f"DELETE FROM entries WHERE id IN ({', '.join('?' * len(lot))})", *lot)
    if store.url is None:
        _note(store, rows, anew=bool(gone))
        if gone:  # SQLite wrote zeros over them; the write-ahead log still has them until it is emptied
            with store.told_here():
                store.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")
    return added


def _count(connection: Connection) -> int:
    return int(connection.all("SELECT COUNT(*) AS n FROM entries")[0]["n"])


def _insert(connection: Connection, rows: Sequence[Row]) -> None:
    one = f"({', '.join('?' * len(COLUMNS))})"
    for k in range(0, len(rows), _LOT):
        lot = rows[k : k + _LOT]
        values = [row[c] for row in lot for c in COLUMNS]
        sql = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES {', '.join([one] * len(lot))}"
        connection.run(sql + " ON CONFLICT (id) DO NOTHING", *values)


# ------------------------------------------------------------------ the journal


def _note(store: Base, rows: Sequence[Row], anew: bool) -> None:
    """Follows the database, which has committed: a journal that missed something is written anew from it."""
    file = store.folder / JOURNAL
    with told(str(file)):
        if not anew:
            with file.open("ab") as stream:
                stream.write(b"".join(_line([row[c] for c in COLUMNS]) for row in rows))
                stream.flush()
                os.fsync(stream.fileno())
        if anew or _lines(file) < standing(store)[0]:
            write_anew(store, file)


def write_anew(store: Base, file: Path) -> None:
    part = file.with_suffix(".part")
    with told(str(file)):
        with part.open("wb") as stream:
            for row in read(store):
                stream.write(_line(row))
            stream.flush()
            os.fsync(stream.fileno())
        if file.is_file():
            overwrite(file)
        patiently(lambda: os.replace(part, file))


def _line(values: Sequence[str]) -> bytes:
    text = _SEPARATOR.join(values).encode("utf-8")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.is_file() else 0


def journal(folder: Path) -> Iterator[dict[str, str]]:
    """The journal's entries; a torn line is left out."""
    file = folder / JOURNAL
    if not file.is_file():
        return
    with told(str(file)):
        for line in file.read_bytes().splitlines():
            check, _, text = line.partition(b" ")
            values = text.decode("utf-8", "replace").split(_SEPARATOR)
            if check == b"%08x" % zlib.crc32(text) and len(values) == len(COLUMNS):
                yield dict(zip(COLUMNS, values, strict=True))


def restore(store: Base) -> int:
    """Puts back what the journal has; returns how many entries that were."""
    rows = list(journal(store.folder))
    with store.writing() as connection:
        _insert(connection, rows)
        return _count(connection)
