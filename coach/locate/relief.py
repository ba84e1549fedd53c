"""Where on the skin a hand is that is seen against the back's plane: a back is no plane, nor does a camera face it.

What lies at a height over the plane is seen beside its place, by the height times the slant of the line of sight: from
high above, the shoulder blades' inner edges seem to lie a tenth of the back lower than they are. Where the camera is
follows from the picture of the rectangle (Zhang, "A flexible new technique for camera calibration", 2000, 2.3), how
high a back is from the mean of twelve.
"""

from __future__ import annotations

import numpy as np

from coach.domain import Floats
from coach.locate.plane import homography

# Heights over the plane through the base of the neck and the waist, in widths between the shoulder points, at every
# tenth of the back from x = -0.3 to the spine and from y = -0.4 to 1.3: the mean of six women's bodies in two postures,
# made of MakeHuman's shape targets (CC0) by samples/renderer. Between the shoulder points they differ by 0.01 (sd).
STEP, FIRST_X, FIRST_Y = 0.1, -0.3, -0.4
LEFT_HALF: Floats = np.array(
    (
        (-0.23, -0.24, -0.25, -0.25, -0.25, -0.23, -0.19, -0.09, -0.07),
        (-0.18, -0.22, -0.24, -0.24, -0.25, -0.25, -0.21, -0.09, -0.06),
        (-0.10, -0.11, -0.14, -0.21, -0.23, -0.22, -0.22, -0.12, -0.08),
        (-0.11, -0.10, -0.09, -0.07, -0.10, -0.16, -0.15, -0.11, -0.06),
        (-0.11, -0.11, -0.10, -0.08, -0.10, -0.07, -0.03, 0.00, 0.00),
        (-0.11, -0.11, -0.11, -0.08, 0.00, 0.05, 0.07, 0.06, 0.04),
        (-0.13, -0.12, -0.11, -0.02, 0.03, 0.07, 0.09, 0.08, 0.06),
        (-0.20, -0.18, -0.14, -0.06, -0.03, 0.04, 0.08, 0.07, 0.05),
        (-0.30, -0.27, -0.19, -0.15, -0.12, -0.01, 0.04, 0.04, 0.02),
        (-0.35, -0.32, -0.23, -0.23, -0.19, -0.08, -0.02, -0.01, -0.02),
        (-0.34, -0.32, -0.29, -0.29, -0.23, -0.14, -0.06, -0.04, -0.05),
        (-0.33, -0.32, -0.29, -0.27, -0.23, -0.15, -0.07, -0.06, -0.07),
        (-0.32, -0.30, -0.29, -0.24, -0.20, -0.12, -0.07, -0.06, -0.06),
        (-0.29, -0.23, -0.23, -0.25, -0.18, -0.09, -0.05, -0.04, -0.03),
        (-0.26, -0.25, -0.23, -0.24, -0.16, -0.06, -0.01, 0.00, 0.00),
        (-0.25, -0.25, -0.25, -0.24, -0.14, -0.04, 0.00, 0.02, 0.01),
        (-0.25, -0.25, -0.25, -0.23, -0.17, -0.08, -0.02, -0.01, -0.02),
        (-0.25, -0.24, -0.23, -0.22, -0.20, -0.16, -0.14, -0.13, -0.13),
    )
)
HEIGHTS: Floats = np.concatenate((LEFT_HALF, LEFT_HALF[:, -2::-1]), axis=1)
# What is usual, and by how much cameras and backs differ from it (sd of the logarithm): the focal length over the
# picture's longer side (webcams see 50-75 degrees), and a back's height over its width (1.11-1.28 in twelve bodies).
FOCALS: Floats = np.geomspace(0.65, 1.35, 15)
FOCAL, FOCAL_SD, ASPECT, ASPECT_SD = 0.92, 0.2, 1.2, 0.08
SQUARE_SD = 0.05  # of the cosine between two sides of the rectangle, whose corners a person marks
NEAREST = 0.5  # widths over the plane: no camera is nearer
LOWEST_VIEW = 3.7  # slant of the line of sight to the middle of the back, 75 degrees: from lower, no back is marked
MIDDLE: Floats = np.array([0.5, 0.5])
SITTING_DEG = 18.0  # by which a back leans forward while it is massaged; 10-24 in the scripts of samples/renderer


