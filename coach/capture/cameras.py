"""Which cameras this machine has, and a small picture of each while one of them is being chosen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.capture.camera import CLOCK, Camera, Device, Source, State
from coach.capture.jpeg import encode
from coach.domain import Image

VIDEO4LINUX = Path("/sys/class/video4linux")
TRIED = 4  # numbers that are tried where the system lists no cameras
SMALL, EVERY_S = 200, 0.5  # px across, and the time between two of a camera's pictures


@dataclass(frozen=True, slots=True)
class Found:
    """A camera of this machine."""

    which: int
    name: str  # as the system has it; may be empty


def found(folder: Path = VIDEO4LINUX, platform: str = sys.platform) -> tuple[Found, ...]:
    """The cameras that the system lists; where it lists none, the first numbers, of which some may be none."""
    if not platform.startswith("linux"):
        return tuple(Found(which, "") for which in range(TRIED))
    listed = []
    for entry in folder.glob("video*"):
        number = entry.name.removeprefix("video")
        # A camera has several entries; its pictures come from the first.
        if number.isdigit() and _line(entry / "index") in ("0", ""):
            listed.append(Found(int(number), _line(entry / "name")))
    return tuple(sorted(listed, key=lambda one: one.which))


def _line(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


@dataclass(slots=True)
class _Small:
    """The newest small picture of a camera."""

    jpeg: bytes = b""
    state: State = "opening"
    at_s: float = -1e9

    def take(self, image: Image, time_s: float) -> None:
        if time_s - self.at_s >= EVERY_S:
            self.at_s, self.jpeg = time_s, encode(np.ascontiguousarray(image), SMALL)[0]

    def tell(self, state: State, _key: str) -> None:
        self.state = state


@dataclass(slots=True)
class Lineup:
    """All cameras at once, for as long as one is being chosen. Any thread may ask for a picture.

    :param used: the number of the one that is open already, whose pictures :meth:`show` is given
    """

    used: int | None
    look: Callable[[], Sequence[Found]] = found
    device: Callable[[int], Source] = Device
    _cameras: list[Camera] = field(default_factory=list)
    _pictures: dict[int, _Small] = field(default_factory=dict)
    _found: Sequence[Found] = ()

    def __post_init__(self) -> None:
        self._found = self.look()
        for one in self._found:
            small = self._pictures[one.which] = _Small()
            if one.which != self.used:
                self._cameras.append(Camera(self.device(one.which), small.take, small.tell))

    def show(self, image: Image) -> None:
        """Takes the newest picture of the camera that is in use."""
        if self.used in self._pictures:
            small = self._pictures[self.used]
            small.state = "ok"
            small.take(image, CLOCK())

    def picture(self, which: int) -> bytes:
        """A small JPEG; empty while there is none."""
        small = self._pictures.get(which)
        return b"" if small is None else small.jpeg

    def told(self) -> list[dict[str, str | int | bool]]:
        """As the page is told it; a number at which no camera answers is left out once that is known."""
        return [
            {
                "which": one.which,
                "name": one.name,
                "state": self._pictures[one.which].state,
                "used": self.used == one.which,
            }
            for one in self._found
            if one.name or self._pictures[one.which].state != "none"
        ]

    def close(self) -> None:
        for camera in self._cameras:
            camera.close()
        self._cameras.clear()
