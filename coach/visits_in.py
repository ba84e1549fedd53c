"""Home visits out of a table: what Kobo or ODK exports of the visit's form, or what was typed from paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from coach.domain import InputError
from coach.instruments import VisitForm
from coach.programme import Body
from coach.programme.bodies import Mother, Person, Referral, Visit
from coach.programme.days import is_day
from coach.programme.people import with_code
from coach.programme.visiting import stops
from coach.protocol import Protocol
from coach.register import Register

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
class Brought:
    visits: int
    known: int
    mothers: int
    referrals: int  # opened because a safety question was answered with yes


def bring(
    register: Register, lines: Sequence[Mapping[str, str]], form: VisitForm, protocol: Protocol, author: str
) -> Brought:
    """Adds the visits that are not here yet, all of them or none; a line is known by its instance's id.

    :raises InputError: visits_line with the line's number and what is wrong in it
    """
    maker = _Maker(register, form, protocol)
    for number, line in enumerate(lines, start=2):
        # Kobo writes the group before the column's name.
        maker.take({head.rsplit("/", 1)[-1]: cell for head, cell in line.items()} | dict(line), number)
    if maker.bodies:
        register.add_all(maker.bodies, author)
    return Brought(maker.visits, maker.known, maker.mothers, maker.referrals)


class _Maker:
    def __init__(self, register: Register, form: VisitForm, protocol: Protocol) -> None:
        self.state = register.state()
        self.form = form
        self.segments = [segment.id for segment in protocol.segments]
        self.manual = [item.id for item in protocol.manual]
        self.bodies: list[tuple[Body, str, str]] = []
        self.visits = self.known = self.mothers = self.referrals = 0
        self.mother_ids = {held.body.code.upper(): held.id for held in self.state.all(Mother).values()}

    def take(self, line: Mapping[str, str], number: int) -> None:
        given = {name: next((line[h] for h in heads if line.get(h)), "") for name, heads in _HEADS.items()}
        date = given["date"][:10]
        if not is_day(date):
            raise InputError("visits_line", number=number, what=given["date"][:40] or "date")
        kader = self._person(given["kader"], number)
        mother = self._mother(given["mother"], kader, number)
        instance = next((line[name] for name in _INSTANCE if line.get(name)), f"{kader} {mother} {date}")
        subject = str(uuid.uuid5(uuid.NAMESPACE_URL, f"coach-visit:{instance.removeprefix('uuid:')}"))
        if self.state.get(Visit, subject) is not None or any(s == subject for _, s, _ in self.bodies):
            self.known += 1
            return
        minutes = given["minutes"]
        visit = {
            "kader": kader,
            "mother": mother,
            "date": date,
            "observer": self._person(given["observer"], number) if given["observer"] else "",
            "state": "done",
            "form": "paper",
            "instrument": self.form.digest,
            "screening": {q.id: self._yes(line[q.id], number) for q in self.form.screening if line.get(q.id)},
            "ratings": self._rated(line, self.segments, number),
            "manual": self._rated(line, self.manual, number),
            "minutes": int(minutes) if minutes.isdigit() else None,
        }
        self._put(visit, subject, number)

    def _put(self, fields: Mapping[str, Any], subject: str, number: int) -> None:
        try:
            visit = Visit.model_validate(fields)
        except ValidationError as error:
            raise InputError("visits_line", number=number, what=str(error.errors()[0]["loc"][0])) from error
        if asked := stops(visit):
            visit = visit.model_copy(update={"state": "referred"})
            referral = Referral(
                mother=visit.mother, visit=subject, date=visit.date, reason=", ".join(asked), to=self.form.refer_to
            )
            self.bodies.append((referral, str(uuid.uuid5(uuid.NAMESPACE_URL, subject)), ""))
            self.referrals += 1
        self.bodies.append((visit, subject, ""))
        self.visits += 1

    def _person(self, code: str, number: int) -> str:
        found = with_code(self.state, code) if code else []
        if len(found) != 1:
            raise InputError("visits_line", number=number, what=code or "kader")
        return found[0]

    def _mother(self, code: str, kader: str, number: int) -> str:
        if not code:
            raise InputError("visits_line", number=number, what="mother")
        if code.upper() not in self.mother_ids:
            self.mother_ids[code.upper()] = str(uuid.uuid4())
            body = self.state.get(Person, kader)
            mother = Mother(code=code[:60], place=body.place if body else "")
            self.bodies.append((mother, self.mother_ids[code.upper()], ""))
            self.mothers += 1
        return self.mother_ids[code.upper()]

    def _yes(self, text: str, number: int) -> bool:
        word = text.strip().lower()
        if word not in _YES + _NO:
            raise InputError("visits_line", number=number, what=text[:40])
        return word in _YES

    def _rated(self, line: Mapping[str, str], names: Sequence[str], number: int) -> dict[str, Any]:
        found = {}
        for name in names:
            if text := line.get(name, "").strip().lower():
                if text not in _RATED:
                    raise InputError("visits_line", number=number, what=f"{name}: {text[:40]}")
                found[name] = _RATED[text]
        return found
