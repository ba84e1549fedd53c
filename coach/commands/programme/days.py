"""``coach programme event``, ``attend``, ``test``, ``teach``: what a training day leaves."""

from __future__ import annotations

from typing import Any

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, say, words
from coach.commands.programme import group
from coach.commands.programme.group import by_option, programme
from coach.domain import InputError
from coach.instruments import TestSheet, files
from coach.programme import Body
from coach.programme.bodies import Attendance, Event, Instrument, KnowledgeTest, Teaching
from coach.programme.knowledge import marked, ordered, sheet_of, sheets
from coach.programme.places import name_of
from coach.register import Register
from coach.store import open_store

_KINDS = ("counselling", "training", "refresher", "posyandu_day", "visit_round")
_STATES = ("present", "late", "left", "absent")
KEYS = {"b": "true", "s": "false", "t": "unknown", "-": "blank"}  # Benar, Salah, Tidak tahu; as on paper


@programme.command("event", help="help_programme_event")
@click.argument("kind", metavar="|".join(_KINDS), type=click.Choice(_KINDS), required=False)
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@click.option("--place", metavar="NAME", default="", help="help_option_place")
@click.option("--trainer", "trainers", metavar="CODE", multiple=True, help="help_option_trainer")
@by_option
@data_option
@lang_option
def event(kind: str | None, day: str, place: str, trainers: tuple[str, ...], author: str, data: str | None) -> int:
    """A new event; without a kind, the list of those that are there."""
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        if kind is None:
            rows = [
                (held.id[:8], held.body.date, words().text(f"event_{held.body.type}"), name_of(state, held.body.place))
                for held in sorted(state.all(Event).values(), key=lambda held: held.body.date)
            ]
            group.table(("roster_id", "list_when", "event_kind", "roster_place"), rows)
            return DONE
        fields: dict[str, Any] = {"type": kind, "date": group.today(day), "place": group.place(state, place)}
        fields["trainers"] = tuple(group.person(state, code) for code in trainers)
        made = register.add(Event.model_validate(fields), author)
        say(words().text("programme_added", what=words().text(f"event_{kind}"), id=made.subject[:8]))
    return DONE


@programme.command("attend", help="help_programme_attend")
@click.argument("event_id", metavar="EVENT")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option(
    "--state",
    "how",
    metavar="|".join(_STATES),
    type=click.Choice(_STATES),
    default="present",
    help="help_option_attended",
)
@click.option("--signed", is_flag=True, help="help_option_signed")
@by_option
@data_option
@lang_option
def attend(event_id: str, codes: tuple[str, ...], how: str, signed: bool, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        of = group.subject(state, Event, event_id)
        before = {(held.body.event, held.body.person): held for held in state.all(Attendance).values()}
        bodies: list[tuple[Body, str, str]] = []
        for code in dict.fromkeys(codes):
            who = group.person(state, code)
            body = Attendance.model_validate({"event": of, "person": who, "state": how, "signed": signed})
            old = before.get((of, who))
            if old is None or old.body != body:
                bodies.append((body, old.id if old else "", old.entry.id if old else ""))
        if bodies:
            register.add_all(bodies, author)
        say(words().text("programme_attended", count=len(bodies), same=len(set(codes)) - len(bodies)))
    return DONE


@programme.command("test", help="help_programme_test")
@click.argument("event_id", metavar="EVENT")
@click.argument("occasion", metavar="first|last|later", type=click.Choice(["first", "last", "later"]))
@click.argument("answers", metavar="CODE=BSTBSTBSTB...", nargs=-1, required=True)
@click.option("--instrument", metavar="NAME|FILE", default="", help="help_option_instrument")
@by_option
@data_option
@lang_option
def test(event_id: str, occasion: str, answers: tuple[str, ...], instrument: str, author: str, data: str | None) -> int:
    """Answers in the order of the printed sheet of that occasion."""
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        of = group.subject(state, Event, event_id)
        sheet, text = _sheet(register, of, instrument)
        order = ordered(sheet, occasion)
        day = state.all(Event)[of].body.date
        bodies: list[tuple[Body, str, str]] = []
        scores = []
        for code, given in group.pairs(answers):
            keys = given.replace(" ", "").lower()
            if len(keys) != len(order) or set(keys) - set(KEYS):
                raise InputError("test_answers", code=code, count=len(order))
            who = group.person(state, code)
            fields = {"person": who, "event": of, "instrument": sheet.digest, "occasion": occasion, "date": day}
            found = {statement.id: KEYS[key] for statement, key in zip(order, keys, strict=True)}
            body = KnowledgeTest.model_validate(fields | {"answers": found})
            old = next(
                (
                    held
                    for held in state.all(KnowledgeTest).values()
                    if (held.body.person, held.body.event, held.body.occasion) == (who, of, occasion)
                ),
                None,
            )
            if old is None or old.body != body:
                bodies.append((body, old.id if old else "", old.entry.id if old else ""))
            scores.append((code, f"{marked(body, sheet).right}/{len(order)}"))
        register.instrument(text, sheet.digest, author)
        if bodies:
            register.add_all(bodies, author)
    group.table(("roster_code", "column_points"), scores)
    if sheet.draft:
        say(words().text("instrument_draft"))
    return DONE


def _sheet(register: Register, event_id: str, name: str) -> tuple[TestSheet, str]:
    """The test that is meant and its file's text; where none is named, that of the event.

    :raises InputError: as :func:`coach.instruments.files.load`, instrument_kind
    """
    known = name or "oxytocin_knowledge"
    sheet = files.load(known, register.own)
    if not isinstance(sheet, TestSheet):
        raise InputError("instrument_kind", name=known, kind=sheet.kind, wanted="test")
    state = register.state()
    found = sheet if name else sheet_of(state, event_id, sheets(state), sheet)
    held = state.get(Instrument, found.digest)
    return found, files.read(known, register.own).decode("utf-8") if held is None else held.text


@programme.command("teach", help="help_programme_teach")
@click.argument("teacher", metavar="CODE")
@click.argument("trainees", metavar="CODE...", nargs=-1, required=True)
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@click.option("--assisted", is_flag=True, help="help_option_assisted")
@by_option
@data_option
@lang_option
def teach(teacher: str, trainees: tuple[str, ...], day: str, assisted: bool, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        body = Teaching(
            teacher=group.person(state, teacher),
            date=group.today(day),
            trainees=tuple(group.person(state, code) for code in trainees),
            assisted=assisted,
        )
        made = register.add(body, author)
        say(words().text("programme_added", what=teacher, id=made.subject[:8]))
    return DONE
