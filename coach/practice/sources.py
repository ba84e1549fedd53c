"""The camera that a person names."""

from __future__ import annotations

import os

from coach.capture.address import Address
from coach.capture.camera import Device, Film, Source
from coach.capture.video import open_video
from coach.domain import InputError
from coach.practice.camera_name import HIGHEST, is_film, is_number


def source(given: str) -> Source:
    """A source from what a person writes: a device's number, an address, or a file's name.

    :raises InputError: usage_camera for a number that no device has; video_… for a file that cannot be used
    """
    if given.isdecimal() and not is_number(given) and not os.path.exists(given):
        raise InputError("usage_camera", given=given, highest=HIGHEST)
    if is_film(given):
        open_video(given).close()
        return Film(given)
    return Device(int(given)) if is_number(given) else Address(given)
