"""Names of files as text: a disk may hold names that are none."""

from __future__ import annotations


def told(path: str) -> str:
    """The path as it may be written down: what is not UTF-8 in it stands as a replacement character.

    Python keeps such bytes as halves of characters, which neither a database nor a JSON file takes.
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
