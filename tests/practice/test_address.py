"""A film behind an address, as practice plays it."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import numpy as np

from coach.capture.address import Address
from coach.practice.eyes import Eyes
from tests.fakes.net_camera import server
from tests.footage import film

FRAMES, FPS = 8, 25.0


def played(eyes: Eyes) -> list[int]:
    """The numbers of the pictures until the film is over."""
    seen, end = [], time.monotonic() + 10
    while not eyes.ended:
        assert time.monotonic() < end
        shot = eyes.look(0.05)
        if shot is not None and shot.image is not None:
            seen.append(round((float(shot.image.mean()) - 30) / 20))
    return seen


def test_it_begins_anew_with_the_massage_and_ends_with_its_last_picture(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", [np.full((48, 64, 3), 30 + 20 * k, dtype=np.uint8) for k in range(FRAMES)], FPS)
    with server(tmp_path, ranges=True) as running, closing(Eyes(Address(running.address("film.mp4")))) as eyes:
        name = eyes.name
        for _ in range(2):  # and once more, when it was over
            while eyes.look(0.05) is None:
                continue
            assert eyes.from_the_start()
            seen = played(eyes)
            assert (seen[0], seen[-1], sorted(set(seen))) == (0, FRAMES - 1, seen)
            assert (eyes.state, eyes.key, eyes.name) == ("lost", "camera_ended", name)
            eyes.use(Address(running.address("film.mp4")))
