"""What stands behind ``coach serve``: one line with the address, the browser, and Ctrl-C."""

from __future__ import annotations

import contextlib

import click

from coach.commands.language import DONE, words
from coach.commands.neighbour import Neighbour
from coach.commands.quiet import quiet_libraries
from coach.commands.refused import refused
from coach.domain import InputError
from coach.protocol import files as protocol_files
from coach.web.app import PAGE
from coach.web.guard import Door, new_token
from coach.web.serve import listening, open_browser
from coach.web.trainer_routes import HOME


def serve(protocol: str, port: int | None, data: str | None, browser: bool) -> int:
    """Serves the trainer's side until Ctrl-C; returns the exit code.

    :raises InputError: for what cannot be used
    """
    protocol_files.load(protocol)
    with listening(port) as listener:
        refusal = (PAGE / "forbidden.html").read_text("utf-8")
        door = Door(listener.getsockname()[1], new_token(), home=HOME, refusal=refusal)
        click.echo(words().text("serve_address", address=door.address))
        if browser:
            open_browser(door.address)
        try:
            with quiet_libraries():
                from coach.trainer import program  # noqa: PLC0415  late: the address is told before all is loaded

                with contextlib.closing(Neighbour(data, words().lang, protocol)) as neighbour:
                    program.run(protocol, words().lang, data, door, listener, neighbour.address)
        except InputError as error:
            return refused(error, door, listener if browser else None)
    return DONE
