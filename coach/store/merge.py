"""Sessions that came from another store joined with what is here: by ids, nothing doubled, nothing lost.

Many are taken in by the lot: one change of the database, and one wait for the disk, are worth hundreds of sessions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.collecting import without_collection
from coach.store import identity, plan, records, remains, session_file, tombstones
from coach.store.adding import Adding
from coach.store.base import Note
from coach.store.database import Connection, among, ids_there, insert, insert_all, put_all
from coach.store.errors import told
from coach.store.folder import TRACKS, VIDEO
from coach.store.identity import Settled
from coach.store.incoming import Incoming
from coach.store.listing import in_lots
from coach.store.model import Imported
from coach.store.session_file import SessionFile
from coach.store.tables import APPENDED, PROTOCOLS, SESSIONS, TOMBSTONES, Record

LOT = 250  # sessions of one change: others wait for it about a second
_DERIVED = {"video": "", "points": 0, "max_points": 0, "percent": None, "passed": None, "left_out": 0}
_BLANK = {"corrected": 0, "stopped": 0, "verdict": "", "scope": ""}


@dataclass(frozen=True, slots=True)
class Coming:
    """A checked session file with what was unpacked of it."""

    file: SessionFile
    folder: Path

    @property
    def session(self) -> str:
        return self.file.session

    @property
    def tracks(self) -> Path:
        return self.folder / TRACKS

    @property
    def video(self) -> Path:
        return self.folder / VIDEO


def import_(store: Adding, path: Path, settled: Settled) -> Imported:
    """:raises InputError: import_…, import_clash_…, person_code_taken"""
    (imported,) = import_all(store, [path], settled)
    return imported


def import_all(store: Adding, paths: Sequence[Path], settled: Settled, checked: bool = False) -> Iterator[Imported]:
    """Takes in the files lot by lot, each lot whole or not at all.

    :param checked: as :func:`coach.store.session_file.read` has it
    :raises InputError: as :func:`import_`, for the first file of a lot that is refused
    """
    for lot in in_lots(paths, size=LOT):
        with store.incoming() as incoming, without_collection():
            coming = [_read(store, path, incoming, str(k), checked) for k, path in enumerate(lot)]
            incoming.settle([file for one in coming for file in (one.tracks, one.video) if file.is_file()])
            found = merge(store, coming, settled)
        yield from found


def _read(store: Adding, path: Path, incoming: Incoming, name: str, checked: bool) -> Coming:
    def where(session: str, part: str) -> Path | None:
        """What is here already need not be unpacked."""
        there = store.has_tracks(session) if part == TRACKS else store.files.video(session) is not None
        return None if there else incoming.place(name) / part

    with told(str(store.folder)):
        return Coming(session_file.read(path, where, checked), incoming.folder / name)


def merge(store: Adding, coming: Sequence[Coming], settled: Settled) -> list[Imported]:
    """Takes in checked sessions with their files, in one change; what was deleted stays deleted."""
    first = {one.session: one for one in reversed(coming)}
    with store.writing() as connection:
        erased = _obeyed(store, connection, [one.file for one in coming])
        gone = tombstones.buried(connection, "session", list(first))
        taking = _Taking(store, connection, settled)
        found = taking.take([one for one in first.values() if one.session not in gone])
        store.note_people()
    if erased:
        remains.forget(store)
    told_of = [found.get(s) or Imported(s, False, 0, deleted=gone[s]) for s in (one.session for one in coming)]
    return [_once(one, k, coming, erased if k == 0 else ()) for k, one in enumerate(told_of)]


def _once(one: Imported, k: int, coming: Sequence[Coming], erased: tuple[str, ...]) -> Imported:
    """A session that the lot has twice is new only once."""
    twice = any(other.session == one.id for other in coming[:k])
    if twice and not one.deleted:
        return Imported(one.id, False, 0, erased=erased)
    return Imported(one.id, one.new, one.added, one.video, deleted=one.deleted, erased=erased)


def _obeyed(store: Adding, connection: Connection, files: Sequence[SessionFile]) -> tuple[str, ...]:
    """What was deleted where the files come from is deleted here too; returns the sessions that were here."""
    marks = {one["mark"]: one for file in files for one in file.records["tombstones"]}
    for one in marks.values():
        if insert(connection, TOMBSTONES, one):
            store.note("", TOMBSTONES, one)
    erased = tuple(tombstones.meant(connection, plan.marks_of(files)))
    for session in erased:
        remains.remove(store, connection, session)
    return erased


@dataclass
class _Taking:
    """Within one change."""

    store: Adding
    connection: Connection
    settled: Settled
    _people: dict[str, Record] = field(default_factory=dict)  # what a file says of somebody → who that is here

    def take(self, coming: Sequence[Coming]) -> dict[str, Imported]:
        """By session. How many records were new includes the session's own."""
        ids = [one.session for one in coming]
        here = {one["id"]: one for one in among(self.connection, SESSIONS, "id", ids)}
        people = {one.session: self._persons(one.file, here.get(one.session)) for one in coming}
        own = {one.session: _record(one.file, here.get(one.session), people[one.session]) for one in coming}
        new = self._new(coming, people)
        added = Counter(one["session"] for several in new.values() for one in several)
        fresh = [s for s in ids if s not in here or added[s]]
        changed = [own[s] for s in ids if own[s] != here.get(s)]
        notes = self._protocols([one for one in coming if one.session in set(fresh)])
        put_all(self.connection, SESSIONS, changed)
        notes += [(one["id"], SESSIONS, one) for one in changed]
        for table in APPENDED:
            insert_all(self.connection, table, new[table.name])
            notes += [(one["session"], table, one) for one in new[table.name]]
        self.store.note_all(notes)
        films = {one.session: self._files(one, here.get(one.session), added[one.session]) for one in coming}
        read = [s for s in fresh if s in here or films[s]]
        self._stand([own[s] for s in fresh if s not in read], new)
        self.store.stand_all(self.connection, among(self.connection, SESSIONS, "id", read))
        return {s: Imported(s, s not in here, added[s] + (s not in here), films[s]) for s in ids}

    def _stand(self, sessions: Sequence[Record], new: Mapping[str, Sequence[Record]]) -> None:
        """Of sessions all of which came now: what was just written need not be read."""
        added: dict[str, dict[str, list[Record]]] = {one["id"]: {} for one in sessions}
        for table, several in new.items():
            for one in sorted(several, key=lambda r: (r["made"], r["id"])):
                if one["session"] in added:
                    added[one["session"]].setdefault(table, []).append(one)
        self.store.stand_all(self.connection, sessions, [records.stored(r, added[r["id"]]) for r in sessions])

    def _persons(self, file: SessionFile, here: Record | None) -> Mapping[str, Record]:
        """Each person is looked up once, though a thousand sessions are hers."""
        found = {}
        for there, session in _with_session(file, here):
            key = identity.key(there, session)
            if key not in self._people:
                taken = identity.taken(self.connection, [(there, session)], self.settled)
                self._people[key] = taken[there["code"]]
            found[there["code"]] = self._people[key]
        return found

    def _new(self, coming: Sequence[Coming], people: Mapping[str, Mapping[str, Record]]) -> dict[str, list[Record]]:
        """By table, the records that are not here yet, their authors by the codes that they have here."""
        found = {}
        for table in APPENDED:
            given = {r["id"]: r for one in coming for r in one.file.records[table.name]}
            known = ids_there(self.connection, table, list(given))
            found[table.name] = [_renamed(r, people[r["session"]]) for r in given.values() if r["id"] not in known]
        return found

    def _protocols(self, coming: Sequence[Coming]) -> list[Note]:
        """Adds them, and tells what is to be noted of it."""
        given = [(one.session, protocol) for one in coming for protocol in one.file.records["protocols"]]
        each = {p["digest"]: p for _, p in given}
        insert_all(self.connection, PROTOCOLS, list(each.values()))
        return [(session, PROTOCOLS, each[protocol["digest"]]) for session, protocol in given]

    def _files(self, one: Coming, here: Record | None, added: int) -> bool:
        """Whether a video came with it."""
        if one.tracks.is_file() and not self.store.has_tracks(one.session):
            self.store.take_tracks(one.session, one.tracks)
        if not one.video.is_file() and (here is None or not added):
            return False
        return self._video(one)

    def _video(self, one: Coming) -> bool:
        """Takes the video in, or the one here away, as the last consent of both stores says; did one come?"""
        if not self.store.video_agreed(self.connection, one.session):
            self.store.drop_video(self.connection, one.session)
            return False
        if self.store.files.video(one.session) is None and one.video.is_file():
            self.store.take_video(self.connection, one.session, one.video)
        return one.video.is_file()


def _with_session(file: SessionFile, here: Record | None) -> list[tuple[Record, Record | None]]:
    """The file's people, each with the session as it is here if it is hers."""
    kader = file.own["kader"]
    return [(there, here if there["code"] == kader else None) for there in file.records["people"]]


def _record(file: SessionFile, here: Record | None, people: Mapping[str, Record]) -> Record:
    """The session's own record: whose it is, is told in the words of this store."""
    if here is not None and here["state"] == "finished":
        return here
    kader = people.get(file.own["kader"])
    whose = {"kader": file.own["kader"] if kader is None else kader["code"], "person": kader["id"] if kader else ""}
    held = {"held": file.own["held"] or file.own["created"]}  # files of older coaches say nothing of it
    return (here or _DERIVED | _BLANK) | file.own | held | whose


def _renamed(one: Record, people: Mapping[str, Record]) -> Record:
    return one | {c: people[one[c]]["code"] for c in ("author", "rater") if one.get(c) in people}
