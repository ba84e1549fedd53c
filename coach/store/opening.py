"""Where the store is: the platform's data folder, a folder of one's own, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from coach.domain import InputError
from coach.store.erasing import make_private
from coach.store.errors import told
from coach.store.store import Store

_POSTGRES = ("postgresql://", "postgres://")


def data_folder() -> Path:
    """The user's own data folder of this platform."""
    return Path(platformdirs.user_data_dir("coach", appauthor=False))


def is_address(place: str) -> bool:
    """Whether a database on a server is meant, and no folder."""
    return place.startswith(_POSTGRES)


def open_store(place: str | Path | None = None, files: Path | None = None) -> Store:
    """Opens the store, makes it where it is not there yet, and brings an older one up to date.

    :param place: a folder; or a ``postgresql://…`` address; None for the platform's data folder
    :param files: with PostgreSQL, the folder for videos; the platform's data folder if None
    :raises InputError: store_full, store_read_only, store_locked, store_corrupt, store_newer, store_unreadable,
        store_unreachable, store_no_driver, store_no_place
    """
    if place == "":
        raise InputError("store_no_place")
    if isinstance(place, str) and is_address(place):
        return Store(files or data_folder(), place)
    folder = data_folder() if place is None else Path(place)
    with told(str(folder)):
        make_private(folder)
    return Store(folder)
