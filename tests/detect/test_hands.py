"""The hand landmarker: what it is shown of a picture, and where it says that hands are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from coach.capture.video import open_video
from coach.detect.hands import MediaPipeHands
from coach.domain import Floats, Frame, HandObservation, Image
from tests.footage import SAMPLE, sample_corners

PICTURES = 12  # both hands are on the back in all of them
SQUARE = np.array([[200.0, 150.0], [400.0, 150.0], [400.0, 350.0], [200.0, 350.0]])


@pytest.fixture(scope="module")
def pictures() -> list[Frame]:
    with open_video(SAMPLE) as video:
        return list(islice(video.frames(), PICTURES))


def found(pictures: Sequence[Frame], back: Floats | None) -> list[tuple[HandObservation, ...]]:
    with MediaPipeHands() as finder:
        return [finder.find(frame, back) for frame in pictures]


def middles(hands: Sequence[HandObservation]) -> Floats:
    """(n, 2) px, from left to right."""
    return np.array(sorted(hand.landmarks.mean(axis=0).tolist() for hand in hands))


def test_a_hand_is_told_where_it_is_in_the_whole_picture(pictures: list[Frame]) -> None:
    whole, near = found(pictures, None)[-1], found(pictures, sample_corners())[-1]
    assert len(whole) == len(near) == 2
    assert np.abs(middles(whole) - middles(near)).max() < 6.0


def test_only_the_back_and_a_little_around_it_is_looked_at(pictures: list[Frame]) -> None:
    beside = sample_corners() * (0.25, 1.0)  # a strip at the picture's left edge, where no hand is
    assert all(not hands for hands in found(pictures, beside))


def test_of_a_back_outside_the_picture_the_whole_is_looked_at(pictures: list[Frame]) -> None:
    assert len(found(pictures, sample_corners() + 2000.0)[-1]) == 2


def darkened(frame: Frame, light: float) -> Frame:
    return replace(frame, image=np.round(frame.image * light).astype(np.uint8))


def as_it_comes(image: Image) -> Image:
    return np.ascontiguousarray(image)


def test_hands_are_found_in_the_dark_since_the_picture_is_equalised(
    pictures: list[Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    dark = [darkened(frame, 0.1) for frame in pictures]
    equalised = sum(map(len, found(dark, sample_corners())))
    monkeypatch.setattr(MediaPipeHands, "_equalised", staticmethod(as_it_comes))
    plain = sum(map(len, found(dark, sample_corners())))
    assert equalised >= PICTURES > 2 * plain


@pytest.fixture(scope="module")
def seen() -> Iterator[Callable[[Floats], tuple[int, int, int, int]]]:
    """What is looked at in a grey picture of 640 × 480 px, for one back after the other."""
    image = np.full((480, 640, 3), 90, dtype=np.uint8)
    with MediaPipeHands() as finder:
        yield lambda back: finder._around(back, image)


def test_the_cut_stays_while_the_back_sways_and_follows_where_it_is_moved(
    seen: Callable[[Floats], tuple[int, int, int, int]],
) -> None:
    here = seen(SQUARE)
    assert here == (180, 90, 420, 370)  # more above, for the neck
    assert seen(SQUARE + np.array([6.0, -8.0])) == here
    assert seen(SQUARE + np.array([30.0, 0.0])) == (210, 90, 450, 370)
    assert seen(SQUARE) == here


def test_the_cut_ends_where_the_picture_does(seen: Callable[[Floats], tuple[int, int, int, int]]) -> None:
    assert seen(SQUARE * 2.0 - (300.0, 200.0)) == (60, 0, 540, 480)
