"""The back's rectangle from four places on the body that a person marks: C7, both shoulder points and L5.

The rectangle's lower corners are nowhere on the body, and seen from above or aside no four places that lie in its plane
would tell how it narrows: C7 is between the upper two. But the shoulder points lie before the plane and below C7, so
how the four places lie to each other tells from where they are seen. The camera and the back are sought by which the
four would most likely be marked where they were: a maximum a posteriori estimate of a pose from points whose lengths
are known but roughly (Hartley & Zisserman, 2004, 7.2 and A5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from coach.domain import Floats
from coach.locate.plane import SQUARE, homography, to_back
from coach.locate.relief import ASPECT, ASPECT_SD, FOCAL, FOCAL_SD, eye
from coach.locate.turn import roll

# Where a shoulder point (the acromion) is: by how much lower than C7, over the back's height, and before the plane
# through C7 and L5, in widths. Means of the twelve bodies of samples/renderer, which differ by 0.006 and 0.012; people,
# whose shoulders rise when they lean on a table, by more.
LOWER, BEFORE, SHOULDER_SD = 0.133, 0.135, 0.03
MARK_SD = 0.03  # widths by which a mark is beside its place: a centimetre
# Degrees by which the camera looks down onto the plane, stands aside and is askew: from behind her, as most do, and
# from wherever a laptop finds room, beside her or at the table's far side. How the picture is turned is no sign of
# either: it is turned upright first, and what of its slant is more than that of a camera from behind is believed.
VIEWS = ((15.0, 20.0, 25.0), (30.0, 35.0, 40.0))  # down, its sd, and the sd of aside
ASKEW_SD, SLANT = 15.0, 20.0
# Some mark the shoulders at C7's height, as the rectangle has them: as unusual as a mark off by so many deviations.
AS_CORNERS = 2.0
STARTS = (-25.0, 0.0, 30.0)  # degrees down from which the best is sought
NEAREST = 0.5  # widths: nothing is nearer to the camera
STEP = 1e-6  # of the differences that stand for derivatives
ROUNDS = 40
TOP, BOTTOM = (0.5, 0.0), (0.5, 1.0)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is sought: arrays of ten numbers (…, 10), and how usual they are.

    Degrees down, aside and askew; where the middle of the back is, three, in widths from the camera; logarithms of the
    focal length over the picture's longer side and of the back's height over its own; the shoulder points' place.
    """

    size: Floats  # (2,) px
    width: float  # px between the shoulder points
    usual: Floats  # (10,)
    spread: Floats  # (10,)

    def marks(self, sought: Floats) -> Floats:
        """(…, 4, 2) px where C7, both shoulder points and L5 are seen."""
        none, half = np.zeros(sought.shape[:-1]), np.full(sought.shape[:-1], 0.5)
        high, lower, before = np.exp(sought[..., 7]), sought[..., 8], sought[..., 9]
        shoulder = (lower - 0.5) * high
        end = half * high
        places = (none, -end, none), (-half, shoulder, before), (half, shoulder, before), (none, end, none)
        return self._seen(sought, np.stack([np.stack(place, axis=-1) for place in places], axis=-2))

    def corners(self, sought: Floats) -> Floats:
        """(4, 2) px."""
        flat = (SQUARE - 0.5) * (1.0, float(np.exp(sought[7])))
        return self._seen(sought, np.column_stack((flat, np.zeros(4))))

    def _seen(self, sought: Floats, places: Floats) -> Floats:
        """(…, n, 2) px of places (…, n, 3), widths from the back's middle: right, down, away from the camera."""
        from scipy.spatial.transform import Rotation  # noqa: PLC0415  late: a page at its start can do without SciPy

        turn = Rotation.from_euler("xyz", sought[..., :3], degrees=True).as_matrix()
        turned = places @ np.swapaxes(turn, -1, -2) + sought[..., None, 3:6]
        focal = np.exp(sought[..., 6]) * self.size.max()
        seen: Floats = turned[..., :2] / np.maximum(turned[..., 2:], NEAREST) * focal[..., None, None] + self.size / 2.0
        return seen

    def unusual(self, sought: Floats, marked: Floats) -> Floats:
        """(…, 18) deviations: of the marks (4, 2) px from their places, and of what is sought from the usual."""
        off = (self.marks(sought) - marked) / (MARK_SD * self.width)
        return np.concatenate((off.reshape(*sought.shape[:-1], 8), (sought - self.usual) / self.spread), axis=-1)


