"""A session while it is going on: what was appended stays, however the program ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol

from coach.domain import TrackChunk
from coach.store import chunks
from coach.store.model import Json


class Sink(Protocol):
    """Where chunks go: a file beside SQLite, a table in PostgreSQL."""

    def append(self, framed: bytes) -> None: ...

    def close(self) -> None: ...


class Recording:
    """Takes a session's tracks as they come. Use it as a context manager.

    Left without :meth:`finish` the session stays in the store as it is, in the state "recording".
    """

    def __init__(
        self,
        session: str,
        folder: Path,
        sink: Sink,
        finish: Callable[[Json, Json, float], None],
        drop: Callable[[], None],
        filmed: Callable[[], None],
        note: Callable[[Json], None],
    ) -> None:
        self.id = session
        self.folder = folder  # the session's own; a video goes to ``video_path``
        self._sink, self._finish, self._drop, self._filmed, self._note = sink, finish, drop, filmed, note
        self._last_s = 0.0

    @property
    def video_path(self) -> Path:
        """Where the video is to be written, if the consent allows one; found by the store once it is there."""
        return self.folder / "video.mp4"

    def append(self, chunk: TrackChunk) -> None:
        """Keeps up to a second of tracks; they are on the disk when this returns (some ms, more on a slow one).

        :raises InputError: store_full, store_read_only, store_unreadable; what was appended before stays whole
        """
        self._sink.append(chunks.encode(chunk))
        if len(chunk.time_s):
            self._last_s = float(chunk.time_s[-1])

    def finish(self, report: Json, feedback: Json | None = None) -> None:
        """Keeps the machine's result; the session is finished.

        :param report: coach.report/1
        """
        self._finish(report, feedback or {}, self._last_s)

    def note(self, entry: Json) -> None:
        """Keeps what is noted while it goes on (:mod:`coach.learn.lessons`)."""
        self._note(entry)

    def filmed(self) -> None:
        """Tells the store that the video is there, where it ended after the result."""
        self._filmed()

    def discard(self) -> None:
        """Takes the session out of the store again, whole."""
        self._sink.close()
        self._drop()

    def close(self) -> None:
        """Ends the recording; what was appended stays."""
        self._sink.close()

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sink.close()
