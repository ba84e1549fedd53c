"""A session file on its way in: unpacked and checked, for nothing in it is believed before."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Annotated, TypeAlias

import pydantic
from pydantic import Field

from coach.domain import InputError
from coach.store import chunks
from coach.store.erasing import private
from coach.store.tables import APPENDED, Record
from coach.store.transfer_schema import LATER, MANIFEST, MOST, RECORDS, TRACKS, VIDEO, FilePart, Manifest

Where: TypeAlias = Callable[[str, str], Path | None]  # a session's id and its part → where that is to be unpacked to

LARGEST = {TRACKS: 2 * 10**9, VIDEO: 16 * 10**9}  # bytes
_MANIFEST_BYTES = 1_000_000
_PIECE = 1 << 20
_NO_TRACKS, _NO_RECORDS = (hashlib.sha256(nothing).hexdigest() for nothing in (chunks.MAGIC, b"[]"))
_ALIKE, _MOST_ALIKE = ("protocols",), 32  # tables that a thousand session files have alike; and how many are kept


@dataclass(frozen=True, slots=True)
class SessionFile:
    """What a session file holds beside tracks and video."""

    path: Path
    session: str
    records: Mapping[str, list[Record]]  # by table

    @property
    def own(self) -> Record:
        """The session's own record."""
        return self.records["sessions"][0]


def read(path: Path, where: Where = lambda _session, _part: None, checked: bool = False) -> SessionFile:
    """Checks a session file.

    :param checked: this was done a moment ago, and the file lies where nobody else writes: its records are only read
    :param where: where its tracks and its video are unpacked to; they are looked at only then
    :raises InputError: import_missing, import_no_zip, import_damaged, import_foreign, import_large, import_bad
    """
    if not path.is_file():
        raise InputError("import_missing", path=str(path))
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = _manifest(zipped, path)
            parts = [part.name for part in manifest.files]
            there = [table for table in RECORDS if table not in LATER or f"{table}.json" in parts]
            found: dict[str, list[Record]] = {table: [] for table in RECORDS} | {
                table: _records(zipped, manifest, table, path, checked) for table in there
            }
            _part(manifest, TRACKS, path)  # there always are some, though it be none
            for part in (one for one in manifest.files if not _is_empty(one)):
                if part.name in (TRACKS, VIDEO) and (target := where(manifest.session, part.name)) is not None:
                    _unpacked(zipped, manifest, part.name, target, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zipfile.LargeZipFile) as error:
        # All the words in which zipfile says that this is no zip, or one that no honest program wrote.
        no_zip = isinstance(error, zipfile.BadZipFile) and not zipfile.is_zipfile(path)
        raise InputError("import_no_zip" if no_zip else "import_damaged", path=str(path)) from error
    except Exception as error:
        before_it = isinstance(error, OSError) and error.errno == errno.EINVAL  # a part said to begin before the file
        if before_it or type(error).__module__ in ("zlib", "lzma", "_bz2", "_lzma"):
            raise InputError("import_damaged", path=str(path)) from error
        raise
    _check_belongs(manifest.session, found, path)
    return SessionFile(path, manifest.session, found)


def _manifest(zipped: zipfile.ZipFile, path: Path) -> Manifest:
    names = zipped.namelist()
    known = {MANIFEST, TRACKS, VIDEO, *(f"{table}.json" for table in RECORDS)}
    if MANIFEST not in names or len(names) != len(set(names)) or set(names) - known:
        raise InputError("import_foreign", path=str(path))
    with zipped.open(MANIFEST) as stream:
        data = stream.read(_MANIFEST_BYTES)
    try:
        manifest = Manifest.model_validate_json(data)
    except pydantic.ValidationError as error:
        raise InputError("import_foreign", path=str(path)) from error
    listed = [part.name for part in manifest.files]
    if sorted([*listed, MANIFEST]) != sorted(names):
        raise InputError("import_damaged", path=str(path))
    return manifest


