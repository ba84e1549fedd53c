"""Watches the USB camera of the tests and tells what becomes of it, line by line; asked by a line, what it has seen."""

from __future__ import annotations

import json
import sys
import threading

from coach.capture.camera import Camera, Device, State
from coach.domain import Image
from tests.capture.usb import NUMBER

BITS = 8  # of a picture's number: blocks side by side, white for one


class Watching:
    """What was seen since it was last asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: list[int] = []
        self._colour: list[float] = []

    def take(self, image: Image, time_s: float) -> None:  # noqa: ARG002
        top = image[: image.shape[0] // 2]
        width = image.shape[1] // BITS
        bits = [bool(top[:, k * width : (k + 1) * width].mean() > 128) for k in range(BITS)]
        with self._lock:
            self._seen.append(sum(1 << k for k, bit in enumerate(bits) if bit))
            self._colour = [float(c) for c in image[image.shape[0] // 2 :].mean((0, 1))]

    def told(self) -> dict[str, object]:
        with self._lock:
            seen, self._seen = self._seen, []
            return {"numbers": seen, "colour": self._colour}


def say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


def main() -> None:
    watching = Watching()

    def tell(state: State, key: str) -> None:
        say({"state": state, "key": key})

    camera = Camera(Device(NUMBER), watching.take, tell)
    for _ in sys.stdin:
        say(watching.told())
    camera.close()


if __name__ == "__main__":
    main()
