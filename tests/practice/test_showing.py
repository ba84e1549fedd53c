"""The picture goes on while the detector is busy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import pytest

from coach.domain import Frame, Image
from coach.practice.eyes import Shot
from coach.practice.showing import OLD_S, KnownPicture, Showing
from coach.practice.shown import Shown
from coach.web.framing import unpack
from tests.fakes.hands import observation
from tests.fakes.live import FakePage

SIZE = (640, 480)
GRAIN = np.random.default_rng(5).integers(0, 255, (480, 640, 3), np.uint8)
NOISE: Image = np.asarray(cv2.GaussianBlur(GRAIN, (0, 0), 3), dtype=np.uint8)
PER_S = 30.0


def picture(number: int, by: int = 0) -> Shot:
    """A picture of a camera, whose content has moved by so many px to the right."""
    return Shot(np.roll(NOISE, by, axis=1), None, 100.0 + number / PER_S)


def known(shot: Shot) -> KnownPicture:
    assert shot.image is not None
    hand = observation(shot.time_s - 100.0, (300.0, 240.0), scale=120.0)
    return KnownPicture(shot, Frame(1, shot.time_s - 100.0, shot.image), (hand,), None, Shown(SIZE), False, 8.0)


@pytest.fixture
def showing() -> Iterator[Showing]:
    made = Showing()
    yield made
    made.close()


def headers(page: FakePage, wanted: int) -> list[dict[str, Any]]:
    end = time.monotonic() + 10.0
    while len(page.frames) < wanted and time.monotonic() < end:
        time.sleep(0.01)
    return [unpack(message)[0] for _, message in page.frames]


def test_while_it_is_busy_newer_pictures_are_shown_and_flow_carries_the_hands(showing: Showing) -> None:
    page, first = FakePage(), picture(0)
    showing.show(page, known(first), showing.begin(first, 0, False))
    showing.busy = True
    showing.came(Shot(first.image, None, 100.02))  # comes too soon: the page does not stand still
    showing.came(picture(2, by=8))
    told = headers(page, 2)
    assert [round(one["time_s"] * PER_S) for one in told] == [0, 2]
    before, now = (np.array(one["hands"][0]["px"]) for one in told)
    assert np.abs(now - before - (8, 0)).max() <= 1


def test_an_idle_detector_looks_at_the_picture_itself(showing: Showing) -> None:
    page, first = FakePage(), picture(0)
    showing.show(page, known(first), showing.begin(first, 0, False))
    showing.came(picture(3))
    showing.close()  # waits for what is being made
    assert len(page.frames) == 1


def test_a_picture_that_was_overtaken_is_not_shown_any_more(showing: Showing, monkeypatch: pytest.MonkeyPatch) -> None:
    page, first, second = FakePage(), picture(0), picture(2)
    showing.show(page, known(first), showing.begin(first, 0, False))
    showing.busy = True
    showing.came(picture(4))
    headers(page, 2)
    monkeypatch.setattr("coach.practice.showing.CLOCK", lambda: 1e9)  # the next may come
    assert showing.begin(second, 0, False) is None  # it would be encoded in vain
    showing.show(page, known(second), None)
    showing.came(picture(6))
    assert [round(one["time_s"] * PER_S) for one in headers(page, 3)] == [0, 4, 6]
    numbers = [number for number, _ in page.frames]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("what", ["old", "larger", "full", "again"])
def test_what_was_seen_is_not_drawn_over_another_picture(showing: Showing, what: str) -> None:
    page, first = FakePage(), picture(0)
    showing.show(page, known(first), showing.begin(first, 0, False))
    showing.busy, page.hungry = True, what != "full"
    late = Shot(first.image, None, 100.0 + OLD_S + 0.1)
    larger = Shot(np.zeros((720, 1280, 3), np.uint8), None, 100.2)
    turned = Shot(first.image, None, 100.2, turn=1)
    showing.came({"old": late, "larger": larger, "full": picture(5), "again": turned}[what])
    showing.close()
    assert len(page.frames) == 1
