"""Joins the store with the reading of films: videos whose recording was broken off go into their session, or go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from coach.domain import InputError
from coach.store import Store
from coach.store.errors import told


@dataclass(slots=True)
class Rescued:
    """How many videos were taken into their session, and how many were erased."""

    taken: int = 0
    erased: int = 0


def rescue(store: Store, sessions: Iterable[str], over: Callable[[], bool] = lambda: False) -> Rescued:
    """Looks through the sessions' folders: a power cut or a kill leaves pictures there that no list shows.

    What plays, as far as it goes, and may be kept becomes the session's video; the rest is erased. What is written at
    the moment, by another practice say, is left alone.

    :param over: whether to leave the rest for another time
    :raises InputError: store_full, store_read_only, …; after all the others were seen to
    """
    rescued, refused = Rescued(), None
    for session in sessions:
        if over():
            break
        if not store.knows(session):  # another store's that shares the folder, or torn: nobody knows what was agreed
            continue
        try:
            found = store.settle_found(session) if not store.record(session)["video"] else None
            rescued.taken += found is True
            rescued.erased += found is False
            for file in store.files.recorded(session):
                _settle(store, session, file, rescued)
            rescued.erased += store.erase_half_copy(session)
        except InputError as error:
            refused = refused or error
    if refused is not None:
        raise refused
    return rescued


def _settle(store: Store, session: str, file: Path, rescued: Rescued) -> None:
    from coach import wiring  # noqa: PLC0415  late: MediaPipe takes a second, and there is seldom anything to rescue

    with told(str(file)):
        plays = wiring.mended(file)
    if plays is None:
        return
    if store.settle_video(session, file, plays):
        rescued.taken += 1
    else:
        rescued.erased += 1
