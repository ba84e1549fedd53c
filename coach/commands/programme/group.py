"""The group, and what its commands share: whose word it is, which person or event a text means, today."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, WordedGroup, say, words
from coach.domain import InputError
from coach.instruments import files
from coach.instruments.check import check
from coach.instruments.schema import parse
from coach.programme import Body, State
from coach.programme.bodies import Mother
from coach.programme.clashes import clashes
from coach.programme.days import is_day
from coach.programme.people import with_code
from coach.register import Register
from coach.store import open_store
from coach.store.opening import data_folder, is_address
from coach.summary import wording

B = TypeVar("B", bound=Body)
_LEAST = 4  # signs of an id's beginning
by_option = click.option("--by", "author", metavar="CODE", default="", help="help_option_by")
out_option = click.option("--out", metavar="FILE", required=True, help="help_option_paper_out")
rules_option = click.option("--rules", metavar="NAME|FILE", default=files.DEFAULT, help="help_option_rules")


@click.group("programme", cls=WordedGroup, invoke_without_command=True, help="help_programme")
@data_option
@lang_option
@click.pass_context
def programme(ctx: click.Context, data: str | None) -> int:
    """Without a command: what is in the register, and what contradicts itself."""
    if ctx.invoked_subcommand is not None:
        return DONE
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        say(words().text("programme_here", letter=register.laptop.letter, count=len(state.entries)))
        for kind, heads in sorted(state.heads.items()):
            click.echo(f"{len(heads):6}  {words().text(f'entry_{kind}') if f'entry_{kind}' in words() else kind}")
        for letter, made in state.last_seen.items():
            click.echo(words().text("programme_last_seen", letter=letter, day=made[:10]))
        for clash in clashes(state):
            ids = ", ".join(id_[:8] for id_ in clash.entries)
            click.echo(words().text(f"clash_{clash.kind}", what=clash.what, ids=ids))
    return DONE


@programme.command("check", help="help_programme_check")
@click.argument("file", metavar="NAME|FILE")
@data_option
@lang_option
def check_(file: str, data: str | None) -> int:
    text = files.read(file, own_folder(data))
    if problems := check(text):
        say(words().text("protocol_count", path=file, count=len(problems)))
        for problem in problems:
            say(wording.problem(problem, words()))
        return 2
    found = parse(text)
    shown = wording.title(found.title, words())
    click.echo(words().text("instrument_good", path=file, title=shown, version=found.version))
    if found.draft:
        click.echo(words().text("instrument_draft"))
    return DONE


def own_folder(data: str | None) -> Path:
    """Where a laptop's own instruments lie, without opening the store."""
    return (data_folder() if data is None or is_address(data) else Path(data)) / "instruments"


def today(given: str = "") -> str:
    """A day that was given, or this machine's own.

    :raises InputError: usage_day
    """
    if given and not is_day(given):
        raise InputError("usage_day", given=given[:40])
    return given or date.today().isoformat()


def person(state: State, code: str) -> str:
    """The id of the one person with a code. Raises InputError: person_unknown, person_several"""
    found = with_code(state, code)
    if not found:
        raise InputError("person_unknown", code=code[:60])
    if len(found) > 1:
        raise InputError("person_several", code=code[:60], ids=", ".join(id_[:8] for id_ in found))
    return found[0]


def anybody(state: State, code: str) -> str:
    """The id of the one mother or person with a code. Raises InputError: person_unknown, person_several"""
    mothers = [held.id for held in state.all(Mother).values() if held.body.code.upper() == code.strip().upper()]
    return mothers[0] if len(mothers) == 1 else person(state, code)


def subject(state: State, model: type[B], beginning: str) -> str:
    """The id that begins so. Raises InputError: programme_no_such, programme_several"""
    found = [id_ for id_ in state.all(model) if id_.startswith(beginning.lower())] if len(beginning) >= _LEAST else []
    if len(found) != 1:
        raise InputError("programme_several" if found else "programme_no_such", id=beginning[:40])
    return found[0]


def place(state: State, name: str) -> str:
    """The id of a place by its name; "" for no name. Raises InputError: place_unknown"""
    from coach.programme.bodies import Place  # noqa: PLC0415

    if not name:
        return ""
    found = [held.id for held in state.all(Place).values() if held.body.name.casefold() == name.casefold()]
    if len(found) != 1:
        known = ", ".join(sorted(held.body.name for held in state.all(Place).values()))
        raise InputError("place_unknown", name=name[:60], known=known or "–")
    return found[0]


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    shown = Table(box=None, pad_edge=False)
    for head in heads:
        shown.add_column(words().text(head), no_wrap=True)
    for row in rows:
        shown.add_row(*map(str, row))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(shown)


def pairs(given: Iterable[str]) -> list[tuple[str, str]]:
    """``CODE=VALUE`` arguments. Raises InputError: programme_pair"""
    found = [re.fullmatch(r"([^=]+)=(.*)", one) for one in given]
    if bad := [one for one, match in zip(given, found, strict=True) if match is None]:
        raise InputError("programme_pair", given=bad[0][:40])
    return [(match[1].strip(), match[2].strip()) for match in found if match is not None]
