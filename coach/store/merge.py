"""A session that came from another store joined with what is here: by ids, nothing doubled, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from coach.store import identity, plan, remains, session_file, tombstones
from coach.store.adding import Adding
from coach.store.database import Connection, insert, put
from coach.store.errors import told
from coach.store.folder import TRACKS, VIDEO
from coach.store.identity import Settled
from coach.store.model import Imported
from coach.store.session_file import SessionFile
from coach.store.tables import APPENDED, PROTOCOLS, SESSIONS, TOMBSTONES, Record

_DERIVED = {"video": "", "points": 0, "max_points": 0, "percent": None, "passed": None, "left_out": 0}


def import_(store: Adding, path: Path, settled: Settled) -> Imported:
    """:raises InputError: import_…, import_clash_…, person_code_taken"""
    with store.incoming() as incoming:
        with told(str(store.folder)):
            file = session_file.read(path, incoming.folder)
            for part in (TRACKS, VIDEO):
                incoming.there(incoming.folder / part)
        return merge(store, file, incoming.folder, settled)


def merge(store: Adding, file: SessionFile, folder: Path, settled: Settled) -> Imported:
    """Takes in the checked records of one session with its files, in one change; what was deleted stays deleted."""
    session, before = file.session, None
    with store.writing() as connection:
        erased = _obeyed(store, connection, file)
        gone = tombstones.buried(connection, "session", [session])
        if not gone:
            before = plan.here(connection, session)
            added, film = _taken(store, connection, file, folder, settled)
        store.note_people()
    if erased:
        remains.forget(store)
    if gone:
        return Imported(session, False, 0, deleted=gone[session], erased=erased)
    return Imported(session, not before, added + (not before), film, erased=erased)


def _obeyed(store: Adding, connection: Connection, file: SessionFile) -> tuple[str, ...]:
    """What was deleted where the file comes from is deleted here too; returns the sessions that were here."""
    new = [one for one in file.records["tombstones"] if insert(connection, TOMBSTONES, one)]
    for one in new:
        store.note("", TOMBSTONES, one)
    erased = tuple(tombstones.meant(connection, plan.marks_of([file])))
    for session in erased:
        remains.remove(store, connection, session)
    return erased


def _taken(
    store: Adding, connection: Connection, file: SessionFile, folder: Path, settled: Settled
) -> tuple[int, bool]:
    """How many records were new beside the session's own, and whether a video came with it."""
    session, here = file.session, plan.here(connection, file.session)
    people = identity.taken(connection, _with_session(file, here), settled)
    for protocol in file.records["protocols"]:
        insert(connection, PROTOCOLS, protocol)
        store.note(session, PROTOCOLS, protocol)
    record = _record(file, here, people)
    put(connection, SESSIONS, record)
    store.note(session, SESSIONS, record)
    added = _append(store, connection, file, people)
    if not any(True for _ in store.raw_tracks(session)):
        store.take_tracks(session, folder / TRACKS)
    film = _video(store, connection, session, folder / VIDEO)
    store.stand(connection, store.record_of(connection, session))
    return added, film


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


def _video(store: Adding, connection: Connection, session: str, file: Path) -> bool:
    """Takes the video in, or the one here away, as the last consent of both stores says; did one come?"""
    if not store.video_agreed(connection, session):
        store.drop_video(connection, session)
        return False
    if store.files.video(session) is None and file.is_file():
        store.take_video(connection, session, file)
    return file.is_file()
