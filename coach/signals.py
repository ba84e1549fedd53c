"""Signals to end, each as good as Ctrl-C: what is open is closed, and nothing is left half-written.

Besides SIGTERM there is SIGHUP: the terminal's window was closed. Windows has none, but Ctrl-Break.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeAlias

Handler: TypeAlias = Callable[[int, FrameType | None], None]

_HANG_UP: int | None = getattr(signal, "SIGHUP", None)
_BREAK: int | None = getattr(signal, "SIGBREAK", None)
_ENDING: tuple[int, ...] = tuple(s for s in (signal.SIGTERM, _HANG_UP, _BREAK) if s is not None)


def end_as_ctrl_c() -> None:
    """From now on the first signal to end raises KeyboardInterrupt, and those after it nothing.

    A window that is closed sends two, its own and its shell's: the second must not break into the clearing up. One that
    whoever started the program wants ignored stays so (nohup).
    """
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    clear_up_undisturbed()
    raise KeyboardInterrupt


def clear_up_undisturbed() -> None:
    """Whatever :func:`end_as_ctrl_c` listens to is ignored from now on."""
    for number in _ENDING:
        if signal.getsignal(number) is _end:
            signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def hang_up_handled(handler: Handler) -> Iterator[None]:
    """While inside, a closed window calls ``handler``; not where :func:`end_as_ctrl_c` does not listen to it."""
    here = threading.current_thread() is threading.main_thread()  # elsewhere Python lets nobody set one
    if _HANG_UP is None or not here or signal.getsignal(_HANG_UP) is not _end:
        yield
        return
    signal.signal(_HANG_UP, handler)
    try:
        yield
    finally:
        signal.signal(_HANG_UP, _end)


def leave_to_the_program() -> None:
    """For a process of the program's own, which the program ends: Ctrl-C and a closed window reach it as well."""
    for number in (signal.SIGINT, _HANG_UP, _BREAK):
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
