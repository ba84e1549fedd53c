"""What the page writes down. Each call names its author; what is not whole is refused, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

from coach.domain import InputError
from coach.programme import Body
from coach.programme.bodies import Attendance, Event, KnowledgeTest, Mother, Name, Person, Place, Teaching, Verdict
from coach.programme.people import new_code, new_mothers_code
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk
from coach.trainer.programme.given import MOST, body_of, given_by, listed

Json = dict[str, Any]


def place(desk: ProgrammeDesk, body: Any) -> Json:
    """:raises InputError: programme_field_bad, programme_no_author"""
    given, author = given_by(body)
    made = desk.register.add(body_of(Place, given, ("type", "name", "within", "official")), author)
    return {"id": made.subject}


def people(desk: ProgrammeDesk, body: Any) -> Json:
    """Several of one place at once, each with the next free code: names may be left empty.

    :raises InputError: programme_field_bad, programme_no_author, query_bad
    """
    given, author = given_by(body)
    names = [asking.word({"name": name}, "name") for name in listed(given, "names")]
    where, roles = asking.word(given, "place"), asking.names(given, "roles", 5)
    state = desk.state
    codes: list[str] = []
    made: list[tuple[Body, str, str]] = []
    for _ in names:
        codes.append(new_code(state, where, codes))
        made.append((body_of(Person, {"code": codes[-1], "roles": roles, "place": where}), "", ""))
    found = desk.register.add_all(made, author)
    named = [(Name(name=name), one.subject, "") for name, one in zip(names, found, strict=True) if name]
    if named:
        desk.register.add_all(named, author)
    return {"codes": codes, "ids": [one.subject for one in found]}


def mothers(desk: ProgrammeDesk, body: Any) -> Json:
    """So many mothers of one place; they have codes and never names."""
    given, author = given_by(body)
    where, number = asking.word(given, "place"), given.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
        raise InputError("programme_field_bad", name="number")
    state, codes = desk.state, list[str]()
    for _ in range(number):
        codes.append(new_mothers_code(state, where, codes))
    desk.register.add_all([(body_of(Mother, {"code": code, "place": where}), "", "") for code in codes], author)
    return {"codes": codes}


def event(desk: ProgrammeDesk, body: Any) -> Json:
    given, author = given_by(body)
    fields = {**given, "trainers": tuple(listed(given, "trainers")), "hours": desk.rules.hours or None}
    fields["instruments"] = {"first_test": desk.test.digest, "last_test": desk.test.digest}
    fields["protocol"] = desk.protocol.digest
    names = ("type", "date", "place", "title", "trainers", "hours", "instruments", "protocol")
    made = body_of(Event, fields, names)
    desk.keep(desk.rules.instruments["last_test"], author)
    return {"id": desk.register.add(made, author).subject}


def sheet(desk: ProgrammeDesk, event_id: str, body: Any) -> None:
    """The newest version of the test for a training day on which nobody has answered yet.

    :raises InputError: programme_event_missing, programme_sheet_answered
    """
    _, author = given_by(body)
    state = desk.state
    held = state.all(Event).get(event_id)
    if held is None:
        raise InputError("programme_event_missing")
    if any(test.body.event == event_id for test in state.all(KnowledgeTest).values()):
        raise InputError("programme_sheet_answered")
    desk.keep(desk.rules.instruments["last_test"], author)
    used = {"first_test": desk.test.digest, "last_test": desk.test.digest}
    desk.register.change(held.body.model_copy(update={"instruments": used}), author, event_id)


def attendance(desk: ProgrammeDesk, event_id: str, body: Any) -> None:
    """Who was there: a person's id with present, late, left or absent; what is so already is not written again."""
    given, author = given_by(body)
    told = asking.fields(given.get("people", {}))
    state = desk.state
    if event_id not in state.all(Event):
        raise InputError("programme_event_missing")
    before = {h.body.person: h for h in state.all(Attendance).values() if h.body.event == event_id}
    signed = asking.flag(given, "signed")
    entries: list[tuple[Body, str, str]] = []
    for person, how in told.items():
        one = body_of(Attendance, {"event": event_id, "person": person, "state": how, "signed": signed})
        known = before.get(person)
        if known is None or known.body.state != how:
            entries.append((one, known.id if known else "", known.entry.id if known else ""))
    if entries:
        desk.register.add_all(entries, author)


def tests(desk: ProgrammeDesk, event_id: str, body: Any) -> None:
    """The answers of several people to one occasion's sheet; an empty cell is blank, never wrong."""
    given, author = given_by(body)
    told = asking.fields(given.get("people", {}))
    state = desk.state
    held = state.all(Event).get(event_id)
    if held is None:
        raise InputError("programme_event_missing")
    occasion = asking.word(given, "occasion")
    before = {
        h.body.person: h
        for h in state.all(KnowledgeTest).values()
        if h.body.event == event_id and h.body.occasion == occasion
    }
    meant = desk.sheet_of(state, event_id)
    if meant.digest == desk.test.digest:
        desk.keep(desk.rules.instruments["last_test"], author)
    known = {s.id for s in meant.statements}
    entries: list[tuple[Body, str, str]] = []
    for person, answers in told.items():
        if set(asking.fields(answers)) - known:
            raise InputError("programme_field_bad", name="answers")
        fields = {"person": person, "event": event_id, "instrument": meant.digest, "occasion": occasion}
        fields |= {"date": held.body.date, "answers": answers, "mode": given.get("mode", "paper")}
        one, old = body_of(KnowledgeTest, fields | {"helped": asking.flag(given, "helped")}), before.get(person)
        if old is None or dict(old.body.answers) != dict(one.answers):
            entries.append((one, old.id if old else "", old.entry.id if old else ""))
    if entries:
        desk.register.add_all(entries, author)


def verdict(desk: ProgrammeDesk, body: Any) -> None:
    """A trainer's points for what no camera sees."""
    given, author = given_by(body)
    desk.register.add(body_of(Verdict, given, ("person", "event", "points", "by", "why")), author)


def teaching(desk: ProgrammeDesk, body: Any) -> None:
    given, author = given_by(body)
    fields = {**given, "trainees": tuple(listed(given, "trainees"))}
    desk.register.add(body_of(Teaching, fields, ("teacher", "event", "date", "trainees", "assisted")), author)


def settle(desk: ProgrammeDesk, body: Any) -> None:
    """Of what contradicts itself one counts."""
    given, author = given_by(body)
    desk.register.settle(asking.word(given, "chosen"), asking.names(given, "over", 100), author)


def letter(desk: ProgrammeDesk, body: Any) -> None:
    """Another letter for this laptop, where two have the same; what it wrote before keeps the old one.

    :raises InputError: programme_letter_bad, programme_letter_taken, programme_no_author
    """
    given, author = given_by(body)
    desk.register.rename_laptop(asking.word(given, "letter"), author)
