"""A whole copy of a data folder on a stick, which is read back to prove it, and when the last one was made.

A backup is a folder ``coach-backup-DATE`` that is a data folder itself: ``coach serve --data`` opens it. It holds
``backup.json`` (schema coach.backup/1: each file's size and sha256) too, and appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coach.domain import InputError
from coach.patience import patiently
from coach.store.base import Base
from coach.store.erasing import make_private
from coach.store.errors import told
from coach.store.reading import Reading

SCHEMA = "coach.backup/1"
MANIFEST = "backup.json"
LAST = "last-backup.txt"  # in the data folder: when, in the words of ISO 8601
DUE = timedelta(days=14)
_LEFT = ("clips", "incoming", LAST)  # what is made anew, or is of this laptop alone
_PASSING = (".part", "-wal", "-shm", "-journal")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written and read back."""

    folder: Path
    files: int
    bytes: int
    sessions: int


def back_up(store: Base, target: Path, now: datetime, progress: Callable[[int], None] = lambda _: None) -> Backup:
    """Copies all that the store keeps into a new folder within ``target``, and reads it back from there.

    :param progress: told the bytes that are done, each file once written and once read
    :raises InputError: backup_postgres, backup_inside, backup_missing, backup_broken; store_full and the like
    """
    if store.url is not None:
        raise InputError("backup_postgres")
    if not target.is_dir():
        raise InputError("backup_missing", path=str(target))
    if target.resolve().is_relative_to(store.folder.resolve()):
        raise InputError("backup_inside", path=str(target))
    whole = _free_name(target, f"coach-backup-{now:%Y-%m-%d-%H%M}")
    part = whole.with_name(whole.name + ".part")
    with told(str(target)):
        shutil.rmtree(part, ignore_errors=True)
        make_private(part)
        try:
            written = _write(store, part, progress)
            sessions = _prove(part, written, progress)
            patiently(lambda: os.replace(part, whole))
        finally:
            shutil.rmtree(part, ignore_errors=True)
    (store.folder / LAST).write_text(now.isoformat(), encoding="utf-8")
    return Backup(whole, len(written), sum(size for size, _ in written.values()), sessions)


def last_backup(folder: Path) -> datetime | None:
    """When the folder was backed up last, None where it never was."""
    with contextlib.suppress(OSError, ValueError):
        return datetime.fromisoformat((folder / LAST).read_text(encoding="utf-8").strip())
    return None


def is_due(last: datetime | None, first_session: datetime | None, now: datetime) -> bool:
    """Whether to remind: so long after the last backup, or after the first session where none was made."""
    since = last or first_session
    return since is not None and now - since >= DUE


def overdue_days(store: Reading, now: datetime) -> int | None:
    """How many days ago the last backup was made, where it is time for the next; None where it is not.

    Where there was none, since the first session.
    """
    if store.url is not None:
        return None
    last, total = last_backup(store.folder), store.sessions(limit=1).total
    oldest = store.sessions(limit=1, offset=max(0, total - 1)).rows
    first = datetime.fromisoformat(oldest[0].created) if oldest else None
    since = last or first
    return (now - since).days if since is not None and is_due(last, first, now) else None


def _free_name(target: Path, name: str) -> Path:
    number, found = 2, target / name
    while found.exists():
        number, found = number + 1, target / f"{name}-{number}"
    return found


def _sources(root: Path, database: Path) -> Iterator[Path]:
    """The files to copy as they are; the database is copied by SQLite itself."""
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root)
        left = inside.parts[0] in _LEFT or file.name.startswith(database.name) or file.name.endswith(_PASSING)
        if file.is_file() and not left:
            yield file


def _write(store: Base, part: Path, progress: Callable[[int], None]) -> dict[str, tuple[int, str]]:
    """Each file's (bytes, sha256) by its path in the backup."""
    written = {}
    copy = part / store.database.name
    with contextlib.closing(sqlite3.connect(store.database)) as own, contextlib.closing(sqlite3.connect(copy)) as out:
        own.backup(out)
    written[copy.name] = (copy.stat().st_size, _digest(copy, progress))
    for file in _sources(store.folder, store.database):
        inside = file.relative_to(store.folder)
        target = part / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with file.open("rb") as own_file, target.open("wb") as out_file:
            while piece := own_file.read(_PIECE):
                out_file.write(piece)
                digest.update(piece)
                size += len(piece)
                progress(len(piece))
            out_file.flush()
            os.fsync(out_file.fileno())
        written[inside.as_posix()] = (size, digest.hexdigest())
    listed = [{"name": name, "bytes": size, "sha256": digest} for name, (size, digest) in written.items()]
    (part / MANIFEST).write_text(json.dumps({"schema": SCHEMA, "files": listed}, indent=1), encoding="utf-8")
    return written


def _prove(part: Path, written: dict[str, tuple[int, str]], progress: Callable[[int], None]) -> int:
    """Reads everything back; returns how many sessions are in it."""
    for name, (size, digest) in written.items():
        file = part / name
        if file.stat().st_size != size or _digest(file, progress) != digest:
            raise InputError("backup_broken", path=str(part), name=name)
    uri = f"{(part / 'coach.db').absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise InputError("backup_broken", path=str(part), name="coach.db")
        return int(copy.execute("SELECT count(*) FROM sessions").fetchone()[0])


def _digest(file: Path, progress: Callable[[int], None]) -> str:
    """Of what is on the disk, not of what the system remembers of it, where the system can be asked to forget."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := stream.read(_PIECE):
            digest.update(piece)
            progress(len(piece))
    return digest.hexdigest()
