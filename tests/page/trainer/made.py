"""A store as a school has it after some weeks, and the real application of ``coach serve`` before it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import numpy as np

from coach import archive, wiring
from coach.domain import BackInfo, Session, VideoInfo
from coach.pipeline import Watching
from coach.recording import Recorder
from coach.score.session import read
from coach.store import Consent, Person, Store, open_store
from coach.summary.report import report
from coach.trainer import program
from coach.trainer.programme.desk import nowhere
from coach.web.app import create_app
from coach.web.guard import Door, new_token
from coach.web.serve import Server, listening
from coach.web.trainer_routes import HOME, TrainerPages
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.session import SIZE, frames_of
from tests.fakes.simulated import played
from tests.fakes.watcher import DriftingWatcher
from tests.simulator.script import SessionScript, Step
from tests.store.made import new, protocol, protocol_file
from tests.summary import example

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "d03.mp4"
CORNERS = np.array([[154.4, 132.2], [413.8, 75.4], [471.0, 378.4], [242.8, 473.2]])  # of the sample's back
SHOWN = ("neck_stroke", "shoulder_stroke")  # by the trainer
PEOPLE = (
    ("K01", "Siti Aminah", "kader", "Mawar"),
    ("K02", "Dewi Lestari", "kader", "Mawar"),
    ("K03", "", "kader", "Melati"),
    ("T01", "Bidan Ratna", "trainer", ""),
    ("T02", "Bidan Yuli", "trainer", ""),
)
SESSIONS = 12  # finished ones of kaders, the last without video
RATED = 6


def demonstration() -> tuple[wiring.Kept, Session]:
    """What a review of a trainer's demonstration keeps, and the session."""
    made = played(SessionScript(tuple(Step(name, 6) for name in SHOWN), name="demonstration"), 4)
    finder = ReplayingFinder([found for _, found in made.observations])
    recorder = Recorder(finder, CarryingMover((0.4, 0.2)), DriftingWatcher((0.0, 0.0)))
    watching = Watching(recorder, recorder, recorder, made.corners_px, SIZE)
    kept = wiring.Kept(made.corners_px, SIZE)
    for frame in frames_of(made.observations):
        watching.step(frame)
        if recorder.waiting_s >= wiring.CHUNK_S:
            kept.take(recorder)
    kept.take(recorder)
    tracks = watching.tracks()
    about = VideoInfo("film/contoh.mp4", len(watching.time_s), watching.time_s[-1])
    back = BackInfo("given", made.corners_px)
    found, whole = read(tracks, protocol()), protocol().part_ids
    return kept, wiring.session(about, back, tracks, found, protocol(), parts=whole)


def improved(k: int) -> dict[str, Any]:
    """A result with fewer of the mistakes, the later it is."""
    mistakes = dict(list(example.MISTAKES.items())[k:])
    rules = protocol()
    return report(example.session(rules, mistakes, skipped=example.SKIPPED if k < 4 else "", unseen=""))


def fill(store: Store) -> dict[str, str]:
    """Sessions of kaders and a trainer, blind ratings, a recording that was broken off; ids by name."""
    kept, shown = demonstration()
    consent = Consent(("agreed",), video=True, by="T01")
    ids = {
        "demonstration": archive.keep(
            store, shown, kept, protocol(), protocol_file(), archive.Belongs("T01", "", "contoh.mp4", consent)
        )
    }
    for k in range(SESSIONS):
        kader, _, _, posyandu = PEOPLE[k % 3]
        ids[f"s{k}"] = store.add(new(kader, posyandu, consent), improved(k // 3 * 3))
    film = short_film(store.folder.parent / "short.mp4")
    store.keep_video(ids["s0"], film)
    store.keep_video(ids["demonstration"], film)
    with contextlib.closing(store.recording(new("K03", "Melati"))):
        pass  # ended in the middle
    for code, name, role, posyandu in PEOPLE:
        store.put_person(Person(code, name, role, posyandu))
    _rate(store, ids)
    _spread(store, ids)
    return ids


def _rate(store: Store, ids: dict[str, str]) -> None:
    seed = np.random.default_rng(4)
    for k in range(RATED):
        for rater in ("T01", "T02"):
            found = store.session(ids[f"s{k}"]).report
            assert found
            points = {one["id"]: 1 if one["points"] is None else one["points"] for one in found["items"]}
            moved = {item: int(np.clip(given - (seed.random() < 0.12), 0, 2)) for item, given in points.items()}
            store.rate(ids[f"s{k}"], rater, moved, True)
    store.correct(
        ids["s1"], {"do": "override_item", "item": "neck_stroke.tempo", "points": 2, "reason": "cukup pelan"}, "T01"
    )


def _spread(store: Store, ids: dict[str, str]) -> None:
    """Over six weeks, so that progress has a course."""
    begin = datetime(2026, 9, 1, 8, tzinfo=UTC)
    with store.writing() as connection:
        for k in range(SESSIONS):
            when = (begin + timedelta(days=4 * k)).isoformat(timespec="microseconds").replace("+00:00", "Z")
            connection.run("UPDATE sessions SET created = ?, held = ? WHERE id = ?", when, when, ids[f"s{k}"])


def short_film(path: Path, seconds: float = 2.0, made: str = "") -> Path:
    """The sample's first seconds, as a file of their own, which may say when it was filmed."""
    with av.open(str(SAMPLE)) as whole, av.open(str(path), "w") as cut:
        cut.metadata.update({"creation_time": made} if made else {})
        stream = whole.streams.video[0]
        out = cut.add_stream_from_template(stream)
        for packet in whole.demux(stream):
            if packet.pts is not None and packet.pts * packet.time_base < seconds:
                packet.stream = out
                cut.mux(packet)
    return path


@contextlib.contextmanager
def serving(store: Store, practise: Callable[[], str] = nowhere) -> Iterator[str]:
    """Serves the trainer's side of a store; the address with the token."""
    with program.opened(store, "oxytocin", "id", practise) as desk, listening(0) as listener:
        door = Door(listener.getsockname()[1], new_token(), home=HOME)
        pages = TrainerPages(desk)
        server = Server(create_app(door, pages.routes()), pages.close)
        thread = threading.Thread(target=server.run, args=(listener,), daemon=True)
        thread.start()
        try:
            yield door.address
        finally:
            server.stop()
            thread.join(timeout=10)


@contextlib.contextmanager
def office(folder: Path, many: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    """The address and the sessions' ids. ``many``: so many bare sessions instead."""
    from tests.store.test_size import filled  # noqa: PLC0415

    with open_store(folder / "store") as store:
        ids: dict[str, str] = {}
        if many:
            filled(store, many)
        else:
            ids = fill(store)
        with serving(store) as address:
            yield address, ids
