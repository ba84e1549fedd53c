"""A film whose writing was broken off → one that plays."""

from __future__ import annotations

import os
from pathlib import Path

from coach.capture.boxes import boxes
from coach.capture.part import in_use
from coach.capture.video import open_video
from coach.domain import InputError


def mend(part: Path) -> bool | None:
    """Cuts what :class:`coach.capture.writer.VideoWriter` left behind after its last whole fragment.

    :returns: whether it plays now; None where it is written still, and was left alone
    :raises OSError: where it cannot be read or cut
    """
    if in_use(part):
        return None
    end = _whole(part)
    if end == 0:
        return False
    os.truncate(part, end)
    try:
        open_video(part).close()
    except InputError:
        return False
    return True


def _whole(part: Path) -> int:
    """Where the last whole fragment ends, bytes from the start; 0 where there is none."""
    length, whole, described, before = part.stat().st_size, 0, False, b""
    for kind, _, end in boxes(part):
        if end > length:
            break
        if described and (before, kind) == (b"moof", b"mdat"):
            whole = end
        described |= kind == b"moov"
        before = kind
    return whole
