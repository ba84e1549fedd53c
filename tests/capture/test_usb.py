"""A camera on USB, as OpenCV's own way to it sees one: at its own pace, unplugged, hung, in use by another program."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import numpy as np
import pytest

from coach.domain import Image
from tests.capture.usb import SIZE, State, UsbCamera
from tests.capture.usb.watching import BITS
from tests.footage import ROOT

COLOUR = (200, 90, 40)  # RGB: red is where red belongs
PATIENCE_S = 30.0


def numbered(number: int) -> Image:
    """A picture whose number is in its upper half, above one colour."""
    image: Image = np.full((SIZE[1], SIZE[0], 3), COLOUR, np.uint8)
    width = SIZE[0] // BITS
    for k in range(BITS):
        image[: SIZE[1] // 2, k * width : (k + 1) * width] = 255 * (number >> k & 1)
    return image


class Watcher:
    """A program that watches the camera."""

    def __init__(self, camera: UsbCamera) -> None:
        self.camera = camera
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.capture.usb.watching"],
            cwd=ROOT,
            env=dict(camera.surroundings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # OpenCV says there what it misses
            text=True,
        )
        self._told: Queue[dict[str, Any]] = Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._program.stdout
        for line in self._program.stdout:
            self._told.put(json.loads(line))

    def until(self, **wanted: str) -> float:
        """Waits until this is told; returns after how long, s."""
        began = time.monotonic()
        while True:
            try:
                told = self._told.get(timeout=max(0.0, began + PATIENCE_S - time.monotonic()))
            except Empty:
                raise AssertionError(f"never told {wanted}") from None
            if wanted.items() <= told.items():
                return time.monotonic() - began

    def seen(self) -> dict[str, Any]:
        """What was seen since the last time."""
        assert self._program.stdin
        self._program.stdin.write("\n")
        self._program.stdin.flush()
        while True:
            told = self._told.get(timeout=PATIENCE_S)
            if "numbers" in told:
                return told

    def close(self) -> None:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.close()
        assert self._program.wait(timeout=PATIENCE_S) == 0
        self._thread.join()
        self._program.stdout.close()


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    watching = Watcher(UsbCamera(tmp_path, map(numbered, range(1 << BITS))))
    yield watching
    watching.close()


def test_no_picture_is_lost_for_want_of_a_place_to_put_it(watcher: Watcher) -> None:
    watcher.until(state="ok")
    watcher.seen()
    time.sleep(3)
    seen = watcher.seen()
    numbers = seen["numbers"]
    sent = (numbers[-1] - numbers[0]) % (1 << BITS) + 1
    assert numbers == sorted(numbers, key=lambda n: (n - numbers[0]) % (1 << BITS))  # none twice, none late
    assert len(numbers) > 0.8 * sent  # a busy machine loses some; with one place only every second came
    assert seen["colour"] == pytest.approx(COLOUR, abs=4)


def test_one_that_is_unplugged_is_lost_and_back_once_it_is_plugged_in(watcher: Watcher) -> None:
    watcher.until(state="ok")
    watcher.camera.is_now("unplugged")
    assert watcher.until(state="lost", key="camera_lost") < 3
    watcher.seen()
    watcher.camera.is_now("plugged")
    watcher.until(state="ok")
    time.sleep(1)
    assert len(watcher.seen()["numbers"]) > 5


def test_one_that_hangs_is_lost_before_long_and_back_once_it_sends_again(watcher: Watcher) -> None:
    watcher.until(state="ok")
    watcher.camera.is_now("hung")
    assert watcher.until(state="lost", key="camera_lost") < 6
    watcher.camera.is_now("plugged")
    watcher.until(state="ok")


@pytest.mark.parametrize("state", ["unplugged", "busy", "denied"])
def test_one_that_cannot_be_opened_is_none_until_it_can(tmp_path: Path, state: State) -> None:
    camera = UsbCamera(tmp_path, [numbered(0)])
    camera.is_now(state)
    watching = Watcher(camera)
    try:
        watching.until(state="none", key="camera_none")
        camera.is_now("plugged")
        watching.until(state="ok")
    finally:
        watching.close()
