"""A session that came from another store joined with what is here: by ids, nothing doubled, nothing lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from coach.patience import patiently
from coach.store import chunks, identity, plan, session_file
from coach.store.adding import Adding
from coach.store.database import Connection, insert, put
from coach.store.errors import told
from coach.store.folder import VIDEO, make_private
from coach.store.identity import Settled
from coach.store.model import Imported
from coach.store.session_file import SessionFile
from coach.store.tables import APPENDED, PROTOCOLS, SESSIONS, Record
from coach.store.transfer_schema import TRACKS

_DERIVED = {"video": "", "points": 0, "max_points": 0, "percent": None, "passed": None, "left_out": 0}


def import_(store: Adding, path: Path, settled: Settled) -> Imported:
    """:raises InputError: import_…, import_clash_…, person_code_taken"""
    with told(str(store.folder)):
        make_private(store.folder)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=store.folder) as folder:
            file = session_file.read(path, Path(folder))
            return merge(store, file, Path(folder), settled)


def merge(store: Adding, file: SessionFile, folder: Path, settled: Settled) -> Imported:
    """Takes in the checked records of one session with its files."""
    session, brought = file.session, (folder / VIDEO).is_file()
    with store.writing() as connection:
        here = plan.here(connection, session)
        people = identity.taken(connection, _with_session(file, here), settled)
        store.note_people(connection)
        for protocol in file.records["protocols"]:
            insert(connection, PROTOCOLS, protocol)
            store.note(session, PROTOCOLS, protocol)
        record = _record(file, here, people)
        put(connection, SESSIONS, record)
        store.note(session, SESSIONS, record)
        added = _append(store, connection, file, people)
        if not any(True for _ in store.raw_tracks(session)):
            _take_tracks(store, session, folder / TRACKS)
        film = _video(store, connection, session, folder / VIDEO)
        store.stand(connection, record | {"video": VIDEO if film else ""})
    return Imported(session, not here, added + (not here), film and brought)


def _with_session(file: SessionFile, here: Record | None) -> list[tuple[Record, Record | None]]:
    """The file's people, each with the session as it is here if it is hers."""
    kader = file.own["kader"]
    return [(there, here if there["code"] == kader else None) for there in file.records["people"]]


def _record(file: SessionFile, here: Record | None, people: Mapping[str, Record]) -> Record:
    """The session's own record: whose it is, is told in the words of this store."""
    if here is not None and here["state"] == "finished":
        return here
    kader = people.get(file.own["kader"])
    whose = {"kader": file.own["kader"] if kader is None else kader["code"], "person": kader["id"] if kader else ""}
    held = {"held": file.own["held"] or file.own["created"]}  # files of older coaches say nothing of it
    blank = {"corrected": 0, "stopped": 0, "verdict": "", "scope": ""}
    return (here or _DERIVED | blank) | file.own | held | whose


def _append(store: Adding, connection: Connection, file: SessionFile, people: Mapping[str, Record]) -> int:
    """Adds the records that are not here yet, their authors by the codes that they have here."""
    added = 0
    for table in APPENDED:
        for one in file.records[table.name]:
            renamed = {c: people[one[c]]["code"] for c in ("author", "rater") if one.get(c) in people}
            if insert(connection, table, one | renamed):
                store.note(file.session, table, one | renamed)
                added += 1
    return added


def _take_tracks(store: Adding, session: str, file: Path) -> None:
    sink = store.sink(session)
    try:
        with file.open("rb") as stream:
            for data in chunks.frames(stream):
                sink.append(chunks.framed(data))
    finally:
        sink.close()


def _video(store: Adding, connection: Connection, session: str, file: Path) -> bool:
    """Takes the video in, or erases the one here, as the last consent of both stores says; is there one now?"""
    if not store.video_agreed(connection, session):
        store.files.erase_video(session)
        return False
    if store.files.video(session) is None and file.is_file():
        patiently(lambda: os.replace(file, store.files.make(session) / VIDEO))
    return store.files.video(session) is not None
