"""Coloured wristbands: where a band is seen and no hand at it, a second look there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Self

import cv2
import numpy as np

from coach.detect.hands import HANDS
from coach.domain import Floats, Frame, HandObservation, Image

# Hue (OpenCV's half degrees) of a blue and of a green band; skin, wood and hair are far from both.
HUES = ((100, 130), (48, 80))
SATURATED, BRIGHT = 120, 70  # 0-255, at least; a dull green cloth is less bright than a band in the same light
SMALLEST, LARGEST = 0.004, 0.12  # a band's area over the square of a palm
PALM = 0.26  # of the back's width, where no hand tells
AROUND = 2.6  # palms to every side of a band that are looked at
AT_BAND = 0.9  # palms between a hand's wrist and its band


@dataclass(slots=True)
class Banded:
    """Asks a finder, and where a band has no hand looks once more at the picture around it."""

    first: Any
    near: Any  # looks at single pictures
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._stack.enter_context(self.first)
        self._stack.enter_context(self.near)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[Any, ...]:
        found: list[Any] = list(self.first.find(frame, back))
        if back is None or len(found) >= HANDS:
            return tuple(found)
        palm = max((_palm(hand.landmarks) for hand in found), default=PALM * float(np.hypot(*(back[1] - back[0]))))
        for band in bands(frame.image, palm):
            if len(found) < HANDS and all(_away(hand, band) > AT_BAND * palm for hand in found):
                found += self._look(frame, band, palm, found)
        return tuple(found)

    def _look(self, frame: Frame, band: Floats, palm: float, others: Sequence[Any]) -> list[Any]:
        height, width = frame.image.shape[:2]
        x0, y0 = np.clip(band - AROUND * palm, 0, (width, height)).astype(int)
        x1, y1 = np.clip(band + AROUND * palm, 0, (width, height)).astype(int)
        seen = self.near.find(Frame(frame.index, frame.time_s, np.ascontiguousarray(frame.image[y0:y1, x0:x1])))
        corner = np.array([x0, y0], dtype=float)
        there = [replace(hand, landmarks=hand.landmarks + corner) for hand in seen]
        new = [hand for hand in there if not any(_same(hand, other) for other in others)]
        own = [hand for hand in new if _away(hand, band) <= AT_BAND * palm]
        return sorted(own, key=lambda hand: _away(hand, band))[:1]


def bands(image: Image, palm: float) -> list[Floats]:
    """(2,) px, the middle of the largest patch of each band's colour that may be a band.

    :param palm: px
    """
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    found = []
    for low, high in HUES:
        mask = cv2.inRange(hsv, np.array([low, SATURATED, BRIGHT]), np.array([high, 255, 255]))
        _, _, stats, middles = cv2.connectedComponentsWithStats(mask)
        areas = stats[1:, cv2.CC_STAT_AREA] / palm**2
        fitting = np.flatnonzero((areas >= SMALLEST) & (areas <= LARGEST))
        if len(fitting):
            found.append(np.asarray(middles[1 + fitting[np.argmax(areas[fitting])]], dtype=np.float64))
    return found


def _palm(marks: Floats) -> float:
    return float(np.hypot(*(marks[0] - marks[9])))


def _away(hand: HandObservation, band: Floats) -> float:
    return float(np.hypot(*(hand.landmarks[0] - band)))


def _same(hand: HandObservation, other: HandObservation) -> bool:
    middles = [one.landmarks[[0, 9]].mean(axis=0) for one in (hand, other)]
    return float(np.hypot(*(middles[0] - middles[1]))) < 0.5 * _palm(other.landmarks)
