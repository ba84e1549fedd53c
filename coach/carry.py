"""One file for the USB stick: the programme's entries and the sessions of one laptop, taken in by another.

A zip with ``manifest.json`` (schema coach.programme-file/1: each other file's size and sha256), ``entries.jsonl``, the
instruments' files to be read, and a session file for each session. Names leave a laptop only where they were asked for;
where names or films are in it the file is locked with a passphrase (:mod:`coach.store.locked`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from coach import __version__
from coach.collecting import without_collection
from coach.domain import InputError
from coach.instruments import parse
from coach.patience import patiently
from coach.programme import Entry, EntryError, checked
from coach.programme.bodies import Instrument, Name
from coach.programme.entry import record
from coach.programme.merging import Preview
from coach.register import Added, Register
from coach.store import records
from coach.store.erasing import make_private
from coach.store.errors import told
from coach.store.identity import NOTHING, Settled
from coach.store.locked import is_locked, lock, unlock
from coach.store.plan import Plan

SCHEMA = "coach.programme-file/1"
MANIFEST, ENTRIES, SESSIONS, INSTRUMENTS = "manifest.json", "entries.jsonl", "sessions/", "instruments/"
_LARGEST = {ENTRIES: 512 * 10**6, MANIFEST: 64 * 10**6, INSTRUMENTS: 10**6, SESSIONS: 18 * 10**9}
_PIECE = 1 << 20
_BESIDE, _DENSER = 370, 4  # of an entry's line, signs that are not its text; and how many times smaller it is packed
_IN_MEMORY = 1 << 25  # bytes of a session: with a film it is written to the disk


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Part(_Strict):
    name: Annotated[str, Field(max_length=200)]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Strict):
    schema_: Annotated[Literal["coach.programme-file/1"], Field(alias="schema")]
    made: Annotated[str, Field(max_length=40)]
    software: Annotated[str, Field(max_length=100)]
    laptop: Annotated[str, Field(max_length=4)]
    names: bool
    films: bool
    files: Annotated[list[_Part], Field(max_length=200_000)]


@dataclass(frozen=True, slots=True)
class Carried:
    entries: int
    sessions: int
    locked: bool


def carry(
    register: Register,
    path: Path,
    sessions: Sequence[str] = (),
    *,
    names: bool = False,
    films: bool = False,
    tracks: bool = True,
    passphrase: str = "",
) -> Carried:
    """Writes the file; it appears whole or not at all.

    :param sessions: ids
    :param tracks: with the hands' tracks, some 15 kB for each second; without them scores can be read, compared and
        corrected elsewhere, but not measured anew
    :raises InputError: carry_unlocked where names or films would lie open, lock_short, store_…
    """
    if (names or films) and not passphrase:
        raise InputError("carry_unlocked")
    store, state = register.store, register.state()
    entries = [one for one in state.entries.values() if names or one.kind != Name.kind]
    part = path.with_name(path.name + ".part")
    with told(str(path)), _scratch(register) as folder:
        try:
            plain = folder / "plain.zip"
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as out:
                files = [_add(out, ENTRIES, _lines(entries))]
                for digest, held in state.all(Instrument).items():
                    name = f"{INSTRUMENTS}{_instrument(held.body.text)}-{digest[:8]}.toml"
                    files.append(_add(out, name, iter([held.body.text.encode()])))
                out.compression = zipfile.ZIP_STORED  # session files are packed already
                for session, written in store.export_all(sessions, names=names):
                    with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder)) as stream:
                        written(stream, video=films, tracks=tracks)
                        files.append(_add(out, f"{SESSIONS}{session}.zip", _pieces(stream)))
                manifest = {
                    "schema": SCHEMA,
                    "made": records.now(),
                    "software": f"coach {__version__}",
                    "laptop": register.laptop.letter,
                    "names": names,
                    "films": films,
                    "files": files,
                }
                out.writestr(MANIFEST, json.dumps(manifest, indent=1), zipfile.ZIP_DEFLATED)
            if passphrase:
                lock(plain, part, passphrase)
            else:
                shutil.copyfile(plain, part)
            patiently(lambda: os.replace(part, path))
        finally:
            part.unlink(missing_ok=True)
    return Carried(len(entries), len(sessions), bool(passphrase))


def weight(register: Register) -> int:
    """Bytes that all entries have in the file, about."""
    of_text = sum(len(one.text) + _BESIDE for one in register.state().entries.values())
    return of_text // _DENSER


def _instrument(text: str) -> str:
    return parse(text.encode("utf-8")).id


def _lines(entries: Sequence[Entry]) -> Iterator[bytes]:
    for one in sorted(entries, key=lambda e: (e.made, e.id)):
        yield json.dumps(record(one), ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while piece := stream.read(_PIECE):
        yield piece


def _add(out: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with out.open(name, "w", force_zip64=True) as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
    return {"name": name, "bytes": size, "sha256": digest.hexdigest()}


@contextlib.contextmanager
def _scratch(register: Register) -> Iterator[Path]:
    """A folder within the data folder: what is unpacked never lies open on the stick, and a crash leaves it where the
    next start sweeps."""
    with told(str(register.store.folder)):
        make_private(register.store.folder)  # with the rows on a server there may be none yet
    with tempfile.TemporaryDirectory(prefix=".import-", dir=register.store.folder) as folder:
        yield Path(folder)


# ---------------------------------------------------------------------- in again


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was looked into; nothing of it is here yet."""

    manifest: Manifest
    entries: tuple[Entry, ...]
    preview: Preview
    sessions: tuple[Path, ...]  # for as long as the file is open
    plan: Plan


