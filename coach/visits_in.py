"""Home visits out of a table: what Kobo or ODK exports of the visit's form, or what was typed from paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import ValidationError

from coach.domain import InputError
from coach.instruments import VisitForm
from coach.programme import Body
from coach.programme.bodies import Mother, Person, Referral, Visit
from coach.programme.days import is_day
from coach.programme.people import with_code
from coach.programme.state import Held
from coach.programme.visiting import stops
from coach.protocol import Protocol
from coach.register import Register
from coach.tables_in import numbered, refuse

_YES = ("yes", "ya", "y", "1", "true")
_NO = ("no", "tidak", "t", "n", "0", "false")
_RATED: Mapping[str, Any] = {"0": 0, "1": 1, "2": 2, "unseen": "unseen", "x": "unseen", "na": "na", "-": "na"}
_INSTANCE = ("_uuid", "instanceid", "meta/instanceid", "key")
_HEADS = {
    "kader": ("kader",),
    "mother": ("mother", "ibu"),
    "date": ("date", "tanggal", "when"),
    "observer": ("observer", "pengamat"),
    "minutes": ("minutes", "menit"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    column: str
    given: str  # "" where an answer is missing


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, and what would become of it."""

    number: int  # as a spreadsheet counts
    state: Literal["new", "known", "bad"]
    kader: str
    mother: str
    date: str
    referred: bool = False  # a safety question was answered with yes
    planned: bool = False  # it fills in a visit that was planned here
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What a table would bring; nothing is taken in yet."""

    lines: tuple[Line, ...]
    bodies: tuple[tuple[Body, str, str], ...]  # of the new lines, with subject and what they replace
    mothers: int  # who are not in the roster yet

    def count(self, state: str) -> int:
        return sum(line.state == state for line in self.lines)

    @property
    def referrals(self) -> int:
        return sum(line.referred and line.state == "new" for line in self.lines)


def look(register: Register, lines: Sequence[Mapping[str, str]], form: VisitForm, protocol: Protocol) -> Looked:
    """Reads each line and names all its mistakes; one is known by its instance's id, or by what it says."""
    maker = _Maker(register, form, protocol)
    found = []
    for number, line in numbered(lines):
        # Kobo writes the group before the column's name.
        found.append(maker.take({head.rsplit("/", 1)[-1]: cell for head, cell in line.items()} | dict(line), number))
    return Looked(tuple(found), tuple(maker.bodies), maker.mothers)


def bring(
    register: Register, lines: Sequence[Mapping[str, str]], form: VisitForm, protocol: Protocol, author: str
) -> Looked:
    """Adds the visits that are not here yet, all of them or none.

    :raises InputError: visits_line with the line's number and what is wrong in it, or of several lines table_lines
    """
    looked = look(register, lines, form, protocol)
    bad = [(line.number, line.mistakes[0]) for line in looked.lines if line.mistakes]
    refuse([InputError("visits_line", number=k, what=first.given or first.column) for k, first in bad])
    take(register, looked, author)
    return looked


def take(register: Register, looked: Looked, author: str) -> None:
    """Adds what is new in a table; lines with mistakes stay out, and may come with the table again."""
    if looked.bodies:
        register.add_all(looked.bodies, author)


@dataclass(slots=True)
class _Reading:
    """One line while it is read."""

    cells: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)

    def bad(self, column: str, given: str = "") -> None:
        self.mistakes.append(Mistake(column, given[:40]))


