"""A session that came from another store joined with what is here: by ids, nothing doubled, nothing lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coach.patience import patiently
from coach.store import chunks
from coach.store.database import Connection, insert, put, select
from coach.store.folder import VIDEO
from coach.store.model import Imported
from coach.store.tables import APPENDED, PEOPLE, PROTOCOLS, SESSIONS, Record

if TYPE_CHECKING:
    from coach.store.store import Store


def merge(store: Store, session: str, found: dict[str, list[Record]], tracks: Path, video: Path) -> Imported:
    """Takes in the checked records of one session with its files."""
    brought = video.is_file()
    with store.writing() as connection:
        here = select(connection, SESSIONS, "id", [session])
        added = 0
        _shared(store, connection, session, found)
        if here and here[0]["state"] == "finished":
            record = here[0]
        else:
            derived = {"video": "", "points": 0, "max_points": 0, "percent": None, "passed": None, "left_out": 0}
            record = (here[0] if here else derived | {"corrected": 0, "stopped": 0}) | found["sessions"][0]
        put(connection, SESSIONS, record)
        store.note(session, SESSIONS, record)
        for table in APPENDED:
            for one in found[table.name]:
                if insert(connection, table, one):
                    store.note(session, table, one)
                    added += 1
        if not any(True for _ in store.raw_tracks(session)):
            _take_tracks(store, session, tracks)
        film = _video(store, connection, session, video)
        store.stand(connection, record | {"video": VIDEO if film else ""})
    return Imported(session, not here, added + (not here), film and brought)


def _shared(store: Store, connection: Connection, session: str, found: dict[str, list[Record]]) -> None:
    """People and protocols. A name that is known here stays; one that is not is learned."""
    for person in found["people"]:
        old = select(connection, PEOPLE, "code", [person["code"]])
        if not old or (person["name"] and not old[0]["name"]):
            put(connection, PEOPLE, person)
    store.note_people(connection)
    for protocol in found["protocols"]:
        insert(connection, PROTOCOLS, protocol)
        store.note(session, PROTOCOLS, protocol)


def _take_tracks(store: Store, session: str, file: Path) -> None:
    sink = store.sink(session)
    try:
        with file.open("rb") as stream:
            for data in chunks.frames(stream):
                sink.append(chunks.framed(data))
    finally:
        sink.close()


def _video(store: Store, connection: Connection, session: str, file: Path) -> bool:
    """Takes the video in, or erases the one here, as the last consent of both stores says; is there one now?"""
    if not store.video_agreed(connection, session):
        store.files.erase_video(session)
        return False
    if store.files.video(session) is None and file.is_file():
        patiently(lambda: os.replace(file, store.files.make(session) / VIDEO))
    return store.files.video(session) is not None
