"""The hand finder of a practice. MediaPipe takes a second or two to load: meanwhile the preview runs without hands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from coach.domain import Floats, Frame, HandObservation, InputError

BOTH = 2
State: TypeAlias = Literal["waiting", "loading", "ok", "failed"]


class Finder(Protocol):
    """A finder that must be closed."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]: ...

    def close(self) -> None: ...


class Finding:
    """Loads a finder in a thread of its own, once asked to, and then finds with it."""

    def __init__(self, make: Callable[[], Finder], ready: Callable[[], None] = lambda: None) -> None:
        self._make, self._ready = make, ready
        self._finder: Finder | None = None
        self._thread: threading.Thread | None = None
        self.state: State = "waiting"
        self._whole, self._few = True, True  # how the last picture was looked at, and whether a hand was missing in it
        self.refused: InputError | None = None

    def begin(self) -> None:
        """Starts to load; harmless when called again."""
        if self._thread is None:
            self.state = "loading"
            self._thread = threading.Thread(target=self._load, name="coach-finder", daemon=True)
            self._thread.start()

    def _load(self) -> None:
        try:
            self._finder = self._make()
            self.state = "ok"
        except InputError as error:
            self.refused, self.state = error, "failed"
        finally:
            self._ready()

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        """The hands in a picture; none while the finder is not there.

        A hand that has left the back may be making a sign: then every other picture is looked at whole.

        :param back: (4, 2) px where the back is, while the massage goes on
        """
        if self._finder is None or self.state != "ok":
            return ()
        self._whole = back is None or (self._few and not self._whole)
        found = self._finder.find(frame, None if self._whole else back)
        self._few = len(found) < BOTH
        return found

    def close(self) -> None:
        """Waits for a finder that is still loading: one that is not closed raises at the program's end."""
        if self._thread is not None:
            self._thread.join()
        if self._finder is not None:
            self.state = "waiting"
            self._finder.close()
            self._finder = None
