"""A picture and what was seen in it, in one binary message, so that they cannot drift apart.

Four bytes, little-endian: the length of the header; the header, JSON in UTF-8; the rest is the JPEG (or nothing).
"""

from __future__ import annotations

import json
import math
from typing import Any

LARGEST = 2 * 1024 * 1024  # bytes of a message: a 1280 × 720 JPEG of the best quality is a quarter of it
LARGEST_HEADER = 4096  # bytes of a page's header
LARGEST_TEXT = 64 * 1024  # bytes of a text message
_JPEG = b"\xff\xd8\xff"


def pack(header: dict[str, Any], jpeg: bytes) -> bytes:
    """The message of a header and a JPEG."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    return len(text).to_bytes(4, "little") + text + jpeg


def unpack(message: bytes) -> tuple[dict[str, Any], bytes]:
    """The header and the JPEG of a message of ours.

    :raises ValueError: for what is no such message
    """
    size = int.from_bytes(message[:4], "little")
    if len(message) < 4 or size > len(message) - 4:
        raise ValueError("the header is cut off")
    header = json.loads(message[4 : 4 + size])
    if not isinstance(header, dict):
        raise ValueError("the header is no object")
    return header, message[4 + size :]


def page_picture(message: bytes) -> tuple[float, bytes]:
    """(time in s, JPEG) of a picture from the page's own camera.

    :raises ValueError: for what is no such picture
    """
    if len(message) > LARGEST or int.from_bytes(message[:4], "little") > LARGEST_HEADER:
        raise ValueError("too large")
    try:
        header, jpeg = unpack(message)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    time_s = header.get("time_s")
    if header.get("t") != "frame" or isinstance(time_s, bool) or not isinstance(time_s, int | float):
        raise ValueError("no frame with a time")
    if not (0 <= time_s < 1e7 and math.isfinite(time_s)) or not jpeg.startswith(_JPEG):
        raise ValueError("no time, or no JPEG")
    return float(time_s), jpeg
