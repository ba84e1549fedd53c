"""Follows the back in the picture: a receiver who sways, a camera that is nudged.

Each picture is compared with the first one, so that nothing adds up: followed from picture to picture, a back that sat
still crept away by up to a tenth of its width in a few minutes of working hands.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from coach.detect.alignment import FINEST, LEVELS, UNMOVED, Fit, Pyramid, Template
from coach.detect.body import body
from coach.detect.scene import Scene
from coach.domain import Floats, Frame, HandObservation, Image, Moved, Span

WIDTH = 320  # px of the small picture that is compared
EVERY_S = 0.1  # a swaying body moves by less than a finger's width in this time
STILL_S, STILL_EVERY_S = 3.0, 0.2  # one that has not moved for so long is looked at half as often
AROUND = 1.25  # of the back's rectangle: so far the body is compared
OUTLINE = 5  # px of the small picture by which the body's mask is made thicker: its outline tells most
# How well the pixels fit (see alignment.py): 99 times in 100 it was more than .31 on still backs (r21, d03), .12 on
# receivers who sway (r06, r46-r48). Below the first it is looked for from coarse to fine, below the second elsewhere
# too, and what is below the third was not found.
SURE, LIKELY, LEAST_SHARE = 0.3, 0.15, 0.1
BETTER = 0.03  # by so much another place must fit better
PUSHED_ON = 1  # of the alignment's levels; on the finest a turn by 3° hides a shift
SIZES = 0.5, 2.0  # what is larger or smaller is not the back
DEADBAND = 0.006  # of the back's width: smaller motions are noise, and a still back must stay still
# After the camera was moved: where the back's pixels fit so well, and one motion explains so much of the picture, the
# back was found again. Shifted, turned and enlarged sessions fit by .20 to .51 (median .32 and more), those looked at
# from elsewhere by .10 to .22, and one motion explains .4 and more of the former, a fifth of the latter.
FOUND_AGAIN, JOINTLY = 0.25, 0.4
# Where a motion fits hardly better than none, the back has not moved: what it takes is so much of the misfit for each
# width of the motion, and never more than the second. Measured on the same films as alignment.LEARNED: with it still
# backs stay wholly still half of the time or more; receivers who sway are followed as before.
TELLS, TELLS_MOST = 0.5, 0.1
ARM = 5.0  # palm lengths from the knuckles along the forearm that are masked


class BackFollower:
    """The motion of the back since the first picture, from what of it the hands do not cover."""

    def __init__(self, corners: Floats) -> None:
        """:param corners: (4, 2) px of the back rectangle in the first picture"""
        self._corners = corners
        self._scale = 1.0
        self._template: Template | None = None
        self._last: Pyramid | None = None  # the last in which it was found
        self._fit = UNMOVED  # as found last, small px
        self._used = np.eye(3)  # as given out, px
        self._next_s = -np.inf
        self._moved_s = np.inf  # when it moved last; at first, when it was seen first
        self._scene = Scene(float(np.hypot(*(corners[1] - corners[0]))))
        self._fits: list[tuple[float, float]] = []  # since the camera was moved: when, s, and how well the back fits

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        if frame.time_s < self._next_s:
            return self._used
        self._moved_s = min(self._moved_s, frame.time_s)
        still = frame.time_s - self._moved_s >= STILL_S
        self._next_s = frame.time_s + (STILL_EVERY_S if still else EVERY_S)
        self._scale = WIDTH / frame.image.shape[1]
        small = self._small(frame.image)
        grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        picture = Pyramid(grey)
        free = self._free(picture.shape, hands)
        self._scene.look(frame.time_s, grey, free, self._scale)
        if self._template is None:
            self._begin(small, picture, free)
        else:
            fit = self._found(self._template, picture, free)
            if self._scene.moments:
                self._fits.append((frame.time_s, 0.0 if fit is None else fit.share))
            if fit is not None:
                fit = self._told(self._template, picture, free, fit)
                self._template.learn(picture, free, fit)
                self._fit, self._last = fit, picture
                if self._give_out():
                    self._moved_s = frame.time_s
        return self._used

    @property
    def moved(self) -> tuple[Moved, ...]:
        """When the camera was moved, each time until it was moved again, or back, or the newest picture; and whether
        the back was found again."""
        moments = self._scene.moments
        ends = [moment.start_s for moment in moments[1:]]
        ends += [max(moment.end_s, self._fits[-1][0] if self._fits else 0.0) for moment in moments[-1:]]
        told = []
        for moment, end_s in zip(moments, ends, strict=True):
            if moment.back:
                continue
            fits = [share for time_s, share in self._fits if moment.end_s <= time_s <= end_s]
            again = bool(fits) and float(np.median(fits)) >= FOUND_AGAIN and moment.joint >= JOINTLY
            told.append(Moved(Span(moment.start_s, end_s), again))
        return tuple(told)

    def _small(self, image: Image) -> Image:
        size = (WIDTH, max(1, round(image.shape[0] * self._scale)))
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def _begin(self, small: Image, picture: Pyramid, free: Image) -> None:
        """Keeps what is seen of the body, if that is enough to find it again."""
        corners = self._corners * self._scale
        shown = cv2.dilate(body(small, corners, free), np.ones((OUTLINE, OUTLINE), np.uint8))
        near = np.zeros_like(free)
        middle = corners.mean(axis=0)
        cv2.fillConvexPoly(near, np.round(middle + AROUND * (corners - middle)).astype(np.int32), 255)
        template = Template(picture, np.asarray(cv2.bitwise_and(shown, near, mask=free), dtype=np.uint8), corners)
        if template.tells:
            self._template, self._last = template, picture

    def _found(self, template: Template, picture: Pyramid, free: Image) -> Fit | None:
        """Where the back is now, looked for near where it was and, if it is not surely there, elsewhere too."""
        best = template.fit(picture, free, self._fit, FINEST)
        if best is None or best.share < SURE:
            best = _better(best, template.fit(picture, free, self._fit))
        if best is None or best.share < LIKELY:
            for start in (self._pushed(picture), UNMOVED):
                best = _better(best, template.fit(picture, free, start))
        if best is None or best.share < LEAST_SHARE:
            return None
        size = np.sqrt(abs(np.linalg.det(best.motion[:2, :2])))
        return best if SIZES[0] <= size <= SIZES[1] else None

    def _told(self, template: Template, picture: Pyramid, free: Image, fit: Fit) -> Fit:
        """What was found, or that the back has not moved since the first picture, where that fits about as well."""
        corners = self._corners * self._scale
        width = float(np.hypot(*(corners[1] - corners[0])))
        moved = float(np.hypot(*(_moved(corners, fit.motion) - corners).T).max()) / width
        if moved <= DEADBAND:
            return fit  # as good as unmoved, and not worth the time
        unmoved = fit._replace(motion=np.eye(3))
        misfit = template.misfit(picture, free, unmoved)
        tells = misfit - template.misfit(picture, free, fit) >= min(TELLS * moved, TELLS_MOST) * misfit
        return fit if tells else unmoved

    def _pushed(self, picture: Pyramid) -> Fit:
        """Where the back would be had the camera been pushed since the last picture."""
        if self._last is None or self._last.shape != picture.shape:
            return UNMOVED
        size, _ = LEVELS[PUSHED_ON]
        # Copies: the window is laid over the pictures themselves (OpenCV 4).
        before, now = (np.array(one.levels[PUSHED_ON]) for one in (self._last, picture))
        (x, y), _ = cv2.phaseCorrelate(before, now, cv2.createHanningWindow(before.shape[::-1], cv2.CV_32F))
        shift = np.eye(3)
        shift[:2, 2] = x / size, y / size
        return self._fit._replace(motion=shift @ self._fit.motion)

    def _free(self, shape: tuple[int, int], hands: Sequence[HandObservation]) -> Image:
        """255 where no hand or forearm is, small px."""
        free = np.full(shape, 255, dtype=np.uint8)
        for hand in hands:
            points = hand.landmarks * self._scale
            knuckle, wrist = points[9], points[0]
            palm = max(1.0, float(np.hypot(*(wrist - knuckle))))
            elbow = knuckle + (wrist - knuckle) * ARM
            cv2.line(free, _pixel(knuckle), _pixel(elbow), 0, max(1, round(1.3 * palm)))
            hull = np.round(cv2.convexHull(points.astype(np.float32)).reshape(-1, 2)).astype(np.int32)
            cv2.fillConvexPoly(free, hull, 0)
            cv2.polylines(free, [hull], True, 0, max(1, round(0.5 * palm)))
        return free

    def _give_out(self) -> bool:
        """Whether what is given out has changed."""
        shrink = np.diag((self._scale, self._scale, 1.0))
        motion = np.linalg.inv(shrink) @ self._fit.motion @ shrink
        step = _moved(self._corners, motion) - _moved(self._corners, self._used)
        width = float(np.hypot(*(self._corners[1] - self._corners[0])))
        moved = float(np.hypot(*step.T).max()) > DEADBAND * width
        if moved:
            self._used = motion
        return moved


def _better(one: Fit | None, other: Fit | None) -> Fit | None:
    return other if one is None or (other is not None and other.share > one.share + BETTER) else one


def _moved(points: Floats, motion: Floats) -> Floats:
    """(n, 2) points carried by an affine (3, 3)."""
    moved: Floats = points @ motion[:2, :2].T + motion[:2, 2]
    return moved


def _pixel(point: Floats) -> tuple[int, int]:
    x, y = np.clip(point, -10000, 10000)
    return round(float(x)), round(float(y))
