"""What a store holds after something was broken off in it: whole things, or not."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coach.domain import InputError
from coach.store import Consent, Store, StoredSession, open_store, repair, session_file
from coach.store.folder import is_id
from tests.store.made import chunk, new, result

NAME = "61111111-2222-4333-8444-555555555555"  # of the correction
FILM = b"of a stranger's back" * 5_000
_OWN = {"coach.db", "people.json", "deleted.jsonl", "programme.jsonl", "laptop.json"}
_OF_SESSION = {".on-server", "journal.jsonl", "tracks.bin", "video.mp4"}


@dataclass(frozen=True, slots=True)
class Template:
    """A store, and a session file for it, that each run gets a copy of."""

    folder: Path
    file: Path
    session: str  # what is corrected, deleted, exported
    other: str  # what nobody touches
    coming: str  # in the file
    before: dict[str, StoredSession]
    url: str | None = None  # of a database on a server, if the rows are there

    @classmethod
    def made(cls, place: Path, film: bytes, url: str | None = None) -> Template:
        (place / "film.mp4").write_bytes(film)
        consent = Consent(checks=("a",), video=True)

        def kept(store: Store, kader: str) -> str:
            one = new(kader=kader, consent=consent)
            session = store.add(one, result(), tracks=[chunk(0), chunk(1)], video=place / "film.mp4")
            store.correct(session, {"do": "note", "at_s": 1.0, "text": "baik"}, "T1")
            return session

        with open_store(place / "theirs") as store:
            coming = kept(store, "K09")
            store.export(coming, place / "in.zip", video=True)
        with opened(Place(place / "store", url)) as store:
            session, other = kept(store, "K01"), kept(store, "K02")
            before = {one.row.id: one for one in store.each()}
        return cls(place / "store", place / "in.zip", session, other, coming, before, url)

    @contextlib.contextmanager
    def copied(self) -> Iterator[Place]:
        with tempfile.TemporaryDirectory() as place, self._database() as url:
            yield Place(Path(shutil.copytree(self.folder, Path(place) / "store")), url)

    @contextlib.contextmanager
    def _database(self) -> Iterator[str | None]:
        """A copy of the database on the server."""
        if self.url is None:
            yield None
            return
        import psycopg  # noqa: PLC0415  an extra

        name, copy = self.url.partition("?")[0].rpartition("/")[2], f"copy_{uuid.uuid4().hex}"
        with psycopg.connect(self.url.replace(f"/{name}?", "/postgres?"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {copy} TEMPLATE {name}".encode())
            try:
                yield self.url.replace(f"/{name}?", f"/{copy}?")
            finally:
                server.execute(f"DROP DATABASE {copy} WITH (FORCE)".encode())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run's store is."""

    folder: Path
    url: str | None = None


def opened(place: Place) -> Store:
    return open_store(place.folder) if place.url is None else open_store(place.url, files=place.folder)


@dataclass(slots=True)
class Found:
    """What is wrong; empty is good."""

    done: bool = False  # whether the operation had come to its end, or was brought to it at the start
    orphans: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def audit(kind: str, place: Place, template: Template) -> Found:
    """Starts coach once on what was left, looks, repairs, and looks again."""
    found, folder = Found(), place.folder
    opened(place).close()
    with opened(place) as store:
        _look(kind, store, template, found)
        after = list(store.each()), store.people()
    _files(folder, {one.row.id for one in after[0]}, found)
    _exported(folder.parent / "out", template, found)
    if place.url is None:
        repair(folder)
    with opened(place) as store:
        again = list(store.each()), store.people()
    if again != after:
        (found.doubled if _size(again[0]) > _size(after[0]) else found.lost).append(f"{kind}: repaired to another")
    _again(kind, place, template, found)
    return found


def _size(sessions: list[StoredSession]) -> int:
    return len(sessions) + sum(len(s.corrections) + len(s.results) + len(s.consents) for s in sessions)


