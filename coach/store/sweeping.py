"""At the start: what a program has left that was ended in the middle is finished, or taken away."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from coach.domain import InputError
from coach.store import owed, remains, scratch, tombstones
from coach.store.base import Base
from coach.store.errors import told
from coach.store.incoming import NAME

_OLDER = ".import-*"  # where an older coach unpacked session files


def sweep(store: Base) -> None:
    """What the disk refuses now is left for the next start: a full one must not keep anybody from making room."""
    for step in (store.settle, lambda: _exports(store), lambda: _waiting(store), lambda: _deleted(store)):
        _tried(step)


def _tried(step: Callable[[], object]) -> None:
    with contextlib.suppress(InputError):
        step()


def _exports(store: Base) -> None:
    with store.told_here():
        owed.broken_off(store.connection, owed.place(store.folder, store.url))


def _waiting(store: Base) -> None:
    """Files of changes that were never kept: those of the others are in their place by now."""
    with told(str(store.folder)):
        for folder in store.folder.glob(_OLDER):
            scratch.erase(folder)
        with store.told_here():
            where = owed.place(store.folder, store.url)
            scratch.sweep(store.folder / NAME, lambda folder: owed.waits(store.connection, where, folder.name))


def _deleted(store: Base) -> None:
    for session in store.files.going():  # begun on a disk that was full
        _tried(lambda session=session: remains.delete(store, session))  # type: ignore[misc]
    for session in unknown(store):
        _tried(lambda session=session: _stray(store, session))  # type: ignore[misc]


def unknown(store: Base) -> list[str]:
    """Sessions of which there are files and no row."""
    there = store.files.sessions()
    with store.told_here():
        known = {row["id"] for row in store.connection.all("SELECT id FROM sessions")} if there else set()
    return [session for session in there if session not in known]


def _stray(store: Base, session: str) -> None:
    """Erases what is left of a session that was deleted, or that was never kept.

    What has a journal may be another store's that shares the folder, or one that a repair brings back: it is shown.
    """
    with store.told_here(), store.connection.writing(lasting=False):  # none is begun meanwhile
        connection = store.connection
        if connection.all("SELECT id FROM sessions WHERE id = ?", session):
            return
        gone = bool(tombstones.buried(connection, "session", [session]))
        if gone or (store.url is None and store.files.is_empty(session) and not store.files.is_recorded(session)):
            store.files.set_aside(session)
    if session in store.files.going():
        store.files.erase(session)


def strays(store: Base) -> list[str]:
    """What lies there without a row: files alone, which :func:`coach.store.remains.delete` takes away."""
    files, here = store.files, store.url is None
    return [s for s in unknown(store) if not (files.is_remote(s) if here else files.has_journal(s))]
