from __future__ import annotations

import numpy as np

from coach.locate.framing import framed, framing
from coach.locate.plane import homography, to_back

SIZE = (640, 480)
CORNERS = np.array([[185.0, 60.0], [444.0, 40.0], [520.0, 470.0], [140.0, 500.0]])


def test_places_are_in_the_picture_whose_pixels_are() -> None:
    across, down = np.meshgrid(np.linspace(-0.7, 1.7, 25), np.linspace(-0.5, 1.3, 19))
    places = np.stack((across.ravel(), down.ravel()), axis=-1)
    pixels = to_back(places, np.linalg.inv(homography(CORNERS)).astype(np.float64))
    inside = ((pixels >= 0) & (pixels <= SIZE)).all(axis=-1)
    assert 100 < inside.sum() < len(places) - 100
    np.testing.assert_array_equal(framed(places, framing(CORNERS, SIZE)), inside)


def test_its_shares_are_those_of_the_picture() -> None:
    shares = to_back(np.array([[0.0, 0.0], [1.0, 1.0]]), framing(CORNERS, SIZE))
    np.testing.assert_allclose(shares, CORNERS[[0, 2]] / SIZE, atol=1e-9)


def test_what_lies_behind_the_camera_is_in_no_picture() -> None:
    """Of a plane that leads towards it and on: by the mere numbers, what is behind it is seen again, upside down."""
    road = np.array([[300.0, 200.0], [340.0, 200.0], [600.0, 470.0], [40.0, 470.0]])
    view = framing(road, SIZE)
    along = np.array([[0.5, y] for y in (-30.0, 0.5, 0.99, 1.5, 5.0, 30.0)])
    shares = to_back(along, view)
    assert 0.0 <= shares[-1].min() <= shares[-1].max() <= 1.0
    assert framed(along, view).tolist() == [True, True, True, False, False, False]
