"""What stands behind ``coach practise``: one line with the address, the browser, and Ctrl-C."""

from __future__ import annotations

import click

from coach.commands.language import DONE, FAULT, say_fault, words
from coach.commands.quiet import quiet_libraries
from coach.commands.refused import refused
from coach.domain import InputError
from coach.practice.camera_name import is_film
from coach.protocol import files as protocol_files
from coach.signals import end_as_ctrl_c
from coach.web.app import PAGE
from coach.web.guard import Door, new_token
from coach.web.serve import listening, open_browser


def practise(
    camera: str, protocol: str, port: int | None, data: str | None, browser: bool, event: str = "", by: str = ""
) -> int:
    """Practises until Ctrl-C or a signal to end; returns the exit code.

    The address is told and the browser opened before the camera, the tracker and the store are loaded: that takes as
    long as a browser takes to start, and who asks meanwhile waits for a moment.

    :raises InputError: for what cannot be used
    """
    protocol_files.load(protocol)
    if is_film(camera):
        from coach.practice.sources import source  # noqa: PLC0415  late: only a film must be looked at first

        source(camera)
    end_as_ctrl_c()
    with listening(port) as listener:
        door = Door(listener.getsockname()[1], new_token(), refusal=(PAGE / "forbidden.html").read_text("utf-8"))
        try:
            with quiet_libraries():
                click.echo(words().text("practise_address", address=door.address))
                if browser:
                    open_browser(door.address)
                from coach.practice import program  # noqa: PLC0415  late: see above

                faults = program.run(protocol, camera, words().lang, data, door, listener, event=event, by=by)
        except InputError as error:
            return refused(error, door, listener if browser else None)
    if faults.what:
        say_fault(faults.what, faults.trace, words())
        return FAULT
    return DONE
