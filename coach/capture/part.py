"""A file while it is written, under a name of its own, and whether whoever began it still writes."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
import zlib
from io import BufferedWriter
from pathlib import Path

from coach.locks import lock, locked

JUST_S = 60.0  # an empty file that is younger may be one that is begun at this moment


def open_part(target: Path) -> tuple[Path, BufferedWriter]:
    """A new file beside the target, on the same disk so that the renaming at the end is one step.

    :raises OSError: where it cannot be made
    """
    part = target.with_name(f"{_begin(target)}{secrets.token_hex(4)}.part")
    file = part.open("xb")
    lock(file)  # a disk without locks: see in_use
    return part, file


def clear(target: Path) -> None:
    """Removes what programs have left beside the target that were killed while they wrote it.

    What is written still, and what cannot be opened or removed, stays.
    """
    for part in target.parent.glob(f"{_begin(target)}*.part"):
        with contextlib.suppress(OSError):
            if not in_use(part):
                part.unlink()


def _begin(target: Path) -> str:
    """With what the names of its parts begin: the name itself may be as long as the disk allows."""
    return f".coach-{zlib.crc32(os.fsencode(target.name)):08x}-"


def in_use(part: Path) -> bool:
    """Whether a program that runs writes it, this one too; where the disk does not tell, it is taken to be so.

    :raises OSError: where it cannot be opened
    """
    about = part.stat()
    if (
        os.name == "posix" and about.st_size == 0 and time.time() - about.st_mtime < JUST_S
    ):  # it is locked the moment after it is made
        return True
    return locked(part) is not False
