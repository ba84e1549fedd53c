"""Films that are looked at again since other marks of their back hold, each in a process of its own."""

from __future__ import annotations

import threading
from typing import Any, TypeAlias

from coach.domain import InputError
from coach.trainer import worker

Json: TypeAlias = dict[str, Any]


class Looking:
    """The films that are being looked at again. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, worker.Process] = {}
        self._far: dict[str, Json] = {}

    def far(self, session: str) -> Json:
        """{done_s, duration_s}, as far as that is known; both null where the film is not looked at."""
        with self._lock:
            return self._far.get(session, {"done_s": None, "duration_s": None})

    def look(self, look: worker.Look) -> None:
        """Waits until the film was looked at and the session scored by that.

        :raises InputError: looking_already, import_ended, and those of :func:`coach.marked.marked_from` or
            :func:`coach.marked.without_mark`
        """
        session = look.session
        with self._lock:
            if session in self._running:
                raise InputError("looking_already")
            process = self._running[session] = worker.Process(worker.look_again, look)
        said: worker.Told | None = None
        try:
            while (heard := process.hear()) is not None:
                said = heard
                if heard[0] == "progress":
                    with self._lock:
                        self._far[session] = {"done_s": heard[1][0], "duration_s": heard[1][1]}
            process.close()
        finally:
            with self._lock:
                self._running.pop(session, None)
                self._far.pop(session, None)
        _check(said, session)

    def close(self) -> None:
        """Ends all of it; the sessions stay as they were."""
        with self._lock:
            for process in self._running.values():
                process.end()


def _check(said: worker.Told | None, session: str) -> None:
    if said is not None and said[0] == "refused":
        raise said[1]
    if said is not None and said[0] == "fault":
        raise RuntimeError(said[1])
    if said is None or said[0] != "done":
        raise InputError("import_ended", name=session[:8])
