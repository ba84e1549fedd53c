"""The hand finder of a practice. MediaPipe takes a second or two to load: meanwhile the preview runs without hands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from coach.domain import Floats, Frame, HandObservation, InputError

BOTH = 2
AWAY_S = 0.5  # a hand that is missed for less has been lost on the back
PEEK_S = 0.5  # between two looks at the whole picture while a hand is out of sight
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
        self._whole = True  # how the last picture was looked at
        self._both_s = self._peeked_s = -1e9  # when both hands were on the back last, and the whole picture looked at
        self._none = self._beside = False  # no hand was on the back the last time; one was beside it
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

        A hand that has left the back may be making a sign: so now and then the whole picture is looked at, and every
        other time while a hand is beside the back, or none is on it. What is lost on the back the finder itself looks
        for in the whole picture; it gives nothing beside the back then, so that this is needed all the same.

        :param back: (4, 2) px where the back is, while the massage goes on
        """
        if self._finder is None or self.state != "ok":
            return ()
        self._whole = back is None or self._due(frame.time_s)
        found = self._finder.find(frame, None if self._whole else back)
        if back is None or (len(found) >= BOTH and not self._whole):
            self._both_s, self._none, self._beside = frame.time_s, False, False
        elif self._whole:
            self._peeked_s, self._beside = frame.time_s, any(_is_beside(hand, back) for hand in found)
        else:
            self._none = not found
        return found

    def _due(self, now_s: float) -> bool:
        """Whether the whole picture is looked at this time: the detector follows hands best where it always looks."""
        if self._whole:
            return False
        away = now_s - self._both_s > AWAY_S
        return self._none or (away and (self._beside or now_s - self._peeked_s >= PEEK_S))

    def close(self) -> None:
        """Waits for a finder that is still loading: one that is not closed raises at the program's end."""
        if self._thread is not None:
            self._thread.join()
        if self._finder is not None:
            self.state = "waiting"
            self._finder.close()
            self._finder = None


def _is_beside(hand: HandObservation, back: Floats) -> bool:
    middle = hand.landmarks.mean(axis=0)
    return bool((middle < back.min(axis=0)).any() or (middle > back.max(axis=0)).any())
