"""The guess at the back, which takes a moment: who marks it in another way meanwhile is not disturbed by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from coach.domain import Floats, Frame
from coach.practice.guessing import POSE_EVERY_S, POSE_PICTURES
from coach.practice.setup import GUESS_AGAIN_S, SetUp
from coach.practice.setup_check import load_limits

DRAGGED = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])
GUESSED = DRAGGED + 9.0
IMAGE = np.full((480, 640, 3), 90, dtype=np.uint8)


class Slow:
    """A guess that comes when it is let go; None is no guess."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.found: Floats | None = GUESSED

    def __call__(self, *_: Any) -> Floats | None:
        self.go.wait(10.0)
        return self.found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    guess = Slow()
    monkeypatch.setattr("coach.practice.guessing.guess_back", guess)
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


def test_a_guess_in_vain_is_tried_again_by_itself_until_there_is_one(slow: Slow) -> None:
    looking = Looking()
    slow.found = None  # she does not sit there yet
    slow.go.set()
    looking.guess()
    looking.answered()
    assert (looking.setup.vain, looking.setup.refused, looking.setup.way) == (True, "mark_no_guess", None)
    looking.setup.refused, slow.found = None, GUESSED
    looking.see(int(GUESS_AGAIN_S / POSE_EVERY_S) - 3)
    assert looking.setup.guess is None
    looking.see(POSE_PICTURES + 3)
    looking.answered()
    assert (looking.setup.guess is GUESSED, looking.setup.vain) == (True, False)
    assert (looking.setup.refused, looking.setup.way) == (None, None)


def test_who_marks_the_back_meanwhile_gets_no_more_guesses(slow: Slow) -> None:
    looking = Looking()
    slow.found = None
    slow.go.set()
    looking.guess()
    looking.answered()
    slow.found = GUESSED
    looking.setup.mark(DRAGGED)
    looking.see(2 * int(GUESS_AGAIN_S / POSE_EVERY_S))
    looking.answered()
    assert looking.setup.guess is None
    looking.setup.begin("touch")
    looking.see(2 * int(GUESS_AGAIN_S / POSE_EVERY_S))
    looking.answered()
    assert (looking.setup.guess, looking.setup.way) == (None, "touch")
