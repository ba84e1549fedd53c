"""The files of each session: ``sessions/<id>/`` with its tracks, its journal and, where allowed, its video.

The journal holds every record of the session that the database holds, one JSON line each, only ever added to. Where the
database is damaged it is built anew from the journals.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from coach.locks import lock, locked
from coach.patience import patiently
from coach.store import chunks
from coach.store.errors import told
from coach.store.tables import Record, dumps

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_JOURNAL = "journal.jsonl"
_TRACKS = "tracks.bin"
_PEOPLE = "people.json"
VIDEO = "video.mp4"
_RECORDED = ".coach-*.part"  # a video that is being recorded
_COPIED = "video.part"  # one that is being copied


def is_id(text: str) -> bool:
    """Is it a session's id, and nothing that could lead out of the folder?"""
    return _ID.fullmatch(text) is not None


def make_private(folder: Path) -> None:
    """Makes a data folder for its owner's eyes alone, and with it all that will be in it: sessions are of people.

    One that is there already keeps its mode, for somebody may have opened it to others on purpose.

    :raises OSError: where it cannot be made
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


class Folder:
    """Where the files of all sessions lie."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def of(self, session: str) -> Path:
        if not is_id(session):
            raise ValueError(f"no session id: {session!r}")
        return self.root / "sessions" / session

    def make(self, session: str) -> Path:
        folder = self.of(session)
        with told(str(folder)):
            make_private(self.root)
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def video(self, session: str) -> Path | None:
        file = self.of(session) / VIDEO
        return file if file.is_file() else None

    def note(self, session: str, table: str, record: Record) -> None:
        """Adds a line to the journal; it is on the disk when this returns."""
        line = dumps([table, record])
        file = self.make(session) / _JOURNAL
        with told(str(file)), file.open("a+b") as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":  # the last line was torn: it must not take this one with it
                    stream.write(b"\n")
            stream.write(f"{zlib.crc32(line.encode()):08x} {line}\n".encode())
            _settle(stream)

    def journal(self, session: str) -> Iterator[tuple[str, Record]]:
        """The journal's records in the order they were written; a torn line is left out."""
        file = self.of(session) / _JOURNAL
        if not file.is_file():
            return
        with told(str(file)), file.open("rb") as stream:
            for line in stream:
                check, _, text = line.rstrip(b"\n").partition(b" ")
                if check == f"{zlib.crc32(text):08x}".encode():
                    table, record = json.loads(text)
                    yield table, record

    def write_people(self, people: list[Record]) -> None:
        """Keeps the people's list beside the database, as the journals keep the sessions."""
        file = self.root / _PEOPLE
        part = file.with_suffix(".part")
        with told(str(file)):
            with part.open("wb") as stream:
                stream.write(dumps(people).encode("utf-8"))
                _settle(stream)
            patiently(lambda: os.replace(part, file))

    def people(self) -> list[Record]:
        file = self.root / _PEOPLE
        with told(str(file)):
            found: list[Record] = json.loads(file.read_bytes()) if file.is_file() else []
        return found

    def sessions(self) -> list[str]:
        """The ids of all sessions that have a folder."""
        root = self.root / "sessions"
        with told(str(root)):
            return sorted(p.name for p in root.iterdir() if is_id(p.name)) if root.is_dir() else []

    def tracks(self, session: str) -> Iterator[bytes]:
        file = self.of(session) / _TRACKS
        if file.is_file():
            with told(str(file)), file.open("rb") as stream:
                yield from chunks.frames(stream)

    def append_tracks(self, session: str) -> TrackWriter:
        return TrackWriter(self.make(session) / _TRACKS)

    def last_written_s(self, session: str) -> float:
        """When a chunk was last written, seconds since 1970; 0 where none was."""
        with contextlib.suppress(OSError):
            return (self.of(session) / _TRACKS).stat().st_mtime
        return 0.0

    def is_recorded(self, session: str) -> bool:
        """Whether a program that runs, this one too, still takes the session's tracks, or may do so after a pause.

        False where the disk cannot tell: then only when something was written last does.
        """
        try:
            return locked(self.of(session) / _TRACKS) is True
        except OSError:
            return False

    def take_video(self, session: str, file: Path) -> None:
        """Copies a video into the session's folder; it is there whole or not at all."""
        target = self.make(session) / VIDEO
        part = self.half_copy(session)
        with told(str(target)):
            try:
                shutil.copyfile(file, part)
                patiently(lambda: os.replace(part, target))
            finally:
                part.unlink(missing_ok=True)

    def recorded(self, session: str) -> list[Path]:
        """What lies there of videos that are being recorded, or whose recording was broken off."""
        return sorted(self.of(session).glob(_RECORDED))

    def adopt_video(self, session: str, file: Path) -> None:
        """Makes a file in the session's folder its video."""
        target = self.of(session) / VIDEO
        with told(str(target)):
            patiently(lambda: os.replace(file, target))

    def half_copy(self, session: str) -> Path:
        """Where a video is copied to."""
        return self.of(session) / _COPIED

    def erase_half_copy(self, session: str) -> bool:
        """Erases a copy of a video that was broken off; says whether there was one. Not while one is made."""
        file = self.half_copy(session)
        there = file.is_file()
        if there:
            erase_file(file)
        return there

    def erase_video(self, session: str) -> None:
        """Erases the video, and whatever lies there of one that is not finished."""
        for file in (self.of(session) / VIDEO, self.half_copy(session), *self.recorded(session)):
            if file.is_file():
                erase_file(file)

    def erase(self, session: str) -> None:
        """Overwrites and removes all files of the session; those of a half-done erasure too."""
        folder = self.of(session)
        if not folder.is_dir():
            return
        with told(str(folder)):
            for file in folder.rglob("*"):
                if file.is_file() and not file.is_symlink():
                    overwrite(file)
            patiently(lambda: shutil.rmtree(folder))
            _settle_folder(folder.parent)


