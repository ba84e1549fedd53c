"""A back that is marked anew in the middle of a session, since she or the camera stands elsewhere: all goes on there.

The motion from the first picture to each picture is then that from the place where the back was marked anew, after the
map from the first mark to the new one. So the corners of the first picture are all that a session need keep of marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from coach.domain import BackMark, Floats
from coach.locate.plane import homography


def anchor(first: Floats, now: Floats, number: int) -> Floats:
    """The (3, 3) map, px, from the first mark of a back to another one.

    A projective map means the same whatever it is multiplied by, so that this factor can tell to which mark a motion
    belongs: it is such that :func:`number_of` gives the number, and no affine motion that follows changes that.

    :param first: (4, 2) px of the back rectangle's corners in the first picture
    :param now: (4, 2) px of them where they are marked anew
    :param number: of the mark, 2 for the first that is made anew
    :raises numpy.linalg.LinAlgError: where three corners of a mark lie in a line
    """
    there: Floats = np.linalg.inv(homography(now)) @ homography(first)
    return there * (number / _depth(there, first))


def number_of(motion: Floats, first: Floats) -> int:
    """To which mark, from 1 on, a motion (3, 3) belongs; :param first: as :func:`anchor` has it."""
    return round(_depth(motion, first))


def _depth(motion: Floats, first: Floats) -> float:
    """By what the map divides at the first mark's middle: 1 for an affine one."""
    x, y = first.mean(axis=0)
    return float(motion[2, 0] * x + motion[2, 1] * y + motion[2, 2])


class Remarked:
    """The motions of a session whose back is marked otherwise than when it was watched: they go on from its marks.

    From a mark on the back has moved as it was seen to move since then, from where the mark says it was.
    """

    def __init__(self, first: Floats, later: Sequence[BackMark]) -> None:
        """:param first: (4, 2) px of the back in the first picture

        :param later: all marks since, in order of time
        """
        self._first, self._waiting = first, list(later)
        self._number = 1
        self._start: Floats | None = None  # (3, 3) px, from where the mark is to where it was watched from

    def motion(self, time_s: float, watched: Floats) -> Floats:
        """The (3, 3) motion, px, from the first mark to a picture.

        :param time_s: of the picture; not before that of the last one
        :param watched: (3, 3) the motion that was noted for it
        """
        if self._waiting and time_s >= self._waiting[0].from_s:
            while self._waiting and time_s >= self._waiting[0].from_s:
                mark = self._waiting.pop(0)
                self._number += 1
            self._start = np.linalg.inv(watched) @ anchor(self._first, mark.corners, self._number)
        return watched if self._start is None else watched @ self._start


@dataclass(slots=True)
class Marks:
    """A session's marks: from which frame on each holds, and where the corners were in that frame."""

    first: Floats  # (4, 2) px in the first picture
    corners: list[Floats] = field(default_factory=list)  # each (4, 2) px; of the first mark its own
    frames: list[int] = field(default_factory=list)  # the first of each
    _number: int = 0

    def see(self, frame: int, motion: Floats, corners: Floats) -> bool:
        """Takes a frame whose motion (3, 3) is not that of the frame before, and the corners (4, 2) px in it.

        Returns whether it is the first of a mark.
        """
        number = number_of(motion, self.first)
        if number == self._number:
            return False
        self._number = number
        self.frames.append(frame)
        self.corners.append(self.first if number == 1 else corners)
        return True

    def stretches(self, first: int, end: int) -> Iterator[slice]:
        """The frames from one to another, mark by mark, counted from the first of them."""
        edges = [first, *(at for at in self.frames if first < at < end), end]
        yield from (slice(a - first, b - first) for a, b in pairwise(edges))

    def spread(self, values: Sequence[Floats], first: int, end: int) -> Floats:
        """(n, …) the value of its mark for each of the frames from one to another; where all have one mark, just that.

        :param values: one for each mark
        """
        if len(values) == 1:
            return values[0]
        return np.array(values)[np.searchsorted(self.frames, np.arange(first, end), side="right") - 1]
