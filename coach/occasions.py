"""What a session was for: a training day's practice or exam, or one home visit. Joins the sessions with the register.

It is written down when the session begins, so that one that was broken off and read later still is where it belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.domain import InputError
from coach.programme.bodies import Attendance, Event, Mother, Person, Practice, Visit
from coach.programme.people import with_code
from coach.programme.visiting import stops
from coach.register import Register
from coach.store.model import About


@dataclass(frozen=True, slots=True)
class Occasion:
    """Ids of the register's; all empty for a practice of one's own."""

    event: str = ""
    visit: str = ""
    by: str = ""  # the code of who started it

    @property
    def kind(self) -> Literal["", "event", "visit"]:
        return "event" if self.event else "visit" if self.visit else ""


def training(register: Register, beginning: str, by: str) -> Occasion:
    """A training day by the beginning of its id, as lists show it; nothing for "".

    :raises InputError: programme_event_missing where there is not just one
    """
    if not beginning:
        return Occasion()
    found = [id_ for id_ in register.state().all(Event) if id_.startswith(beginning.lower())]
    if len(found) != 1:
        raise InputError("programme_event_missing")
    return Occasion(event=found[0], by=by)


def present(register: Register, event: str) -> list[str]:
    """The codes of those who are there, so that nobody has to type one."""
    state = register.state()
    there = [held.body for held in state.all(Attendance).values() if held.body.event == event]
    people = (state.get(Person, one.person) for one in there if one.state != "absent")
    return sorted(person.code for person in people if person is not None)


def bind(register: Register, occasion: Occasion, session: str, code: str, exam: bool) -> None:
    """Writes down what a session that begins is for; nothing where it is for nothing that is known here.

    :param code: of the kader who practises
    :raises InputError: store_…
    """
    state = register.state()
    if occasion.visit:
        held = state.get(Visit, occasion.visit)
        if held is not None and held.state in ("planned", "postponed"):  # what is filled in stays as it was signed
            describe(register, held, session)
            bind_visit(register, occasion.visit, session, "live", occasion.by or code)
        return
    found = with_code(state, code) if code else []
    if occasion.event and len(found) == 1 and state.get(Event, occasion.event) is not None:
        body = Practice(person=found[0], event=occasion.event, session=session, exam=exam)
        register.store.describe(session, About(occasion="exam" if exam else "practice"))
        register.add(body, occasion.by or code)


def describe(register: Register, visit: Visit, session: str) -> None:
    """Says of a visit's session whose it was and which one, as whoever takes a film in would say it.

    :raises InputError: session_missing, store_…
    """
    mother = register.state().get(Mother, visit.mother)
    about = About(visit=visit.ordinal, mother=None if mother is None else mother.code, occasion="visit")
    register.store.describe(session, about)


def bind_visit(register: Register, visit: str, session: str, form: Literal["live", "video"], author: str) -> None:
    """Gives a visit its session; it is done when its form is filled in.

    :raises InputError: programme_visit_missing
    """
    held = register.state().all(Visit).get(visit)
    if held is None:
        raise InputError("programme_visit_missing")
    body = held.body.model_copy(update={"session": session, "form": form})
    register.add(body, author, visit, held.entry.id)


def code_for(register: Register, occasion: Occasion, person: str = "") -> str:
    """The code of who is to practise: of the event's person, or of the visit's kader.

    :raises InputError: programme_event_missing, programme_visit_missing, person_unknown,
        programme_stopped
    """
    state = register.state()
    if occasion.visit:
        held = state.get(Visit, occasion.visit)
        if held is None:
            raise InputError("programme_visit_missing")
        if stops(held):
            raise InputError("programme_stopped")
        person = held.kader
    elif state.get(Event, occasion.event) is None:
        raise InputError("programme_event_missing")
    body = state.get(Person, person)
    if body is None:
        raise InputError("person_unknown", code=person[:60])
    return body.code
