"""``coach paper``: sessions on paper and as files for other programs."""

from __future__ import annotations

import json
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
from coach.protocol import Protocol
from coach.protocol import files as protocol_files
from coach.store import Filter, Store, open_store
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
            os.replace(part, path)
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


def _chosen(store: Store, ids: tuple[str, ...], asked: Filter) -> list[str]:
    """The sessions named, or all that the filter lets pass.

    :raises InputError: session_missing, session_several, paper_nothing
    """
    found = [store.find(beginning) for beginning in ids] if ids else store.ids(asked)
    if not found:
        raise InputError("paper_nothing")
    return found


def of_sessions(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command about sessions: arguments, filter, output, store and language."""
    for option in (lang_option, data_option, _OUT, filter_options, _IDS):
        command = option(command)
    return command


@paper.command(help="help_paper_sheet")
@of_sessions
def sheet(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    """One file with a page for each session, or in a folder a file for each."""
    from coach import archive  # noqa: PLC0415
    from coach.summary.sheet_pdf import MOST, sheet_pdf  # noqa: PLC0415

    folder = out if out.endswith(("/", os.sep)) or os.path.isdir(out) else None
    with open_store(data) as store:
        names, rules = archive.names(store), None
        chosen = _chosen(store, ids, asked)
        if folder is None and len(chosen) > MOST:
            raise InputError("paper_many", count=len(chosen), most=MOST)
        filled = []
        for session in chosen:
            stored = store.session(session)
            corrected, own = archive.stands(store, stored)
            one = (archive.occasion(stored, corrected, names), corrected)
            if folder is not None:
                os.makedirs(folder, exist_ok=True)
                write(os.path.join(folder, f"coach-{session[:8]}.pdf"), sheet_pdf([one], own, words()))
            elif rules is None or own.id == rules.id:
                rules = rules or own
                filled.append(one)
    if rules is not None:
        write(out, sheet_pdf(filled, rules, words()))
    return DONE


@paper.command("report", help="help_paper_report")
@click.argument("session", metavar="SESSION")
@_OUT
@data_option
@lang_option
def report_(session: str, out: str, data: str | None) -> int:
    from coach import archive  # noqa: PLC0415
    from coach.summary.report_pdf import report_pdf  # noqa: PLC0415

    with open_store(data) as store:
        stored = store.session(store.find(session))
        corrected, rules = archive.stands(store, stored)
        tracks = archive.tracks(store, stored)
        occasion = archive.occasion(stored, corrected, archive.names(store))
    write(out, report_pdf(occasion, corrected, rules, words(), tracks))
    return DONE


@paper.command(help="help_paper_recap")
@of_sessions
def recap(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import archive  # noqa: PLC0415
    from coach.summary.recap_pdf import recap_pdf  # noqa: PLC0415
    from coach.summary.sheet_xlsx import standing  # noqa: PLC0415

    with open_store(data) as store:
        chosen = _chosen(store, ids, asked)
        rules = _rules(store, chosen)
        standings = [standing(entry) for entry in archive.entries(store, chosen)]
        names = archive.names(store)
    write(out, recap_pdf(standings, rules, words(), names, asked.posyandu))
    return DONE


def _rules(store: Store, chosen: list[str]) -> Protocol:
    """The rules of the newest session: a table has the columns of one protocol."""
    digest = store.session(chosen[-1]).row.protocol_digest
    found = store.protocol(digest)
    if found is None:
        raise InputError("session_no_result", id=chosen[-1])
    return found


@paper.command(help="help_paper_table")
@click.option("--comma", is_flag=True, help="help_option_comma")
@of_sessions
def table(ids: tuple[str, ...], asked: Filter, out: str, data: str | None, comma: bool) -> int:
    from coach import archive  # noqa: PLC0415
    from coach.summary.sheet_csv import sheet_csv  # noqa: PLC0415
    from coach.summary.sheet_xlsx import sheet_xlsx  # noqa: PLC0415

    if not out.lower().endswith((".xlsx", ".csv")):
        raise InputError("paper_table_kind", path=out)
    with open_store(data) as store:
        chosen = _chosen(store, ids, asked)
        rules, names = _rules(store, chosen), archive.names(store)
        entries = list(archive.entries(store, chosen))
    if out.lower().endswith(".csv"):
        write(out, sheet_csv(entries, rules, words(), "," if comma else ";"))
    else:
        write(out, sheet_xlsx(entries, rules, words(), names))
    return DONE


@paper.command("json", help="help_paper_json")
@of_sessions
def json_(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    """The corrected results, in the schema that ``coach paper schema`` writes."""
    from coach import archive  # noqa: PLC0415
    from coach.summary.report import report  # noqa: PLC0415

    with open_store(data) as store:
        made = []
        for session in _chosen(store, ids, asked):
            stored = store.session(session)
            corrected, _ = archive.stands(store, stored)
            made.append(report(corrected.session) | {"session": session, "corrected": stored.row.corrected})
    write(out, _json(made))
    return DONE


@paper.command("fhir", help="help_paper_fhir")
@of_sessions
def fhir_(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import archive  # noqa: PLC0415
    from coach.summary import fhir  # noqa: PLC0415

    with open_store(data) as store:
        chosen = _chosen(store, ids, asked)
        rules, made = _rules(store, chosen), []
        for session in chosen:
            stored = store.session(session)
            corrected, own = archive.stands(store, stored)
            if own.id == rules.id:
                made.append(fhir.response(archive.occasion(stored, corrected, {}), corrected, own, words()))
    write(out, _json(fhir.bundle(made, rules)))
    return DONE


@paper.command("labels", help="help_paper_labels")
@of_sessions
def labels(ids: tuple[str, ...], asked: Filter, out: str, data: str | None) -> int:
    from coach import archive  # noqa: PLC0415

    with open_store(data) as store:
        made = []
        for session in _chosen(store, ids, asked):
            stored = store.session(session)
            made.append(archive.labels(stored, archive.stands(store, stored)[0]))
    write(out, _json(made))
    return DONE


@paper.command("form", help="help_paper_form")
@_RULES
@_OUT
@lang_option
def form(protocol: str, out: str) -> int:
    from coach.summary import fhir  # noqa: PLC0415
    from coach.summary.xlsform import xlsform  # noqa: PLC0415

    rules = protocol_files.load(protocol)
    write(out, _json(fhir.questionnaire(rules)) if out.lower().endswith(".json") else xlsform(rules))
    return DONE


@paper.command("schema", help="help_paper_schema")
@_OUT
@lang_option
def schema(out: str) -> int:
    write(out, _json(reports.json_schema()))
    return DONE


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