class _Maker:
    def __init__(self, register: Register, form: VisitForm, protocol: Protocol) -> None:
        self.state = register.state()
        self.form = form
        self.segments = [segment.id for segment in protocol.segments]
        self.manual = [item.id for item in protocol.manual]
        self.bodies: list[tuple[Body, str, str]] = []
        self.mothers = 0
        self.seen: set[str] = set()
        self.mother_ids = {held.body.code.upper(): held.id for held in self.state.all(Mother).values()}
        self.here: dict[tuple[str, str, str], list[Held[Visit]]] = {}
        for held in self.state.all(Visit).values():
            self.here.setdefault((held.body.kader, held.body.mother, held.body.date), []).append(held)

    def take(self, cells: Mapping[str, str], number: int) -> Line:
        given = {name: next((cells[h] for h in heads if cells.get(h)), "") for name, heads in _HEADS.items()}
        reading, date = _Reading(cells), given["date"][:10]
        line = Line(number, "new", given["kader"][:60], given["mother"][:60], date)
        if not is_day(date):
            reading.bad("date", given["date"])
        kader = self._person(reading, "kader", given["kader"])
        if not given["mother"]:
            reading.bad("mother")
        mother = self.mother_ids.get(given["mother"].upper()) or str(uuid.uuid4())
        fields = self._fields(reading, given) | {"kader": kader, "mother": mother, "date": date}
        visit = None if reading.mistakes else self._visit(reading, fields)
        if visit is None:
            return replace(line, state="bad", mistakes=tuple(reading.mistakes))
        instance = next((cells[name] for name in _INSTANCE if cells.get(name)), f"{kader} {given['mother']} {date}")
        subject = str(uuid.uuid5(uuid.NAMESPACE_URL, f"coach-visit:{instance.removeprefix('uuid:')}"))
        if subject in self.seen or self._is_known(subject, visit):
            return replace(line, state="known")
        self.seen.add(subject)
        planned = self._add(visit, subject, given["mother"])
        return replace(line, referred=bool(stops(visit)), planned=planned)

    def _fields(self, reading: _Reading, given: Mapping[str, str]) -> dict[str, Any]:
        minutes = given["minutes"]
        return {
            "observer": self._person(reading, "observer", given["observer"]) if given["observer"] else "",
            "state": "done",
            "form": "paper",
            "instrument": self.form.digest,
            "screening": {q.id: self._yes(reading, q.id) for q in self.form.screening},
            "ratings": self._rated(reading, self.segments),
            "manual": self._rated(reading, self.manual),
            "minutes": int(minutes) if minutes.isdigit() else None,
        }

    def _visit(self, reading: _Reading, fields: Mapping[str, Any]) -> Visit | None:
        try:
            visit = Visit.model_validate(fields)
        except ValidationError as error:
            reading.bad(str(error.errors()[0]["loc"][0]))
            return None
        asked = stops(visit)
        if asked and (visit.ratings or visit.manual):
            reading.bad(asked[0], reading.cells[asked[0]])  # no massage where it is not safe
            return None
        return visit.model_copy(update={"state": "referred"}) if asked else visit

    def _is_known(self, subject: str, visit: Visit) -> bool:
        """Here under its own id, or filled into a visit that was planned here."""
        if self.state.get(Visit, subject) is not None:
            return True
        same = self.here.get((visit.kader, visit.mother, visit.date), ())
        return any(_said(held.body) == _said(visit) for held in same)

    def _add(self, visit: Visit, subject: str, code: str) -> bool:
        """Whether it fills in a visit that waits here."""
        waiting = self.here.get((visit.kader, visit.mother, visit.date), [])
        held = next((one for one in waiting if one.body.state in ("planned", "postponed")), None)
        if held is not None:
            waiting.remove(held)
            kept = {"ordinal": held.body.ordinal, "place": held.body.place, "event": held.body.event}
            visit, subject = visit.model_copy(update=kept), held.id
        if code.upper() not in self.mother_ids:
            self.mother_ids[code.upper()] = visit.mother
            body = self.state.get(Person, visit.kader)
            self.bodies.append((Mother(code=code[:60], place=body.place if body else ""), visit.mother, ""))
            self.mothers += 1
        if asked := stops(visit):
            referral = Referral(
                mother=visit.mother, visit=subject, date=visit.date, reason=", ".join(asked), to=self.form.refer_to
            )
            self.bodies.append((referral, str(uuid.uuid5(uuid.NAMESPACE_URL, subject)), ""))
        self.bodies.append((visit, subject, held.entry.id if held else ""))
        return held is not None

    def _person(self, reading: _Reading, column: str, code: str) -> str:
        found = with_code(self.state, code) if code else []
        if len(found) != 1:
            reading.bad(column, code)
            return ""
        return found[0]

    @staticmethod
    def _yes(reading: _Reading, column: str) -> bool:
        text = reading.cells.get(column, "")
        word = text.strip().lower()
        if word not in _YES + _NO:
            reading.bad(column, text)
        return word in _YES

    @staticmethod
    def _rated(reading: _Reading, names: Sequence[str]) -> dict[str, Any]:
        found = {}
        for name in names:
            if text := reading.cells.get(name, "").strip().lower():
                if text in _RATED:
                    found[name] = _RATED[text]
                else:
                    reading.bad(name, text)
        return found


def _said(visit: Visit) -> tuple[Any, ...]:
    return dict(visit.screening), dict(visit.ratings), dict(visit.manual)
