"""The sessions' videos: kept, erased, and those whose recording was broken off."""

from __future__ import annotations

from pathlib import Path

from coach.domain import InputError
from coach.store.database import Connection, put, select
from coach.store.folder import VIDEO, erase_file
from coach.store.reading import Reading
from coach.store.tables import CONSENTS, SESSIONS


class Videos(Reading):
    """The store as far as it takes videos in and away."""

    def keep_video(self, session: str, file: Path) -> None:
        """Copies a video into the session, where the last consent allows it.

        :raises InputError: session_missing, store_no_consent
        """
        with self.writing() as connection:
            self.record_of(connection, session)
            if not self.video_agreed(connection, session):
                raise InputError("store_no_consent")
            self.files.take_video(session, file)
            self._note_video(connection, session, VIDEO)

    def erase_video(self, session: str) -> None:
        """Takes the pictures away; results and tracks stay."""
        with self.writing() as connection:
            self._note_video(connection, session, "")
            self.files.erase_video(session)

    def settle_video(self, session: str, file: Path, plays: bool) -> bool:
        """Makes a video whose recording was broken off the session's own; says whether it did.

        Else it is erased: where it does not play, the last consent does not allow it, or another one is there.

        :param file: in the session's folder
        """
        with self.writing() as connection:
            taken = plays and self.video_agreed(connection, session) and self.files.video(session) is None
            if taken:
                self.files.adopt_video(session, file)
                self._note_video(connection, session, VIDEO)
            else:
                erase_file(file)
        return taken

    def erase_half_copy(self, session: str) -> bool:
        """Erases a copy of a video that was broken off; says whether there was one."""
        if not self.files.half_copy(session).is_file():
            return False
        with self.writing():  # whoever copies one is writing as well
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
