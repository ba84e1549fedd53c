"""What ``--camera`` may name; asked before anything is loaded, so this imports nothing."""

from __future__ import annotations

HIGHEST = 999  # the largest number of a device


def is_number(given: str) -> bool:
    """Whether it is a device's number."""
    return given.isascii() and given.isdigit() and int(given.lstrip("0")[:9] or 0) <= HIGHEST


def is_film(given: str) -> bool:
    """Whether it is the name of a file: neither a device's number nor a stream's address."""
    return not (is_number(given) or "://" in given)
