"""Tracks that come in whole: put into their place with the change that they belong to."""

from __future__ import annotations

from pathlib import Path

from coach.store import chunks, owed
from coach.store.database import Connection
from coach.store.folder import TRACKS
from coach.store.track_table import TableSink
from coach.store.videos import Videos


class Taking(Videos):
    """The store as far as it takes files in."""

    def has_tracks(self, session: str) -> bool:
        return any(True for _ in self.raw_tracks(session))

    def replace_tracks(self, connection: Connection, session: str, file: Path) -> None:
        """The same where the session has tracks already: they go."""
        if self.url is not None:
            connection.run("DELETE FROM chunks WHERE session = ?", session)
        self.take_tracks(session, file)

    def take_tracks(self, session: str, file: Path) -> None:
        """Within a transaction: a file of the data folder becomes the session's tracks, or goes into the table."""
        if self.url is None:
            self.owe(session, owed.TAKE, [file.relative_to(self.folder).as_posix(), TRACKS])
            return
        sink = TableSink(self, session)
        with file.open("rb") as stream:
            for data in chunks.frames(stream):
                sink.append(chunks.framed(data))
