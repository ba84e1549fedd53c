"""One session as a file, out of one store and into another.

A zip with ``manifest.json`` (schema coach.session-file/1: the session's id, and each other file's size and sha256), one
JSON array for each table, the tracks, and where it was asked for the video. Names in it are looked up, never used as a
path.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pydantic

from coach import __version__
from coach.domain import InputError
from coach.patience import patiently
from coach.store import chunks, merge, records
from coach.store.database import select
from coach.store.errors import told
from coach.store.model import Imported
from coach.store.tables import APPENDED, PEOPLE, PROTOCOLS, SESSIONS, Record, dumps
from coach.store.transfer_schema import LATER, RECORDS, SCHEMA, FilePart, Manifest

if TYPE_CHECKING:
    from coach.store.store import Store

MANIFEST, TRACKS, VIDEO = "manifest.json", "tracks.bin", "video.mp4"
LARGEST = {TRACKS: 2 * 10**9, VIDEO: 16 * 10**9}  # bytes
LARGEST_JSON = 64 * 10**6
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
)  # follows from the rest


def export(store: Store, session: str, path: Path, *, video: bool, names: bool) -> None:
    """The file appears whole or not at all.

    :raises InputError: session_missing, output_unwritable in the words of the store
    """
    found = _records(store, session, names)
    part = path.with_name(path.name + ".part")
    with told(str(path)):
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
                _write(store, session, out, found, video)
            patiently(lambda: os.replace(part, path))
        finally:
            part.unlink(missing_ok=True)


def _records(store: Store, session: str, names: bool) -> dict[str, list[Record]]:
    own = store.record(session)
    with store.told_here():
        found = {table.name: select(store.connection, table, "session", [session]) for table in APPENDED}
        digests = sorted({own["protocol_digest"], *(r["protocol_digest"] for r in found["results"])})
        authors = {r["author"] for r in (*found["corrections"], *found["consents"])}
        codes = sorted({own["kader"], *authors, *(r["rater"] for r in found["ratings"])} - {""})
        people = select(store.connection, PEOPLE, "code", codes)
        found["people"] = [person if names else person | {"name": ""} for person in people]
        found["protocols"] = select(store.connection, PROTOCOLS, "digest", digests)
    found["sessions"] = [{c: own[c] for c in SESSIONS.columns if c not in _DERIVED}]
    return found


def _write(store: Store, session: str, out: zipfile.ZipFile, found: dict[str, list[Record]], video: bool) -> None:
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


def _tracks(store: Store, session: str) -> Iterator[bytes]:
    yield chunks.MAGIC
    for data in store.raw_tracks(session):
        yield chunks.framed(data)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


# ---------------------------------------------------------------------- in again


def import_(store: Store, path: Path) -> Imported:
    """:raises InputError: import_missing, import_no_zip, import_damaged, import_foreign, import_large, import_bad"""
    if not path.is_file():
        raise InputError("import_missing", path=str(path))
    with told(str(store.folder)), tempfile.TemporaryDirectory(prefix=".import-", dir=store.folder) as folder:
        session, found = _unpacked(path, Path(folder))
        return merge.merge(store, session, found, Path(folder) / TRACKS, Path(folder) / VIDEO)


def _unpacked(path: Path, folder: Path) -> tuple[str, dict[str, list[Record]]]:
    """The session's id and its records, checked; tracks and video are in the folder."""
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = _manifest(zipped, path)
            found = {}
            listed = {part.name for part in manifest.files}
            for table in RECORDS:
                lacks = table in LATER and f"{table}.json" not in listed
                found[table] = [] if lacks else _checked(zipped, manifest, f"{table}.json", path)
            for name in (TRACKS, VIDEO):
                if name in listed:
                    with (folder / name).open("wb") as out:
                        _copy(zipped, _part(manifest, name, path), out, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zipfile.LargeZipFile) as error:
        # All the words in which zipfile says that this is no zip, or one that no honest program wrote.
        key = (
            "import_no_zip"
            if isinstance(error, zipfile.BadZipFile) and not zipfile.is_zipfile(path)
            else "import_damaged"
        )
        raise InputError(key, path=str(path)) from error
    except Exception as error:
        before_it = isinstance(error, OSError) and error.errno == errno.EINVAL  # a part said to begin before the file
        if before_it or type(error).__module__ in ("zlib", "lzma", "_bz2", "_lzma"):
            raise InputError("import_damaged", path=str(path)) from error
        raise
    _check_tracks(folder / TRACKS, path)
    _check_belongs(manifest.session, found, path)
    return manifest.session, found


