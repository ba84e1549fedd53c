"""The folded sessions at hand: in memory, and for long ones in the session's own folder, which goes when it goes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator

import numpy as np

from coach.domain import InputError
from coach.recording import replay
from coach.store import Filter, Store
from coach.trainer.seen import Seen

FILE = "seen.bin"
LONG_S = 90.0  # shorter ones are folded again in less time than a page takes to open
MOST_IN_MEMORY = 4  # a session of 30 minutes takes 15 MB
WARM = 30  # sessions that are folded beforehand when the server starts


class Sights:
    """Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recent: OrderedDict[str, tuple[str, Seen]] = OrderedDict()
        self._lock = threading.Lock()
        self._folding = threading.Lock()  # one at a time: a second one of the same session finds it done

    def of(self, session: str) -> Seen:
        """:raises InputError: session_missing, session_no_tracks"""
        mark = self._mark(session)
        found = self._in_memory(session, mark)
        if found is None:
            with self._folding:
                found = self._in_memory(session, mark) or self._on_disk(session, mark) or self._folded(session, mark)
            with self._lock:
                self._recent[session] = (mark, found)
                while len(self._recent) > MOST_IN_MEMORY:
                    self._recent.popitem(last=False)
        return found

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is folded, and no file made, meanwhile."""
        with self._folding:
            yield

    def forget(self, session: str) -> None:
        with self._lock:
            self._recent.pop(session, None)

    def warm(self, stop: Callable[[], bool]) -> None:
        """Folds the newest long sessions that were not folded yet, while nothing else is asked."""
        for row in self._store.sessions(Filter(state="finished"), limit=WARM).rows:
            if stop():
                return
            if row.duration_s >= LONG_S:
                self.prepare(row.id)

    def prepare(self, session: str) -> None:
        """Folds a long session before somebody opens it."""
        try:
            mark = self._mark(session)
            with self._folding:
                if self._store.url is None and self._on_disk(session, mark) is None:
                    self._folded(session, mark)
        except (InputError, OSError):  # it was deleted meanwhile, or the disk is full: then it is folded when asked
            return

    def _mark(self, session: str) -> str:
        """Changes when the tracks do, or the marks they are seen by. Raises InputError session_missing."""
        record = self._store.record(session)
        corners = (record["corners"] + record["later"]).replace(" ", "")
        try:
            told = os.stat(self._store.files.of(session) / "tracks.bin")
        except OSError:
            return f"table {corners}"
        return f"{told.st_size} {corners}"

    def _in_memory(self, session: str, mark: str) -> Seen | None:
        with self._lock:
            known = self._recent.get(session)
            if known is None or known[0] != mark:
                return None
            self._recent.move_to_end(session)
            return known[1]

    def _on_disk(self, session: str, mark: str) -> Seen | None:
        try:
            data = (self._store.files.of(session) / FILE).read_bytes()
        except OSError:
            return None
        head, _, rest = data.partition(b"\n")
        return Seen.read(rest) if head == mark.encode() else None

    def _folded(self, session: str, mark: str) -> Seen:
        stored = self._store.session(session)
        watching = replay(
            self._store.tracks(session), np.array(stored.corners), stored.size, stored.pillow, stored.later
        )
        if not watching.time_s:
            raise InputError("session_no_tracks", id=session)
        found = Seen.of(watching)
        if watching.time_s[-1] >= LONG_S and self._store.url is None:
            self._keep(session, mark.encode() + b"\n" + found.bytes())
        return found

    def _keep(self, session: str, data: bytes) -> None:
        folder = self._store.files.of(session)
        part = folder / f"{FILE}.{threading.get_ident()}.part"
        try:
            part.write_bytes(data)
            os.replace(part, folder / FILE)
        except OSError:  # it is only for speed
            part.unlink(missing_ok=True)
