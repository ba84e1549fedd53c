"""What the page writes down. Each call names its author; what is not whole is refused, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import ValidationError

from coach.domain import InputError
from coach.instruments import files
from coach.occasions import Occasion, code_for
from coach.programme import Body
from coach.programme.bodies import (
    Attendance,
    Event,
    Flow,
    KnowledgeTest,
    Mother,
    Name,
    Person,
    Place,
    Referral,
    Teaching,
    Verdict,
    Visit,
)
from coach.programme.certifying import certificate, conditions
from coach.programme.people import new_code, new_mothers_code
from coach.programme.visiting import is_screened, planned, stops
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk, today

B = TypeVar("B", bound=Body)
Json = dict[str, Any]
MOST = 200  # people, answers or visits in one call


def place(desk: ProgrammeDesk, body: Any) -> Json:
    """:raises InputError: programme_field_bad, programme_no_author"""
    given, author = _given(body)
    made = desk.register.add(_body(Place, given, ("type", "name", "within", "official")), author)
    return {"id": made.subject}


def people(desk: ProgrammeDesk, body: Any) -> Json:
    """Several of one place at once, each with the next free code: names may be left empty.

    :raises InputError: programme_field_bad, programme_no_author, query_bad
    """
    given, author = _given(body)
    names = [asking.word({"name": name}, "name") for name in _list(given, "names")]
    where, roles = asking.word(given, "place"), asking.names(given, "roles", 5)
    state = desk.state
    codes: list[str] = []
    made: list[tuple[Body, str, str]] = []
    for _ in names:
        codes.append(new_code(state, where, codes))
        made.append((_body(Person, {"code": codes[-1], "roles": roles, "place": where}), "", ""))
    found = desk.register.add_all(made, author)
    named = [(Name(name=name), one.subject, "") for name, one in zip(names, found, strict=True) if name]
    if named:
        desk.register.add_all(named, author)
    return {"codes": codes, "ids": [one.subject for one in found]}


def mothers(desk: ProgrammeDesk, body: Any) -> Json:
    """So many mothers of one place; they have codes and never names."""
    given, author = _given(body)
    where, number = asking.word(given, "place"), given.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
        raise InputError("programme_field_bad", name="number")
    state, codes = desk.state, list[str]()
    for _ in range(number):
        codes.append(new_mothers_code(state, where, codes))
    desk.register.add_all([(_body(Mother, {"code": code, "place": where}), "", "") for code in codes], author)
    return {"codes": codes}


def event(desk: ProgrammeDesk, body: Any) -> Json:
    given, author = _given(body)
    fields = {**given, "trainers": tuple(_list(given, "trainers")), "hours": desk.rules.hours or None}
    fields["instruments"] = {"first_test": desk.test.digest, "last_test": desk.test.digest}
    names = ("type", "date", "place", "title", "trainers", "hours", "instruments")
    made = _body(Event, fields, names)
    desk.keep(desk.rules.instruments["last_test"], author)
    return {"id": desk.register.add(made, author).subject}


def sheet(desk: ProgrammeDesk, event_id: str, body: Any) -> None:
    """The newest version of the test for a training day on which nobody has answered yet.

    :raises InputError: programme_event_missing, programme_sheet_answered
    """
    _, author = _given(body)
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
    given, author = _given(body)
    told = asking.fields(given.get("people", {}))
    state = desk.state
    if event_id not in state.all(Event):
        raise InputError("programme_event_missing")
    before = {h.body.person: h for h in state.all(Attendance).values() if h.body.event == event_id}
    signed = asking.flag(given, "signed")
    entries: list[tuple[Body, str, str]] = []
    for person, how in told.items():
        one = _body(Attendance, {"event": event_id, "person": person, "state": how, "signed": signed})
        known = before.get(person)
        if known is None or known.body.state != how:
            entries.append((one, known.id if known else "", known.entry.id if known else ""))
    if entries:
        desk.register.add_all(entries, author)


def tests(desk: ProgrammeDesk, event_id: str, body: Any) -> None:
    """The answers of several people to one occasion's sheet; an empty cell is blank, never wrong."""
    given, author = _given(body)
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
        one, old = _body(KnowledgeTest, fields | {"helped": asking.flag(given, "helped")}), before.get(person)
        if old is None or dict(old.body.answers) != dict(one.answers):
            entries.append((one, old.id if old else "", old.entry.id if old else ""))
    if entries:
        desk.register.add_all(entries, author)


def practise(desk: ProgrammeDesk, body: Any) -> Json:
    """The address of a practice or exam of one person for an event, or of a visit's kader; its result comes back there.

    :raises InputError: practise_not_started, programme_event_missing, programme_visit_missing, programme_stopped
    """
    given, author = _given(body)
    occasion = Occasion(asking.word(given, "event"), asking.word(given, "visit"), author)
    if occasion.visit and "screening" in given:
        visit(desk, occasion.visit, {"author": author, "screening": given["screening"]})
    code = code_for(desk.register, occasion, asking.word(given, "person"))
    asked = {"code": code, "event": occasion.event, "visit": occasion.visit, "by": author}
    asked["mode"] = "exam" if asking.flag(given, "exam") else ""
    told = urlencode({name: value for name, value in asked.items() if value})
    return {"address": f"{desk.practise()}&{told}"}


