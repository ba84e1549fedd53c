"""Follows the back in the picture: a receiver who sways, a camera that is nudged.

Each picture is compared with the first one, so that nothing adds up: followed from picture to picture, a back that sat
still crept away by up to a tenth of its width in a few minutes of working hands. Only where the first picture is no
longer found (the camera was moved far, hands lay on the back at the start) is it followed from the last one, and a
later picture serves as another first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from coach.detect.lucas_kanade import there_and_back
from coach.domain import Bools, Floats, Frame, HandObservation, Image

WIDTH = 320  # px of the small grey picture in which features are followed
EVERY_S = 0.1  # a swaying body moves by less than a finger's width in this time
STILL_S, STILL_EVERY_S = 3.0, 0.2  # one that has not moved for so long is looked at half as often
MOST, FEW, LEAST = 80, 30, 8  # features: wanted, to look for new ones, to trust a motion
QUALITY = 0.001
SPACING = 5  # px of the small picture
AGREE = 0.6  # share of the features that must agree on one motion
WINDOW, THERE_AND_BACK = 15, 0.7  # px of the small picture
INLIER = 1.5  # px of the small picture
VIEWS = 6  # pictures kept to compare with
LOST_S = 2.0  # for so long the first may not be found before the later ones are tried, and another one is kept
# Fewer features, or such that lie closer together (sd, of the back's width), tell no turn and no size.
MANY, WIDE = 14, 0.15
DEADBAND = 0.006  # of the back's width: smaller motions are noise, and a still back must stay still
ARM = 4.0  # palm lengths from the knuckles along the forearm that are masked


@dataclass(frozen=True, slots=True)
class _View:
    """A picture to compare later ones with."""

    grey: Image
    at: Floats  # (n, 2) its features, small px
    origin: Floats  # (n, 2) the same features in the first picture, small px


class BackFeatures:
    """The motion of the back since the first picture, from features on it that the hands do not cover."""

    def __init__(self, corners: Floats) -> None:
        """:param corners: (4, 2) px of the back rectangle in the first picture"""
        self._corners = corners
        self._scale = 1.0
        self._views: list[_View] = []
        self._grey: Image | None = None
        self._next_s = -np.inf
        self._moved_s = np.inf  # when it moved last; at first, when it was seen first
        self._found_s = self._viewed_s = -np.inf  # when an earlier picture was found last, and when one was kept
        self._at: Floats = np.empty((0, 2))  # features in the last picture, small px
        self._origin: Floats = np.empty((0, 2))  # the same features in the first picture, small px
        self._motion = np.eye(3)  # as measured last, small px
        self._used = np.eye(3)  # as given out, px

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        if frame.time_s < self._next_s:
            return self._used
        self._moved_s = min(self._moved_s, frame.time_s)
        still = frame.time_s - self._moved_s >= STILL_S
        self._next_s = frame.time_s + (STILL_EVERY_S if still else EVERY_S)
        self._scale = WIDTH / frame.image.shape[1]
        grey = self._small(frame.image)
        mask = self._mask(grey, hands)
        lost = frame.time_s - max(self._found_s, self._viewed_s) >= LOST_S
        # A later picture is off by what the back had crept until it was kept: to change over to it and back again would
        # make every hand jump. So for a while the back is followed.
        found = self._found_again(self._views if lost else self._views[:1], grey, mask)
        motion = self._followed(grey, mask) if found is None else found
        if motion is not None:
            self._motion = motion
            if self._give_out():
                self._moved_s = frame.time_s
        if found is not None:
            self._found_s = frame.time_s
        if len(self._at) < FEW:  # also where one was found: from here it is followed, should it be hidden next
            self._refill(grey, mask)
        if lost and found is None and len(self._views) < VIEWS and len(self._at) >= LEAST:
            self._views.append(_View(grey, self._at, self._origin))
            self._viewed_s = frame.time_s
        self._grey = grey
        return self._used

    def _found_again(self, views: Sequence[_View], grey: Image, mask: Image) -> Floats | None:
        """The motion against the first of the earlier pictures that is found again in this one."""
        for view in views:
            expected = _moved(view.origin, self._motion)
            free = _inside(expected, mask)
            if free.sum() < LEAST:
                continue
            at, error, _ = there_and_back(view.grey, grey, view.at[free], WINDOW, expected[free])
            good = (error < THERE_AND_BACK) & _inside(at, mask)
            motion = self._agreed(at[good], view.origin[free][good])
            if motion is not None:
                return motion
        return None

    def _small(self, image: Image) -> Image:
        size = (WIDTH, max(1, round(image.shape[0] * self._scale)))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def _mask(self, grey: Image, hands: Sequence[HandObservation]) -> Image:
        """255 on the back where no hand or forearm covers it."""
        mask = np.zeros(grey.shape, dtype=np.uint8)
        cv2.fillConvexPoly(mask, np.round(self._moved_corners() * self._scale).astype(np.int32), 255)
        for hand in hands:
            points = hand.landmarks * self._scale
            knuckle, wrist = points[9], points[0]
            palm = max(1.0, float(np.hypot(*(wrist - knuckle))))
            elbow = knuckle + (wrist - knuckle) * ARM
            thick = max(1, round(1.3 * palm))
            cv2.line(mask, _pixel(knuckle), _pixel(elbow), 0, thick)
            hull = cv2.convexHull(points.astype(np.float32)).reshape(-1, 2)
            cv2.fillConvexPoly(mask, np.round(hull).astype(np.int32), 0)
            cv2.polylines(mask, [np.round(hull).astype(np.int32)], True, 0, max(1, round(0.5 * palm)))
        return mask

    def _moved_corners(self) -> Floats:
        return _moved(self._corners, self._used)

    def _followed(self, grey: Image, mask: Image) -> Floats | None:
        """The motion since the last picture, added to that until then."""
        if self._grey is None or not len(self._at):
            return None
        at, error, _ = there_and_back(self._grey, grey, self._at, WINDOW, self._at)
        good = (error < THERE_AND_BACK) & _inside(at, mask)
        self._at, self._origin = at[good], self._origin[good]
        return self._agreed(self._at, self._origin)

    def _agreed(self, at: Floats, origin: Floats) -> Floats | None:
        """The (3, 3) motion, small px, on which features agree, which then are those that are followed; None if not.

        :param at: (n, 2) small px where they are
        :param origin: (n, 2) small px where they were in the first picture
        """
        if len(at) < LEAST:
            return None
        fitted, agree = cv2.estimateAffinePartial2D(
            origin.astype(np.float32), at.astype(np.float32), ransacReprojThreshold=INLIER
        )
        if fitted is None or agree.sum() < max(LEAST, AGREE * len(at)):
            return None
        kept = agree.ravel() == 1
        self._at, self._origin = at[kept], origin[kept]
        width = self._scale * float(np.hypot(*(self._corners[1] - self._corners[0])))
        if len(self._at) >= MANY and float(self._origin.std(axis=0).max()) >= WIDE * width:
            return np.vstack((fitted, (0.0, 0.0, 1.0))).astype(np.float64)
        shift = np.eye(3)
        shift[:2, 2] = np.median(self._at - _moved(self._origin, self._motion), axis=0)
        moved: Floats = shift @ self._motion
        return moved

    def _give_out(self) -> bool:
        """Whether what is given out has changed."""
        shrink = np.diag((self._scale, self._scale, 1.0))
        motion = np.linalg.inv(shrink) @ self._motion @ shrink
        step = _moved(self._corners, motion) - _moved(self._corners, self._used)
        width = float(np.hypot(*(self._corners[1] - self._corners[0])))
        moved = float(np.hypot(*step.T).max()) > DEADBAND * width
        if moved:
            self._used = motion
        return moved

    def _refill(self, grey: Image, mask: Image) -> None:
        free = mask.copy()
        for point in self._at:
            cv2.circle(free, _pixel(point), SPACING, 0, -1)
        x, y, width, height = cv2.boundingRect(free)
        if not width:
            return
        part = (slice(y, y + height), slice(x, x + width))
        wanted = MOST - len(self._at)
        new = cv2.goodFeaturesToTrack(grey[part], wanted, QUALITY, SPACING, mask=free[part])
        if new is None:
            return
        points = new.reshape(-1, 2).astype(float) + np.array([x, y], dtype=float)
        self._at = np.concatenate((self._at, points))
        self._origin = np.concatenate((self._origin, _moved(points, np.linalg.inv(self._motion).astype(np.float64))))


def _moved(points: Floats, motion: Floats) -> Floats:
    """(n, 2) points carried by an affine (3, 3)."""
    moved: Floats = points @ motion[:2, :2].T + motion[:2, 2]
    return moved


def _pixel(point: Floats) -> tuple[int, int]:
    x, y = np.clip(point, -10000, 10000)
    return round(float(x)), round(float(y))


def _inside(points: Floats, mask: Image) -> Bools:
    rows = np.clip(np.round(points[:, 1]).astype(int), 0, mask.shape[0] - 1)
    columns = np.clip(np.round(points[:, 0]).astype(int), 0, mask.shape[1] - 1)
    inside: Bools = mask[rows, columns] > 0
    return inside
