"""What marking a back anew takes, for the tests: a practice before a camera, and what the page says."""

from __future__ import annotations

import time

import numpy as np

from coach.capture.jpeg import encode
from coach.domain import Floats, Image
from coach.pipeline import Watching
from coach.recording import replay
from coach.store import Filter
from coach.store.model import StoredSession
from tests.practice.cable import GREY, Cable
from tests.practice.session import Room
from tests.practice.test_course import BACK, ready

SIZE = (640, 480)
ELSEWHERE = np.array([[200.0, 90], [430, 70], [470, 400], [180, 390]])
WIDE = np.full((720, 1280, 3), 90, dtype=np.uint8)


def start(running: Room) -> None:
    ready(running, video=True)
    running.mark(BACK)
    running.say(t="start")
    running.phase("practising")
    watched(running)


def watched(running: Room, pictures: int = 6) -> None:
    seen = running.practice.pictures
    running.until(lambda: running.practice.pictures > seen + pictures)


def paused(running: Room) -> None:
    running.say(t="pause")
    running.phase("paused")


def mark_anew(running: Room, corners: Floats) -> None:
    """Up to what is marked and not yet accepted."""
    running.say(t="mark", way="anew")
    running.until(lambda: running.state["marking"]["anew"])
    drag(running, corners)


def drag(running: Room, corners: Floats) -> None:
    running.say(t="mark", way="drag", kind="corners", points=corners.tolist())
    running.until(lambda: running.state["marking"]["marked"])


def accept(running: Room) -> None:
    running.say(t="mark", way="accept")
    running.until(lambda: not running.state["marking"]["anew"])


def drawn(running: Room, wanted: Floats) -> None:
    """Waits until the back is drawn there."""
    watched(running, 2)
    running.until(lambda: (back := running.header()["back"]) and np.abs(np.array(back) - wanted).max() < 2.0)


def result(running: Room) -> None:
    running.say(t="finish")
    running.until(lambda: running.state["phase"] == "finished" and running.state["result"])


def stored(running: Room) -> list[tuple[StoredSession, Watching]]:
    """All that is kept, the oldest first, with what a later reading makes of it."""
    running.say(t="new")
    running.phase("welcome")
    rows = sorted(running.store.sessions(Filter()).rows, key=lambda row: row.created)
    sessions = [running.store.session(row.id) for row in rows]
    return [(one, replay(running.store.tracks(one.row.id), np.array(one.corners), one.size)) for one in sessions]


def other_camera(running: Room, cable: Cable, image: Image = GREY) -> None:
    """The page's camera takes over, since the first is lost."""
    cable.plugged.clear()
    running.until(lambda: running.state["camera"]["state"] != "ok")
    running.say(t="browser_camera", on=True)
    running.until(lambda: running.state["camera"]["browser"])
    film(running, image)


def film(running: Room, image: Image = GREY) -> None:
    """A few pictures of the page's camera."""
    jpeg, _ = encode(image, image.shape[1])
    for _ in range(4):
        seen = running.practice.pictures
        running.practice.picture(time.monotonic(), jpeg)
        running.until(lambda seen=seen: running.practice.pictures > seen)  # type: ignore[misc]