def _look(kind: str, store: Store, template: Template, found: Found) -> None:
    there = {one.row.id: one for one in store.each()}
    if there.get(template.other) != template.before[template.other]:
        found.lost.append(f"{kind}: a session that nobody touched")
    _whole(store, template.other, found)
    one = there.get(template.session)
    if kind == "delete":
        found.done = one is None
        if found.done and store.traces(template.session):
            found.orphans.append(f"delete: {store.traces(template.session)}")
    if one is None and kind != "delete":
        found.lost.append(f"{kind}: the session")
    if one is not None:
        _unchanged(kind, store, template, one, found)
    if template.coming in there:
        _whole(store, template.coming, found)
        found.done = kind == "import"
        if len(there[template.coming].corrections) != 1:
            found.lost.append("import: its correction")
    owing = store.connection.all("SELECT work FROM owed")
    found.orphans += [f"{kind}: owed {row['work']}" for row in owing]


def _unchanged(kind: str, store: Store, template: Template, one: StoredSession, found: Found) -> None:
    before = template.before[template.session]
    ids = [correction.id for correction in one.corrections]
    if kind == "correct":
        found.done = NAME in ids
        found.doubled += ["correct: twice"] * (ids.count(NAME) > 1)
    if [i for i in ids if i != NAME] != [c.id for c in before.corrections] or one.results != before.results:
        found.lost.append(f"{kind}: what was added before")
    if kind == "withdraw":
        found.done = one.consents[-1].withdrawn
        if found.done and (store.video(one.row.id) is not None or one.row.video):
            found.orphans.append("withdraw: the pictures")
    _whole(store, one.row.id, found, film=not (kind == "withdraw" and found.done))


def _whole(store: Store, session: str, found: Found, film: bool = True) -> None:
    if len(list(store.tracks(session))) != 2:
        found.lost.append("tracks")
    video = store.video(session)
    if film and (video is None or video.read_bytes() != FILM or not store.session(session).row.video):
        found.lost.append("video")


def _files(folder: Path, known: set[str], found: Found) -> None:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_dir():
            usual = parts == ("sessions",) or (len(parts) == 2 and parts[0] == "sessions" and parts[1] in known)
        else:
            session = len(parts) == 3 and is_id(parts[1]) and parts[1] in known and parts[2] in _OF_SESSION
            usual = session or (len(parts) == 1 and (parts[0] in _OWN or parts[0].startswith("coach.db-")))
        if not usual and parts != ("incoming",):
            found.orphans.append("/".join(parts))


def _exported(out: Path, template: Template, found: Found) -> None:
    for file in sorted(out.iterdir()) if out.is_dir() else ():
        if file.suffix != ".zip":
            found.orphans.append(file.name)
            continue
        found.done = True
        with tempfile.TemporaryDirectory() as place:
            try:
                read = session_file.read(file, lambda _session, part: Path(place) / part)
                with zipfile.ZipFile(file) as zipped:
                    whole = zipped.read("video.mp4") == FILM
            except InputError as error:
                found.lost.append(f"export: {error.key}")
            else:
                found.lost += ["export: the video"] * (read.session != template.session or not whole)


def _again(kind: str, place: Place, template: Template, found: Found) -> None:
    """Whoever does it again gets what she wanted, once."""
    with opened(place) as store:
        if kind == "import":
            store.import_(template.file)
            found.doubled += ["import: again"] * (store.sessions().total != 3)
            _whole(store, template.coming, found)
        elif kind == "correct":
            store.correct(template.session, {"do": "tick_item", "item": "oil", "points": 2}, "T1", id=NAME)
            found.doubled += ["correct: again"] * (len(store.session(template.session).corrections) != 2)
        elif kind == "delete":
            with contextlib.suppress(InputError):
                store.delete(template.session)
            found.orphans += [f"delete again: {trace}" for trace in store.traces(template.session)]
