"""The heavy part of an import, in a process of its own: the pages stay quick, and it can be ended at any moment."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

from coach.domain import Floats, InputError
from coach.protocol import parse
from coach.signals import leave_to_the_program
from coach.store import About, Consent

Told: TypeAlias = tuple[str, Any]  # what, and its values


@dataclass(frozen=True, slots=True)
class Task:
    """A video to review."""

    video: str
    name: str  # the file's own
    corners: Floats  # (4, 2) px of the video's own picture
    protocol_file: bytes
    folder: Path  # of the store
    url: str | None  # of the store, if it is on a server
    kader: str = ""
    posyandu: str = ""
    consent: Consent | None = None
    session: str = ""  # the id that it is to have in the store
    parts: tuple[str, ...] = ()  # ids of those that are rated; all where nobody named any
    about: About = field(default_factory=About)  # when it was and on which occasion, as far as a person said it

    @property
    def agreed(self) -> bool:
        """Whether it was recorded that the film may be scored, and so may lie here until it is."""
        return self.consent is not None and bool(self.consent.checks) and not self.consent.withdrawn

    @property
    def film(self) -> str | None:
        """Where the video is written as it is kept; only where the consent allows it."""
        allowed = self.consent is not None and self.consent.video and not self.consent.withdrawn
        return str(Path(self.video).with_name("film.mp4")) if allowed else None


class Process:
    """A process at work."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        context = multiprocessing.get_context("spawn")  # threads and libraries of the server must not be copied
        self._ears, mouth = context.Pipe()
        self._process = context.Process(target=work, args=(*arguments, mouth), daemon=True)
        self._process.start()
        mouth.close()

    def hear(self) -> Told | None:
        """What it says next; None where it has ended."""
        try:
            told: Told = self._ears.recv()
        except (EOFError, OSError):
            return None
        return told

    def go_on(self) -> None:
        """Lets it keep what it has found."""
        self._ears.send(True)

    def end(self) -> None:
        """Ends it now, whatever it does; it says nothing more."""
        self._process.terminate()

    def close(self) -> None:
        """Waits until it has ended."""
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._ears.close()


def review(task: Task, mouth: Connection) -> None:
    """Says ("progress", (done_s, duration_s)), ("keeping", None), and at last ("done", id), or as :func:`_told`."""

    def work() -> Told:
        from coach import archive, wiring  # noqa: PLC0415  late: MediaPipe takes a second
        from coach.store import open_store  # noqa: PLC0415

        rules, kept = parse(task.protocol_file), wiring.Kept()

        def progress(done_s: float, duration_s: float | None) -> None:
            mouth.send(("progress", (done_s, duration_s)))  # ends the work where nobody listens any more

        given = task.video, rules, task.corners, None, progress
        pillow = task.consent is not None and task.consent.pillow
        found = wiring.review(*given, kept=kept, film=task.film, parts=task.parts, pillow=pillow)
        session = replace(found, video=replace(found.video, path=task.name))
        mouth.send(("keeping", None))
        mouth.recv()  # from here on it is not ended any more: the store must not be left with half a session
        film = None if task.film is None else Path(task.film)
        about = task.about
        whose = archive.Belongs(
            kader=task.kader,
            posyandu=task.posyandu,
            origin=task.name,
            consent=task.consent,
            film=film,
            session=task.session,
            visit=about.visit or 0,
            mother=about.mother or "",
            occasion=about.occasion or "",
            held=about.held or "",
        )
        place = task.folder if task.url is None else task.url
        with open_store(place, files=task.folder) as store:
            kept_as = archive.keep(store, session, kept, rules, task.protocol_file, whose)
        return "done", kept_as

    _told(work, mouth)


@dataclass(frozen=True, slots=True)
class Look:
    """A kept film whose back was marked anew from a time on, or no more."""

    session: str
    corners: Floats | None  # (4, 2) px of the pictures in which the hands were found; None: that mark is taken away
    from_s: float
    folder: Path  # of the store
    url: str | None  # of the store, if it is on a server


def look_again(look: Look, mouth: Connection) -> None:
    """Looks at the film again and scores the session by that: says what :func:`review` says."""

    def work() -> Told:
        from coach import archive, marked  # noqa: PLC0415  late: MediaPipe takes a second
        from coach.store import open_store  # noqa: PLC0415

        def progress(done_s: float, duration_s: float | None) -> None:
            mouth.send(("progress", (done_s, duration_s)))

        with open_store(look.folder if look.url is None else look.url, files=look.folder) as store:
            if look.corners is None:
                found = marked.without_mark(store, look.session, look.from_s, progress)
            else:
                found = marked.marked_from(store, look.session, look.corners, look.from_s, progress)
            archive.score_again(store, look.session, marked=found)
        return "done", look.session

    _told(work, mouth)


def guess(video: str, mouth: Connection) -> None:
    """Says ("guess", (corners or None, size)), or as :func:`_told`."""

    def work() -> Told:
        from coach import wiring  # noqa: PLC0415

        return "guess", wiring.guess(video)

    _told(work, mouth)


def _told(work: Callable[[], Told], mouth: Connection) -> None:
    """The work's end, ("refused", InputError) or ("fault", text)."""
    if hasattr(os, "nice"):  # the pages come first
        os.nice(5)
    leave_to_the_program()
    try:
        said = work()
    except InputError as error:
        said = ("refused", error)
    except (BrokenPipeError, EOFError, ConnectionResetError):  # the server is gone
        return
    except Exception as error:
        said = ("fault", f"{type(error).__name__}: {error}"[:200])
    mouth.send(said)
    mouth.close()