@contextlib.contextmanager
def opened(register: Register, path: Path, passphrase: str = "", settled: Settled = NOTHING) -> Iterator[Opened]:
    """What a file would bring: new, known and contradictions, before anything is taken in.

    :raises InputError: import_missing, carry_locked where a passphrase is needed, lock_wrong, carry_foreign,
        carry_damaged, programme_entry_bad, import_…
    """
    if not path.is_file():
        raise InputError("import_missing", path=str(path))
    with told(str(register.store.folder)), _scratch(register) as folder:
        plain = path
        if is_locked(path):
            if not passphrase:
                raise InputError("carry_locked", path=str(path))
            plain = folder / "plain.zip"
            unlock(path, plain, passphrase)
        with without_collection():
            manifest, entries, sessions = _unpacked(plain, path, folder, register.state().entries)
            if plain != path:
                plain.unlink()  # what was locked lies open for as short as can be
            plan = register.store.plan(sessions, settled)
            shown = register.preview(entries)
        yield Opened(manifest, entries, shown, tuple(sessions), plan)


def settled_anew(register: Register, found: Opened, settled: Settled) -> Opened:
    """The same file, with who is who as a person has said meanwhile; its sessions were checked when it was opened."""
    return replace(found, plan=register.store.plan(found.sessions, settled, checked=True))


def take(register: Register, found: Opened) -> tuple[Added, int]:
    """Takes in what :func:`opened` shows; returns what came of the entries, and how many sessions were new.

    :raises InputError: import_… for a session that is damaged; import_clash_… where its people are not settled: then
        the entries alone are in
    """
    if found.plan.refused:
        raise found.plan.refused[0]
    added = register.join(found.entries)
    return added, sum(one.new for one in register.store.import_all(found.sessions, found.plan.settled, planned=True))


def _unpacked(
    plain: Path, path: Path, folder: Path, known: Mapping[str, Entry]
) -> tuple[Manifest, tuple[Entry, ...], list[Path]]:
    try:
        with zipfile.ZipFile(plain) as zipped:
            manifest = _manifest(zipped, path)
            sessions: list[Path] = []
            entries: tuple[Entry, ...] = ()
            for part in manifest.files:
                target = folder / "part"
                _copy(zipped, part, target, path)
                if part.name == ENTRIES:
                    entries = tuple(_read(target, known))
                elif part.name.startswith(SESSIONS):
                    sessions.append(folder / f"{len(sessions)}.session.zip")
                    target.replace(sessions[-1])
            return manifest, entries, sessions
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zipfile.LargeZipFile) as error:
        key = "carry_damaged" if zipfile.is_zipfile(plain) else "carry_foreign"
        raise InputError(key, path=str(path)) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_bz2", "_lzma"):
            raise InputError("carry_damaged", path=str(path)) from error
        raise


def _manifest(zipped: zipfile.ZipFile, path: Path) -> Manifest:
    names = zipped.namelist()
    if MANIFEST not in names or len(names) != len(set(names)):
        raise InputError("carry_foreign", path=str(path))
    with zipped.open(MANIFEST) as stream:
        data = stream.read(_LARGEST[MANIFEST])
    try:
        manifest = Manifest.model_validate_json(data)
    except pydantic.ValidationError as error:
        raise InputError("carry_foreign", path=str(path)) from error
    listed = [part.name for part in manifest.files]
    strange = [name for name in listed if name != ENTRIES and not name.startswith((SESSIONS, INSTRUMENTS))]
    if sorted([*listed, MANIFEST]) != sorted(names) or strange or ENTRIES not in listed:
        raise InputError("carry_damaged", path=str(path))
    return manifest


def _copy(zipped: zipfile.ZipFile, part: _Part, target: Path, path: Path) -> None:
    """Unpacks as much as the manifest promises and not a byte more, whatever the zip's own headers say."""
    most = next(size for start, size in _LARGEST.items() if part.name.startswith(start))
    digest, left = hashlib.sha256(), part.bytes
    with zipped.open(part.name) as stream, target.open("wb") as out:
        while left <= most and (piece := stream.read(_PIECE)):
            left -= len(piece)
            if left < 0:
                raise InputError("carry_damaged", path=str(path))
            digest.update(piece)
            out.write(piece)
    if left or digest.hexdigest() != part.sha256:
        raise InputError("carry_damaged", path=str(path))


def _read(file: Path, known: Mapping[str, Entry]) -> Iterator[Entry]:
    """The file's entries, each checked; one that is here already, word for word, was checked when it came."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                fields = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise EntryError(number, "json") from error
            if not isinstance(fields, dict):
                raise EntryError(number, "json")
            here = known.get(str(fields.get("id")))
            yield here if here is not None and record(here) == fields else checked(fields, number)
