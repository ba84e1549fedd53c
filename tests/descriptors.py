"""Which files this process holds open, where the system tells."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_NUMBERS = Path("/proc/self/fd")
TELLS = _NUMBERS.is_dir()  # Linux does


def held() -> set[str]:
    """What the open descriptors lead to: the paths of files, "socket:[…]" and the like; empty where nobody tells.

    Another thread may close one between its listing and the look at it: that one is not held.
    """
    found: set[str] = set()
    for number in _NUMBERS.iterdir() if TELLS else ():
        with suppress(FileNotFoundError):
            found.add(os.readlink(number))
    return found