class TrackWriter:
    """Appends chunks to a session's tracks; what was torn at the end is cut off first."""

    def __init__(self, file: Path) -> None:
        self._place = str(file)
        with told(self._place):
            self._stream = file.open("r+b" if file.exists() else "w+b", buffering=0)
            lock(self._stream)  # see Folder.is_recorded
            try:
                self._begin()
            except BaseException:
                self._stream.close()
                raise

    def _begin(self) -> None:
        self._listed = self._is_listed()
        self._whole = sum(len(chunks.framed(data)) for data in chunks.frames(self._stream))
        if self._whole == 0:
            self._add(chunks.MAGIC)
        else:
            self._whole += len(chunks.MAGIC)

    def append(self, framed: bytes) -> None:
        """The chunk is on the disk when this returns.

        :raises InputError: store_full, store_read_only, store_unreadable; the chunks before stay whole
        """
        with told(self._place):
            if self._listed and not self._is_listed():  # taken away meanwhile: what is written is lost
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self._add(framed)

    def _is_listed(self) -> bool:
        """Whether a folder has the file; some disks never tell."""
        return os.fstat(self._stream.fileno()).st_nlink > 0

    def _add(self, data: bytes) -> None:
        self._stream.seek(self._whole)
        try:
            view = memoryview(data)
            while view:
                view = view[self._stream.write(view) :]
            self._stream.truncate()
            os.fsync(self._stream.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                self._stream.truncate(self._whole)
            raise
        self._whole += len(data)

    def close(self) -> None:
        with told(self._place):
            self._stream.close()


def _settle(stream: BinaryIO | Any) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _settle_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened, and need not be
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def overwrite(file: Path) -> None:
    """Writes zeros over a file, which is then to be removed."""
    # A plain disk then has nothing to undelete; flash storage may keep old cells, which only encryption covers.
    with file.open("r+b") as stream:
        left = file.stat().st_size
        while left > 0:
            left -= stream.write(b"\0" * min(left, 1 << 20))
        _settle(stream)


def erase_file(file: Path) -> None:
    """Overwrites and removes a file. Raises InputError: store_read_only, …"""
    with told(str(file)):
        overwrite(file)
        patiently(file.unlink)
