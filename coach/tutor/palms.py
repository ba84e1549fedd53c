"""An open palm held up beside the back, told from a hand that massages. From the 21 landmarks alone."""

from __future__ import annotations

from collections.abc import Iterable
from math import dist

import numpy as np

from coach.domain import Floats, HandObservation
from coach.locate.behind import moved_behind
from coach.locate.plane import point_to_back
from coach.moves.trace import CONTACT_LANDMARKS
from coach.parameters.gestures import (
    LITTLE_FINGER_SHARE,
    OPEN_FINGER_OVER_PALM,
    SIGN_ABOVE_BACK,
    SIGN_BESIDE_BACK,
    SPREAD_OVER_PALM,
    STRAIGHT_FINGER_SHARE,
    UPRIGHT_COSINE,
)
from coach.parameters.landmarks import (
    INDEX_JOINT,
    INDEX_KNUCKLE,
    INDEX_TIP,
    LITTLE_JOINT,
    LITTLE_KNUCKLE,
    LITTLE_TIP,
    MIDDLE_JOINT,
    MIDDLE_KNUCKLE,
    MIDDLE_TIP,
    RING_JOINT,
    RING_KNUCKLE,
    RING_TIP,
    WRIST,
)
from coach.parameters.traces import OVER_SKIN
from coach.pipeline import LiveHand
from coach.tutor.state import At, Palm, Seeing, Sighted

# Knuckle, middle joint and tip of the four fingers.
FINGERS = (
    (INDEX_KNUCKLE, INDEX_JOINT, INDEX_TIP),
    (MIDDLE_KNUCKLE, MIDDLE_JOINT, MIDDLE_TIP),
    (RING_KNUCKLE, RING_JOINT, RING_TIP),
    (LITTLE_KNUCKLE, LITTLE_JOINT, LITTLE_TIP),
)
PALM = (WRIST, MIDDLE_KNUCKLE)


def see(
    now_s: float,
    hands: Iterable[LiveHand],
    found: Iterable[HandObservation],
    size: tuple[int, int],
    plane: Floats | None,
    light: float | None = None,
    eye: Floats | None = None,
) -> Seeing:
    """What a frame shows.

    :param hands: on the back, by the fold
    :param found: all that the detector gave
    :param size: (width, height) px
    :param plane: (3, 3) px to back coordinates, None where the back is not known
    :param light: the picture's mean, 0-255
    :param eye: (3,) where the camera is, where fingertips are to be placed on the skin; else they are on the plane
    """
    tips = CONTACT_LANDMARKS["fingertips"]
    marks = [o.landmarks for o in found]
    return Seeing(
        now_s,
        {h.hand: _touched(_middle(h.landmarks, tips), eye) for h in hands if h.hand is not None},
        tuple(_sighted(m, size) for m in marks),
        tuple(_palm(m, size) for m in marks if _off_back(m, plane) and is_open(m)),
        light,
    )


def _touched(place: At, eye: Floats | None) -> At:
    """Where fingertips touch the back that are seen at a place of the plane."""
    if eye is None:
        return place
    x, y = moved_behind(np.array([place]), eye, OVER_SKIN, skin=True)[0].tolist()
    return x, y


def is_open(marks: Floats) -> bool:
    """Whether the four fingers are straight, spread and point up in the picture.

    :param marks: (21, 2) px
    """
    palm = max(_palm_px(marks), 1e-6)
    up = float(marks[0, 1] - marks[9, 1]) / palm
    if up < UPRIGHT_COSINE or float(np.hypot(*(marks[20] - marks[8]))) < SPREAD_OVER_PALM * palm:
        return False
    return all(_straight(marks, finger, palm) for finger in FINGERS)


def _straight(marks: Floats, finger: tuple[int, int, int], palm: float) -> bool:
    knuckle, joint, tip = (marks[k].tolist() for k in finger)
    way = dist(knuckle, joint) + dist(joint, tip)
    direct = dist(knuckle, tip)
    return direct >= STRAIGHT_FINGER_SHARE * way and direct >= OPEN_FINGER_OVER_PALM * palm * (
        LITTLE_FINGER_SHARE if finger[0] == LITTLE_KNUCKLE else 1.0
    )


def _off_back(marks: Floats, plane: Floats | None) -> bool:
    if plane is None:
        return True
    across, down = point_to_back(*_middle(marks, PALM), plane)
    return across < -SIGN_BESIDE_BACK or across > 1.0 + SIGN_BESIDE_BACK or down < SIGN_ABOVE_BACK


def _sighted(marks: Floats, size: tuple[int, int]) -> Sighted:
    x, y = _middle(marks, PALM)
    return Sighted(x / size[0], y / size[1], _palm_px(marks))


def _middle(marks: Floats, of: tuple[int, ...]) -> tuple[float, float]:
    """Of some landmarks; asked for each hand of each picture, and arrays of two take ten times as long."""
    points = [marks[k].tolist() for k in of]
    return sum(x for x, _ in points) / len(of), sum(y for _, y in points) / len(of)


def _palm_px(marks: Floats) -> float:
    wrist, knuckle = (marks[k].tolist() for k in PALM)
    return dist(wrist, knuckle)


def _palm(marks: Floats, size: tuple[int, int]) -> Palm:
    seen = _sighted(marks, size)
    return Palm(seen.x, seen.y)
