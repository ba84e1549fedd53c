"""Making very many things at once that all stay."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Meanwhile Python does not look again and again for rings of things to throw away: with so many of them that takes
    longer than making them. What nothing holds any more goes at once, as ever."""
    sweeps = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeps:
            gc.enable()
