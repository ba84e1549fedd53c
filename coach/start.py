"""Where the program begins: Ctrl-C ends it without a word from the first moment on.

Python takes a second to load what the command line needs, and would print the place where it was interrupted.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

_INTERRUPTED = 130


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(_INTERRUPTED)  # nothing was begun that would have to be ended


def main() -> None:
    """Runs the command line; from there on it is told of Ctrl-C itself."""
    signal.signal(signal.SIGINT, _leave)
    from coach.cli import main as command_line  # noqa: PLC0415  late: see above

    signal.signal(signal.SIGINT, signal.default_int_handler)
    command_line()
