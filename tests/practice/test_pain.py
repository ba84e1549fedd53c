"""A stop for pain while the back is marked by touch: nothing is asked for until it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.domain import Floats, Frame, HandObservation
from tests.footage import film
from tests.practice.session import NoHands, Room, room
from tests.practice.test_marking import PLACES, hand

LONGER = 30  # pictures, two seconds: a place is touched in one


@dataclass(slots=True)
class Finger(NoHands):
    """A hand whose index finger rests somewhere, always."""

    tip: tuple[float, float] = PLACES["c7"]

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return (HandObservation(frame.time_s, hand(self.tip), 0.9),)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("clip") / "clip.mp4", [np.full((480, 640, 3), 90, dtype=np.uint8)] * 45)


def said(running: Room) -> list[tuple[int, str]]:
    return [(prompt["id"], prompt["clip"]) for prompt in running.state["say"]]


def watched(running: Room, pictures: int) -> None:
    seen = running.practice.pictures
    running.until(lambda: running.practice.pictures > seen + pictures)


def test_nothing_is_marked_after_a_stop_and_the_marking_goes_on_where_it_was(clip: Path, tmp_path: Path) -> None:
    finger = Finger()
    with room(tmp_path, Film(str(clip), forever=True), lambda: finger) as running:
        running.until(lambda: running.page.states and running.state["camera"]["state"] == "ok")
        running.until(lambda: running.state["tracker"] == "ok" and running.page.frames)
        running.agree()
        running.say(t="mark", way="touch")
        running.until(lambda: running.state["marking"]["point"] == "left")
        finger.tip = PLACES["left"]
        running.until(lambda: running.state["marking"]["progress"] > 0)
        running.say(t="stop")
        running.phase("stopped")
        newest = running.state["say"][-1]
        assert newest["clip"] == "phase_stopped"
        watched(running, LONGER)
        running.until(lambda: running.practice.pictures and running.state["marking"]["progress"] == 0)
        marking = running.state["marking"]
        assert (marking["way"], marking["point"], len(marking["points"])) == ("touch", "left", 1)
        assert [prompt for prompt in said(running) if prompt[0] > newest["id"]] == []

        running.say(t="resume")
        running.phase("setup")
        began = running.practice.pictures
        running.until(lambda: "mark_left" in [name for number, name in said(running) if number > newest["id"]])
        running.until(lambda: running.state["marking"]["point"] == "right")
        assert running.practice.pictures > began + LONGER / 3  # the finger that rested there meanwhile counts from now
        finger.tip = PLACES["right"]
        running.until(lambda: running.state["marking"]["point"] == "l5")
        finger.tip = PLACES["l5"]
        running.until(lambda: running.state["marking"]["marked"])
