"""Files on the disk: for their owner alone, written through to it, and overwritten before they are removed."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, cast

from coach.patience import patiently
from coach.store.errors import told

_AT_ONCE = 16  # what a disk's journal writes in one go


def make_private(folder: Path) -> None:
    """Makes a data folder for its owner's eyes alone, and with it all that will be in it: sessions are of people.

    One that is there already keeps its mode, for somebody may have opened it to others on purpose.

    :raises OSError: where it cannot be made
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def private(file: Path, mode: str, buffering: int = -1) -> BinaryIO:
    """Opens a file; one that is made by it is its owner's alone, unless the folder was opened to others on purpose."""
    return cast(BinaryIO, open(file, mode, buffering=buffering, opener=_opener))


def _opener(name: str, flags: int) -> int:
    shared = os.stat(os.path.dirname(name) or ".").st_mode & 0o077
    return os.open(name, flags, 0o666 if shared else 0o600)


def settle(stream: BinaryIO | Any) -> None:
    """What was written is on the disk when this returns."""
    stream.flush()
    os.fsync(stream.fileno())


def settle_folder(folder: Path) -> None:
    """So are the names of what a folder holds."""
    if os.name == "posix":  # elsewhere a folder cannot be opened, and need not be
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Together:
    """Files and folders that are to be on the disk: waited for at once, many take hardly longer than one."""

    def __init__(self) -> None:
        self._places: dict[Path, None] = {}

    def add(self, place: Path) -> None:
        self._places[place] = None

    def settle(self) -> None:
        """:raises InputError: store_full, …"""
        places = list(self._places)
        if len(places) == 1:
            _settle_place(places[0])
        elif places:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                for _ in pool.map(_settle_place, places):
                    pass


def _settle_place(place: Path) -> None:
    with told(str(place)):
        if place.is_dir():
            settle_folder(place)
        else:
            with place.open("r+b") as stream:
                settle(stream)


def overwrite(file: Path) -> None:
    """Writes zeros over a file, which is then to be removed."""
    # A plain disk then has nothing to undelete; flash storage may keep old cells, which only encryption covers.
    with file.open("r+b") as stream:
        left = file.stat().st_size
        while left > 0:
            left -= stream.write(b"\0" * min(left, 1 << 20))
        settle(stream)


def erase_file(file: Path) -> None:
    """Overwrites and removes a file. Raises InputError: store_read_only, …"""
    with told(str(file)):
        overwrite(file)
        patiently(file.unlink)


def erase_folder(folder: Path) -> None:
    """Overwrites and removes a folder with all in it; nothing happens where there is none. Raises InputError."""
    if not folder.is_dir():
        return
    with told(str(folder)):
        empty(folder)
        patiently(lambda: shutil.rmtree(folder))
        settle_folder(folder.parent)


def empty(folder: Path) -> None:
    """Overwrites and removes what a folder holds."""
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir() and not file.is_symlink():
            patiently(file.rmdir)
            continue
        if file.is_file() and not file.is_symlink():
            overwrite(file)
        patiently(file.unlink)
