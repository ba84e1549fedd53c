"""A film behind an address, as practice plays it."""

from __future__ import annotations

import json
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from coach.capture.address import Address
from coach.practice.eyes import Eyes
from coach.practice.memory import FILE, Memory
from tests.fakes.net_camera import server
from tests.footage import film
from tests.practice.session import room

FRAMES, FPS = 8, 8.0  # slow enough that a busy machine looks at every picture
BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])


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


def test_its_password_is_neither_kept_nor_told_to_the_page(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(30)])
    data = tmp_path / "data"
    with server(tmp_path, ranges=True) as running:
        address = running.address("film.mp4").replace("://", "://kader:s3cret@")
        with room(data, Address(address)) as practising:
            practising.until(lambda: practising.page.frames)
            practising.agree()
            practising.mark(BACK)
            practising.say(t="start")
            practising.phase("practising")
        assert practising.state["camera"]["name"] == f"stream {running.address('film.mp4')}"
        assert "s3cret" not in "".join(practising.page.states)
        kept = (data / FILE).read_text("utf-8")
        assert running.address("film.mp4") in kept
        assert "s3cret" not in kept


def test_what_an_earlier_version_kept_is_known_without_the_password(tmp_path: Path) -> None:
    mark = {"size": [640, 480], "corners": BACK.tolist()}
    old = {"stream rtsp://kader:s3cret@camera/1": mark, "file /a@b?key=1/film.mp4": mark}
    (tmp_path / FILE).write_text(json.dumps(old), "utf-8")
    memory = Memory(tmp_path)
    for name in ("stream rtsp://camera/1", "file /a@b?key=1/film.mp4"):
        assert memory.mark(name, (640, 480)) is not None
    memory.keep("device 0", (640, 480), BACK)
    assert "s3cret" not in (tmp_path / FILE).read_text("utf-8")
