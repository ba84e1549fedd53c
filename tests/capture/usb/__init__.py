"""A USB camera of Linux without one: OpenCV's own way to a camera runs against ``camera.c``."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import cv2
import pytest

from coach.domain import Image

NUMBER = 9  # of the device
SIZE = (640, 480)
State: TypeAlias = Literal["plugged", "unplugged", "hung", "busy", "denied"]


class UsbCamera:
    """What a program finds at device :data:`NUMBER` that is started with :attr:`surroundings`.

    :param folder: an empty one
    :param pictures: (480, 640, 3) RGB, sent thirty a second over and over again
    :param each: how many times one after the other each is sent
    """

    def __init__(self, folder: Path, pictures: Iterable[Image], each: int = 1) -> None:
        self._folder, self._each = folder, each
        with (folder / "pictures").open("wb") as file:
            for picture in pictures:
                file.write(yuyv(picture))
        self.is_now("plugged")

    def is_now(self, state: State) -> None:
        """What is the matter with it from here on."""
        new = self._folder / "new"
        new.write_text(state, "ascii")
        new.replace(self._folder / "state")

    @property
    def surroundings(self) -> Mapping[str, str]:
        """The environment of a program that is to find it."""
        return os.environ | {"LD_PRELOAD": str(built()), "CAMERA": str(self._folder), "EACH": str(self._each)}


def yuyv(picture: Image) -> bytes:
    """A picture as such cameras send it: the light of each pixel, the colour of every two."""
    return cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_YUY2).tobytes()


@cache
def built() -> Path:
    """``camera.c`` for this machine; skips where there is no compiler of C (which CI names as missing)."""
    library = Path(tempfile.mkdtemp(prefix="coach-usb-")) / "camera.so"
    source = Path(__file__).with_name("camera.c")
    try:
        subprocess.run(
            ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, source], check=True
        )
    except FileNotFoundError:
        pytest.skip("there is no C compiler: sudo apt install gcc libc6-dev")
    return library
