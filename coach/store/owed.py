"""Work on files that a commit owes.

Rows are what counts. Whatever else follows from a change, a line in a journal, a file that is put in its place or taken
away, is noted in the change's own transaction and done after it. Where the program is ended in between, or the disk
refuses, it is done with the next change or at the next start; and of a change that was refused nothing was done.

Each kind of work may be done twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from coach.domain import InputError
from coach.locks import locked
from coach.store import laptop, people
from coach.store.database import Connection
from coach.store.erasing import Together, erase_file
from coach.store.folder import Folder
from coach.store.tables import pack, unpack

Owed: TypeAlias = Mapping[str, Any]
NOTE, PEOPLE, TAKE, PICTURES, ERASE, PART = "note", "people", "take", "pictures", "erase", "part"
_SLOW = (PICTURES, ERASE)  # overwriting takes a while: not while others wait to write


LOCAL = "local"  # a database beside its files is no other laptop's


def place(folder: Path, url: str | None, make: bool = False) -> str:
    """Which laptop's files are meant, for a database on a server has those of several; empty where it has none yet.

    :raises InputError: store_…
    """
    if url is None:
        return LOCAL
    return laptop.identity(folder).id if make or laptop.known(folder) else ""


def owe(connection: Connection, where: str, session: str, work: str, data: Any = None) -> None:
    """Within the transaction that it follows from."""
    owe_all(connection, where, [(session, work, data)])


def owe_all(connection: Connection, where: str, several: Sequence[tuple[str, str, Any]]) -> None:
    """The same of many (session, work, data)."""
    sql = "INSERT INTO owed (place, session, work, data) VALUES (?, ?, ?, ?)"
    packed: dict[object, bytes] = {}  # what is the same for many, such as a protocol, is packed once
    rows = []
    for session, work, data in several:
        of = (data[0], id(data[1])) if work == NOTE else id(data)
        if of not in packed:
            packed[of] = pack(data, quick=True)
        rows.append((where, session, work, packed[of]))
    connection.run_all(sql, rows)


def forget(connection: Connection, session: str) -> None:
    """Nothing is to be done any more for a session that is deleted."""
    connection.run("DELETE FROM owed WHERE session = ?", session)


def settled(connection: Connection, files: Folder, where: str) -> InputError | None:
    """Does what is owed here; returns the first refusal that anybody has to know of, after all the rest was done."""
    if not _found(connection, where):
        return None
    refused: list[InputError] = []
    with connection.writing(lasting=False):
        rows = _found(connection, where)
        done = _quick(connection, files, rows, refused)
        _strike(connection, done)
    slow = [row for row in rows if row["work"] in _SLOW]
    erased = [row["id"] for row in slow if _tried(lambda row=row: _erased(files, row), refused)]  # type: ignore[misc]
    if erased:
        with connection.writing(lasting=False):
            _strike(connection, erased)
    return refused[0] if refused else None


def waits(connection: Connection, where: str, folder: str) -> bool:
    """Whether something is to be taken out of a folder of this name."""
    taken = (unpack(row["data"])[0] for row in _found(connection, where) if row["work"] == TAKE)
    return any(folder in source.split("/") for source in taken)


def written(connection: Connection, where: str, part: str) -> None:
    """A file that was being written is whole, or gone."""
    sql = "SELECT id, data FROM owed WHERE place = ? AND work = ?"
    _strike(connection, [row["id"] for row in connection.all(sql, where, PART) if unpack(row["data"]) == part])


def broken_off(connection: Connection, where: str) -> None:
    """At the start: erases the half-written files of exports that were broken off, wherever they were to go."""
    sql = "SELECT id, data FROM owed WHERE place = ? AND work = ?"
    gone = [row["id"] for row in connection.all(sql, where, PART) if _is_gone(Path(unpack(row["data"])))]
    if gone:
        with connection.writing(lasting=False):
            _strike(connection, gone)


def _is_gone(part: Path) -> bool:
    """False where it is being written by a program that runs, or lies on a disk that is not there now."""
    try:
        if not part.parent.is_dir():
            return False
        if part.is_file():
            if locked(part):
                return False
            erase_file(part)
    except (OSError, InputError):
        return False
    return True


def _found(connection: Connection, where: str) -> list[Owed]:
    sql = f"SELECT id, session, work, data FROM owed WHERE place = ? AND work <> '{PART}' ORDER BY id"
    return connection.all(sql, where)


def _strike(connection: Connection, ids: Iterable[int]) -> None:
    connection.run_all("DELETE FROM owed WHERE id = ?", [(one,) for one in ids])


def _tried(work: Callable[[], object], refused: list[InputError]) -> bool:
    try:
        work()
    except InputError as error:
        refused.append(error)
        return False
    return True


def _quick(connection: Connection, files: Folder, rows: list[Owed], refused: list[InputError]) -> list[int]:
    """Does it in its order, and returns what is done. A journal that cannot be written has time: the rows are there."""
    done: list[int] = []
    written = Together()
    for session, lines in _by_session(row for row in rows if row["work"] == NOTE).items():
        notes = [zlib.decompress(row["data"]).decode("utf-8") for row in lines]
        if _tried(lambda session=session, notes=notes: files.append(session, notes, written), []):  # type: ignore[misc]
            done += [row["id"] for row in lines]
    if any(row["work"] == PEOPLE for row in rows) and _tried(lambda: files.write_people(people.all_of(connection)), []):
        done += [row["id"] for row in rows if row["work"] == PEOPLE]
    for row in (row for row in rows if row["work"] not in (NOTE, PEOPLE)):
        if _tried(lambda row=row: _moved(files, row, written), refused) and row["work"] == TAKE:  # type: ignore[misc]
            done.append(row["id"])
    takes = any(row["work"] == TAKE for row in rows)
    return done if _tried(written.settle, refused if takes else []) else []


def _by_session(rows: Iterable[Owed]) -> dict[str, list[Owed]]:
    found: dict[str, list[Owed]] = {}
    for row in rows:
        found.setdefault(row["session"], []).append(row)
    return found


def _moved(files: Folder, row: Owed, written: Together) -> None:
    if row["work"] == TAKE:
        source, name = unpack(row["data"])
        files.take(row["session"], source, name, written)
    elif row["work"] == PICTURES:
        files.set_pictures_aside(row["session"])
    elif row["work"] == ERASE:
        files.set_aside(row["session"])


def _erased(files: Folder, row: Owed) -> None:
    if row["work"] == PICTURES:
        files.erase_aside(row["session"])
    else:
        files.erase(row["session"])
