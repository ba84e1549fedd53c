"""A command whose page was opened already cannot go on: why is told in its window and on that page."""

from __future__ import annotations

import socket

from coach.commands.language import BAD_INPUT, say_error, words
from coach.domain import InputError
from coach.summary import wording
from coach.web.guard import Door


def refused(error: InputError, door: Door, listener: socket.socket | None) -> int:
    """Says why; returns the exit code.

    :param listener: where the browser that was opened asks, None where none was
    """
    say_error(error, words())
    if listener is not None and listener.fileno() >= 0:  # else pages were served, and have their own way to tell
        from coach.web.last_words import last_words  # noqa: PLC0415  late: a command that starts has no use for it

        last_words(wording.error(error, words()), words(), door, listener)
    return BAD_INPUT
