"""``coach programme visits …``: plan, what is to be done today, what was missed, and tables of Kobo or ODK."""

from __future__ import annotations

from pathlib import Path

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, WordedGroup, say, words
from coach.commands.papers import write
from coach.commands.programme import group
from coach.commands.programme.group import by_option, out_option, programme
from coach.domain import InputError
from coach.instruments import VisitForm, files
from coach.programme.bodies import Mother, Visit
from coach.programme.people import shown
from coach.programme.state import Held, State
from coach.programme.visiting import missed, on, planned, rating
from coach.protocol import files as protocol_files
from coach.register import Register
from coach.store import open_store

_FORM = click.option("--form", metavar="NAME|FILE", default="oxytocin_visit", help="help_option_instrument")


def load_form(name: str, own: Path | None = None) -> VisitForm:
    """:raises InputError: as :func:`coach.instruments.files.load`, instrument_kind"""
    found = files.load(name, own)
    if not isinstance(found, VisitForm):
        raise InputError("instrument_kind", name=name, kind=found.kind, wanted="visit")
    return found


@programme.group("visits", cls=WordedGroup, help="help_programme_visits")
@lang_option
def visits() -> None:
    pass


@visits.command("plan", help="help_visits_plan")
@click.argument("given", metavar="KADER=MOTHER...", nargs=-1, required=True)
@click.option("--from", "first", metavar="YYYY-MM-DD", default="", help="help_option_date")
@_FORM
@by_option
@data_option
@lang_option
def plan(given: tuple[str, ...], first: str, form: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        found, state = load_form(form, register.own), register.state()
        who = [(group.person(state, kader), _mother(state, mother)) for kader, mother in group.pairs(given)]
        made = planned(who, group.today(first), found)
        register.instrument(files.read(form, register.own).decode("utf-8"), found.digest, author)
        register.add_all([(visit, "", "") for visit in made], author)
    say(words().text("visits_planned", count=len(made), first=made[0].date, last=made[-1].date))
    return DONE


def _mother(state: State, code: str) -> str:
    found = [held.id for held in state.all(Mother).values() if held.body.code.upper() == code.upper()]
    if len(found) != 1:
        raise InputError("person_unknown" if not found else "person_several", code=code[:60], ids="")
    return found[0]


@visits.command("list", help="help_visits_list")
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@data_option
@lang_option
def list_(day: str, data: str | None) -> int:
    """Those of a day, and those that were missed before it."""
    with open_store(data) as store:
        state = Register(store).state()
        now = group.today(day)
        rows = [_line(state, held) for held in (*on(state, now), *missed(state, now))]
    group.table(("roster_id", "list_when", "roster_kader", "roster_mother", "visit_state", "column_points"), rows)
    return DONE


def _line(state: State, held: Held[Visit]) -> tuple[str, ...]:
    body, found = held.body, rating(held.body)
    mother = state.get(Mother, body.mother)
    points = "–" if found.percent is None else f"{found.points}/{found.most}"
    state_word = words().text(f"visit_{body.state}")
    return held.id[:8], body.date, shown(state, body.kader), mother.code if mother else "?", state_word, points


@visits.command("form", help="help_visits_form")
@_FORM
@out_option
@data_option
@lang_option
def form_(form: str, out: str, data: str | None) -> int:
    from coach.summary.visit_xlsform import visit_xlsform  # noqa: PLC0415

    found = load_form(form, group.own_folder(data))
    write(out, visit_xlsform(found, protocol_files.load(found.protocol)))
    return DONE


@visits.command("import", help="help_visits_import")
@click.argument("file", metavar="FILE.csv|FILE.xlsx")
@_FORM
@by_option
@data_option
@lang_option
def import_(file: str, form: str, author: str, data: str | None) -> int:
    from coach import tables_in, visits_in  # noqa: PLC0415

    lines = tables_in.read(Path(file))
    with open_store(data) as store:
        register = Register(store)
        found = load_form(form, register.own)
        register.instrument(files.read(form, register.own).decode("utf-8"), found.digest, author)
        brought = visits_in.bring(register, lines, found, protocol_files.load(found.protocol), author)
    counted = {"visits": brought.count("new"), "known": brought.count("known"), "mothers": brought.mothers}
    say(words().text("visits_brought", **counted, referrals=brought.referrals))
    return DONE
