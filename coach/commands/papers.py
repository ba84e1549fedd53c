"""``coach paper``: sessions on paper and as files for other programs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from coach import reports
from coach.commands.choosing import data_option, filter_options, lang_option
from coach.commands.language import DONE, WordedGroup, say, words
from coach.domain import InputError
from coach.patience import patiently
from coach.protocol import files as protocol_files
from coach.store import Filter, open_store
from coach.why import why

_OUT = click.option("--out", metavar="FILE", required=True, help="help_option_paper_out")
_IDS = click.argument("ids", metavar="[SESSION...]", nargs=-1)
_RULES = click.option("--protocol", metavar="NAME|FILE", default=protocol_files.DEFAULT, help="help_option_protocol")


@click.group("paper", cls=WordedGroup, invoke_without_command=True, help="help_paper")
@lang_option
@click.pass_context
def paper(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def write(path: str, data: bytes) -> None:
    """The file appears whole or not at all.

    :raises InputError: output_unwritable
    """
    folder = os.path.dirname(path) or "."
    try:
        handle, part = tempfile.mkstemp(prefix=".coach-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(part, 0o666 & ~umask)
            patiently(lambda: os.replace(part, path))
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError("output_unwritable", path=path, why=why(error)) from error
    say(words().text("paper_written", path=path))


@paper.command(help="help_paper_blank")
@_RULES
@_OUT
@lang_option
def blank(protocol: str, out: str) -> int:
    from coach.summary.sheet_pdf import blank_pdf  # noqa: PLC0415  late, as in the commands below

    write(out, blank_pdf(protocol_files.load(protocol), words()))
    return DONE


def of_sessions(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command about sessions: arguments, filter, output, store and language."""
    for option in (lang_option, data_option, _OUT, filter_options, _IDS):
        command = option(command)
    return command


@paper.command(help="help_paper_sheet")
@of_sessions
def sheet(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    """One file with a page for each session, or in a folder a file for each."""
    from coach import exports  # noqa: PLC0415  late, here and below: it brings the reading of tracks

    folder = out if out.endswith(("/", os.sep)) or os.path.isdir(out) else None
    with open_store(data) as store:
        chosen = exports.chosen(store, ids, asked)
        if folder is None:
            write(out, exports.sheets(store, chosen, words()))
            return DONE
        for session in chosen:
            made = exports.sheets(store, [session], words())
            os.makedirs(folder, exist_ok=True)
            write(os.path.join(folder, f"coach-{session[:8]}.pdf"), made)
    return DONE


@paper.command("report", help="help_paper_report")
@click.argument("session", metavar="SESSION")
@_OUT
@data_option
@lang_option
def report_(session: str, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.report(store, store.find(session), words())
    write(out, made)
    return DONE


@paper.command(help="help_paper_recap")
@of_sessions
def recap(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.recap(store, exports.chosen(store, ids, asked), words(), asked.posyandu)
    write(out, made)
    return DONE


@paper.command(help="help_paper_agreement")
@of_sessions
def agreement(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.agreement(store, exports.chosen(store, ids, asked), words())
    write(out, made)
    return DONE


@paper.command(help="help_paper_table")
@click.option("--comma", is_flag=True, help="help_option_comma")
@of_sessions
def table(ids: tuple[str, ...], asked: Filter, out: str, data: str | None, comma: bool) -> int:
    from coach import exports  # noqa: PLC0415

    if not out.lower().endswith((".xlsx", ".csv")):
        raise InputError("paper_table_kind", path=out)
    with open_store(data) as store:
        chosen = exports.chosen(store, ids, asked)
        if out.lower().endswith(".csv"):
            made = exports.csv(store, chosen, words(), "," if comma else ";")
        else:
            made = exports.xlsx(store, chosen, words())
    write(out, made)
    return DONE


@paper.command("json", help="help_paper_json")
@of_sessions
def json_(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.reports(store, exports.chosen(store, ids, asked))
    write(out, made)
    return DONE


@paper.command("fhir", help="help_paper_fhir")
@of_sessions
def fhir_(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.fhir(store, exports.chosen(store, ids, asked), words())
    write(out, made)
    return DONE


@paper.command("labels", help="help_paper_labels")
@of_sessions
def labels(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import exports  # noqa: PLC0415

    with open_store(data) as store:
        made = exports.labels(store, exports.chosen(store, ids, asked))
    write(out, made)
    return DONE


@paper.command("form", help="help_paper_form")
@_RULES
@_OUT
@lang_option
def form(protocol: str, out: str) -> int:
    from coach import exports  # noqa: PLC0415
    from coach.summary import fhir  # noqa: PLC0415
    from coach.summary.xlsform import xlsform  # noqa: PLC0415

    rules = protocol_files.load(protocol)
    write(out, exports.as_json(fhir.questionnaire(rules)) if out.lower().endswith(".json") else xlsform(rules))
    return DONE


@paper.command("schema", help="help_paper_schema")
@_OUT
@lang_option
def schema(out: str) -> int:
    from coach import exports  # noqa: PLC0415

    write(out, exports.as_json(reports.json_schema()))
    return DONE
