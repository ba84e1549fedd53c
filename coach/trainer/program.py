"""Joins everything of the trainer's side: the server, the store, and what answers the pages."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from coach import archive
from coach.domain import InputError
from coach.messages import Lang
from coach.signals import end_as_ctrl_c
from coach.store import Store, open_store
from coach.trainer import shelf
from coach.trainer.api import calls
from coach.trainer.imports import Imports
from coach.trainer.office import Office
from coach.trainer.programme import shown
from coach.trainer.programme.desk import ProgrammeDesk, nowhere
from coach.trainer.programme.stick import Stick
from coach.trainer.sights import Sights
from coach.trainer.words import refusal
from coach.web.app import create_app
from coach.web.calls import Desk
from coach.web.guard import Door
from coach.web.practise_routes import demonstrations
from coach.web.serve import Server
from coach.web.trainer_routes import TrainerPages

_PATIENCE_S = 3.0  # for what is done beforehand to come to an end


def run(
    protocol: str, lang: Lang, data: str | None, door: Door, listener: socket.socket, practise: Callable[[], str]
) -> None:
    """Serves until Ctrl-C.

    :param data: the folder or PostgreSQL address of the store, or None for the usual one
    :param listener: listens already
    :param practise: starts a practice beside the pages, and tells its address
    :raises InputError: for a protocol or a store that cannot be used
    """
    end_as_ctrl_c()
    with open_store(data) as store, opened(store, protocol, lang, practise) as desk:
        pages = TrainerPages(desk, demonstrations=demonstrations())
        Server(create_app(door, pages.routes()), pages.close).run(listener)


@contextlib.contextmanager
def opened(store: Store, protocol: str, lang: Lang, practise: Callable[[], str] = nowhere) -> Iterator[Desk]:
    """The trainer's side of a store; ends what runs in the background when it is left."""
    given = Path(protocol)
    extra = given if given.suffix == ".toml" and given.is_file() else None
    name = protocol if extra is None else extra.stem
    office = Office(store, Sights(store), shelf.Shelf(store.folder / shelf.FOLDER, extra), lang, name)
    office.shelf.rules(name)
    over, programme = threading.Event(), ProgrammeDesk(office, practise)
    behind = threading.Thread(target=_beforehand, args=(programme, over.is_set), name="beforehand", daemon=True)
    behind.start()
    try:
        with contextlib.closing(Imports(office)) as imports, Stick(programme, imports.scratch) as stick:
            yield Desk(calls(office, imports, stick), imports.upload, refusal, stick.upload)
    finally:
        over.set()
        office.looking.close()
        behind.join(_PATIENCE_S)


def _beforehand(programme: ProgrammeDesk, over: Callable[[], bool]) -> None:
    """What somebody will soon want: the register, practices that were broken off, long sessions folded."""
    office = programme.office
    try:
        with contextlib.suppress(InputError):  # an instrument with mistakes: the programme's page names them
            shown.overview(programme)
        archive.recover(office.store, over)
        office.sights.warm(over)
    except Exception:
        if not over():  # else the store was closed under it: what is left is done at the next start
            raise
