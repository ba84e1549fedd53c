"""The points of a session's items as one short text: of ten thousand sessions it is read and added up at once. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

Items: TypeAlias = Mapping[str, int | None]  # points by item id; None where it was not rated
UNRATED = "-"
_ZERO = ord("0")


def packed(items: Items) -> str:
    """A digit for each item in their order, "-" for one that was not rated."""
    return "".join(UNRATED if points is None else str(points) for points in items.values())


def sheet(items: Iterable[str]) -> str:
    """A short name of a list of items: of all that have it, the same place in the text is the same item."""
    return hashlib.sha256("\n".join(items).encode()).hexdigest()[:16]


class Points(Mapping[str, int | None]):
    """Points by item, read out of their text where somebody asks for them."""

    __slots__ = ("names", "text")

    def __init__(self, names: tuple[str, ...], text: str) -> None:
        """:raises ValueError: where they are not as many"""
        if len(names) != len(text):
            raise ValueError(f"{len(text)} points of {len(names)} items")
        self.names, self.text = names, text

    def __getitem__(self, name: str) -> int | None:
        try:
            return _points(self.text[self.names.index(name)])
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def pairs(self) -> Iterator[tuple[str, int | None]]:
        """Each item with its points; quicker than one by one."""
        return zip(self.names, map(_points, self.text), strict=True)


def _points(digit: str) -> int | None:
    return None if digit == UNRATED else ord(digit) - _ZERO


def pairs(items: Items) -> Iterable[tuple[str, int | None]]:
    """Each item with its points."""
    return items.pairs() if isinstance(items, Points) else items.items()


def sums(many: Iterable[Items]) -> dict[str, tuple[int, int]]:
    """Of each item, how many sessions rated it and their points together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for items in many:
        if isinstance(items, Points):
            alike.setdefault(items.names, []).append(items.text)
        else:
            alike.setdefault(tuple(items), []).append(packed(items))
    found: dict[str, tuple[int, int]] = {}
    for names, texts in alike.items():
        for name, rated, points in zip(names, *_added(texts, len(names)), strict=True):
            before = found.get(name, (0, 0))
            found[name] = (before[0] + rated, before[1] + points)
    return found


def _added(texts: Sequence[str], width: int) -> tuple[list[int], list[int]]:
    digits = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8).reshape(len(texts), width)
    rated = digits != ord(UNRATED)
    points = np.where(rated, digits - np.uint8(_ZERO), 0)
    return rated.sum(axis=0).tolist(), points.sum(axis=0, dtype=np.int64).tolist()
