"""The camera that a person names."""

from __future__ import annotations

from coach.capture.camera import Device, Film, Source
from coach.capture.video import open_video

_HIGHEST = 999


def is_film(given: str) -> bool:
    """Whether it is the name of a file: neither a device's number nor a stream's address."""
    return not (_number(given) or "://" in given)


def source(given: str) -> Source:
    """A source from what a person writes: a device's number, a stream's address, or a file's name.

    :raises InputError: for a file that cannot be used
    """
    if is_film(given):
        open_video(given).close()
        return Film(given)
    return Device(int(given)) if _number(given) else Device(given)


def _number(given: str) -> bool:
    return given.isascii() and given.isdigit() and int(given[:9]) <= _HIGHEST
