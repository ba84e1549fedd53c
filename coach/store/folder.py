"""The files of each session: ``sessions/<id>/`` with its tracks, its journal and, where allowed, its video.

The journal holds every record of the session that the database holds, one JSON line each, only ever added to. Where the
database is damaged it is built anew from the journals.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import uuid
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.locks import locked
from coach.patience import patiently
from coach.store import chunks
from coach.store.erasing import (
    Together,
    empty,
    erase_file,
    erase_folder,
    make_private,
    private,
    settle,
    settle_folder,
)
from coach.store.errors import told
from coach.store.tables import Record, dumps
from coach.store.track_file import TrackWriter

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_JOURNAL = "journal.jsonl"
TRACKS = "tracks.bin"
_PEOPLE = "people.json"
_STORE_JOURNAL = "deleted.jsonl"  # what is no session's own: which were deleted
_GONE = ".gone-"  # a folder that is being erased
_LEFT = ".erased-"  # a file that is
VIDEO = "video.mp4"
_REMOTE = ".on-server"
_RECORDED = ".coach-*.part"  # a video that is being recorded
_COPIED = "video.part"  # one that is being copied


def is_id(text: str) -> bool:
    """Is it a session's id, and nothing that could lead out of the folder?"""
    return _ID.fullmatch(text) is not None


class Folder:
    """Where the files of all sessions lie."""

    def __init__(self, root: Path, remote: bool = False) -> None:
        """:param remote: the rows are on a server; another store may share the folder"""
        self.root, self.remote = root, remote

    def of(self, session: str) -> Path:
        if not is_id(session):
            raise ValueError(f"no session id: {session!r}")
        return self.root / "sessions" / session

    def folder_of(self, session: str) -> Path | None:
        """The session's folder, where there is one."""
        folder = self.of(session)
        return folder if folder.is_dir() else None

    def make(self, session: str) -> Path:
        folder = self.of(session)
        with told(str(folder)):
            if not folder.parent.is_dir():
                make_private(self.root)
                folder.parent.mkdir(mode=self.root.stat().st_mode & 0o777, exist_ok=True)
            if not folder.is_dir():
                folder.mkdir(mode=self.root.stat().st_mode & 0o777, exist_ok=True)
            if self.remote:
                (folder / _REMOTE).touch(mode=0o600)
        return folder

    def video(self, session: str) -> Path | None:
        file = self.of(session) / VIDEO
        return file if file.is_file() else None

    def append(self, session: str, lines: Sequence[str], later: Together | None = None) -> None:
        """Adds lines to the session's journal, or without a session to that of the store.

        They are on the disk when this returns, or with ``later`` when that is settled.

        :param lines: each the JSON of [table, record]
        """
        file = self._journal(session, make=True)
        with told(str(file)), private(file, "a+b") as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":  # the last line was torn: it must not take this one with it
                    stream.write(b"\n")
            stream.write(b"".join(f"{zlib.crc32(line.encode()):08x} {line}\n".encode() for line in lines))
            if later is None:
                settle(stream)
        if later is not None:
            later.add(file)

    def _journal(self, session: str, make: bool = False) -> Path:
        if not session:
            return self.root / _STORE_JOURNAL
        return (self.make(session) if make else self.of(session)) / _JOURNAL

    def journal(self, session: str) -> Iterator[tuple[str, Record]]:
        """The journal's records in the order they were written; a torn line is left out."""
        file = self._journal(session)
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
            with private(part, "wb") as stream:
                stream.write(dumps(people).encode("utf-8"))
                settle(stream)
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
        file = self.of(session) / TRACKS
        if file.is_file():
            with told(str(file)), file.open("rb") as stream:
                yield from chunks.frames(stream)

    def append_tracks(self, session: str) -> TrackWriter:
        return TrackWriter(self.make(session) / TRACKS)

    def last_written_s(self, session: str) -> float:
        """When a chunk was last written, seconds since 1970; 0 where none was."""
        with contextlib.suppress(OSError):
            return (self.of(session) / TRACKS).stat().st_mtime
        return 0.0

    def is_recorded(self, session: str) -> bool:
        """Whether a program that runs, this one too, still takes the session's tracks, or may do so after a pause.

        False where the disk cannot tell: then only when something was written last does.
        """
        try:
            return locked(self.of(session) / TRACKS) is True
        except OSError:
            return False

    def recorded(self, session: str) -> list[Path]:
        """What lies there of videos that are being recorded, or whose recording was broken off."""
        return sorted(self.of(session).glob(_RECORDED))

    def take(self, session: str, source: str, name: str, later: Together) -> None:
        """Moves a file of the data folder into the session's; nothing happens where it was moved before.

        :param source: its place within the data folder
        :param name: what it is to be called there
        :param later: to be settled by the caller
        """
        file = self.root / source
        target = self.of(session) / name
        with told(str(target)):
            if file.is_file():
                self.make(session)
                patiently(lambda: os.replace(file, target))
                later.add(target.parent)

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

    def pictures(self, session: str) -> list[Path]:
        """The video, and whatever lies there of one that is not finished."""
        files = (self.of(session) / VIDEO, self.half_copy(session), *self.recorded(session))
        return [file for file in files if file.is_file()]

    def set_pictures_aside(self, session: str) -> None:
        """Takes the pictures away at once; :meth:`erase_aside` erases them, which takes a while."""
        for file in self.pictures(session):
            with told(str(file)):
                other = file.with_name(f"{_LEFT}{uuid.uuid4().hex}")
                patiently(lambda file=file, other=other: os.replace(file, other))  # type: ignore[misc]

    def erase_aside(self, session: str) -> None:
        for file in sorted(self.of(session).glob(_LEFT + "*")):
            erase_file(file)

    def set_aside(self, session: str) -> None:
        """Takes the session's folder away at once; its name tells that it is to go whatever happens."""
        folder = self.of(session)
        with told(str(folder)):
            if folder.is_dir():
                patiently(lambda: os.replace(folder, self._gone(session)))
                settle_folder(folder.parent)

    def empty_aside(self, session: str) -> None:
        """Erases what was in a folder that was set aside; the folder stays, and tells what was begun."""
        folder = self._gone(session)
        if folder.is_dir():
            with told(str(folder)):
                empty(folder)

    def erase(self, session: str) -> None:
        """Overwrites and removes all files of the session; those of a half-done erasure too."""
        erase_folder(self.of(session))
        erase_folder(self._gone(session))

    def _gone(self, session: str) -> Path:
        folder = self.of(session)
        return folder.with_name(_GONE + folder.name)

    def going(self) -> list[str]:
        """The ids of the sessions whose folders were set aside, and are still there."""
        root = self.root / "sessions"
        names = [path.name.removeprefix(_GONE) for path in root.glob(_GONE + "*")] if root.is_dir() else []
        return sorted(name for name in names if is_id(name))

    def is_empty(self, session: str) -> bool:
        """Whether a folder holds nothing that anybody would miss: no journal, no picture."""
        return not self.has_journal(session) and not self.pictures(session) and not self.is_remote(session)

    def is_remote(self, session: str) -> bool:
        """Whether the session's rows are on a server."""
        return (self.of(session) / _REMOTE).exists()

    def has_journal(self, session: str) -> bool:
        return (self.of(session) / _JOURNAL).is_file()
