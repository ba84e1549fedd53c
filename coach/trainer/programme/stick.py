"""From laptop to laptop by a USB stick: one file that carries the programme, looked into before it is taken in.

A session file of ``coach sessions export`` is taken in the same way, so that who is who is settled here for both.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from coach import carry
from coach.domain import InputError
from coach.store import Filter
from coach.store.identity import Clash, Settled
from coach.store.model import Person
from coach.store.plan import Plan
from coach.store.scratch import Scratch
from coach.store.weight import weight
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk
from coach.web.calls import OnDisk

Json = dict[str, Any]
_FILE, _KIND = "stick.coach", "application/octet-stream"


@dataclass(slots=True)
class Coming:
    """A file on its way in; nothing of it is taken before somebody has looked."""

    stick: Stick
    name: str
    folder: Path
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    found: carry.Opened | None = None  # what was shown of it, unpacked and checked
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def open(self, passphrase: str, settled: Settled) -> carry.Opened:
        """Unpacks and checks it, once for the look and for taking it in. Raises InputError as carry.opened"""
        self.close()
        self.found = self._open.enter_context(carry.opened(self.stick.desk.register, self.file, passphrase, settled))
        return self.found

    def close(self) -> None:
        self.found = None
        self._open.close()

    @property
    def file(self) -> Path:
        return self.folder / _FILE

    def write(self, piece: bytes) -> None:
        with self.file.open("ab") as stream:
            stream.write(piece)

    def done(self) -> Json:
        """:raises InputError: carry_…, import_…"""
        self.stick.waiting[self.id] = self
        try:
            return self.stick.look(self.id, {})
        except InputError:
            self.drop()
            raise

    def drop(self) -> None:
        self.close()
        self.stick.waiting.pop(self.id, None)
        self.stick.scratch.erase(self.folder)


class Stick:
    """Threads share it. Use it as a context manager: what waits is gone when it is left."""

    def __init__(self, desk: ProgrammeDesk, scratch: Scratch) -> None:
        self.desk, self.scratch = desk, scratch
        self.waiting: dict[str, Coming] = {}
        self._taking = threading.Lock()

    def weight(self) -> Json:
        """How many bytes each part of the file would have, about."""
        ids = self._sessions()
        entries = carry.weight(self.desk.register)
        return {"sessions": len(ids), "bytes": {"entries": entries, **asdict(weight(self.desk.office.store, ids))}}

    def _sessions(self) -> list[str]:
        return self.desk.office.store.ids(Filter(state="finished"))

    def out(self, body: Any) -> OnDisk:
        """The file to be saved; it is locked where names or films are in it.

        :param body: {sessions, tracks: with the hands' tracks, which is so where nothing is said, names, films,
            passphrase}
        :raises InputError: carry_unlocked, lock_short, store_…
        """
        given = asking.fields(body)
        ids = self._sessions() if asking.flag(given, "sessions") else []
        place = self.scratch.place(uuid.uuid4().hex)
        file, letter = place / _FILE, self.desk.register.laptop.letter
        try:
            what = {name: asking.flag(given, name) for name in ("names", "films")}
            what["tracks"] = asking.flag({"tracks": True} | dict(given), "tracks")
            carry.carry(self.desk.register, file, ids, passphrase=asking.word(given, "passphrase"), **what)
        except BaseException:
            self.scratch.erase(place)
            raise
        return OnDisk(file, _KIND, f"coach-program-{letter}.coach", lambda: self.scratch.erase(place))

    def upload(self, name: str) -> Coming:
        return Coming(self, name, self.scratch.place(uuid.uuid4().hex))

    def look(self, id_: str, body: Any) -> Json:
        """What a file would bring. Where it is locked and no passphrase is given, only that.

        :raises InputError: stick_missing, lock_wrong, carry_…, import_…
        """
        coming, given = self._coming(id_), asking.fields(body)
        passphrase, settled = asking.word(given, "passphrase"), _settled(given)
        try:
            told = _programme(coming.open(passphrase, settled))
        except InputError as error:
            if error.key == "carry_locked":
                return {"id": id_, "name": coming.name, "locked": True}
            if error.key != "carry_foreign":
                raise
            told = _planned(self.desk.office.store.plan([coming.file], settled))
        return {"id": id_, "name": coming.name, "locked": False, **told}

    def take(self, id_: str, body: Any) -> Json:
        """Takes a file in as it was shown.

        :raises InputError: stick_missing, import_clash_… where somebody is not settled; nothing is taken in then
        """
        coming, given = self._coming(id_), asking.fields(body)
        passphrase, settled, store = asking.word(given, "passphrase"), _settled(given), self.desk.office.store
        with self._taking:
            try:
                shown = coming.found or coming.open(passphrase, settled)
                found = carry.settled_anew(self.desk.register, shown, settled)
                _refuse(found.plan)
                added, sessions = carry.take(self.desk.register, found)
                told = {"new": added.new, "gone": added.gone, "sessions": sessions}
            except InputError as error:
                if error.key != "carry_foreign":
                    raise
                plan = store.plan([coming.file], settled)
                _refuse(plan)
                taken = store.import_(coming.file, plan.settled)
                told = {"new": taken.added, "gone": 0, "sessions": int(taken.new)}
        coming.drop()
        return told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for coming in list(self.waiting.values()):
            coming.drop()

    def cancel(self, id_: str) -> None:
        self._coming(id_).drop()

    def _coming(self, id_: str) -> Coming:
        found = self.waiting.get(id_)
        if found is None:
            raise InputError("stick_missing")
        return found


def _refuse(plan: Plan) -> None:
    """:raises InputError: stick_unsettled"""
    if plan.clashes:
        raise InputError("stick_unsettled", codes=", ".join(clash.code for clash in plan.clashes))


def _programme(found: carry.Opened) -> Json:
    preview = found.preview
    return {
        "laptop": found.manifest.laptop,
        "made": found.manifest.made,
        "names": found.manifest.names,
        "films": found.manifest.films,
        "new": len(preview.new),
        "known": preview.known,
        "gone": len(preview.gone),
        "obeyed": preview.obeyed,
        "contradictions": [{"kind": clash.kind, "what": clash.what} for clash in preview.clashes],
        "last_seen": preview.last_seen,
        **_planned(found.plan),
    }


def _planned(plan: Plan) -> Json:
    return {
        "sessions": {state: plan.count(state) for state in ("new", "known", "deleted")},
        "erased": len(plan.erased),
        "people": [_person(one) for one in plan.people],
        "clashes": [_clash(clash) for clash in plan.clashes],
    }


def _clash(clash: Clash) -> Json:
    return {"kind": clash.kind, "code": clash.code, "here": _person(clash.here), "there": _person(clash.there)}


def _person(one: Person) -> Json:
    return {"code": one.code, "name": one.name, "posyandu": one.posyandu}


def _settled(given: Mapping[str, Any]) -> Settled:
    told = asking.fields(given.get("settled", {}))
    other = asking.fields(told.get("other", {}))
    return Settled(
        same=frozenset(asking.names(told, "same")),
        theirs=frozenset(asking.names(told, "theirs")),
        other={code: asking.word(other, code) for code in other},
    )
