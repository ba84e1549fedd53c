"""Keeps standard error for people: libraries in C++ write their log lines straight to file descriptor 2."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STDERR = 2
_lock = threading.Lock()
_users = 0
_saved = -1


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Sends file descriptor 2 nowhere while inside; not where COACH_DEBUG=1 asks for everything.

    May be entered by several threads; the last one out puts the descriptor back.
    """
    if os.environ.get("COACH_DEBUG") == "1":
        yield
        return
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _users, _saved  # noqa: PLW0603  the descriptor belongs to the whole process
    with _lock:
        _users += 1
        if _users > 1:
            return
        if sys.stderr is not None:  # a program without a console has none, on Windows
            sys.stderr.flush()
        try:
            _saved = os.dup(_STDERR)
        except OSError:  # the program was started without standard error
            _saved = -1
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)


def _leave() -> None:
    global _users, _saved  # noqa: PLW0603
    with _lock:
        _users -= 1
        if _users == 0 and _saved >= 0:
            if sys.stderr is not None:
                with suppress(OSError):  # the terminal may be gone
                    sys.stderr.flush()
            os.dup2(_saved, _STDERR)
            os.close(_saved)
            _saved = -1
