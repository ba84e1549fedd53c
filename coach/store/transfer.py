"""One session as a file for another store; :mod:`coach.store.merge` takes it in there.

A zip with ``manifest.json`` (schema coach.session-file/2: the session's id, and each other file's size and sha256), one
JSON array for each table, the tracks, and where it was asked for the video. Names in it are looked up, never used as a
path.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeAlias

from coach import __version__
from coach.domain import InputError
from coach.locks import lock
from coach.patience import patiently
from coach.store import chunks, listing, people, records, tombstones
from coach.store.database import Connection, among
from coach.store.erasing import settle
from coach.store.errors import told
from coach.store.reading import Reading
from coach.store.session_file import named
from coach.store.tables import APPENDED, PROTOCOLS, SESSIONS, Record, dumps
from coach.store.transfer_schema import MANIFEST, MOST, RECORDS, SCHEMA, TRACKS, VIDEO

Records: TypeAlias = dict[str, list[Record]]  # by table

_PIECE = 1 << 20
_DERIVED = (
    "video",
    "points",
    "max_points",
    "percent",
    "passed",
    "left_out",
    "corrected",
    "stopped",
    "verdict",
    "scope",
)  # follows from the rest


def export(store: Reading, session: str, path: Path, *, video: bool, names: bool) -> None:
    """The file appears whole or not at all.

    :raises InputError: session_missing, output_unwritable in the words of the store
    """
    (found,) = _records(store, [session], names)
    part = path.with_name(path.name + ".part")
    with told(str(path)), store.unfinished(part):
        try:
            with part.open("wb") as stream:
                lock(stream)
                write(store, session, stream, found, video=video)
                settle(stream)
            patiently(lambda: os.replace(part, path))
        finally:
            part.unlink(missing_ok=True)


def each(store: Reading, sessions: Sequence[str], *, names: bool) -> Iterator[tuple[str, Records]]:
    """Sessions with what :func:`write` needs, read by the lot. What was deleted is told with the first alone.

    :raises InputError: session_missing
    """
    for k, lot in enumerate(listing.in_lots(sessions)):
        yield from zip(lot, _records(store, lot, names, marks=k == 0), strict=True)


def _records(store: Reading, sessions: Sequence[str], names: bool, marks: bool = True) -> list[Records]:
    """Of each session, all that is written of it; the tombstones of the store with the first."""
    with store.told_here():
        connection = store.connection
        rows = {one["id"]: one for one in among(connection, SESSIONS, "id", sessions)}
        if missing := [session for session in sessions if session not in rows]:
            raise InputError("session_missing", id=missing[0][:60])
        found: dict[str, Records] = {session: {table.name: [] for table in APPENDED} for session in sessions}
        for table in APPENDED:
            for one in among(connection, table, "session", sessions):
                found[one["session"]][table.name].append(one)
        for session, own in found.items():
            own["sessions"] = [{c: rows[session][c] for c in SESSIONS.columns if c not in _DERIVED}]
        _add_protocols(connection, found.values())
        _add_people(connection, found.values(), names)
        for k, own in enumerate(found.values()):
            told_of = marks and k == 0
            own["tombstones"] = tombstones.newest(connection, MOST["tombstones"][1]) if told_of else []
    return [found[session] for session in sessions]


def _add_protocols(connection: Connection, found: Iterable[Records]) -> None:
    wanted = {
        id(own): sorted({own["sessions"][0]["protocol_digest"], *(r["protocol_digest"] for r in own["results"])})
        for own in found
    }
    kept = {
        p["digest"]: p
        for p in among(connection, PROTOCOLS, "digest", sorted({d for several in wanted.values() for d in several}))
    }
    for own in found:
        own["protocols"] = [kept[digest] for digest in wanted[id(own)] if digest in kept]


def _add_people(connection: Connection, found: Iterable[Records], names: bool) -> None:
    wanted = {code for own in found for code in named(own)}
    known = {
        person["code"]: person | {"also": people.also(connection, person["id"])} | ({} if names else {"name": ""})
        for person in people.names_of(connection, wanted)
    }
    for own in found:
        own["people"] = [known[code] for code in sorted(named(own)) if code in known]


def write(
    store: Reading, session: str, stream: IO[bytes], found: Records, *, video: bool = False, tracks: bool = True
) -> None:
    """Writes a session file.

    :param found: what :func:`each` tells of the session
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        _write(store, session, out, found, video, tracks)


def _write(store: Reading, session: str, out: zipfile.ZipFile, found: Records, video: bool, tracks: bool) -> None:
    files: list[dict[str, Any]] = []

    def add(name: str, pieces: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with out.open(name, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
                digest.update(piece)
                size += len(piece)
        files.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})

    for table in RECORDS:
        add(f"{table}.json", iter([dumps(found[table]).encode("utf-8")]))
    film = store.video(session) if video else None
    out.compression = zipfile.ZIP_STORED  # what follows is packed already
    add(TRACKS, _tracks(store, session) if tracks else iter([chunks.MAGIC]))
    if film is not None:
        add(VIDEO, _pieces(film))
    out.compression = zipfile.ZIP_DEFLATED
    manifest = {
        "schema": SCHEMA,
        "session": session,
        "exported": records.now(),
        "software": f"coach {__version__}",
        "files": files,
    }
    out.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _tracks(store: Reading, session: str) -> Iterator[bytes]:
    yield chunks.MAGIC
    for data in store.raw_tracks(session):
        yield chunks.framed(data)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
