"""Where the finder of a practice looks: at the back, and for a sign beside it."""

from __future__ import annotations

import numpy as np

from coach.domain import Floats, Frame, HandObservation
from coach.practice.finding import Finding
from tests.fakes.hands import observation

ON_IT: list[tuple[float, float]] = [(250.0, 200.0), (400.0, 200.0)]
BESIDE = (60.0, 100.0)
BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])


class Noting:
    """Finds hands at these places, or those of them that are on the back; notes where it looked."""

    def __init__(self) -> None:
        self.hands: list[tuple[float, float]] = ON_IT
        self.near: list[bool] = []

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        self.near.append(back is not None)
        there = [at for at in self.hands if back is None or at[0] > BACK[0, 0]]
        return tuple(observation(frame.time_s, at) for at in there)

    def close(self) -> None:
        return


def looked(hands: list[tuple[float, float]], back: Floats | None, pictures: int = 24) -> str:
    """Of each of 15 pictures a second, whether the back (.) or all of it (#) was looked at; first both were there."""
    noting = Noting()
    finding = Finding(lambda: noting)
    finding.begin()
    while finding.state != "ok":
        pass
    for k in range(pictures + 2):
        noting.hands = ON_IT if k < 2 else hands
        finding.find(Frame(k, k / 15.0, np.zeros((480, 640, 3), np.uint8)), back)
    finding.close()
    return "".join("." if near else "#" for near in noting.near[2:])


def test_before_and_between_the_massage_the_whole_picture_is_looked_at() -> None:
    assert looked(ON_IT, None) == looked(ON_IT[:1], None) == "#" * 24


def test_with_both_hands_on_the_back_nothing_else_is() -> None:
    assert looked(ON_IT, BACK) == "." * 24


def test_for_a_hand_that_is_nowhere_the_whole_is_looked_at_now_and_then() -> None:
    assert looked(ON_IT[:1], BACK) == ".......#.......#.......#"


def test_a_hand_beside_the_back_is_watched_in_every_other_picture() -> None:
    assert looked([ON_IT[0], BESIDE], BACK) == ".......#.#.#.#.#.#.#.#.#"


def test_with_no_hand_on_the_back_the_whole_is_looked_at_soon() -> None:
    assert looked([BESIDE, BESIDE], BACK) == ".#.#" * 6