def _is_empty(part: FilePart) -> bool:
    """Tracks without a chunk, for which no file is needed."""
    return part.name == TRACKS and part.sha256 == _NO_TRACKS


def _unpacked(zipped: zipfile.ZipFile, manifest: Manifest, name: str, target: Path, path: Path) -> None:
    part = _part(manifest, name, path)
    with private(target, "wb") as out:
        _copy(zipped, part, out, path)
    if name == TRACKS:
        _check_tracks(target, path)


def _part(manifest: Manifest, name: str, path: Path) -> FilePart:
    part = next((part for part in manifest.files if part.name == name), None)
    if part is None:
        raise InputError("import_damaged", path=str(path))
    most = LARGEST[name] if name in LARGEST else MOST[name.removesuffix(".json")][0]
    if part.bytes > most:
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


def _records(zipped: zipfile.ZipFile, manifest: Manifest, table: str, path: Path, checked: bool) -> list[Record]:
    """What is alike in a thousand files, by its digest, is checked once."""
    name = f"{table}.json"
    part = _part(manifest, name, path)
    unpacked = io.BytesIO()
    _copy(zipped, part, unpacked, path)
    if part.sha256 == _NO_RECORDS:
        return []
    if part.sha256 in _alike:
        return [dict(record) for record in _alike[part.sha256]]
    if checked:
        return [_defaults(table) | record for record in json.loads(unpacked.getvalue())]
    try:
        read = _several(table).validate_json(unpacked.getvalue())
    except (pydantic.ValidationError, RecursionError) as error:
        raise InputError("import_bad", path=str(path), part=name) from error
    found = [dict(record) for record in read]  # flat; what is in a report stays as it was read
    if table in _ALIKE and len(_alike) < _MOST_ALIKE:
        _alike[part.sha256] = [dict(record) for record in found]
    return found


_alike: dict[str, list[Record]] = {}  # by digest, records of _ALIKE that were checked


@cache
def _defaults(table: str) -> Record:
    """What the files of older coaches leave out."""
    fields = RECORDS[table].model_fields
    return {name: field.default for name, field in fields.items() if not field.is_required()}


@cache
def _several(table: str) -> pydantic.TypeAdapter[list[pydantic.BaseModel]]:
    most = MOST[table][1]
    return pydantic.TypeAdapter(Annotated[list[RECORDS[table]], Field(max_length=most)])  # type: ignore[arg-type, valid-type]


def _check_tracks(file: Path, path: Path) -> None:
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


def _check_belongs(session: str, found: Mapping[str, list[Record]], path: Path) -> None:
    """Every record is of this one session, its protocols came along, and nobody else did."""
    digests = {record["digest"] for record in found["protocols"]}
    wanted = {record["protocol_digest"] for record in (*found["sessions"], *found["results"])}
    own = [record["id"] for record in found["sessions"]] == [session]
    others = [record for table in APPENDED for record in found[table.name] if record["session"] != session]
    if not own or others or wanted - digests:
        raise InputError("import_bad", path=str(path), part="sessions.json")
    people, kader, person = found["people"], found["sessions"][0]["kader"], found["sessions"][0]["person"]
    codes, ids = [one["code"] for one in people], [one["id"] for one in people if one["id"]]
    strangers = set(codes) - named(found)
    twice = len(codes) != len(set(codes)) or len(ids) != len(set(ids))
    hers = [one["id"] for one in people if one["code"] == kader]
    if strangers or twice or (person and hers != [person]):
        raise InputError("import_bad", path=str(path), part="people.json")


def named(records: Mapping[str, list[Record]]) -> set[str]:
    """The codes of all who occur in a session's records."""
    authors = {r["author"] for table in ("corrections", "consents") for r in records[table]}
    return {records["sessions"][0]["kader"], *authors, *(r["rater"] for r in records["ratings"])} - {""}
