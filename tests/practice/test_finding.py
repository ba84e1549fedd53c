"""Where the finder of a practice looks: at the back, and for a sign beside it."""

from __future__ import annotations

import numpy as np

from coach.domain import Floats, Frame, HandObservation
from coach.practice.finding import Finding
from tests.fakes.hands import observation

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])


class Noting:
    """Finds so many hands, and notes whether it was to look at the back alone."""

    def __init__(self) -> None:
        self.hands = 2
        self.near: list[bool] = []

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        self.near.append(back is not None)
        return tuple(observation(frame.time_s, (200.0 + 150.0 * k, 200.0)) for k in range(self.hands))

    def close(self) -> None:
        return


def looked(hands: int, back: Floats | None, pictures: int = 6) -> list[bool]:
    """Of each picture, whether the back alone was looked at."""
    noting = Noting()
    finding = Finding(lambda: noting)
    finding.begin()
    while finding.state != "ok":
        pass
    finding.find(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)), back)
    noting.near.clear()
    noting.hands = hands
    for k in range(pictures):
        finding.find(Frame(k + 1, (k + 1) / 15.0, np.zeros((480, 640, 3), np.uint8)), back)
    finding.close()
    return noting.near


def test_before_and_between_the_massage_the_whole_picture_is_looked_at() -> None:
    assert looked(2, None) == [False] * 6
    assert looked(1, None) == [False] * 6


def test_with_both_hands_on_the_back_nothing_else_is() -> None:
    assert looked(2, BACK) == [True] * 6


def test_a_hand_that_left_the_back_is_looked_for_in_every_other_picture() -> None:
    assert looked(1, BACK) == [True, False] * 3
