"""The back's rectangle from four marks on the body, against a camera of its own that sees a body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from coach.domain import Floats
from coach.locate.marks import body_of, corners_of, parallelogram
from coach.locate.plane import homography, to_back

SIZE = (640, 480)


@dataclass(frozen=True)
class View:
    """A back before a camera. Degrees; lengths in widths between the shoulder points."""

    elevation: float  # of the camera over the plane's perpendicular
    aside: float  # to the right
    roll: float = 0.0
    away: float = 2.0
    focal: float = 0.95  # over the picture's width
    height: float = 1.22
    shoulders: tuple[float, float] = (0.13, 0.13)  # below C7, over the height, and before the plane

    def seen(self, places: Floats) -> Floats:
        """(n, 2) px of places (n, 3): back coordinates and a height over the plane."""
        up, side, roll = np.deg2rad((self.elevation, self.aside, self.roll))
        towards = np.array([np.sin(side) * np.cos(up), -np.sin(up), np.cos(side) * np.cos(up)])  # to the camera
        right = np.array([np.cos(side), 0.0, -np.sin(side)])
        down = np.cross(right, -towards)  # right, down, forward is a right-handed camera
        down *= np.sign(down[1])
        space = (places - (0.5, 0.5, 0.0)) * (1.0, self.height, 1.0)
        depth = self.away - space @ towards
        flat = np.column_stack((space @ right, space @ down)) / depth[:, None] * self.focal * SIZE[0]
        turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
        shown: Floats = flat @ turn.T + np.array(SIZE) / 2.0
        return shown

    def corners(self) -> Floats:
        return self.seen(np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], dtype=np.float64))

    def marks(self) -> Floats:
        low, before = self.shoulders
        return self.seen(np.array([[0.5, 0, 0], [0, low, -before], [1, low, -before], [0.5, 1, 0]]))


VIEWS = {
    "straight": View(0.0, 0.0),
    "from above": View(35.0, 0.0),
    "from below": View(-20.0, 5.0),
    "from the right": View(20.0, 25.0),
    "from the left": View(20.0, -25.0),
    "from above, aside, askew": View(30.0, 20.0, roll=8.0),
    "near, a wide lens": View(25.0, -15.0, away=1.5, focal=0.7),
    "far, a long lens": View(20.0, 10.0, away=3.2, focal=1.3),
    "a long back": View(25.0, 10.0, height=1.4),
    "a short back with high shoulders": View(25.0, -10.0, height=1.12, shoulders=(0.08, 0.1)),
}
GRID = np.stack(np.meshgrid(np.linspace(0, 1, 5), np.linspace(0, 1, 6)), axis=-1).reshape(-1, 2)


def off(corners: Floats, view: View) -> float:
    """How far places all over the back are from where they should be at most, back widths."""
    shown = to_back(GRID, np.linalg.inv(homography(corners)).astype(np.float64))
    away = (to_back(shown, homography(view.corners())) - GRID) * (1.0, view.height)
    return float(np.hypot(*away.T).max())


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_back_is_where_a_camera_of_any_place_sees_it(view: View) -> None:
    ours = off(corners_of(view.marks(), SIZE), view)
    assert ours < 0.1
    assert ours < off(parallelogram(view.marks()), view)


ASIDE = {"beside": (10.0, 60.0), "the far side": (60.0, 0.0), "obliquely in front": (50.0, 40.0)}


@pytest.mark.parametrize("roll", [0.0, 90.0, 180.0, 255.0])
@pytest.mark.parametrize(("elevation", "aside"), ASIDE.values(), ids=ASIDE)
def test_the_back_is_found_however_it_lies_in_the_picture(elevation: float, aside: float, roll: float) -> None:
    view = View(elevation, aside, roll, away=3.0)
    assert off(corners_of(view.marks(), SIZE), view) < 0.1


@pytest.mark.parametrize("roll", [90.0, 180.0, 270.0])
def test_a_turned_picture_has_the_same_corners(roll: float) -> None:
    upright, turned = View(25.0, 20.0), View(25.0, 20.0, roll)
    there = off(corners_of(upright.marks(), SIZE), upright)
    assert off(corners_of(turned.marks(), SIZE), turned) == pytest.approx(there, abs=1e-3)


def test_perspective_is_told_that_a_parallelogram_knows_nothing_of() -> None:
    views = [View(up, aside) for up in (10.0, 25.0, 40.0) for aside in (-25.0, 0.0, 25.0)]
    ours = [off(corners_of(view.marks(), SIZE), view) for view in views]
    flat = [off(parallelogram(view.marks()), view) for view in views]
    assert max(ours) < 0.05
    assert np.mean(flat) > 0.12
    assert max(np.array(ours) / np.array(flat)) < 0.5


def test_marks_that_are_off_by_a_centimetre_do_no_more_harm_than_that_elsewhere() -> None:
    draw, view = np.random.default_rng(5), View(25.0, 15.0)
    marks = view.marks()
    width = float(np.hypot(*(marks[2] - marks[1])))
    away = [off(corners_of(marks + draw.normal(0.0, 0.02 * width, (4, 2)), SIZE), view) for _ in range(30)]
    assert np.median(away) < 0.08
    assert max(away) < 0.2


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_middle_line_is_from_c7_to_l5_as_marked(view: View) -> None:
    marks = view.marks() + np.array([[4.0, -3.0], [0.0, 6.0], [-5.0, 0.0], [-3.0, 2.0]])
    middle = to_back(marks[[0, 3]], homography(corners_of(marks, SIZE)))
    assert middle == pytest.approx(np.array([[0.5, 0.0], [0.5, 1.0]]), abs=1e-3)


def test_shoulders_marked_at_the_height_of_c7_are_taken_for_what_they_are() -> None:
    for view in (View(25.0, 0.0), View(0.0, 0.0), View(35.0, -10.0)):
        corners = view.corners()
        marks = np.array([*view.marks()[:1], corners[0], corners[1], view.marks()[3]])
        assert off(corners_of(marks, SIZE), view) < 0.04


def test_the_size_of_the_picture_does_not_matter() -> None:
    marks = View(25.0, 15.0).marks()
    twice = corners_of(marks * 2.0, (SIZE[0] * 2, SIZE[1] * 2))
    assert twice == pytest.approx(corners_of(marks, SIZE) * 2.0, abs=0.1)


@pytest.mark.parametrize(
    "marks",
    [
        np.full((4, 2), 300.0),
        [[320, 60], [320, 80], [320, 80], [320, 420]],
        [[320, 420], [150, 400], [490, 400], [330, 60]],
        [[320, 60], [490, 80], [150, 80], [320, 420]],
        [[-128, -96], [768, -96], [-128, 576], [768, 576]],
    ],
    ids=["all at one place", "no width", "upside down", "shoulders exchanged", "at the edges"],
)
def test_marks_that_are_no_back_give_numbers_all_the_same(marks: list[list[float]]) -> None:
    """While points are dragged, anything comes; what cannot be is refused where it is kept."""
    assert np.isfinite(corners_of(np.array(marks, dtype=np.float64), SIZE)).all()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_places_on_the_body_of_known_corners(view: View) -> None:
    width = np.hypot(*(view.marks()[2] - view.marks()[1]))
    assert (
        np.hypot(*(body_of(view.corners(), SIZE) - view.marks()).T).max()
        < (0.03 if view.height > 1.15 else 0.06) * width
    )