def verdict(desk: ProgrammeDesk, body: Any) -> None:
    """A trainer's points for what no camera sees."""
    given, author = _given(body)
    desk.register.add(_body(Verdict, given, ("person", "event", "points", "by", "why")), author)


def sign(desk: ProgrammeDesk, body: Any) -> Json:
    """The certificate of a person, signed by a trainer of the roster.

    :raises InputError: programme_not_trainer, programme_not_ready
    """
    given, author = _given(body)
    person, trainer = asking.word(given, "person"), asking.word(given, "by")
    state = desk.state
    found = conditions(state, desk.rules, person, desk.register.practised(), desk.sheets(state), desk.form.pass_mark)
    made = certificate(state, desk.rules, person, found, today(), desk.register.laptop.letter, trainer)
    desk.keep(files.DEFAULT, author)
    return {"id": desk.register.add(made, author).subject, "number": made.number}


def teaching(desk: ProgrammeDesk, body: Any) -> None:
    given, author = _given(body)
    fields = {**given, "trainees": tuple(_list(given, "trainees"))}
    desk.register.add(_body(Teaching, fields, ("teacher", "event", "date", "trainees", "assisted")), author)


def plan(desk: ProgrammeDesk, body: Any) -> Json:
    """Visits of each chosen kader to her mother, spread over the days that the form allows."""
    given, author = _given(body)
    pairs = [(asking.word(p, "kader"), asking.word(p, "mother")) for p in map(asking.fields, _list(given, "pairs"))]
    try:
        made = planned(pairs, asking.word(given, "first"), desk.form)
    except (ValidationError, ValueError) as error:
        raise InputError("programme_field_bad", name="first") from error
    desk.register.add_all([(visit, "", "") for visit in made], author)
    return {"number": len(made)}


def visit(desk: ProgrammeDesk, id_: str, body: Any) -> Json:
    """What came of a visit. A safety question answered with yes makes a referral, and no massage is taken in.

    :raises InputError: programme_visit_missing, programme_not_screened, programme_stopped, programme_field_bad
    """
    given, author = _given(body)
    held = desk.state.all(Visit).get(id_)
    if held is None:
        raise InputError("programme_visit_missing")
    names = (
        "state",
        "date",
        "form",
        "observer",
        "screening",
        "ratings",
        "manual",
        "minutes",
        "session",
        "countersigned_by",
    )
    changed = {name: given[name] for name in names if name in given}
    answered = {"screening", "ratings", "manual"} & given.keys()
    fields = held.body.model_dump() | changed | ({"instrument": desk.form.digest} if answered else {})
    made = _body(Visit, fields)
    entries: list[tuple[Body, str, str]] = []
    if stops(made):
        if made.ratings or made.state == "done":
            raise InputError("programme_stopped")
        made = made.model_copy(update={"state": "referred"})
        reason = ", ".join(stops(made))
        refer = {"mother": made.mother, "visit": id_, "date": made.date, "reason": reason, "to": desk.form.refer_to}
        entries.append((_body(Referral, refer), "", ""))
    elif made.state == "done" and not is_screened(made, desk.form):
        raise InputError("programme_not_screened")
    if answered:
        desk.keep(desk.rules.instruments["visit"], author)
    desk.register.add_all([(made, id_, held.entry.id), *entries], author)
    return {"state": made.state}


def flow(desk: ProgrammeDesk, visit_id: str, body: Any) -> None:
    """The mother's own answers, before, after or on the next day; they are nobody's score."""
    given, author = _given(body)
    held = desk.state.all(Visit).get(visit_id)
    if held is None:
        raise InputError("programme_visit_missing")
    fields = {"mother": held.body.mother, "visit": visit_id, "instrument": desk.milk.digest, "date": today()}
    known = {q.id for q in desk.milk.questions if given.get("when") in q.when}
    if set(asking.fields(given.get("answers"))) - known:
        raise InputError("programme_field_bad", name="answers")
    desk.keep(desk.rules.instruments["outcome"], author)
    desk.register.add(_body(Flow, fields | {"when": given.get("when"), "answers": given["answers"]}), author)


def settle(desk: ProgrammeDesk, body: Any) -> None:
    """Of what contradicts itself one counts."""
    given, author = _given(body)
    desk.register.settle(asking.word(given, "chosen"), asking.names(given, "over", 100), author)


def _given(body: Any) -> tuple[Mapping[str, Any], str]:
    given = asking.fields(body)
    author = asking.word(given, "author")
    if not author:
        raise InputError("programme_no_author")
    return given, author


def _body(kind: type[B], fields: Mapping[str, Any], names: tuple[str, ...] | None = None) -> B:
    chosen = fields if names is None else {name: fields[name] for name in names if name in fields}
    try:
        return kind.model_validate(chosen)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError("programme_field_bad", name=where or kind.kind) from error


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    found = given.get(name, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise InputError("programme_field_bad", name=name)
    return found
