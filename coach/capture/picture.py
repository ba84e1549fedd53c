"""A decoded picture → RGB as people see it: turned upright, at most :data:`LONG_SIDE` wide or high."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from av.sidedata.sidedata import Type
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from coach.domain import Image

LONG_SIDE = 1280  # px: the detector shrinks its input anyway; more only costs time and memory


@dataclass(frozen=True, slots=True)
class Turn:
    """How a player turns the stored picture before it shows it: a phone held upright stores it on its side.

    The axes are swapped first, then flipped. All eight turns are kept, not only the four rotations: the
    front cameras of some phones store a mirrored picture and say so.
    """

    swap: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @classmethod
    def of(cls, frame: VideoFrame) -> Turn:
        """The turn that a frame's display matrix asks for; odd angles go to the nearest quarter."""
        data: Any = frame.side_data  # a mapping by kind, whatever its stub says
        if Type.DISPLAYMATRIX not in data:
            return cls()
        numbers = np.frombuffer(bytes(data[Type.DISPLAYMATRIX]), np.int32).tolist()
        a, b, _, c, d, *_ = numbers  # a picture's point (x, y) is seen at (a x + c y, b x + d y)
        if abs(b) + abs(c) > abs(a) + abs(d):
            return cls(swap=True, flip_x=c < 0, flip_y=b < 0)
        return cls(flip_x=a < 0, flip_y=d < 0)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """(width, height) after the turn."""
        return (height, width) if self.swap else (width, height)

    def apply(self, image: Image) -> Image:
        """The turned picture, (height, width, 3), C-contiguous."""
        if self.swap:
            image = cv2.transpose(image).astype(np.uint8, copy=False)
        if self.flip_x or self.flip_y:
            code = -1 if self.flip_x and self.flip_y else int(self.flip_x)
            image = cv2.flip(image, code).astype(np.uint8, copy=False)
        return np.ascontiguousarray(image)


class Developer:
    """Turns a stream's decoded frames into pictures of one size, which its first frame decides.

    ``stored`` is the (width, height) of the picture a person sees in a player, px; ``size`` that of the
    pictures made here, px; ``scale`` the ratio size / stored, 1 or less. Pixels are taken as square.
    """

    def __init__(self, first: VideoFrame, mirrored: bool = False) -> None:
        """:param mirrored: the player's picture is one in a mirror, which is mirrored back"""
        turn = Turn.of(first)
        self._turn = replace(turn, flip_x=turn.flip_x != mirrored)
        self.stored = self._turn.size(first.width, first.height)
        self.scale = min(1.0, LONG_SIDE / max(self.stored))
        self._width, self._height = (max(1, round(side * self.scale)) for side in (first.width, first.height))
        self.size = self._turn.size(self._width, self._height)
        # One for the whole stream keeps libav's tables; a new one for each frame costs five times as much.
        self._reformatter = VideoReformatter()

    def rgb(self, frame: VideoFrame) -> Image:
        """(height, width, 3) uint8 RGB, C-contiguous. Raises libav's errors and ValueError on strange formats."""
        flat = self._reformatter.reformat(
            frame, width=self._width, height=self._height, format="rgb24", interpolation="AREA", threads=1
        )
        return self._turn.apply(flat.to_ndarray().astype(np.uint8, copy=False))
