"""Follows the back in the picture: a receiver who sways, a camera that is nudged."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from coach.detect.lucas_kanade import there_and_back
from coach.domain import Bools, Floats, Frame, HandObservation, Image

WIDTH = 320  # px of the small grey picture in which features are followed
EVERY_S = 0.1  # a swaying body moves by less than a finger's width in this time
MOST, FEW, LEAST = 80, 30, 8  # features: wanted, to look for new ones, to trust a motion
QUALITY = 0.01
SPACING = 6  # px of the small picture
AGREE = 0.6  # share of the features that must agree on one motion
WINDOW, THERE_AND_BACK = 15, 0.7  # px of the small picture
INLIER = 1.5  # px of the small picture
DEADBAND = 0.006  # of the back's width: smaller motions are noise, and a still back must stay still
ARM = 4.0  # palm lengths from the knuckles along the forearm that are masked


class BackFeatures:
    """The motion of the back since the first picture, from features on it that the hands do not cover."""

    def __init__(self, corners: Floats) -> None:
        """:param corners: (4, 2) px of the back rectangle in the first picture"""
        self._corners = corners
        self._scale = 1.0
        self._grey: Image | None = None
        self._next_s = -np.inf
        self._at: Floats = np.empty((0, 2))  # features in the last picture, small px
        self._origin: Floats = np.empty((0, 2))  # the same features in the first picture, small px
        self._motion = np.eye(3)  # as measured last, small px
        self._used = np.eye(3)  # as given out, px

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        if frame.time_s < self._next_s:
            return self._used
        self._next_s = frame.time_s + EVERY_S
        self._scale = WIDTH / frame.image.shape[1]
        grey = self._small(frame.image)
        mask = self._mask(grey, hands)
        if self._grey is not None and len(self._at):
            self._follow(grey, mask)
        if len(self._at) < FEW:
            self._refill(grey, mask)
        self._grey = grey
        return self._used

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
        ones = np.column_stack((self._corners, np.ones(4)))
        moved: Floats = (ones @ self._used.T)[:, :2]
        return moved

    def _follow(self, grey: Image, mask: Image) -> None:
        if self._grey is None:
            return
        at, error, _ = there_and_back(self._grey, grey, self._at, WINDOW)
        good = (error < THERE_AND_BACK) & _inside(at, mask)
        self._at, self._origin = at[good], self._origin[good]
        self._measure()

    def _measure(self) -> None:
        if len(self._at) < LEAST:
            return
        fitted, agree = cv2.estimateAffinePartial2D(
            self._origin.astype(np.float32), self._at.astype(np.float32), ransacReprojThreshold=INLIER
        )
        if fitted is None or agree.sum() < max(LEAST, AGREE * len(self._at)):
            return
        kept = agree.ravel() == 1
        self._at, self._origin = self._at[kept], self._origin[kept]
        self._motion = np.vstack((fitted, (0.0, 0.0, 1.0)))
        self._give_out()

    def _give_out(self) -> None:
        shrink = np.diag((self._scale, self._scale, 1.0))
        motion = np.linalg.inv(shrink) @ self._motion @ shrink
        ones = np.column_stack((self._corners, np.ones(4)))
        step = (ones @ (motion - self._used).T)[:, :2]
        width = float(np.hypot(*(self._corners[1] - self._corners[0])))
        if float(np.hypot(*step.T).max()) > DEADBAND * width:
            self._used = motion

    def _refill(self, grey: Image, mask: Image) -> None:
        free = mask.copy()
        for point in self._at:
            cv2.circle(free, _pixel(point), SPACING, 0, -1)
        new = cv2.goodFeaturesToTrack(grey, MOST - len(self._at), QUALITY, SPACING, mask=free)
        if new is None:
            return
        points = new.reshape(-1, 2).astype(float)
        ones = np.column_stack((points, np.ones(len(points))))
        origin = (ones @ np.linalg.inv(self._motion).T)[:, :2]
        self._at = np.concatenate((self._at, points))
        self._origin = np.concatenate((self._origin, origin))


def _pixel(point: Floats) -> tuple[int, int]:
    x, y = np.clip(point, -10000, 10000)
    return round(float(x)), round(float(y))


def _inside(points: Floats, mask: Image) -> Bools:
    rows = np.clip(np.round(points[:, 1]).astype(int), 0, mask.shape[0] - 1)
    columns = np.clip(np.round(points[:, 0]).astype(int), 0, mask.shape[1] - 1)
    inside: Bools = mask[rows, columns] > 0
    return inside
