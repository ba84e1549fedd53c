"""Whether the camera stands where it stood: all that is seen moves at once, or what stood still stays where it was.

A receiver who sways, a giver who walks by and a lamp that is put on change a part of the picture, or its light; of what
can be followed from an earlier picture much is where it was (a quarter or more in rendered sessions in all layouts).
Once the camera was moved nothing is (none in rendered sessions that were shifted, turned or enlarged by hand).
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import cv2
import numpy as np

from coach.domain import Bools, Floats, Image

EVERY_S = 0.5
COLUMNS, ROWS, OF_EACH = 4, 3, 14  # so many corners of each part of the picture: patterned cloth does not outvote all
QUALITY, BETWEEN = 0.02, 5  # of the best corner of a part, and px between two
WINDOW, LEVELS = (17, 17), 3
THERE_AND_BACK = 1.0  # px that a point may be off after being followed there and back
STILL = 2.0  # px of 320: a point nearer to where it was has not moved
MOVED, LEAST_PX = 0.04, 3.0  # of the back's width, half of the points: no rating hangs on less; and px of 320
RESTING = 0.05  # of the points that are followed: where fewer have stayed, none has
FOLLOWED, LEAST = 0.15, 15  # of all points, and so many: with fewer nothing can be told
LASTS = 3  # looks that agree
JOINT = 1.5  # px by which a point may miss the motion of all
BLIND_S = 5.0  # so long nothing is found again of the earlier picture, though there is as much to see
LIKE = 0.3  # of the points: a picture that stays, or is that of the beginning again


class Moment(NamedTuple):
    """A camera that was moved, or is being moved."""

    start_s: float
    end_s: float
    joint: float  # 0–1: the share of the points that one shift, turn and change of size explains
    back: bool = False  # to where it stood at first


class _Key:
    """A picture that later ones are compared with."""

    def __init__(self, grey: Image, free: Image) -> None:
        self.grey = grey
        self._free = free

    @cached_property
    def points(self) -> Floats:
        """(n, 2) px of its corners; looked for once it is compared with a later one."""
        return _corners(self.grey, self._free)


class _Compared(NamedTuple):
    followed: float  # 0–1, of the points
    resting: float  # 0–1, of those that were followed
    step: float  # px, half of them have gone farther
    joint: float  # 0–1
    shift: Floats  # (2,) px, the middle one


NOTHING = _Compared(0.0, 0.0, 0.0, 0.0, np.zeros(2))


class Scene:
    """The times at which the camera was moved."""

    def __init__(self, width: float) -> None:
        """:param width: px of the back"""
        self._width = width
        self._far = LEAST_PX
        self.moments: list[Moment] = []
        self._first: _Key | None = None
        self._key: _Key | None = None
        self._last: _Key | None = None
        self._next_s = -np.inf
        self._since: list[tuple[float, float]] = []  # of the looks that agree: when, and the joint share
        self._blind_s: float | None = None
        self._goes_on = False  # the camera has not stood still since the last moment
        self._shift = np.zeros(2)

    def look(self, time_s: float, grey: Image, free: Image, scale: float) -> None:
        """Takes a small picture (h, w); now and then one is compared.

        :param free: (h, w) 255 where no hand or forearm is
        :param scale: its px over those of the back's width
        """
        if time_s < self._next_s:
            return
        self._next_s, self._far = time_s + EVERY_S, max(LEAST_PX, MOVED * self._width * scale)
        now = _Key(grey, free)
        if self._key is None:
            self._first = self._key = self._last = now if len(now.points) >= LEAST else None
            return
        if self._returned(now):
            self.moments.append(Moment(time_s, time_s, 1.0, back=True))
            self._begin(self._first or now)
            self._goes_on = False
        seen = self._compared(self._key, now)
        if seen.followed < FOLLOWED:
            self._blind(time_s, now)
        else:
            self._blind_s = None
            self._see(time_s, now, seen)
        self._last = now

    def _returned(self, now: _Key) -> bool:
        """Whether the camera stands where it stood at first, or what hid all from it is gone."""
        if self._first is None or not self.moments or self.moments[-1].back:
            return False
        seen = _compared(self._first, now, np.zeros(2))
        return seen.followed >= FOLLOWED and seen.resting >= LIKE and seen.step < STILL

    def _compared(self, key: _Key, now: _Key) -> _Compared:
        """As the last look had it; else as if the whole picture had been pushed since."""
        seen = _compared(key, now, self._shift)
        if seen.resting < RESTING or seen.followed < FOLLOWED:
            for start in (np.zeros(2), _pushed(key, now)):
                other = _compared(key, now, start)
                if other.followed * other.joint > seen.followed * seen.joint:
                    seen = other
        self._shift = seen.shift
        return seen

    def _see(self, time_s: float, now: _Key, seen: _Compared) -> None:
        if seen.resting >= RESTING or seen.step < self._far:
            self._since, self._goes_on = [], self._goes_on and seen.resting < RESTING
            return
        self._agreed(time_s, now, seen.joint)

    def _agreed(self, time_s: float, now: _Key, joint: float) -> None:
        self._since.append((time_s, joint))
        if len(self._since) >= LASTS:
            self._tell(self._since[0][0], time_s, float(np.mean([joint for _, joint in self._since])))
            self._begin(now)

    def _blind(self, time_s: float, now: _Key) -> None:
        """Nothing is found again: somebody stands before the camera, it is dark, or it looks elsewhere."""
        self._blind_s = time_s if self._blind_s is None else self._blind_s
        if self._since:  # all was moving, and is out of sight now
            self._agreed(time_s, now, 0.0)
            return
        last, key = self._last, self._key
        if key is None or last is None or time_s - self._blind_s < BLIND_S or len(now.points) < len(key.points) / 2:
            return
        stays = _compared(last, now, np.zeros(2))
        if stays.resting * stays.followed >= LIKE:
            self._tell(self._blind_s, time_s, 0.0)
            self._begin(now)

    def _tell(self, start_s: float, end_s: float, joint: float) -> None:
        if self._goes_on and self.moments:
            before = self.moments[-1]
            self.moments[-1] = Moment(before.start_s, end_s, min(before.joint, joint))
        else:
            self.moments.append(Moment(start_s, end_s, joint))
        self._goes_on = True

    def _begin(self, now: _Key) -> None:
        """From here on all is compared with this picture."""
        self._key, self._since, self._blind_s, self._shift = now, [], None, np.zeros(2)


def _corners(grey: Image, free: Image) -> Floats:
    height, width = grey.shape
    points: list[Floats] = []
    for column in range(COLUMNS):
        for row in range(ROWS):
            left, right = column * width // COLUMNS, (column + 1) * width // COLUMNS
            top, bottom = row * height // ROWS, (row + 1) * height // ROWS
            part = np.ascontiguousarray(grey[top:bottom, left:right])
            mask = np.ascontiguousarray(free[top:bottom, left:right])
            found = cv2.goodFeaturesToTrack(part, OF_EACH, QUALITY, BETWEEN, mask=mask)
            if found is not None:
                points.append(found.reshape(-1, 2) + np.array([left, top]))
    return np.concatenate(points).astype(np.float64) if points else np.empty((0, 2))


def _compared(key: _Key, now: _Key, start: Floats) -> _Compared:
    if len(key.points) < LEAST:
        return NOTHING
    there, good = _there(key.grey, _lit(now.grey, key.grey), key.points, start)
    if good.sum() < LEAST:
        return NOTHING
    before, after = key.points[good], there[good]
    steps = np.hypot(*(after - before).T)
    matrix, explained = cv2.estimateAffinePartial2D(before, after, ransacReprojThreshold=JOINT)
    joint = 0.0 if matrix is None else float(explained.mean())
    shift: Floats = np.median(after - before, axis=0)
    return _Compared(float(good.mean()), float((steps < STILL).mean()), float(np.median(steps)), joint, shift)


def _there(before: Image, now: Image, points: Floats, start: Floats) -> tuple[Floats, Bools]:
    """(n, 2) px where the points are now, and (n,) whether they were followed there and back."""
    lucas_kanade: Any = cv2.calcOpticalFlowPyrLK  # its stubs want the output arrays that it allocates itself
    how = {"winSize": WINDOW, "maxLevel": LEVELS, "flags": cv2.OPTFLOW_USE_INITIAL_FLOW}
    at = points.astype(np.float32).reshape(-1, 1, 2)
    there, found, _ = lucas_kanade(before, now, at, (at + start).astype(np.float32), **how)
    back, found_back, _ = lucas_kanade(now, before, there, at.copy(), **how)
    off = np.hypot(*(back - at).reshape(-1, 2).T)
    good: Bools = (found.ravel() > 0) & (found_back.ravel() > 0) & (off < THERE_AND_BACK)
    return there.reshape(-1, 2).astype(np.float64), good


def _lit(grey: Image, like: Image) -> Image:
    """The picture in the light of another one."""
    (mean, sd), (wanted, wanted_sd) = ((float(g.mean()), float(g.std())) for g in (grey, like))
    gain = wanted_sd / max(sd, 1.0)
    return np.asarray(cv2.convertScaleAbs(cv2.max(grey.astype(np.float32) * gain + wanted - mean * gain, 0.0)))


def _pushed(key: _Key, now: _Key) -> Floats:
    """(2,) px by which the whole picture would have been pushed."""
    before, after = (one.grey.astype(np.float32) for one in (key, now))
    (x, y), _ = cv2.phaseCorrelate(before, after, cv2.createHanningWindow(before.shape[::-1], cv2.CV_32F))
    return np.array([x, y])
