"""A session file on its way in: unpacked and checked, for nothing in it is believed before."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated

import pydantic
from pydantic import Field

from coach.domain import InputError
from coach.store import chunks
from coach.store.tables import APPENDED, Record
from coach.store.transfer_schema import LATER, MANIFEST, MOST, RECORDS, TRACKS, VIDEO, FilePart, Manifest

LARGEST = {TRACKS: 2 * 10**9, VIDEO: 16 * 10**9}  # bytes
_MANIFEST_BYTES = 1_000_000
_PIECE = 1 << 20


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


def read(path: Path, folder: Path | None = None) -> SessionFile:
    """Checks a session file.

    :param folder: where its tracks and its video are unpacked to; they are looked at only then
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
                table: _checked(zipped, manifest, table, path) for table in there
            }
            for name in (TRACKS, VIDEO):
                if folder is not None and name in parts:
                    with (folder / name).open("wb") as out:
                        _copy(zipped, _part(manifest, name, path), out, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zipfile.LargeZipFile) as error:
        # All the words in which zipfile says that this is no zip, or one that no honest program wrote.
        no_zip = isinstance(error, zipfile.BadZipFile) and not zipfile.is_zipfile(path)
        raise InputError("import_no_zip" if no_zip else "import_damaged", path=str(path)) from error
    except Exception as error:
        before_it = isinstance(error, OSError) and error.errno == errno.EINVAL  # a part said to begin before the file
        if before_it or type(error).__module__ in ("zlib", "lzma", "_bz2", "_lzma"):
            raise InputError("import_damaged", path=str(path)) from error
        raise
    if folder is not None:
        _check_tracks(folder / TRACKS, path)
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


def _checked(zipped: zipfile.ZipFile, manifest: Manifest, table: str, path: Path) -> list[Record]:
    name, (largest, most) = f"{table}.json", MOST[table]
    with tempfile.SpooledTemporaryFile(max_size=largest) as unpacked:
        _copy(zipped, _part(manifest, name, path), unpacked, path)
        unpacked.seek(0)
        data = unpacked.read()
    several = Annotated[list[RECORDS[table]], Field(max_length=most)]  # type: ignore[valid-type]
    adapter: pydantic.TypeAdapter[list[pydantic.BaseModel]] = pydantic.TypeAdapter(several)
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