def _manifest(zipped: zipfile.ZipFile, path: Path) -> Manifest:
    names = zipped.namelist()
    known = {MANIFEST, TRACKS, VIDEO, *(f"{table}.json" for table in RECORDS)}
    if MANIFEST not in names or len(names) != len(set(names)) or set(names) - known:
        raise InputError("import_foreign", path=str(path))
    with zipped.open(MANIFEST) as stream:
        data = stream.read(LARGEST_JSON // 64)
    try:
        manifest = Manifest.model_validate_json(data)
    except pydantic.ValidationError as error:
        raise InputError("import_foreign", path=str(path)) from error
    listed = [part.name for part in manifest.files]
    if sorted([*listed, MANIFEST]) != sorted(names):
        raise InputError("import_damaged", path=str(path))
    return manifest


def _part(manifest: Manifest, name: str, path: Path) -> FilePart:
    part = next((part for part in manifest.files if part.name == name), None)
    if part is None:
        raise InputError("import_damaged", path=str(path))
    if part.bytes > LARGEST.get(name, LARGEST_JSON):
        raise InputError("import_large", path=str(path))
    return part


def _copy(zipped: zipfile.ZipFile, part: FilePart, out: IO[bytes], path: Path) -> None:
    """Unpacks as much as the manifest promises and not a byte more, whatever the zip's own headers say."""
    digest, left = hashlib.sha256(), part.bytes
    with zipped.open(part.name) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise InputError("import_damaged", path=str(path))
            digest.update(piece)
            out.write(piece)
    if left or digest.hexdigest() != part.sha256:
        raise InputError("import_damaged", path=str(path))


def _checked(zipped: zipfile.ZipFile, manifest: Manifest, name: str, path: Path) -> list[Record]:
    with tempfile.SpooledTemporaryFile(max_size=LARGEST_JSON) as unpacked:
        _copy(zipped, _part(manifest, name, path), unpacked, path)
        unpacked.seek(0)
        data = unpacked.read()
    model = RECORDS[name.removesuffix(".json")]
    adapter: pydantic.TypeAdapter[list[pydantic.BaseModel]] = pydantic.TypeAdapter(list[model])  # type: ignore[valid-type]
    try:
        read = adapter.validate_json(data)
    except (pydantic.ValidationError, RecursionError) as error:
        raise InputError("import_bad", path=str(path), part=name) from error
    return [record.model_dump() for record in read]


def _check_tracks(file: Path, path: Path) -> None:
    if not file.is_file():
        raise InputError("import_damaged", path=str(path))
    whole = len(chunks.MAGIC)
    with contextlib.closing(file.open("rb")) as stream:
        for data in chunks.frames(stream):
            whole += len(chunks.framed(data))
            try:
                chunks.decode(data)
            except ValueError as error:
                raise InputError("import_bad", path=str(path), part=TRACKS) from error
    if whole != file.stat().st_size:
        raise InputError("import_bad", path=str(path), part=TRACKS)


def _check_belongs(session: str, found: dict[str, list[Record]], path: Path) -> None:
    """Every record is of this one session, and its protocols came along."""
    digests = {record["digest"] for record in found["protocols"]}
    wanted = {record["protocol_digest"] for record in (*found["sessions"], *found["results"])}
    own = [record["id"] for record in found["sessions"]] == [session]
    others = [record for table in APPENDED for record in found[table.name] if record["session"] != session]
    if not own or others or wanted - digests:
        raise InputError("import_bad", path=str(path), part="sessions.json")
