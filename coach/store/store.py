"""The store as a whole: what it is asked, what is added to it, and how sessions leave it and come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from coach.domain import InputError
from coach.store import merge, plan, remains, sweeping, transfer
from coach.store.adding import Adding
from coach.store.identity import NOTHING, Settled
from coach.store.model import Imported


class Store(Adding):
    """Open it with :func:`coach.store.open_store`; close it, or use it as a context manager. Threads may share it."""

    def delete(self, session: str) -> None:
        """Takes a session away whole: records, tracks, journal, video; nothing of it is left in the files.

        :raises InputError: session_missing
        """
        remains.delete(self, session)

    def strays(self) -> list[str]:
        """Sessions of which only files are left: :meth:`delete` takes them away, a repair may bring them back."""
        return sweeping.strays(self)

    def find_left(self, beginning: str) -> str:
        """As :meth:`find`, among those too of which only files are left. Raises InputError."""
        left = [one for one in self.strays() if beginning and one.startswith(beginning.lower())]
        try:
            found = self.find(beginning)
        except InputError:
            if len(left) != 1:
                raise
            return left[0]
        if left:
            raise InputError("session_several", id=beginning)
        return found

    def discard(self, session: str) -> None:
        """As :meth:`delete`, of one that was only begun and may be begun again under its id."""
        remains.discard(self, session)

    def traces(self, session: str) -> tuple[str, ...]:
        """Where anything of the session is still to be found; empty after :meth:`delete`."""
        return remains.traces(self, session)

    def export(self, session: str, path: Path, video: bool = False, names: bool = False) -> None:
        """Writes one session as a file (schema ``coach.session-file/2``) that another store can take in.

        :param video: with the video, where one is kept
        :param names: with the names of the people, not their codes alone
        """
        transfer.export(self, session, path, video=video, names=names)

    def export_all(self, sessions: Sequence[str], *, names: bool = False) -> Iterator[tuple[str, Callable[..., None]]]:
        """Each session with what writes its file into a stream (``video=``, ``tracks=``); far quicker than one by one.

        :raises InputError: session_missing
        """
        for session, found in transfer.each(self, sessions, names=names):
            yield session, partial(transfer.write, self, session, found=found)

    def plan(self, paths: Sequence[Path], settled: Settled = NOTHING, *, checked: bool = False) -> plan.Plan:
        """What taking in session files would do, and what a person has to settle before; nothing is changed.

        :param checked: this was done a moment ago, and the files lie where nobody else writes
        :raises InputError: person_code_taken
        """
        return plan.plan(self, paths, settled, checked)

    def import_(self, path: Path, settled: Settled = NOTHING) -> Imported:
        """Takes in a session file; what is here already is not doubled, what is new is added.

        :param settled: what a person has said of the clashes that :meth:`plan` shows
        :raises InputError: import_…; import_clash_… for one that is not settled; then nothing was taken in
        """
        return merge.import_(self, path, settled)

    def import_all(
        self, paths: Sequence[Path], settled: Settled = NOTHING, planned: bool = False
    ) -> Iterator[Imported]:
        """As :meth:`import_` for many files, which takes far less time: by the lot, each of them whole or not at all.

        :param planned: :meth:`plan` has just looked into the files, and they lie where nobody else writes
        :raises InputError: as :meth:`import_`, for the first file that is refused; its lot is not taken in then
        """
        return merge.import_all(self, paths, settled, planned)
