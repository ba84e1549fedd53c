"""The camera is moved amid a massage: the practice pauses, and asks for the back to be marked anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from coach.capture.camera import Pictures
from coach.domain import Image
from tests.practice.cable import Cable
from tests.practice.marking_anew import ELSEWHERE, accept, mark_anew, start
from tests.practice.session import Room, room

WIDE, HIGH = 640, 480


def scene() -> Image:
    rng = np.random.default_rng(5)
    sizes = [cv2.resize(rng.normal(0, 1, (HIGH // k, WIDE // k, 3)), (WIDE, HIGH)) for k in (80, 40, 16)]
    return np.clip(127 + 40 * sum(sizes, np.zeros((HIGH, WIDE, 3))), 0, 254).astype(np.uint8)


def from_elsewhere(image: Image) -> Image:
    corners = np.array([(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)], dtype=np.float32)
    seen = np.array([(40, 0), (WIDE, 110), (WIDE, 370), (40, HIGH)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    return np.asarray(cv2.warpPerspective(image, matrix, (WIDE, HIGH), borderMode=cv2.BORDER_REFLECT), dtype=np.uint8)


class Flickering(Cable):
    """No two of its pictures are the same, as a camera's are not; one that gives the same again and again hangs."""

    def pictures(self) -> Pictures:
        for number, (image, time_s) in enumerate(Cable.pictures(self)):
            yield image + np.uint8(number % 2), time_s


@pytest.fixture
def cable() -> Cable:
    flickering = Flickering(image=scene())
    flickering.plugged.set()
    return flickering


@pytest.fixture
def seen(cable: Cable, tmp_path: Path) -> Iterator[Room]:
    """In the middle of a massage before a camera in whose pictures there is much to see."""
    with room(tmp_path, cable) as running:
        start(running)
        yield running


def test_a_practice_pauses_and_asks_for_a_new_mark(seen: Room, cable: Cable) -> None:
    assert not seen.state["camera"]["moved"]
    cable.image = from_elsewhere(cable.image)
    seen.phase("paused")
    assert seen.state["camera"]["changed"]
    assert seen.state["camera"]["moved"]
    mark_anew(seen, ELSEWHERE)
    accept(seen)
    seen.say(t="resume")
    seen.phase("practising")
    seen.until(lambda: not seen.state["camera"]["moved"])
    assert not seen.state["camera"]["changed"]
