"""What taking in session files would do, before anything is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from coach.collecting import without_collection
from coach.domain import InputError
from coach.store import identity, session_file, tombstones
from coach.store.database import Connection, among
from coach.store.identity import NOTHING, Clash, Settled
from coach.store.model import Person
from coach.store.reading import Reading
from coach.store.tables import SESSIONS, Record

State: TypeAlias = Literal["new", "known", "deleted"]  # deleted: here, so that it is not taken in again


@dataclass(frozen=True, slots=True)
class Planned:
    """A session file as it would be taken in."""

    path: Path
    session: str
    state: State
    kader: str  # code, as the file has it
    created: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What several session files would bring."""

    files: tuple[Planned, ...] = ()
    refused: tuple[InputError, ...] = ()  # files that are none, or damaged
    people: tuple[Person, ...] = ()  # who are not known here yet
    clashes: tuple[Clash, ...] = ()  # to be settled by a person; each once, though several files have it
    erased: tuple[str, ...] = ()  # sessions here that were deleted where the files come from: they go here too
    settled: Settled = NOTHING  # to take the files in with

    def count(self, state: State) -> int:
        return sum(planned.state == state for planned in self.files)


def plan(store: Reading, paths: Sequence[Path], settled: Settled, checked: bool = False) -> Plan:
    """:param checked: as :func:`coach.store.session_file.read` has it
    :raises InputError: person_code_taken
    """
    files, refused = _read(paths, checked)
    with store.told_here():
        connection = store.connection
        gone = tombstones.buried(connection, "session", [file.session for file in files])
        here = {one["id"]: one for one in among(connection, SESSIONS, "id", [file.session for file in files])}
        planned = tuple(_planned(file, here, file.session in gone) for file in files)
        taken = [file for file in files if file.session not in gone]
        people, clashes = _people(connection, taken, here, settled)
        erased = tuple(tombstones.meant(connection, marks_of(files)))
    unsaid = {there["code"] for file in taken for there in file.records["people"] if not there["id"]}
    # Files of older coaches that come together: a code that is new here is one person in all of them.
    one = frozenset(person.code for person in people if person.code in unsaid)
    return Plan(planned, refused, people, clashes, erased, replace(settled, same=settled.same | one))


def _read(paths: Sequence[Path], checked: bool) -> tuple[list[session_file.SessionFile], tuple[InputError, ...]]:
    files, refused = [], []
    with without_collection():
        for path in paths:
            try:
                files.append(_light(session_file.read(path, checked=checked)))
            except InputError as error:  # one bad file does not keep the others out
                refused.append(error)
    return files, tuple(refused)


def _light(file: session_file.SessionFile) -> session_file.SessionFile:
    """Without what is not needed to plan: ten thousand reports would fill a small laptop."""
    return replace(file, records={table: file.records[table] for table in ("sessions", "people", "tombstones")})


def marks_of(files: Sequence[session_file.SessionFile]) -> set[str]:
    """The marks of sessions that were deleted where the files come from."""
    return {one["mark"] for file in files for one in file.records["tombstones"] if one["kind"] == "session"}


def _planned(file: session_file.SessionFile, here: Mapping[str, Record], gone: bool) -> Planned:
    state: State = "deleted" if gone else "known" if file.session in here else "new"
    return Planned(file.path, file.session, state, file.own["kader"], file.own["created"])


def _people(
    connection: Connection,
    files: Sequence[session_file.SessionFile],
    here: Mapping[str, Record],
    settled: Settled,
) -> tuple[tuple[Person, ...], tuple[Clash, ...]]:
    new: dict[str, Person] = {}  # by code
    clashes: dict[str, Clash] = {}
    asked: dict[str, identity.Known | Clash] = {}  # each once, though a thousand sessions are hers
    for file in files:
        for there in file.records["people"]:
            session = here.get(file.session) if there["code"] == file.own["kader"] else None
            said = identity.key(there, session)
            if said not in asked:
                asked[said] = identity.told(connection, there, settled, session)
            found = asked[said]
            key = there["id"] or there["code"]
            if isinstance(found, Clash):
                clashes[key] = found
            elif found.new:
                first = new.setdefault(found.record["code"], identity.person(found.record))
                if there["id"] and first.id != there["id"]:  # two laptops, neither of which is this one
                    clashes[key] = Clash("code", first, identity.person(there))
    return tuple(new.values()), tuple(clashes.values())
