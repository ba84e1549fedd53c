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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach import __version__
from coach.locks import lock
from coach.patience import patiently
from coach.store import chunks, people, records, tombstones
from coach.store.database import select
from coach.store.erasing import settle
from coach.store.errors import told
from coach.store.reading import Reading
from coach.store.session_file import named
from coach.store.tables import APPENDED, PROTOCOLS, SESSIONS, Record, dumps
from coach.store.transfer_schema import MANIFEST, MOST, RECORDS, SCHEMA, TRACKS, VIDEO

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
    found = _records(store, session, names)
    part = path.with_name(path.name + ".part")
    with told(str(path)), store.unfinished(part):
        try:
            with part.open("wb") as stream:
                lock(stream)
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
                    _write(store, session, out, found, video)
                settle(stream)
            patiently(lambda: os.replace(part, path))
        finally:
            part.unlink(missing_ok=True)


def _records(store: Reading, session: str, names: bool) -> dict[str, list[Record]]:
    own = store.record(session)
    with store.told_here():
        found = {table.name: select(store.connection, table, "session", [session]) for table in APPENDED}
        digests = sorted({own["protocol_digest"], *(r["protocol_digest"] for r in found["results"])})
        found["protocols"] = select(store.connection, PROTOCOLS, "digest", digests)
        found["sessions"] = [{c: own[c] for c in SESSIONS.columns if c not in _DERIVED}]
        known = people.names_of(store.connection, named(found))
        found["people"] = [
            person | {"also": people.also(store.connection, person["id"])} | ({} if names else {"name": ""})
            for person in known
        ]
        found["tombstones"] = tombstones.newest(store.connection, MOST["tombstones"][1])
    return found


def _write(store: Reading, session: str, out: zipfile.ZipFile, found: dict[str, list[Record]], video: bool) -> None:
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
    add(TRACKS, _tracks(store, session))
    film = store.video(session) if video else None
    if film is not None:
        out.compression = zipfile.ZIP_STORED
        add(VIDEO, _pieces(film))
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
