"""What stands behind an address: a stream that goes on for ever, or a film that lies on a server."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import cv2

from coach.capture.camera import Film, Pictures, read
from coach.capture.container import can_hold_films, has_an_end, open_address
from coach.capture.video import VideoFile
from coach.domain import InputError

_STREAM_MS = 5000  # for a stream to open, and to send a picture
_MJPEG = int.from_bytes(b"MJPG", "little")
# Up to the last "@", for a password may hold any sign; many cameras want theirs as parameters, some in the path.
_CREDENTIALS = re.compile("(?<=://).*@", re.DOTALL)
_PARAMETER = re.compile(
    "([?&;/][^?&;/=]*(?:user|usr|login|pas|pwd|token|auth|secret|key)[^?&;/=]*=)[^?&;#]*", re.IGNORECASE
)


def without_credentials(address: str) -> str:
    """The address as it may be kept and shown: without user and password, and without the values of such parameters."""
    return _PARAMETER.sub(r"\1", _CREDENTIALS.sub("", address))


@dataclass(slots=True)
class Address:
    """A stream is read as it comes; a film plays as one from a file does (:class:`coach.capture.camera.Film`).

    Which of the two it is shows when it is opened, so a server may be switched on later than coach.
    """

    address: str
    film: Film | None = field(default=None, init=False)  # once it is known to be one
    _live: bool = field(default=False, init=False)  # it is known to be none

    @property
    def name(self) -> str:
        return f"stream {without_credentials(self.address)}"

    @property
    def real_time(self) -> bool:
        return True

    def pictures(self) -> Pictures:
        """See :class:`coach.capture.camera.Source`.

        :raises InputError: camera_no_stream; camera_film_unplayable for a film of which nothing can be read
        """
        if self.film is None:
            capture = _opened(self.address)
            try:
                self._live = self._live or _goes_on(capture) or not _is_film(self.address)
                if self._live:
                    yield from read(capture)
                    return
            finally:
                capture.release()
            self.film = Film(self.address, self.name, opener=_film)
        yield from self.film.pictures()


def _opened(address: str) -> Any:
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _STREAM_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _STREAM_MS]
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        capture.release()
        raise InputError("camera_no_stream")
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # where the driver listens to it: old pictures are of no use
    return capture


def _goes_on(capture: Any) -> bool:
    """Whether it is surely a camera's: motion JPEG of no known length.

    Such a one is not opened a second time to make sure: many a small camera serves one reader only.
    """
    return int(capture.get(cv2.CAP_PROP_FOURCC)) == _MJPEG and capture.get(cv2.CAP_PROP_FRAME_COUNT) <= 0


def _is_film(address: str) -> bool:
    if not can_hold_films(address):
        return False
    try:
        container, film = open_address(address)
    except InputError:  # in none of the forms that films have
        return False
    with closing(container):
        return has_an_end(container, film)


def _film(address: str) -> VideoFile:
    try:
        return VideoFile(address, open_address)
    except InputError as error:  # one that must be read from its end, say, where the server only gives it as a whole
        key = "camera_film_unplayable" if error.key.startswith("video_") else error.key
        raise InputError(key) from error
