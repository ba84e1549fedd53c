"""The four corners of the back as a person gives them: "x,y x,y x,y x,y" in pixels of the picture.

Order: (0,0), (1,0), (1,1), (0,1) of the back coordinates: at the receiver's left shoulder, right shoulder, right waist
and left waist, however the back lies in the picture. With the neck above these are upper left, upper right, lower right
and lower left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from coach.domain import BackMark, Floats, InputError

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_SEPARATORS = re.compile(r"[\s,;()\[\]]+")
_APART = re.compile(r"[\s;()\[\]]+")  # what separates where commas stand for decimal points
_DECIMAL = re.compile(r"[+-]?\d+(?:,\d+)?", re.ASCII)
_PAIR = re.compile(r"([+-]?\d+,\d+),([+-]?\d+,\d+)", re.ASCII)
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,5}(?:[.,]\d{1,6})?)", re.ASCII)  # h:mm:ss, m:ss or s
SMALLEST_AREA = 40.0 * 40.0  # px²; on fewer pixels a hand is no larger than the detector's noise
SMALLEST_SIDE = 20.0  # px


# The words of the command line are of no use on a page.
ON_A_PAGE = {
    "back_malformed": "mark_malformed",
    "back_tiny": "mark_tiny",
    "back_crossed": "mark_crossed",
    "back_mirrored": "mark_mirrored",
    "back_outside": "mark_outside",
}


def trouble(corners: Floats) -> str | None:
    """What is wrong with the shape of corners (4, 2) px, as a page tells it, or None."""
    try:
        check_shape(corners)
    except InputError as error:
        return ON_A_PAGE[error.key]
    return None


def parse(text: str, mirrored: bool = False) -> Floats:
    """The corners, (4, 2) px, of a ``--back`` argument; commas, semicolons, brackets and spaces all separate.

    :param mirrored: they lie in a mirrored picture; the mother's own left and right, or those of the picture

    Decimal commas are understood where they can be meant: eight numbers apart by something else, or four pairs of them.

    :raises InputError: back_malformed, back_crossed, back_mirrored, back_tiny
    """
    words = _with_commas(text) or [word for word in _SEPARATORS.split(text) if word]
    if len(words) != 8 or not all(_NUMBER.fullmatch(word) for word in words):
        raise InputError("back_malformed", text=text if len(text) <= 60 else text[:59] + "…")
    corners = np.array([float(word) for word in words], dtype=np.float64).reshape(4, 2)
    if not np.isfinite(corners).all() or np.abs(corners).max() > 1e6:
        raise InputError("back_malformed", text=text if len(text) <= 60 else text[:59] + "…")
    check_shape(unmirrored(corners, 0) if mirrored else corners)
    return corners


def parse_later(given: Sequence[tuple[str, str]], mirrored: bool = False) -> tuple[BackMark, ...]:
    """The marks of ``--back-from TIME "x,y x,y x,y x,y"``, in order of time.

    :raises InputError: back_from_time, back_from_twice, and those of :func:`parse`
    """
    found = [BackMark(seconds(time), parse(corners, mirrored)) for time, corners in given]
    found.sort(key=lambda mark: mark.from_s)
    for one, other in pairwise(found):
        if one.from_s == other.from_s:
            raise InputError("back_from_twice", at=f"{one.from_s:g}")
    return tuple(found)


def seconds(text: str, refusal: str = "back_from_time") -> float:
    """A time as players show it, such as 0:13, in s.

    :param refusal: the key of what is said where it is none, or not after the beginning
    """
    parts = _TIME.fullmatch(text.strip())
    hours, minutes, seconds = ("0", "0", "0") if parts is None else parts.groups(default="0")
    at_s = int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    if parts is None or at_s <= 0.0 or (float(seconds.replace(",", ".")) >= 60.0 and ":" in text):
        raise InputError(refusal, text=text if len(text) <= 60 else text[:59] + "…")
    return at_s


def placed(corners: Floats, size: tuple[int, int], mirrored: bool) -> Floats:
    """Corners (4, 2) px as they were given, in the picture of ``size`` px as the eye would have seen it.

    :raises InputError: back_outside
    """
    there = unmirrored(corners, size[0]) if mirrored else corners
    check_corners(there, size)
    return there


def unmirrored(corners: Floats, width: float) -> Floats:
    """Corners (4, 2) px of a mirrored picture so wide, px, in the picture as the eye would have seen it.

    Whoever marks a mirrored picture as if it were none exchanges left and right; these are exchanged back.
    """
    flipped = np.column_stack((width - corners[:, 0], corners[:, 1]))
    x, y = flipped.T
    clockwise = float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) > 0.0
    return flipped if clockwise else flipped[[1, 0, 3, 2]]


def _with_commas(text: str) -> list[str]:
    """The eight numbers of a text with decimal commas; none where its commas separate."""
    words = [word for word in (word.strip(",") for word in _APART.split(text)) if word]
    if len(words) == 4 and all(_PAIR.fullmatch(word) for word in words):
        words = [number for word in words for number in _PAIR.sub(r"\1;\2", word).split(";")]
    fits = len(words) == 8 and all(_DECIMAL.fullmatch(word) for word in words)
    return [word.replace(",", ".") for word in words] if fits else []


def check_shape(corners: Floats) -> None:
    """Refuses corners (4, 2) px that are no picture of a back seen from behind; it may lie in it by any turn.

    :raises InputError: back_tiny, back_crossed (crossed or dented), back_mirrored
    """
    sides = np.roll(corners, -1, axis=0) - corners
    if np.hypot(sides[:, 0], sides[:, 1]).min() < SMALLEST_SIDE:
        raise InputError("back_tiny")
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if turns.max() < 0:
        raise InputError("back_mirrored")
    if turns.min() <= 0:
        raise InputError("back_crossed")
    if _area(corners) < SMALLEST_AREA:
        raise InputError("back_tiny")


def _area(corners: Floats) -> float:
    x, y = corners.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def check_corners(corners: Floats, size: tuple[int, int]) -> None:
    """Refuses corners (4, 2) px that cannot belong to a picture of ``size`` (width, height) px.

    The upper two must be inside the picture, the lower two at most one picture's size outside it.

    :raises InputError: back_outside
    """
    extent = np.array(size, dtype=np.float64)
    upper, lower = corners[:2], corners[2:]
    inside = (upper >= 0).all() and (upper <= extent).all()
    near = (lower >= -extent).all() and (lower <= 2 * extent).all()
    if not (inside and near):
        raise InputError("back_outside", width=size[0], height=size[1])


def format_corners(corners: Floats) -> str:
    """The ``--back`` argument for corners (4, 2) px."""
    return " ".join(f"{round(float(x), 1):g},{round(float(y), 1):g}" for x, y in corners)
