"""Joins everything of live practice: the server, the camera, the coach and the store."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import cv2

from coach import __version__, back_argument, places
from coach.capture.camera import Film
from coach.detect.hands import MediaPipeHands
from coach.domain import Floats, InputError
from coach.messages import Lang, safety_ids
from coach.occasions import Occasion, bind, present, training
from coach.practice.keeping import Keeping
from coach.practice.learned import learned, learners
from coach.practice.live import Practice
from coach.practice.settings import Agreed, Keep, Settings
from coach.practice.sources import source
from coach.protocol import Protocol
from coach.protocol import files as protocol_files
from coach.register import Register
from coach.store import Consent, NewSession, open_store
from coach.store.store import Store
from coach.web import spoken
from coach.web.about import about
from coach.web.app import create_app
from coach.web.clips import Clips, spoken_counts
from coach.web.desk import Desk
from coach.web.films import Films
from coach.web.guard import Door
from coach.web.practise_routes import PractisePages, demonstrations
from coach.web.serve import Server

SAMPLE = "d03"
ALONE = Occasion()  # a practice of one's own
SETTLES_S, RECOVER_S = 0.5, 3.0  # what may wait until the page is there
PATIENCE_S = 3.0  # at the end, for a session that is being read


@dataclass(slots=True)
class Faults:
    """The first fault of ours that ended the practice."""

    what: str = ""
    trace: str = ""


def run(
    protocol_name: str,
    camera: str,
    lang: Lang,
    data: str | None,
    door: Door,
    listener: socket.socket,
    started: Callable[[Practice], None] = lambda _practice: None,
    event: str = "",
    by: str = "",
) -> Faults:
    """Practises until Ctrl-C.

    :param camera: as :func:`coach.practice.sources.source` takes it
    :param data: the folder for sessions and all that is remembered, or None for the usual one
    :param listener: listens already
    :param event: the beginning of a training day's id: those who are there practise, and for it
    :param by: the code of who writes that down
    :param started: told the practice once it runs; for benches
    :raises InputError: for a protocol, a film or a data folder that cannot be used
    """
    cv2.setNumThreads(1)  # its pool waits actively between pictures: a twentieth of all the work
    protocol = protocol_files.load(protocol_name)
    faults = Faults()
    with open_store(data) as store:
        folder, register = store.folder, Register(store)
        usual = training(register, event, by)
        settings = Settings(
            protocol=protocol,
            source=source(camera),
            finder=loaded,
            folder=folder,
            safety=tuple(safety_ids()),
            sample=sample if sample_file().exists() else None,
            history=lambda code: dict(store.history(code, protocol.id)) if code else {},
            keep=keeper(store, protocol, protocol_files.read(protocol_files.find(protocol_name)), usual),
            usual=usual,
            learned=lambda code: learned(store, protocol, code, date.today()),
            learners=lambda: present(register, usual.event) if usual.event else learners(store),
            lang=lang,
            settles_s=SETTLES_S,
        )
        practice = Practice(settings)
        # What a practice that was broken off has left is read while the person is still at the welcome. What is not
        # done by the start of the massage waits for another time: it would take pictures from the tracker.
        ending = threading.Event()

        def over() -> bool:
            return ending.is_set() or practice.stage == "lesson"

        def recover_late() -> None:
            if not ending.wait(RECOVER_S):
                recovered(store, over)

        recovering = threading.Thread(target=recover_late, name="recover", daemon=True)
        recovering.start()
        try:
            desk = Desk(practice)
            clips = Clips(folder / "clips", spoken.names(protocol))
            films = Films(folder / "films", frozenset(protocol.rank), demonstrations())
            pages = PractisePages(
                desk,
                lambda: about(protocol, practice.lang, clips, films),
                clips,
                films,
                look=practice.place.picture,
                check_up=lambda: checked_up(folder),
            )
            server = Server(create_app(door, pages.routes()), desk.close)

            def failed(what: str, trace: str) -> None:
                faults.what, faults.trace = what, trace
                server.stop()

            settings.fault = failed
            started(practice)
            server.run(listener)
        finally:
            ending.set()
            practice.close()
            recovering.join(PATIENCE_S)
    return faults


def recovered(store: Store, over: Callable[[], bool]) -> None:
    """Reads the sessions whose practice was broken off, so that each has its checklist.

    :param over: whether to leave the rest for another time
    """
    from coach.archive import recover  # noqa: PLC0415  late: it brings what a page at its start can do without

    try:
        recover(store, over)
    except InputError:  # a disk that refuses: the next start sees to it
        return
    except Exception:
        if not over():  # else the store was closed under it
            raise
    finally:
        store.leave()


def loaded() -> MediaPipeHands:
    """The tracker, and what the first pictures with hands need beside it."""
    import scipy.ndimage  # noqa: F401, PLC0415  late: it takes a fifth of a second

    return MediaPipeHands()


def keeper(store: Store, protocol: Protocol, file: bytes, usual: Occasion = ALONE) -> Keep:
    """:param usual: what a session is for whose kader was sent for nothing else"""
    register = Register(store)

    def keep(agreed: Agreed, corners: Floats, size: tuple[int, int], segment: str | None) -> Keeping:
        new = NewSession(
            protocol=protocol,
            protocol_file=file,
            software=f"coach {__version__}",
            source="sample" if agreed.sample else "live",
            corners=corners,
            size=size,
            kader=agreed.code,
            mode=agreed.mode if segment is None else "again",
            segment=segment or "",
            consent=Consent(checks=agreed.checks, video=agreed.video),
        )
        asked = agreed.occasion if agreed.occasion.kind else usual
        occasion = ALONE if agreed.sample or segment is not None else asked

        def begun(session: str) -> None:
            if occasion.kind:
                bind(register, occasion, session, agreed.code, agreed.mode == "exam")

        return Keeping(store.recording, store.tracks, new, store.leave, begun)

    return keep


def checked_up(folder: Path) -> dict[str, Any]:
    """What is found of this laptop, as the page shows it."""
    from coach.practice.checkup import check_up  # noqa: PLC0415  late: few ask for it
    from coach.practice.checkup_page import on_page  # noqa: PLC0415

    return on_page(check_up(folder, spoken_counts()))


def sample_file() -> Path:
    """The sample session's film."""
    return places.SAMPLES / f"{SAMPLE}.mp4"


def sample() -> tuple[Film, Floats]:
    """The sample session as a camera, and the corners (4, 2) px of its back.

    :raises InputError: where it is not there
    """
    file = sample_file()
    try:
        corners = back_argument.parse(file.with_suffix(".back").read_text("utf-8").strip())
    except OSError:
        raise InputError("sample_missing") from None
    return Film(str(file), called=f"sample {SAMPLE}"), corners
