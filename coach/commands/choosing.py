"""The options that commands about stored sessions share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from coach.domain import InputError
from coach.messages import LANGS
from coach.store import Filter, Verdict
from coach.store.days import midnight

F = TypeVar("F", bound=Callable[..., Any])


def lang_option(command: F) -> F:
    def check(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> None:
        if given is not None and given not in LANGS:
            raise InputError("usage_lang", given=given)

    return click.option(
        "--lang", metavar="id|en", callback=check, expose_value=False, is_eager=True, help="help_option_lang"
    )(command)


def data_option(command: F) -> F:
    return click.option("--data", metavar="FOLDER|postgresql://…", help="help_option_store")(command)


def filter_options(command: F) -> F:
    """The options that choose sessions; the command is given ``asked``, a Filter."""

    @functools.wraps(command)
    def chosen(*args: Any, **given: Any) -> Any:
        names = ("kader", "posyandu", "since", "until", "protocol", "verdict", "text")
        return command(*args, asked=asked(**{name: given.pop(name) for name in names}), **given)

    options = (
        click.option("--kader", default="", metavar="CODE", help="help_option_kader"),
        click.option("--posyandu", default="", metavar="NAME", help="help_option_posyandu"),
        click.option("--since", default="", metavar="YYYY-MM-DD", help="help_option_since"),
        click.option("--until", default="", metavar="YYYY-MM-DD", help="help_option_until"),
        click.option("--protocol", default="", metavar="ID", help="help_option_protocol_id"),
        click.option("--passed", "verdict", flag_value="passed", default="", help="help_option_passed"),
        click.option("--not-passed", "verdict", flag_value="failed", help="help_option_not_passed"),
        click.option("--undecided", "verdict", flag_value="undecided", help="help_option_undecided"),
        click.option("--text", default="", metavar="TEXT", help="help_option_text"),
    )
    wrapped: Any = chosen
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]  # click's decorators tell no types


def asked(kader: str, posyandu: str, since: str, until: str, protocol: str, verdict: Verdict, text: str) -> Filter:
    """Days are those of this machine's own time, both included."""
    return Filter(
        kader=kader,
        posyandu=posyandu,
        since=midnight(since) if since else "",
        until=midnight(until, 1) if until else "",
        protocol=protocol,
        verdict=verdict,
        text=text,
    )
