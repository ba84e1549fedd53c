"""Memory that large pictures have left goes back to the system."""

from __future__ import annotations

import ctypes
import sys

# Of glibc's mallopt. A block as large as a 4K picture's lies by itself and goes back when it is freed; but once the
# first has been, glibc takes the next ones out of its heaps, which it can hardly ever give back, and it opens a heap
# for each thread. What is as large as a picture that is looked at (2.8 MB) may stay there: it is soon used again.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE, _ONE = 4 * 1024 * 1024, 1


def frugal() -> None:
    """From now on this process gives memory back; only glibc needs to be told, elsewhere nothing happens."""
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    mallopt(_MMAP_THRESHOLD, _LARGE)
    mallopt(_ARENA_MAX, _ONE)
