"""What cannot be a hand is refused, and what can is kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from coach.domain import HandObservation
from coach.locate.hygiene import look, plausible
from tests.fakes.hands import PALM, observation

BACK = 400.0  # px between the shoulder points
LEFT = observation(0.0, (200.0, 300.0), hand="left", confidence=0.8)
RIGHT = observation(0.0, (420.0, 300.0), confidence=0.9)


def kept(*found: HandObservation) -> list[HandObservation]:
    return [seen.observation for seen in plausible(found, lambda *_: BACK)]


def test_a_hand_is_reduced_to_its_palm() -> None:
    seen = look(RIGHT)
    assert (seen.x, seen.y) == pytest.approx((420.0, 300.0))
    assert seen.palm == pytest.approx(PALM * BACK)
    assert np.hypot(seen.back_x, seen.back_y) == pytest.approx(1.0)
    assert seen.back_y > 0.9  # the forearm comes from below


def test_a_hand_seen_along_its_palm_is_as_wide_as_its_knuckles() -> None:
    marks = RIGHT.landmarks.copy()
    marks[0] = marks[9] + (0.0, 2.0)
    across = float(np.hypot(*(marks[5] - marks[17])))
    assert look(replace(RIGHT, landmarks=marks)).palm == pytest.approx(across)


def test_two_hands_are_kept_the_surer_first() -> None:
    assert kept(LEFT, RIGHT) == [RIGHT, LEFT]


def test_no_hands_are_none() -> None:
    assert plausible((), lambda *_: BACK) == []


@pytest.mark.parametrize("apart", [0.0, 10.0, 45.0])
def test_of_two_skeletons_on_one_hand_the_surer_stays(apart: float) -> None:
    doubled = observation(0.0, (420.0 + apart, 300.0), confidence=0.95)
    assert kept(LEFT, RIGHT, doubled) == [doubled, LEFT]


def test_hands_side_by_side_are_no_duplicates() -> None:
    beside = observation(0.0, (420.0 - 0.6 * PALM * BACK, 300.0), hand="left")
    assert len(kept(RIGHT, beside)) == 2


@pytest.mark.parametrize("scale", [0.15, 2.2, 4.0])
def test_too_small_and_body_sized_hands_are_refused(scale: float) -> None:
    assert kept(observation(0.0, (600.0, 300.0), scale=scale * BACK), RIGHT) == [RIGHT]


def test_a_skeleton_torn_over_the_body_is_refused() -> None:
    marks = RIGHT.landmarks.copy()
    marks[12] += (0.0, -500.0)
    assert kept(LEFT, replace(RIGHT, landmarks=marks)) == [LEFT]


def test_of_two_hands_of_very_different_size_the_usual_one_stays() -> None:
    tiny = observation(0.0, (600.0, 300.0), scale=0.4 * BACK, confidence=0.99)
    assert kept(tiny, RIGHT) == [RIGHT]


def test_the_order_of_the_hands_in_a_frame_does_not_matter() -> None:
    found = (
        LEFT,
        RIGHT,
        observation(0.0, (425.0, 300.0), confidence=0.5),
        observation(0.0, (50.0, 60.0), scale=1500.0),
    )
    results = {tuple(id(o) for o in kept(*order)) for order in permutations(found)}
    assert results == {(id(RIGHT), id(LEFT))}
