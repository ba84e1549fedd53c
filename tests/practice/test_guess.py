"""The guess at the back, which takes a moment: who marks it in another way meanwhile is not disturbed by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from coach.domain import Floats, Frame
from coach.practice.setup import POSE_EVERY_S, POSE_PICTURES, SetUp
from coach.practice.setup_check import load_limits

DRAGGED = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])
GUESSED = DRAGGED + 9.0
IMAGE = np.full((480, 640, 3), 90, dtype=np.uint8)


class Slow:
    """A guess that comes when it is let go; None is no guess."""

    def __init__(self) -> None:
        self.go, self.found = threading.Event(), GUESSED

    def __call__(self, *_: Any) -> Floats | None:
        self.go.wait(10.0)
        return self.found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    guess = Slow()
    monkeypatch.setattr("coach.practice.setup.guess_back", guess)
    yield guess
    guess.go.set()


class Looking:
    """A set-up that is shown pictures."""

    def __init__(self) -> None:
        self.setup, self.number = SetUp(load_limits()), 0

    def see(self, pictures: int) -> None:
        for _ in range(pictures):
            self.number += 1
            self.setup.see(Frame(self.number, self.number * POSE_EVERY_S, IMAGE), (), 30.0)

    def guess(self) -> None:
        """Asks for a guess, and shows what it is made of."""
        self.setup.begin("pose")
        self.see(POSE_PICTURES)

    def answered(self) -> None:
        for thread in threading.enumerate():
            if thread.name == "coach-guess":
                thread.join(10.0)
        self.see(2)


def test_a_guess_is_offered(slow: Slow) -> None:
    looking = Looking()
    looking.guess()
    assert (looking.setup.guess, looking.setup.way) == (None, "pose")
    slow.go.set()
    looking.answered()
    assert (looking.setup.guess is GUESSED, looking.setup.way, looking.setup.refused) == (True, None, None)


def test_a_late_guess_takes_the_place_of_nothing(slow: Slow) -> None:
    looking = Looking()
    looking.guess()
    looking.setup.mark(DRAGGED)
    slow.go.set()
    looking.answered()
    assert (looking.setup.guess, looking.setup.corners is DRAGGED) == (None, True)


def test_touching_goes_on_while_a_guess_is_made_and_the_next_guess_is_its_own(slow: Slow) -> None:
    looking = Looking()
    looking.guess()
    looking.setup.begin("touch")
    slow.go.set()
    looking.answered()
    assert (looking.setup.guess, looking.setup.way) == (None, "touch")
    slow.go.clear()
    looking.guess()
    looking.see(1)
    assert (looking.setup.refused, looking.setup.way) == (None, "pose")
    slow.go.set()
    looking.answered()
    assert looking.setup.guess is GUESSED
