"""``coach programme paper``: the programme's papers; ``coach programme recap``: what it came to."""

from __future__ import annotations

import click

from coach import prints
from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, words
from coach.commands.papers import write
from coach.commands.programme import group
from coach.commands.programme.group import out_option, programme, rules_option
from coach.domain import InputError
from coach.programme.bodies import Event
from coach.register import Register
from coach.store import open_store


@programme.command("paper", help="help_programme_paper")
@click.argument("kind", metavar="|".join(prints.KINDS))
@click.option("--event", metavar="EVENT", default="", help="help_option_event")
@click.option("--place", metavar="NAME", default="", help="help_option_place")
@click.option("--person", metavar="CODE", default="", help="help_option_person")
@click.option("--names", is_flag=True, help="help_option_with_names")
@click.option("--form", metavar="NAME|FILE", default="", help="help_option_visit_form")
@rules_option
@out_option
@data_option
@lang_option
def paper(
    kind: str, event: str, place: str, person: str, names: bool, form: str, rules: str, out: str, data: str | None
) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        asked = prints.Asked(
            event=group.subject(state, Event, event) if event else "",
            place=group.place(state, place),
            person=group.person(state, person) if person else "",
            names=names,
            rules=rules,
            form=form,
        )
        made = prints.printed(kind, register, asked, words())
    write(out, made)
    return DONE


@programme.command("recap", help="help_programme_recap")
@click.option("--place", metavar="NAME", default="", help="help_option_place")
@click.option("--since", metavar="YYYY-MM-DD", default="", help="help_option_since")
@click.option("--until", metavar="YYYY-MM-DD", default="", help="help_option_until")
@rules_option
@out_option
@data_option
@lang_option
def recap(place: str, since: str, until: str, rules: str, out: str, data: str | None) -> int:
    if not out.lower().endswith((".pdf", ".xlsx")):
        raise InputError("recap_kind", path=out)
    for day in (since, until):
        group.today(day)
    with open_store(data) as store:
        register = Register(store)
        asked = prints.Asked(place=group.place(register.state(), place), rules=rules)
        make = prints.recap_pdf if out.lower().endswith(".pdf") else prints.recap_xlsx
        made = make(register, asked, group.today(), words(), since, until)
    write(out, made)
    return DONE
