"""Hands that the cut to the back does not show: when the whole picture is looked at as well, and what counts there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.capture.video import open_video
from coach.detect.hands import AGAIN_S, LOST_S, Box, MediaPipeHands, _apart
from coach.domain import Floats, Frame, HandObservation
from tests.footage import SAMPLE, sample_corners

IMAGE = np.full((480, 640, 3), 90, dtype=np.uint8)
SQUARE = np.array([[200.0, 150.0], [400.0, 150.0], [400.0, 350.0], [200.0, 350.0]])  # looked at: 180-420, 90-370
LEFT, RIGHT, NEARLY_LEFT, BESIDE = (230.0, 200.0), (370.0, 200.0), (240.0, 195.0), (500.0, 200.0)
STEP_S = 0.05


def hand(x: float, y: float) -> HandObservation:
    """One of 60 px."""
    return HandObservation(0.0, np.linspace((x - 30.0, y - 30.0), (x + 30.0, y + 30.0), 21), 0.9)


@dataclass
class Looks:
    """A finder that sees by a script: in the cut, and in the whole picture."""

    cut: list[list[tuple[float, float]]]  # picture by picture
    whole: list[tuple[float, float]]
    still: bool = False
    gone_s: float = 1e9  # when the whole picture shows as much as the cut
    looked_s: list[float] = field(default_factory=list)  # when the whole picture was looked at
    told: list[int] = field(default_factory=list)  # how many hands

    def __post_init__(self) -> None:
        with MediaPipeHands(self.still) as finder:
            finder._look = self._look  # type: ignore[method-assign]
            for k in range(len(self.cut)):
                self.told.append(len(finder.find(Frame(k, k * STEP_S, IMAGE), SQUARE)))

    def _look(self, frame: Frame, box: Box | None = None) -> tuple[HandObservation, ...]:
        if box is None:
            self.looked_s.append(frame.time_s)
        as_cut = box is not None or frame.time_s >= self.gone_s
        return tuple(hand(*at) for at in (self.cut[frame.index] if as_cut else self.whole))


def parts(*lasting: tuple[float, list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    return [seen for lasts_s, seen in lasting for _ in range(round(lasts_s / STEP_S))]


def gaps(times_s: Iterable[float]) -> Floats:
    return np.diff(list(times_s))


def test_a_hand_that_is_lost_for_a_moment_is_not_looked_for() -> None:
    looks = Looks(parts((1.0, [LEFT, RIGHT]), (LOST_S - 0.05, [LEFT]), (1.0, [LEFT, RIGHT])), [LEFT, RIGHT])
    assert looks.looked_s == []


def test_once_it_is_lost_for_longer_the_whole_picture_tells_where_it_is() -> None:
    looks = Looks(parts((1.0, [LEFT, RIGHT]), (1.0, [LEFT])), [LEFT, RIGHT])
    assert looks.looked_s[0] == pytest.approx(1.0 + LOST_S, abs=STEP_S + 1e-6)
    assert gaps(looks.looked_s).max() == pytest.approx(STEP_S)  # it helps
    assert looks.told[-1] == 2
    assert looks.told.count(1) == round(LOST_S / STEP_S) - 1


def test_where_that_does_not_help_it_is_looked_at_now_and_then() -> None:
    looks = Looks(parts((1.0, [LEFT, RIGHT]), (3.0, [LEFT])), [LEFT])
    assert gaps(looks.looked_s).min() >= AGAIN_S - 1e-6
    assert len(looks.looked_s) >= 10
    assert set(looks.told[20:]) == {1}


def test_once_it_no_longer_helps_it_is_looked_at_now_and_then_again() -> None:
    looks = Looks(parts((1.0, [LEFT]), (0.05, [LEFT, RIGHT])), [LEFT, RIGHT])
    before = len(looks.looked_s)
    gone = Looks(parts((3.0, [LEFT])), [LEFT, RIGHT], gone_s=1.0)
    assert before > 5
    assert gaps(s for s in gone.looked_s if s > 1.0).min() >= AGAIN_S - 1e-6


def test_a_hand_that_was_never_there_is_looked_for_too() -> None:
    assert Looks(parts((1.0, [])), [LEFT, RIGHT]).told[-1] == 2


@pytest.mark.parametrize(("back_s", "waits"), [(0.05, False), (LOST_S + 0.1, True)])
def test_a_hand_that_comes_back_for_a_single_picture_is_not_waited_for_again(back_s: float, waits: bool) -> None:
    looks = Looks(parts((1.0, [LEFT]), (back_s, [LEFT, RIGHT]), (0.1, [LEFT])), [LEFT, RIGHT])
    assert (looks.told[-1] == 1) == waits


@pytest.mark.parametrize(("other", "told"), [(RIGHT, 2), (NEARLY_LEFT, 1), (BESIDE, 1)])
def test_what_is_the_same_hand_or_beside_the_cut_is_none_of_it(other: tuple[float, float], told: int) -> None:
    assert Looks(parts((1.0, [LEFT])), [other]).told[-1] == told


def test_there_are_no_more_than_two() -> None:
    assert Looks(parts((1.0, [LEFT])), [RIGHT, (300.0, 300.0)]).told[-1] == 2


def test_single_pictures_are_looked_at_once() -> None:
    looks = Looks(parts((1.0, [LEFT])), [LEFT, RIGHT], still=True)
    assert (looks.looked_s, looks.told[-1]) == ([], 1)


def palm(x: float, mirrored: bool) -> HandObservation:
    """One as large as it is wide, 100 px, whose thumb is on its left, or mirrored on its right."""
    marks = np.linspace((-50.0, 50.0), (50.0, -50.0), 21)
    marks[[0, 5, 17]] = (0.0, 50.0), (-30.0, -20.0), (30.0, -20.0)
    return HandObservation(0.0, marks * (-1.0 if mirrored else 1.0, 1.0) + (x, 200.0), 0.9)


@pytest.mark.parametrize(
    ("away", "mirrored", "two"), [(40.0, True, True), (40.0, False, False), (15.0, True, False), (60.0, False, True)]
)
def test_palms_side_by_side_with_touching_thumbs_are_two_hands(away: float, mirrored: bool, two: bool) -> None:
    assert _apart(palm(300.0, mirrored=False), palm(300.0 + away, mirrored)) == two


def test_the_real_detector_finds_in_the_whole_picture_what_the_cut_hides() -> None:
    """All but one of what the cut shows is kept back."""
    with open_video(SAMPLE) as video:
        pictures = list(islice(video.frames(), 16))
    with MediaPipeHands() as finder:
        detect = finder._detect

        def one_in_the_cut(image: Any, time_s: float, near: bool) -> Any:
            result = detect(image, time_s, near)
            kept = slice(0, 1 if near else None)
            return SimpleNamespace(hand_landmarks=result.hand_landmarks[kept], handedness=result.handedness[kept])

        finder._detect = one_in_the_cut  # type: ignore[method-assign]
        found = [finder.find(frame, sample_corners()) for frame in pictures]
    with MediaPipeHands() as finder:
        usual = [finder.find(frame, sample_corners()) for frame in pictures]
    assert [len(hands) for hands in usual] == [2] * len(pictures)
    assert len(found[0]) == 1
    assert len(found[-1]) == 2
    both, as_usual = (sorted(h.landmarks.mean(axis=0).tolist() for h in hands[-1]) for hands in (found, usual))
    assert np.abs(np.array(both) - as_usual).max() < 6.0
