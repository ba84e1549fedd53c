"""A folder beside the sessions for files that must not stay: what a crash leaves there goes at the next start.

But for what somebody agreed to: a place with a ticket in it waits for the next program, which takes it over.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from coach.store.errors import told
from coach.store.folder import make_private, overwrite

NAME = "imports"
_LOCK = ".lock"
TICKET = "ticket.json"  # beside a file that may stay until its work is done


class Scratch:
    """One program's own part of it. Close it, or use it as a context manager; several programs may have one each.

    :raises InputError: store_full, store_read_only, …
    """

    def __init__(self, store_folder: Path) -> None:
        self._root = store_folder / NAME
        self.folder = self._root / uuid.uuid4().hex
        with told(str(self._root)):
            make_private(store_folder)
            self._root.mkdir(exist_ok=True)
            sweep(self._root)
            self._lock = _locked(self.folder.with_suffix(_LOCK))
            self.folder.mkdir()

    def place(self, name: str) -> Path:
        """A new folder in it."""
        found = self.folder / name
        with told(str(found)):
            found.mkdir()
        return found

    def left(self) -> list[Path]:
        """The places with a ticket of programs that do not run any more, taken over."""
        found: list[Path] = []
        with told(str(self._root)):
            for folder, lock in _dead(self._root):
                found += [place.rename(self.folder / place.name) for place in _with_tickets(folder)]
                _erase(folder)
                _free(lock, folder)
        return found

    def erase(self, place: Path) -> None:
        """Overwrites and removes a folder with all in it."""
        if place != self.folder and self.folder not in place.parents:
            raise ValueError(f"{place} is not in {self.folder}")
        (place / TICKET).unlink(missing_ok=True)  # first: what is half erased must not be taken over
        _erase(place)

    def close(self) -> None:
        _clear(self.folder)
        _free(self._lock, self.folder)
        with contextlib.suppress(OSError):  # another program has one as well
            self._root.rmdir()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sweep(root: Path) -> None:
    """Erases what programs have left that do not run any more, but for the places with a ticket."""
    for folder, lock in _dead(root):
        _clear(folder)
        _free(lock, folder)


def _dead(root: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """The folders of programs that do not run any more, each with its lock."""
    for folder in [one for one in root.iterdir() if one.is_dir()]:
        lock = _locked(folder.with_suffix(_LOCK))
        if lock is not None:
            yield folder, lock


def _with_tickets(folder: Path) -> list[Path]:
    return [place for place in folder.iterdir() if (place / TICKET).is_file()]


def _clear(folder: Path) -> None:
    """Erases all in it but for the places with a ticket, and itself where nothing is left."""
    kept = _with_tickets(folder) if folder.is_dir() else []
    if not kept:
        _erase(folder)
        return
    for place in [one for one in folder.iterdir() if one not in kept]:
        _erase(place)


def _locked(file: Path) -> sqlite3.Connection | None:
    """Holds a file until it is closed or the program ends, however it ends; None where another program does.

    SQLite does this alike on every system.
    """
    lock = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("PRAGMA locking_mode=EXCLUSIVE")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        return None
    return lock


def _free(lock: sqlite3.Connection | None, folder: Path) -> None:
    if lock is not None:
        lock.close()
    for file in folder.parent.glob(folder.name + _LOCK + "*"):  # SQLite's own journal of it too
        with contextlib.suppress(OSError):  # on Windows another program may just look whether it is held
            file.unlink(missing_ok=True)


def _erase(folder: Path) -> None:
    """What another program still holds on Windows stays until the next start."""
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if file.is_file() and not file.is_symlink():
                overwrite(file)
    shutil.rmtree(folder, ignore_errors=True)
