"""An open palm held up beside the back, told from a hand that massages. From the 21 landmarks alone."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

import numpy as np

from coach.domain import Floats, HandObservation
from coach.locate.plane import to_back
from coach.moves.trace import CONTACT_LANDMARKS
from coach.pipeline import LiveHand
from coach.tutor.state import Palm, Seeing, Sighted

FINGERS = ((5, 6, 8), (9, 10, 12), (13, 14, 16), (17, 18, 20))  # knuckle, middle joint and tip of the four fingers
STRAIGHT = 0.92  # tip to knuckle over the way by the middle joint: a bent finger has less
LONG = 0.7  # palms from knuckle to tip: a finger that points at the camera looks shorter
SPREAD = 0.85  # palms from the index fingertip to the little one: fingers side by side have about 0.6
UPRIGHT = 0.75  # the cosine of the hand's slant: it points up in the picture
OFF_BACK = 0.12  # back units beside the shoulders, or above the ears
ABOVE = -0.45


def see(
    now_s: float,
    hands: Iterable[LiveHand],
    found: Iterable[HandObservation],
    size: tuple[int, int],
    plane: Floats | None,
    light: float | None = None,
) -> Seeing:
    """What a frame shows.

    :param hands: on the back, by the fold
    :param found: all that the detector gave
    :param size: (width, height) px
    :param plane: (3, 3) px to back coordinates, None where the back is not known
    :param light: the picture's mean, 0-255
    """
    tips = list(CONTACT_LANDMARKS["fingertips"])
    known = {h.hand: h.landmarks[tips].mean(axis=0) for h in hands if h.hand is not None}
    marks = [o.landmarks for o in found]
    return Seeing(
        now_s,
        {hand: (float(place[0]), float(place[1])) for hand, place in known.items()},
        tuple(_sighted(m, size) for m in marks),
        tuple(_palm(m, size) for m in marks if is_open(m) and _off_back(m, plane)),
        light,
    )


def is_open(marks: Floats) -> bool:
    """Whether the four fingers are straight, spread and point up in the picture.

    :param marks: (21, 2) px
    """
    palm = max(float(np.hypot(*(marks[9] - marks[0]))), 1e-6)
    up = float(marks[0, 1] - marks[9, 1]) / palm
    if up < UPRIGHT or float(np.hypot(*(marks[20] - marks[8]))) < SPREAD * palm:
        return False
    return all(_straight(marks, finger, palm) for finger in FINGERS)


def _straight(marks: Floats, finger: tuple[int, int, int], palm: float) -> bool:
    knuckle, joint, tip = (marks[k] for k in finger)
    way = float(np.hypot(*(joint - knuckle)) + np.hypot(*(tip - joint)))
    direct = float(np.hypot(*(tip - knuckle)))
    return direct >= STRAIGHT * way and direct >= LONG * palm * (0.75 if finger[0] == 17 else 1.0)


def _off_back(marks: Floats, plane: Floats | None) -> bool:
    if plane is None:
        return True
    x, y = to_back(marks[[0, 9]].mean(axis=0)[None], plane)[0]
    return bool(x < -OFF_BACK or x > 1.0 + OFF_BACK or y < ABOVE)


def _sighted(marks: Floats, size: tuple[int, int]) -> Sighted:
    x, y = marks[[0, 9]].mean(axis=0)
    length = hypot(*(marks[9] - marks[0]))
    return Sighted(float(x) / size[0], float(y) / size[1], length)


def _palm(marks: Floats, size: tuple[int, int]) -> Palm:
    seen = _sighted(marks, size)
    return Palm(seen.x, seen.y)
