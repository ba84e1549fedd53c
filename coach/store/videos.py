"""The sessions' videos: kept, erased, and those whose recording was broken off."""

from __future__ import annotations

from pathlib import Path

from coach.domain import InputError
from coach.store import owed
from coach.store.database import Connection, put, select
from coach.store.erasing import erase_file
from coach.store.folder import VIDEO
from coach.store.incoming import Incoming
from coach.store.reading import Reading
from coach.store.tables import CONSENTS, SESSIONS


class Videos(Reading):
    """The store as far as it takes videos in and away."""

    def incoming(self) -> Incoming:
        """Where files wait for the change that they belong to."""
        return Incoming(self.folder, self.owes_from)

    def keep_video(self, session: str, file: Path) -> None:
        """Copies a video into the session, where the last consent allows it.

        :raises InputError: session_missing, store_no_consent
        """
        self._check_agreed(session)
        with self.incoming() as incoming:
            film = incoming.copied(file)
            with self.writing() as connection:
                self._check_agreed(session)
                self.take_video(connection, session, film)

    def _check_agreed(self, session: str) -> None:
        with self.told_here():
            self.record_of(self.connection, session)
            if not self.video_agreed(self.connection, session):
                raise InputError("store_no_consent")

    def take_video(self, connection: Connection, session: str, file: Path) -> None:
        """Within a transaction: a file of the data folder becomes the session's video."""
        self._note_video(connection, session, VIDEO)
        self.owe(session, owed.TAKE, [file.relative_to(self.folder).as_posix(), VIDEO])

    def drop_video(self, connection: Connection, session: str) -> None:
        """Within a transaction: the pictures are taken away."""
        if self.record_of(connection, session)["video"]:
            self._note_video(connection, session, "")
        if self.files.folder_of(session) is not None:
            self.owe(session, owed.PICTURES)

    def erase_video(self, session: str) -> None:
        """Takes the pictures away; results and tracks stay."""
        with self.writing() as connection:
            self.drop_video(connection, session)

    def settle_video(self, session: str, file: Path, plays: bool) -> bool:
        """Makes a video whose recording was broken off the session's own; says whether it did.

        Else it is erased: where it does not play, the last consent does not allow it, or another one is there.

        :param file: in the session's folder
        """
        with self.writing() as connection:
            taken = plays and self.video_agreed(connection, session) and self.files.video(session) is None
            if taken:
                self.take_video(connection, session, file)
        if not taken:
            erase_file(file)
        return taken

    def settle_found(self, session: str) -> bool | None:
        """Tells the row of a video that is there and that it does not know, for the program ended in between.

        :returns: whether it may stay, else it is erased; None where there is none
        """
        if self.files.video(session) is None:
            return None
        with self.writing() as connection:
            agreed = self.video_agreed(connection, session)
            if agreed:
                self._note_video(connection, session, VIDEO)
            else:
                self.drop_video(connection, session)
        return agreed

    def erase_half_copy(self, session: str) -> bool:
        """Erases a copy of a video that an older coach has broken off; says whether there was one."""
        return self.files.erase_half_copy(session)

    @staticmethod
    def video_agreed(connection: Connection, session: str) -> bool:
        """Whether the last consent allows a video."""
        given = select(connection, CONSENTS, "session", [session])
        return bool(given and given[-1]["video"] and not given[-1]["withdrawn"])

    def _note_video(self, connection: Connection, session: str, name: str) -> None:
        found = self.record_of(connection, session) | {"video": name}
        put(connection, SESSIONS, found)
        self.note(session, SESSIONS, found)
