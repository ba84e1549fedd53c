"""Whether a program that runs still writes a file: it keeps it locked until it is done, however it ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any


def lock(file: IO[Any]) -> bool | None:
    """Locks an open file until it is closed.

    :return: False where another has it locked; None where nobody can tell: on Windows, or on a disk without locks
    """
    if os.name != "posix":
        return None
    import fcntl  # noqa: PLC0415  Windows has none

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def locked(path: Path) -> bool | None:
    """Whether anybody, this program too, has a file locked or, on Windows, open.

    :return: None where the disk does not tell
    :raises OSError: where it cannot be opened
    """
    if os.name != "posix":  # Windows renames no file that is open
        try:
            path.rename(path)
        except PermissionError:
            return True
        return False
    with path.open("r+b") as file:  # some disks lock none that is only read
        free = lock(file)
    return None if free is None else not free