def corners_of(marked: Floats, size: tuple[int, int]) -> Floats:
    """The back rectangle's corners (4, 2) px, (0,0) (1,0) (1,1) (0,1), whose middle line is from C7 to L5 as marked.

    On 54 labelled clips places all over the back are off by 0.013 of its width (rms) where each mark is exact, by 0.034
    where each is off by 0.02 (sd) both across and down; those of a parallelogram by 0.066 and 0.074
    (``python -m tests.bench.marks``).

    :param marked: (4, 2) px of C7, the left and the right shoulder point in the picture, L5
    :param size: px, width and height of the picture; the marks may lie outside
    """
    marked = np.asarray(marked, dtype=np.float64)
    if not float(np.hypot(*(marked[2] - marked[1]))) > 0.0:
        return parallelogram(marked)
    quarter = np.pi / 2.0 * round(roll(parallelogram(marked)) / (np.pi / 2.0))
    upright = _about(marked, -quarter, size)
    ways = [(view, as_corners) for view in VIEWS for as_corners in (False, True)]
    _, found = min((_sought(upright, size, *way) for way in ways), key=lambda one: one[0])
    corners = _about(found, quarter, size)
    seen = _in_picture(corners, np.array([TOP, BOTTOM]))
    moved: Floats = corners + np.repeat(marked[[0, 3]] - seen, 2, axis=0)
    return moved


def body_of(corners: Floats, size: tuple[int, int]) -> Floats:
    """(4, 2) px where C7, both shoulder points and L5 of a usual body are seen whose rectangle has these corners.

    :param corners: (4, 2) px; :param size: px, width and height of the picture
    :raises numpy.linalg.LinAlgError: where three corners lie in a line
    """
    camera = eye(corners, size)
    shoulders = np.array([[0.0, LOWER], [1.0, LOWER]])
    behind = camera[:2] + (shoulders - camera[:2]) * (camera[2] / (camera[2] + BEFORE))  # on the plane, as it is seen
    return _in_picture(corners, np.array([TOP, *behind, BOTTOM]))


def _about(points: Floats, angle: float, size: tuple[int, int]) -> Floats:
    """Points (n, 2) px turned clockwise about the picture's middle, where the camera looks; :param angle: radians"""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(size) / 2.0
    moved: Floats = (points - middle) @ turn.T + middle
    return moved


def _sought(
    marked: Floats, size: tuple[int, int], view: tuple[float, float, float], as_corners: bool
) -> tuple[float, Floats]:
    """How unusual the likeliest camera and back are, and the corners (4, 2) px they show."""
    from scipy.optimize import least_squares  # noqa: PLC0415  late: the start need not wait a sixth of a second for it

    across = float(np.hypot(*(marked[2] - marked[1])))
    focal, middle = FOCAL * max(size), (marked[0] + marked[3]) / 2.0 - np.array(size) / 2.0
    away = focal / across
    down, down_sd, aside_sd = view
    slanted = float(np.degrees(roll(parallelogram(marked))))
    askew = slanted - float(np.clip(slanted, -SLANT, SLANT))
    usual = np.array([down, 0.0, askew, *(middle / across), away, np.log(FOCAL), np.log(ASPECT), LOWER, BEFORE])
    spread = np.array([down_sd, aside_sd, ASKEW_SD, away, away, away, FOCAL_SD, ASPECT_SD, SHOULDER_SD, SHOULDER_SD])
    if as_corners:
        usual[8:] = 0.0
    sight = _Sight(np.array(size, dtype=np.float64), across, usual, spread)

    def unusual(sought: Floats) -> Floats:
        return sight.unusual(sought, marked)

    def slopes(sought: Floats) -> Floats:
        around = unusual(np.concatenate((sought[None], sought + np.eye(len(sought)) * STEP)))
        return np.asarray((around[1:] - around[0]).T / STEP)

    best = min(
        (least_squares(unusual, _from(usual, down), slopes, x_scale=spread, max_nfev=ROUNDS) for down in STARTS),
        key=lambda one: float(one.cost),
    )
    rare = 2.0 * log(down_sd * aside_sd / (VIEWS[0][1] * VIEWS[0][2]))  # a wide view says less of each camera
    return 2.0 * float(best.cost) + rare + AS_CORNERS**2 * as_corners, sight.corners(best.x)


def _from(usual: Floats, down: float) -> Floats:
    start = usual.copy()
    start[0] = down
    return start


def _in_picture(corners: Floats, places: Floats) -> Floats:
    """(n, 2) px of back coordinates."""
    return to_back(places, np.linalg.inv(homography(corners)).astype(np.float64))


def parallelogram(marked: Floats) -> Floats:
    """The corners (4, 2) px of marks (4, 2) px if there were no perspective, and shoulders lay in the back's plane."""
    c7, left, right, l5 = marked
    half = (right - left) / 2.0
    corners: Floats = np.array([c7 - half, c7 + half, l5 + half, l5 - half])
    return corners
