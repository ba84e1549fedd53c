"""``coach programme roster …``, ``place``, ``erase``, ``laptop``, ``confirm``."""

from __future__ import annotations

from pathlib import Path

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, WordedGroup, say, words
from coach.commands.papers import write
from coach.commands.programme import group
from coach.commands.programme.group import by_option, out_option, programme
from coach.domain import InputError
from coach.instruments import files
from coach.programme.bodies import Mother, Place
from coach.programme.people import new_mothers_code, roster
from coach.register import Register
from coach.store import open_store


@programme.group("roster", cls=WordedGroup, help="help_programme_roster")
@lang_option
def roster_() -> None:
    pass


@roster_.command("list", help="help_roster_list")
@data_option
@lang_option
def list_(data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        people = roster(register.state())
        others = register.unlisted()
    heads = ("roster_code", "roster_name", "roster_roles", "roster_place", "roster_puskesmas")
    group.table(heads, ((p.code, p.name, ", ".join(map(_role, p.roles)), p.place, p.puskesmas) for p in people))
    if others:
        click.echo(words().text("roster_others", count=len(others), codes=", ".join(one.code for one in others)))
    return DONE


def _role(role: str) -> str:
    return words().text(f"role_{role}")


@roster_.command("import", help="help_roster_import")
@click.argument("file", metavar="FILE.csv|FILE.xlsx")
@by_option
@data_option
@lang_option
def import_(file: str, author: str, data: str | None) -> int:
    from coach import rosters, tables_in  # noqa: PLC0415

    lines = tables_in.read(Path(file))
    with open_store(data) as store:
        brought = rosters.bring(Register(store), lines, author)
    say(words().text("roster_brought", new=brought.new, changed=brought.changed, same=brought.same))
    if brought.codes:
        click.echo(words().text("roster_codes", codes=", ".join(brought.codes)))
    return DONE


@roster_.command("export", help="help_roster_export")
@out_option
@click.option("--names", is_flag=True, help="help_option_with_names")
@click.option("--comma", is_flag=True, help="help_option_comma")
@data_option
@lang_option
def export(out: str, names: bool, comma: bool, data: str | None) -> int:
    from coach import rosters  # noqa: PLC0415
    from coach.summary.lists import lines_csv, lines_xlsx  # noqa: PLC0415

    if not out.lower().endswith((".xlsx", ".csv")):
        raise InputError("paper_table_kind", path=out)
    with open_store(data) as store:
        lines = rosters.lines(Register(store).state(), names)
    csv = out.lower().endswith(".csv")
    write(out, lines_csv(lines, "," if comma else ";") if csv else lines_xlsx({words().text("roster_title"): lines}))
    return DONE


@programme.command("place", help="help_programme_place")
@click.argument(
    "kind", metavar="puskesmas|posyandu|pmb|village", type=click.Choice(["puskesmas", "posyandu", "pmb", "village"])
)
@click.argument("name", metavar="NAME")
@click.option("--in", "within", metavar="NAME", default="", help="help_option_within")
@by_option
@data_option
@lang_option
def place(kind: str, name: str, within: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        inside = group.place(register.state(), within)
        body = Place.model_validate({"type": kind, "name": name, "within": inside})
        say(words().text("programme_added", what=name, id=register.add(body, author).subject[:8]))
    return DONE


@programme.command("mother", help="help_programme_mother")
@click.argument("posyandu", metavar="POSYANDU")
@click.option("--born", metavar="YYYY-MM", default="", help="help_option_born")
@by_option
@data_option
@lang_option
def mother(posyandu: str, born: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        where = group.place(state, posyandu)
        code = new_mothers_code(state, where)
        if born and not (len(born) == 7 and group.today(f"{born}-01")):
            raise InputError("usage_day", given=born[:40])
        made = register.add(Mother(code=code, place=where, baby_born=born), author)
        say(words().text("programme_added", what=code, id=made.subject[:8]))
    return DONE


@programme.command("erase", help="help_programme_erase")
@click.argument("code", metavar="CODE")
@click.option("--yes", is_flag=True, help="help_option_yes")
@by_option
@data_option
@lang_option
def erase(code: str, yes: bool, author: str, data: str | None) -> int:
    """A person or a mother by her code, with all that is written of her."""
    with open_store(data) as store:
        register = Register(store)
        found = group.anybody(register.state(), code)
        if not yes:
            raise InputError("erase_unsure", code=code)
        say(words().text("erase_done", code=code, count=register.erase(found, author)))
    return DONE


@programme.command("laptop", help="help_programme_laptop")
@click.argument("letter", metavar="[LETTER]", default="")
@by_option
@data_option
@lang_option
def laptop(letter: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        if letter:
            register.rename_laptop(letter, author)
        click.echo(register.laptop.letter)
    return DONE


@programme.command("confirm", help="help_programme_confirm")
@click.argument("instrument", metavar="NAME|FILE")
@click.option("--midwife", metavar="CODE", required=True, help="help_option_midwife")
@by_option
@data_option
@lang_option
def confirm(instrument: str, midwife: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        found = files.load(instrument, register.own)
        text = files.read(instrument, register.own).decode("utf-8")
        by = group.person(register.state(), midwife)
        register.instrument(text, found.digest, author or midwife)
        register.confirm(found.digest, by, author or midwife)
    say(words().text("instrument_confirmed", name=found.id, version=found.version, code=midwife))
    return DONE
