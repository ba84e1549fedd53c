"""What ``--camera`` may name; asked before anything is loaded, so this imports nothing."""

from __future__ import annotations

HIGHEST = 999  # the largest number of a device


def is_number(given: str) -> bool:
    """Whether it is a device's number."""
    return given.isascii() and given.isdigit() and int(given.lstrip("0")[:9] or 0) <= HIGHEST


def is_film(given: str) -> bool:
    """Whether it is the name of a file: neither a device's number nor a stream's address."""
    protocol, of_an_address, _ = given.partition("://")
    return not is_number(given) and (not of_an_address or len(protocol) == 1)  # C://film.mp4 is on a drive of Windows
