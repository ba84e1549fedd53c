"""Cameras: a device of this machine, a film that plays as if it were a camera, and what keeps one of them open.

Each source gives pictures with times of one clock, :data:`CLOCK`; a :class:`Camera` keeps one open in a thread of its
own, tells what becomes of it, and tries again by itself for as long as it is wanted.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

import cv2
import numpy as np

from coach.capture.video import VideoFile, open_video
from coach.domain import Frame, Image, InputError

State: TypeAlias = Literal["opening", "ok", "lost", "none"]
Take: TypeAlias = Callable[[Image, float], None]
Pictures: TypeAlias = Generator[tuple[Image, float], None, None]  # RGB, s of CLOCK
Tell: TypeAlias = Callable[[State, str], None]  # with a key of the catalogue

SIZE, FPS = (640, 480), 30  # asked of a device; the detector shrinks its input, and larger pictures cost time
# Of all pictures. On Windows ``time.monotonic`` stands still for 15.6 ms at a time up to Python 3.12, half of the time
# between two pictures; elsewhere, and from 3.13 on, both are the same clock.
CLOCK: Callable[[], float] = time.perf_counter
RETRY_S = 1.0
_READ_FAILS = 5  # in a row, before a device counts as lost: a single one is a hiccup
_WARM_S = 0.02  # between reads that fail
_HANGS_S = 2.5  # without a picture from one that gave some: a read that fails for so long is no hiccup


class Source(Protocol):
    """Where pictures come from."""

    @property
    def name(self) -> str:
        """The same for the same set-up, so that what is known of it can be remembered."""
        ...

    @property
    def real_time(self) -> bool:
        """Whether its times follow the clock on the wall."""
        ...

    @property
    def film(self) -> Film | None:
        """The film that plays, where it is one."""
        ...

    def pictures(self) -> Pictures:
        """Opens it and gives (picture RGB, time in s of CLOCK) until it ends.

        :raises InputError: where it cannot be opened, with a key of the catalogue (camera_…)
        """
        ...


@dataclass(frozen=True, slots=True)
class Device:
    """A camera of this machine by its number."""

    which: int

    @property
    def name(self) -> str:
        return f"device {self.which}"

    @property
    def real_time(self) -> bool:
        return True

    @property
    def film(self) -> None:
        return None

    def pictures(self) -> Pictures:
        capture = self._open()
        try:
            yield from read(capture)
        finally:
            capture.release()

    def _open(self) -> Any:
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")  # s; its own 10 are long for an unplugged one
        # Windows' other way (Media Foundation) takes up to half a minute to open a camera.
        capture = cv2.VideoCapture(self.which, cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY)
        if not capture.isOpened():
            capture.release()
            raise InputError("camera_none")
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, SIZE[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, SIZE[1])
        capture.set(cv2.CAP_PROP_FPS, FPS)
        # Its places for pictures are left as many as they are: with a single one, every second picture of a USB camera
        # finds it taken and is lost. None of them grows old meanwhile, for they are taken as they come.
        return capture


def read(capture: Any) -> Pictures:
    """The pictures of an open ``cv2.VideoCapture`` as they come, until no more do."""
    fails, last_s = 0, float("inf")
    while fails < _READ_FAILS and CLOCK() - last_s < _HANGS_S:
        good, image = capture.read()
        if not good or image is None:
            fails += 1
            time.sleep(_WARM_S)
            continue
        fails, last_s = 0, CLOCK()
        yield np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8), last_s


@dataclass(slots=True)
class Film:
    """A video that plays as a camera, at its own pace.

    Over and over again until :meth:`play_once` is called; then once more from its start, and that is its end.
    """

    path: str
    called: str = ""  # its name, where the path says nothing
    pace: float = 1.0  # times faster than life; inf: as fast as the pictures are taken
    forever: bool = False  # even after ``play_once``
    opener: Callable[[str], VideoFile] = open_video
    _rewind: threading.Event = field(default_factory=threading.Event)
    _turning: threading.Lock = field(default_factory=threading.Lock)  # a turn begins as a whole, and so does its order
    turn: int = 0  # how often it was started anew; of the picture given last
    _once: bool = False
    _ended: bool = False
    _reached_s: float = 0.0  # of the film, where a server broke off in the middle: from there it goes on

    def anew(self) -> Film:
        """The same film, as if it had never been played."""
        return Film(self.path, self.called, self.pace, self.forever, self.opener)

    @property
    def name(self) -> str:
        return self.called or f"file {os.path.abspath(self.path)}"

    @property
    def real_time(self) -> bool:
        return self.pace == 1.0

    @property
    def film(self) -> Film:
        return self

    def play_once(self) -> int:
        """From its start, now, and then no more; returns the number of that turn."""
        with self._turning:
            self._once = True
            self._rewind.set()
            return self.turn + 1

    def play_on(self) -> None:
        """Over and over again from now on."""
        self._once = False

    def pictures(self) -> Pictures:
        with self.opener(self.path) as video:
            if self._rewind.is_set():
                self._reached_s = 0.0
            base_s, wall_s = (CLOCK() - self._reached_s / pace for pace in (1.0, self.pace))
            while not self._ended:
                last_s = 0.0
                with closing(self._one_pass(video, wall_s)) as frames:
                    for frame in frames:
                        last_s = frame.time_s
                        yield frame.image, base_s + last_s
                base_s, wall_s = base_s + last_s + 1 / FPS, wall_s + (last_s + 1 / FPS) / self.pace

    def _one_pass(self, video: VideoFile, wall_s: float) -> Generator[Frame, None, None]:
        """The film from its start, until it is to start anew."""
        with self._turning:
            self._rewind.clear()
            once, self.turn = self._once, self.turn + 1
        from_s, self._reached_s = self._reached_s, 0.0
        last_s = from_s
        for frame in video.frames():
            if frame.time_s <= from_s and from_s > 0.0:
                continue
            self._rewind.wait(max(0.0, wall_s + frame.time_s / self.pace - CLOCK()))
            if self._rewind.is_set():
                return
            yield frame
            last_s = frame.time_s
        if video.truncated and last_s > from_s and self.opener is not open_video:
            self._reached_s = last_s
            raise InputError("camera_no_stream")
        self._ended = once and not self.forever


class Camera:
    """Keeps a source open in a thread of its own.

    ``take`` gets every picture and its time, ``tell`` what becomes of the camera: "opening", "ok", "lost" (it worked
    before; tried again), "none" (it never worked; tried again), each with a key of the catalogue. A film that has ended
    is "lost" with ``camera_ended`` and not tried again.
    """

    def __init__(self, source: Source, take: Take, tell: Tell) -> None:
        self.source = source
        self._take, self._tell = take, tell
        self._worked = False
        self._left = threading.Event()
        # A daemon: a driver that hangs must not keep the program alive.
        self._thread = threading.Thread(target=self._run, name="coach-camera", daemon=True)
        self._thread.start()

    def close(self, wait_s: float = 1.0) -> None:
        """Ends the thread, or leaves it alone where a driver hangs. Nothing is taken or told afterwards."""
        self._left.set()
        if self.source.film is not None:
            self.source.film.play_once()  # wakes it
        self._thread.join(wait_s)

    def _run(self) -> None:
        while not self._left.is_set():
            key = self._play()
            if key == "camera_ended":
                self._told("lost", key)
                return
            self._told("lost" if self._worked else "none", "camera_lost" if self._worked else key)
            self._left.wait(RETRY_S)

    def _play(self) -> str:
        """Takes the source's pictures as long as they come; returns why no more do, as a key of the catalogue."""
        told = False
        try:
            with closing(self.source.pictures()) as pictures:
                for image, time_s in pictures:
                    if self._left.is_set():
                        break
                    if not told:
                        self._told("ok", "")
                    told = self._worked = True
                    self._take(image, time_s)
        except InputError as error:
            return error.key
        except cv2.error:
            return "camera_lost"
        return "camera_lost" if self.source.film is None else "camera_ended"

    def _told(self, state: State, key: str) -> None:
        if not self._left.is_set():
            self._tell(state, key)
