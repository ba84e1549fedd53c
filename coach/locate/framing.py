"""What of the back is in the picture at all: by the flat plane, which is exact to a finger's breadth at the ears."""

from __future__ import annotations

import numpy as np

from coach.domain import Bools, Floats
from coach.locate.plane import homography, to_back


def framing(corners: Floats, size: tuple[int, int]) -> Floats:
    """The (3, 3) map from back coordinates to shares of the picture's width and height.

    :param corners: (4, 2) px of the back rectangle: (0,0) (1,0) (1,1) (0,1)
    :param size: px, width and height of the picture
    :raises numpy.linalg.LinAlgError: where three corners lie in a line
    """
    to_picture: Floats = np.linalg.inv(homography(corners)).astype(np.float64)
    view: Floats = to_picture / np.array([[size[0]], [size[1]], [1.0]])
    return np.asarray(view / view[2, 2], dtype=np.float64)


def framed(places: Floats, view: Floats) -> Bools:
    """(k,) which of some places are in the picture.

    :param places: (k, 2) back coordinates
    :param view: (3, 3) as :func:`framing` has it
    """
    before = places @ view[2, :2] + view[2, 2] > 0.0  # what is behind the camera is seen nowhere
    shares = to_back(places, view)
    inside: Bools = before & ((shares >= 0.0) & (shares <= 1.0)).all(axis=-1)
    return inside