def eye(corners: Floats, size: tuple[int, int]) -> Floats:
    """Where the camera is: (3,) x and y in back coordinates, and its distance from the plane in widths of the back.

    Of the usual focal lengths it takes the one by which the picture is most like that of a usual back.

    :param corners: (4, 2) px of the back rectangle: (0,0) (1,0) (1,1) (0,1)
    :param size: px, width and height of the picture
    :raises numpy.linalg.LinAlgError: where three corners lie in a line
    """
    to_picture: Floats = np.linalg.inv(homography(np.asarray(corners, dtype=np.float64))).astype(np.float64)
    posed = [_posed(to_picture, focal, size) for focal in FOCALS]
    return min(posed, key=lambda one: one[0])[1]


def _posed(to_picture: Floats, focal: float, size: tuple[int, int]) -> tuple[float, Floats]:
    """How unusual a camera of that focal length would be, and where."""
    width, height = size
    long = focal * max(size)
    inside = np.array([[long, 0.0, width / 2.0], [0.0, long, height / 2.0], [0.0, 0.0, 1.0]])
    across, down, origin = np.linalg.solve(inside, to_picture).T
    wide, high = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    along, beside = across / wide, down / high
    skew = float(along @ beside)
    beside = beside - skew * along
    beside /= np.linalg.norm(beside)
    unusual = (
        (skew / SQUARE_SD) ** 2
        + (np.log(high / wide / ASPECT) / ASPECT_SD) ** 2
        + (np.log(focal / FOCAL) / FOCAL_SD) ** 2
    )
    away = max(abs(float(np.cross(along, beside) @ origin)) / wide, NEAREST)
    seen = np.array([-along @ origin / wide, -beside @ origin / high])
    leaning = slant(MIDDLE, np.append(seen, away))
    if leaning > LOWEST_VIEW:  # badly marked corners
        seen = MIDDLE + (seen - MIDDLE) * (LOWEST_VIEW / leaning)
    return float(unusual), np.append(seen, away)


def on_skin(places: Floats, camera: Floats, over: float = 0.0) -> Floats:
    """Back coordinates on the skin of what is seen before the plane at these; NaN stays NaN.

    The height is read where the hand seems to be, once: followed along the line of sight, it would run away where that
    all but touches the skin, as it does beyond the shoulder blades from above. Of 148 presses in rendered sessions the
    true fingertips' pictures come from 0.033 to 0.022 (rms, back units) by it; those of the tracker, which is itself
    off, from 0.052 to 0.048 (`python -m tests.bench.relief`).

    :param places: (n, 2) as the plane has them
    :param camera: (3,) of :func:`eye`, or (n, 3) of each place
    :param over: widths by which the thing is over the skin
    """
    seen: Floats = places + (camera[..., :2] - places) * ((height(places) + over) / camera[..., 2])[:, None]
    return seen


def slant(place: Floats, camera: Floats) -> float:
    """By how much the line of sight to a place (2,) leans: 0 straight from above it, 1 at 45 degrees."""
    away = (camera[:2] - place) * (1.0, ASPECT)
    return float(np.hypot(away[0], away[1])) / float(camera[2])


def aside_deg(camera: Floats) -> float:
    """Degrees by which the camera stands to the right of straight behind a sitting receiver, seen from above the room.

    On 56 rendered set-ups it is off by 1.7 (sd); by 4 where each corner is 2 % of the back's width off its place.

    :param camera: (3,) of :func:`eye`
    """
    right, up = (camera[0] - MIDDLE[0]), (MIDDLE[1] - camera[1]) * ASPECT
    lean = np.deg2rad(SITTING_DEG)
    behind = camera[2] * np.cos(lean) - up * np.sin(lean)
    return float(np.rad2deg(np.arctan2(right, behind)))


def height(places: Floats) -> Floats:
    """(n,) how high a back is over its plane at places (n, 2) on it, in widths; that of its edge beyond the table."""
    at = np.stack(((places[:, 1] - FIRST_Y) / STEP, (places[:, 0] - FIRST_X) / STEP))
    from scipy.ndimage import map_coordinates  # noqa: PLC0415  late: a page at its start can do without SciPy

    found: Floats = map_coordinates(HEIGHTS, np.nan_to_num(at), order=1, mode="nearest")
    return found
