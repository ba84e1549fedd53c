"""A folder beside the sessions for files that must not stay: what a crash leaves there goes at the next start.

But for what somebody agreed to: a place with a ticket in it waits for the next program, which takes it over.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from coach.patience import patiently
from coach.store.erasing import make_private, overwrite
from coach.store.errors import told

NAME = "imports"
_LOCK = ".lock"
TICKET = "ticket.json"  # beside a file that may stay until its work is done
_TRIES = 10


class Scratch:
    """One program's own part of it. Close it, or use it as a context manager; several programs may have one each.

    :raises InputError: store_full, store_read_only, …
    """

    def __init__(self, store_folder: Path, name: str = NAME, clear: bool = True) -> None:
        """:param clear: first erases what programs have left there that do not run any more"""
        self._root = store_folder / name
        self.folder = self._root / uuid.uuid4().hex
        with told(str(self._root)):
            make_private(store_folder)
            self._lock = self._made(clear)
            self.folder.mkdir(mode=0o700)

    def _made(self, clear: bool) -> sqlite3.Connection | None:
        for left in reversed(range(_TRIES)):
            self._root.mkdir(mode=0o700, exist_ok=True)
            if clear:
                sweep(self._root)
            try:
                return _locked(self.folder.with_suffix(_LOCK))
            except sqlite3.OperationalError:  # whoever used it last has just taken it away
                if not left or self._root.is_dir():
                    raise
        return None

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
                erase(folder)
                _free(lock, folder)
        return found

    def erase(self, place: Path) -> None:
        """Overwrites and removes a folder with all in it."""
        if place != self.folder and self.folder not in place.parents:
            raise ValueError(f"{place} is not in {self.folder}")
        (place / TICKET).unlink(missing_ok=True)  # first: what is half erased must not be taken over
        erase(place)

    def leave(self) -> None:
        """Gives it up without erasing: whoever sweeps next decides."""
        _free(self._lock, self.folder)

    def close(self) -> None:
        _clear(self.folder)
        _free(self._lock, self.folder)
        with contextlib.suppress(OSError):  # another program has one as well
            self._root.rmdir()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sweep(root: Path, keep: Callable[[Path], bool] = lambda _: False) -> None:
    """Erases what programs have left that do not run any more, but for the places with a ticket.

    :param keep: what else is wanted still
    """
    if not root.is_dir():
        return
    for folder, lock in _dead(root):
        if not keep(folder):
            _clear(folder)
        _free(lock, folder)
    for file in root.glob("*" + _LOCK):  # of a program that was ended before it had made its folder
        folder = file.with_suffix("")
        if not folder.exists() and (one := _locked(file)) is not None:
            _free(one, folder)


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
        erase(folder)
        return
    for place in [one for one in folder.iterdir() if one not in kept]:
        erase(place)


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


def erase(folder: Path) -> None:
    """Overwrites and removes a folder. What another program still holds on Windows stays until the next start."""
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if file.is_file() and not file.is_symlink():
                overwrite(file)
    with contextlib.suppress(OSError):
        patiently(lambda: shutil.rmtree(folder))
