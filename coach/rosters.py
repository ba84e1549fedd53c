"""The roster as a table, in and out: places and people by code, names only where they are asked for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.domain import InputError
from coach.programme import Body, State
from coach.programme.bodies import Name, Person, Place
from coach.programme.codes import is_whole, looks_own, new
from coach.programme.people import Listed, roster
from coach.register import Register
from coach.tables_in import numbered, refuse

# A column → what it may be called at the head of a table, Indonesian first.
HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode", "code"),
    "name": ("nama", "name"),
    "telephone": ("telepon", "telephone", "hp", "no_hp"),
    "roles": ("peran", "roles", "role"),
    "posyandu": ("posyandu",),
    "puskesmas": ("puskesmas",),
    "birth_year": ("tahun_lahir", "birth_year"),
    "schooling": ("pendidikan", "schooling"),
    "kader_since": ("kader_sejak", "kader_since"),
}
_ROLES = {
    "kader": "kader",
    "pelatih": "trainer",
    "trainer": "trainer",
    "bidan": "midwife",
    "midwife": "midwife",
    "terapis": "therapist",
    "therapist": "therapist",
    "pengamat": "observer",
    "observer": "observer",
}
COLUMNS = tuple(HEADS)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a table."""

    new: int
    changed: int
    same: int
    codes: tuple[str, ...]  # given by coach to those who had none


def columns_of(line: Mapping[str, str]) -> dict[str, str]:
    """A line by our own columns; what is unknown is left out."""
    return {column: line[head] for column, heads in HEADS.items() for head in heads if head in line}


def bring(register: Register, lines: Sequence[Mapping[str, str]], author: str, *, take: bool = True) -> Brought:
    """Adds and corrects people and their places, all of them or none.

    Who has a code that is known is corrected; who has none gets one of her posyandu.

    :param take: False only tells what would come of it

    :raises InputError: roster_no_columns; roster_line, roster_twice, or of several lines table_lines
    """
    state = register.state()
    maker = _Maker(register, state)
    if lines and not {"code", "name"} & set(columns_of(lines[0])):
        raise InputError("roster_no_columns", known=", ".join(heads[0] for heads in HEADS.values()))
    wrong = []
    for number, line in numbered(lines):
        try:
            maker.take(columns_of(line), number)
        except InputError as error:
            wrong.append(error)
    refuse(wrong)
    if maker.bodies and take:
        register.add_all(maker.bodies, author)
    return Brought(maker.new, maker.changed, maker.same, tuple(maker.given))


class _Maker:
    def __init__(self, register: Register, state: State) -> None:
        self.state = state
        self.bodies: list[tuple[Body, str, str]] = []
        self.new = self.changed = self.same = 0
        self.given: list[str] = []
        self.places: dict[tuple[str, str], str] = {
            (held.body.type, held.body.name.casefold()): held.id for held in state.all(Place).values()
        }
        self.names_of = {held.id: held.body.name for held in state.all(Place).values()}
        self.people = {held.body.code.upper(): held.id for held in state.all(Person).values()}
        # People of sessions whom the roster does not have yet keep the ids that they have there.
        self.elsewhere = {person.code.upper(): person.id for person in register.unlisted()}
        self.seen: set[str] = set()

    def take(self, line: Mapping[str, str], number: int) -> None:
        place = self._place(line)
        code = line.get("code", "") or self._new_code(place, line, number)
        if looks_own(code) and not is_whole(code):
            raise InputError("roster_line", number=number, what=code)
        if code.upper() in self.seen:
            raise InputError("roster_twice", number=number, code=code)
        self.seen.add(code.upper())
        person = self.people.get(code.upper()) or self.elsewhere.get(code.upper()) or str(uuid.uuid4())
        self._person(person, code, place, line, number)
        if line.get("name"):
            name = Name(name=line["name"][:300], telephone=line.get("telephone", "")[:300])
            self._put(Name, name, person)

    def _place(self, line: Mapping[str, str]) -> str:
        office = self._of("puskesmas", line.get("puskesmas", ""), "")
        return self._of("posyandu", line.get("posyandu", ""), office) or office

    def _of(self, kind: str, name: str, within: str) -> str:
        if not name:
            return ""
        key = (kind, name.casefold())
        if key not in self.places:
            self.places[key] = str(uuid.uuid4())
            self.names_of[self.places[key]] = name
            self.bodies.append(
                (Place.model_validate({"type": kind, "name": name[:300], "within": within}), self.places[key], "")
            )
        return self.places[key]

    def _new_code(self, place: str, line: Mapping[str, str], number: int) -> str:
        if not line.get("name"):
            raise InputError("roster_line", number=number, what="kode / nama")
        for held in self.state.all(Name).values():  # the same table brought twice gives nobody a second code
            body = self.state.get(Person, held.id)
            if held.body.name == line["name"] and body is not None and body.place == place:
                return body.code
        code = new(self.names_of.get(place, ""), [*self.people, *self.elsewhere, *self.seen])
        self.given.append(code)
        return code

    def _person(self, person: str, code: str, place: str, line: Mapping[str, str], number: int) -> None:
        known = self.state.get(Person, person)
        fields = known.model_dump() if known else {}
        fields |= {"code": code} | ({"place": place} if place else {})
        if line.get("roles"):
            words = [word.strip().lower() for word in line["roles"].replace("/", ",").replace("+", ",").split(",")]
            if bad := [word for word in words if word not in _ROLES]:
                raise InputError("roster_line", number=number, what=", ".join(bad))
            fields["roles"] = tuple(dict.fromkeys(_ROLES[word] for word in words))
        for column, low, high in (("birth_year", 1900, 2100), ("kader_since", 1950, 2100)):
            if text := line.get(column, ""):
                if not (text.isascii() and text.isdigit() and low <= int(text[:9]) <= high):
                    raise InputError("roster_line", number=number, what=text)
                fields[column] = int(text)
        if line.get("schooling"):
            fields["schooling"] = line["schooling"][:300]
        changed = self._put(Person, Person.model_validate(fields), person)
        if known is None:
            self.new += 1
        elif changed:
            self.changed += 1
        else:
            self.same += 1

    def _put(self, model: type[Body], body: Body, subject: str) -> bool:
        if self.state.get(model, subject) == body:
            return False
        head = self.state.heads.get(model.kind, {}).get(subject)
        self.bodies.append((body, subject, "" if head is None else head.id))
        return True


def lines(state: State, names: bool) -> list[list[str]]:
    """The roster as a table with a head; without names unless they are asked for."""
    shown = [column for column in COLUMNS if names or column not in ("name", "telephone")]
    return [[HEADS[column][0] for column in shown], *([_cell(state, one, c) for c in shown] for one in roster(state))]


def _cell(state: State, one: Listed, column: str) -> str:
    if column == "roles":
        return ", ".join(next(word for word, role in _ROLES.items() if role == own) for own in one.roles)
    if column == "posyandu":
        return one.place if one.place != one.puskesmas else ""
    if hasattr(one, column):
        return str(getattr(one, column))
    body = state.get(Person, one.id)
    value = None if body is None else getattr(body, column)
    return "" if value is None else str(value)
