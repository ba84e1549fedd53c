"""Pictures as JPEG: the preview that goes to the page, and what a page's own camera sends."""

from __future__ import annotations

import cv2
import numpy as np

from coach.domain import Image

QUALITY = 75  # of 100: the person before it sees no difference, and a picture takes 30 kB
SMALLEST_SIDE = 32  # px
LARGEST_SIDE = 4096  # px: a few bytes may claim to be a picture of gigabytes
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # markers whose segment holds the picture's size


def encode(image: Image, width: int) -> tuple[bytes, tuple[int, int]]:
    """(JPEG, its (width, height) px) of a picture, (height, width, 3) RGB, made smaller where it is wider."""
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    if image.shape[1] > width:
        image = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    made, data = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not made:
        raise ValueError(f"no JPEG of a picture {image.shape}")
    return data.tobytes(), (image.shape[1], image.shape[0])


def decode(data: bytes) -> Image | None:
    """The picture, (height, width, 3) RGB, of a JPEG; None where it is none, damaged or too large."""
    size = jpeg_size(data)
    if size is None or not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in size):
        return None
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    if image is None or image.ndim != 3:
        return None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def resized(image: Image, size: tuple[int, int]) -> Image:
    """The picture, (height, width, 3), made (width, height) px large, whatever its shape was."""
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) px that a JPEG says it has, read without decoding it; None where it says nothing."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
        elif marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
