"""Reads what was done so far in a process of its own, so that no picture waits for it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal, TypeAlias

from coach.domain import Floats, Hand, HandTrack, ItemScore, SegmentMatch, TrackChunk
from coach.protocol import Protocol
from coach.recording import replay
from coach.score.evidence import Visibility
from coach.score.session import read
from coach.signals import leave_to_the_program
from coach.tutor import Window, WindowReading, read_window

Found: TypeAlias = tuple[tuple[SegmentMatch, ...], tuple[ItemScore, ...], Visibility]
Tracks: TypeAlias = dict[Hand, HandTrack]
Kind: TypeAlias = Literal["window", "whole", "replay"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole session, read as a review reads it."""

    tracks: Tracks
    found: Found


EVERY_S = 0.4  # between the starts of two readings
SHARE = 0.3  # of the reader's time at most: the rest of the core is for pictures and the browser
# Of the process, until it has answered: what kills it now and then (a machine out of memory) must not end the practice.
LIVES = 4
POLITE = 5  # its niceness: a picture is more urgent than a reading
STARTING = multiprocessing.get_context("spawn")  # of the process: a fork would copy MediaPipe's threads half alive


class Reader:
    """One question at a time; the answer is fetched with :meth:`poll`. All from one thread."""

    def __init__(self, protocol: Protocol, clock: Callable[[], float] = time.monotonic) -> None:
        self._protocol, self._clock = protocol, clock
        self.asked: Kind | None = None  # what is being read
        self._asked_s = self._next_s = 0.0
        self._lives = LIVES
        self._start()

    def _start(self) -> None:
        self._ours, theirs = STARTING.Pipe()
        self._process = STARTING.Process(target=_work, args=(theirs, self._protocol), name="coach-reader", daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    @property
    def pid(self) -> int | None:
        """Of the process."""
        return self._process.pid

    @property
    def idle(self) -> bool:
        """Whether a window may be asked for now."""
        return self._hears() and self.asked is None and self._clock() >= self._next_s

    def _spoke(self) -> bool:
        """Whether there is something to hear, be it that the process has died."""
        try:
            return self._ours.poll()
        except OSError:  # so Windows tells of its death, where others let it be heard
            return True

    def _hears(self) -> bool:
        """Whether the process has come so far that it listens: until then a question would block."""
        if not self._ready and self._spoke():
            self._ready = self._heard() is not None
        return self._ready

    def _heard(self) -> Any:
        """What the process says; None where it has died and another takes its place."""
        try:
            return self._ours.recv()
        except (EOFError, OSError):
            self._lives -= 1
            if self._lives <= 0:
                raise RuntimeError("the reader dies again and again") from None
            self._ours.close()
            self.asked = None
            self._start()
            return None

    def ask(self, window: Window) -> None:
        """Asks for the reading of a window; only where :attr:`idle`."""
        self._send("window", window)

    def ask_whole(self, tracks: Tracks) -> bool:
        """Asks for the reading of a whole session; False where it must be asked again a little later."""
        return self._ask("whole", tracks)

    def ask_replay(
        self, chunks: Sequence[TrackChunk], corners: Floats, size: tuple[int, int], flat: bool = False
    ) -> bool:
        """Asks for the same of a recording, as :func:`coach.recording.replay` takes it."""
        return self._ask("replay", (chunks, corners, size, flat))

    def _ask(self, kind: Kind, question: object) -> bool:
        if not self._hears() or self.asked is not None:
            return False
        self._send(kind, question)
        return True

    def _send(self, kind: Kind, question: object) -> None:
        self._asked_s = self._clock()
        with contextlib.suppress(OSError):  # it has died: that is heard when the answer is fetched
            self._ours.send((kind, question))
        self.asked = kind

    def poll(self) -> WindowReading | Whole | None:
        """The answer, once it is there.

        :raises RuntimeError: where the reading failed; a fault of ours
        """
        if self.asked is None or not self._spoke():
            return None
        heard = self._heard()
        if heard is None:
            return None
        now = self._clock()
        self._next_s = self._asked_s + max(EVERY_S, (now - self._asked_s) / SHARE)
        self.asked = None
        self._lives = LIVES
        good, answer = heard
        if not good:
            raise RuntimeError(answer)
        found: WindowReading | Whole = answer
        return found

    def close(self) -> None:
        self._ours.close()  # the process ends when nobody can ask any more
        self._process.join(1.0)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(1.0)


def _work(questions: Connection, protocol: Protocol) -> None:
    """The process: answers until nobody asks any more."""
    leave_to_the_program()
    if hasattr(os, "nice"):
        os.nice(POLITE)
    try:
        questions.send("ready")
        while True:
            kind, question = questions.recv()
            questions.send(_answer(kind, question, protocol))
    except (EOFError, OSError):
        return


def _answer(kind: Kind, question: Any, protocol: Protocol) -> tuple[bool, Any]:
    try:
        if kind == "window":
            return True, read_window(question, protocol)
        tracks = question if kind == "whole" else replay(*question).tracks()
        return True, Whole(tracks, read(tracks, protocol))
    except Exception as error:  # it goes to whoever asked
        return False, f"{type(error).__name__}: {error}"
