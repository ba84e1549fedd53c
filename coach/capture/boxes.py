"""The outermost boxes of an MP4 or MOV file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LEAST = 8  # bytes of a box: its size and its kind


def boxes(file: Path) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, end) of each, bytes from the file's start.

    The last may end beyond the file's own end, which was then cut off; one shorter than :data:`LEAST` is none, and no
    further one is looked for.
    """
    start, length = 0, file.stat().st_size
    with file.open("rb") as stream:
        while start + LEAST <= length:
            stream.seek(start)
            head = stream.read(16)
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if size == 1:
                size = int.from_bytes(head[8:16], "big")
            elif size == 0:  # as far as the file goes
                size = length - start
            yield kind, start, start + size
            if size < LEAST:
                return
            start += size
