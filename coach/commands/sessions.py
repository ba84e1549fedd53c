"""``coach sessions``: what is in the store, and taking it out, in, away and through today's rules again."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from coach import back_argument, reports
from coach.commands import importing
from coach.commands.choosing import data_option, filter_options, lang_option
from coach.commands.language import BAD_INPUT, DONE, WordedGroup, say, say_error, words
from coach.domain import InputError, Span
from coach.protocol import files as protocol_files
from coach.rescue import rescue
from coach.store import Filter, SessionRow, Settled, Store, data_folder, open_store
from coach.store import repair as repair_folder
from coach.store.identity import clash_error
from coach.store.opening import is_address
from coach.summary import wording

_WIDTH = 120
_PAGE = 10_000
_NAMED = 10  # ids that are told one by one


@click.group("sessions", cls=WordedGroup, invoke_without_command=True, help="help_sessions")
@lang_option
@click.pass_context
def sessions(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@sessions.command("list", help="help_sessions_list")
@filter_options
@data_option
@lang_option
def list_(asked: Filter, data: str | None) -> int:
    with open_store(data) as store:
        page = store.sessions(asked, limit=_PAGE)
        people = {person.code: person.name for person in store.people()}
        strays = store.strays()
    table = Table(box=None, pad_edge=False)
    for key in ("session", "when", "kader", "posyandu", "protocol", "duration_s", "percent", "passed"):
        table.add_column(words().text(f"list_{key}"), no_wrap=key != "kader")
    for row in page.rows:
        table.add_row(*_line(row, people))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False, emoji=False, markup=False)
    console.print(table)
    click.echo(words().text("list_total", count=page.total))
    if strays:
        say(words().text("list_strays", count=len(strays), ids=", ".join(one[:8] for one in strays[:_NAMED])))
    return DONE


def _line(row: SessionRow, people: dict[str, str]) -> list[str]:
    name = people.get(row.kader, "")
    percent = "–" if row.percent is None else words().text("report_percent", percent=row.percent)
    result = wording.state(row.verdict, words()) or "–"
    if row.state == "recording":
        result = words().text("list_unfinished")
    elif row.stopped:
        result = words().text("how_pain_ended")
    elif row.mode == "again":
        result = result if row.percent is not None else words().text("how_again")
    return [
        row.id[:8],
        f"{datetime.fromisoformat(row.held).astimezone():%Y-%m-%d %H:%M}",
        f"{name} ({row.kader})" if name else row.kader,
        row.posyandu,
        f"{row.protocol_id} {row.protocol_version}",
        wording.time(row.duration_s),
        percent + ("*" if row.corrected else ""),
        result,
    ]


@sessions.command(help="help_sessions_show")
@click.argument("session", metavar="SESSION")
@data_option
@lang_option
def show(session: str, data: str | None) -> int:
    from coach import archive  # noqa: PLC0415  late: it brings the reading of tracks
    from coach.summary.checklist import print_checklist  # noqa: PLC0415

    with open_store(data) as store:
        stored = store.session(store.find(session))
        corrected, rules = archive.stands(store, stored)
    print_checklist(corrected.session, rules, words())
    for result in stored.results:
        read = reports.session(result.report)
        percent = "–" if read.total.percent is None else words().text("report_percent", percent=read.total.percent)
        click.echo(words().text("show_result", when=_when(result.made), software=result.software, percent=percent))
    if stored.corrections:
        click.echo(words().text("show_corrections", count=len(stored.corrections)))
    return DONE


def _when(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}"


@sessions.command(help="help_sessions_export")
@click.argument("ids", metavar="SESSION...", nargs=-1, required=True)
@click.option("--out", metavar="FILE.zip|FOLDER/", required=True, help="help_option_out")
@click.option("--video", is_flag=True, help="help_option_with_video")
@click.option("--names", is_flag=True, help="help_option_with_names")
@data_option
@lang_option
def export(ids: tuple[str, ...], out: str, video: bool, names: bool, data: str | None) -> int:
    several = out.endswith(("/", os.sep)) or Path(out).is_dir()
    if len(ids) > 1 and not several and out.lower().endswith(".zip"):
        raise InputError("usage_out_folder", out=out)
    folder = Path(out) if several or len(ids) > 1 else None
    with open_store(data) as store:
        for session in [store.find(beginning) for beginning in ids]:
            target = Path(out) if folder is None else folder / f"coach-{session[:8]}.zip"
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            store.export(session, target, video=video, names=names)
            say(words().text("export_done", path=str(target)))
    return DONE


@sessions.command("import", help="help_sessions_import")
@click.argument("paths", metavar="FILE.zip...", nargs=-1, required=True)
@click.option("--same", multiple=True, metavar="CODE", help="help_option_same")
@click.option("--theirs", multiple=True, metavar="CODE", help="help_option_theirs")
@click.option("--other", multiple=True, metavar="CODE=NEW", help="help_option_other")
@click.option("--plan", "only_plan", is_flag=True, help="help_option_plan")
@data_option
@lang_option
def import_(
    paths: tuple[str, ...],
    same: tuple[str, ...],
    theirs: tuple[str, ...],
    other: tuple[str, ...],
    only_plan: bool,
    data: str | None,
) -> int:
    settled = Settled(frozenset(same), frozenset(theirs), dict(map(_renamed, other)))
    with open_store(data) as store:
        plan = store.plan([Path(path) for path in paths], settled)
        if plan.files:
            importing.say_plan(plan, words())
        refused = [*plan.refused, *map(clash_error, plan.clashes)]
        if not only_plan and not plan.clashes:
            refused += importing.take(store, plan, words())
    for error in refused:
        say_error(error, words())
    return BAD_INPUT if refused else DONE


def _renamed(given: str) -> tuple[str, str]:
    code, equals, new = (part.strip() for part in given.partition("="))
    if not (code and equals and new):
        raise InputError("usage_other", given=given[:60])
    return code, new


@sessions.command(help="help_sessions_delete")
@click.argument("ids", metavar="SESSION...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="help_option_yes")
@data_option
@lang_option
def delete(ids: tuple[str, ...], yes: bool, data: str | None) -> int:
    with open_store(data) as store:
        found = [store.find_left(beginning) for beginning in ids]
        if not yes:
            raise InputError("delete_unsure", count=len(found))
        for session in found:
            store.delete(session)
            left = store.traces(session)
            key = "delete_done" if not left else "delete_left"
            say(words().text(key, id=session[:8], places=", ".join(left)))
    return DONE


@sessions.command(help="help_sessions_rescore")
@click.argument("ids", metavar="SESSION...", nargs=-1, required=True)
@click.option("--protocol", metavar="NAME|FILE", help="help_option_rescore")
@click.option("--parts", metavar="PART", multiple=True, help="help_option_parts")
@data_option
@lang_option
def rescore(ids: tuple[str, ...], protocol: str | None, parts: tuple[str, ...], data: str | None) -> int:
    from coach import archive  # noqa: PLC0415  late: MediaPipe takes a second

    rules = None if protocol is None else protocol_files.load(protocol)
    file = None if protocol is None else protocol_files.read(protocol_files.find(protocol))
    with open_store(data) as store:
        for session in [store.find(beginning) for beginning in ids]:
            before = store.session(session).row.percent
            archive.score_again(store, session, rules, file, parts)
            _changed(store, session, before)
    return DONE


def _changed(store: Store, session: str, before: float | None) -> None:
    """What is different between the last two results, item by item."""
    stored = store.session(session)
    shown = ["–" if p is None else words().text("report_percent", percent=p) for p in (before, stored.row.percent)]
    click.echo(words().text("rescore_line", id=session[:8], before=shown[0], after=shown[1]))
    if len(stored.results) > 1:
        old, new = ({i["id"]: i["points"] for i in r.report["items"]} for r in stored.results[-2:])
        for item in (i for i in new if old.get(i) != new[i]):
            pair = ["–" if p is None else str(p) for p in (old.get(item), new[item])]
            click.echo(words().text("rescore_item", item=item, before=pair[0], after=pair[1]))


@sessions.command(help="help_sessions_unmark")
@click.argument("session", metavar="SESSION")
@click.argument("time", metavar="TIME")
@data_option
@lang_option
def unmark(session: str, time: str, data: str | None) -> int:
    """Takes a later mark of the back away, and scores the session by what the film shows without it."""
    from coach import archive, marked  # noqa: PLC0415  late: MediaPipe takes a second
    from coach.commands.progress import Bars  # noqa: PLC0415
    from coach.commands.quiet import quiet_libraries  # noqa: PLC0415

    from_s = back_argument.seconds(time, "unmark_time")
    with open_store(data) as store:
        found = store.find(session)
        before = store.session(found).row.percent
        with Bars(words()).video(found[:8]) as progress, quiet_libraries():
            without = marked.without_mark(store, found, from_s, progress)
            archive.score_again(store, found, marked=without)
        _changed(store, found, before)
    return DONE


@sessions.command(help="help_sessions_learn")
@click.argument("session", metavar="SESSION")
@click.argument("segment", metavar="SEGMENT")
@click.option("--from", "from_s", metavar="S", type=float, help="help_option_from")
@click.option("--to", "to_s", metavar="S", type=float, help="help_option_to")
@click.option("--version", metavar="TEXT", help="help_option_new_version")
@click.option("--out", metavar="FILE.toml", required=True, help="help_option_paper_out")
@data_option
@lang_option
def learn(
    session: str,
    segment: str,
    from_s: float | None,
    to_s: float | None,
    version: str | None,
    out: str,
    data: str | None,
) -> int:
    """A protocol file with one segment as a trainer has shown it."""
    from coach import archive  # noqa: PLC0415  late: MediaPipe takes a second
    from coach.commands.papers import write  # noqa: PLC0415
    from coach.protocol.edit import edited  # noqa: PLC0415

    if (from_s is None) != (to_s is None) or (from_s is not None and to_s is not None and not 0 <= from_s < to_s):
        raise InputError("usage_from_to")
    span = None if from_s is None or to_s is None else Span(from_s, to_s)
    with open_store(data) as store:
        proposal, file, changes = archive.demonstrated(store, store.find(session), segment, span)
    if version is not None:
        changes.append((("version",), version))
    click.echo(words().text("learn_shown", segment=segment, count=len(proposal.shown)))
    for place, value in changes:
        click.echo(words().text("learn_change", place=".".join(map(str, place[1:] or place)), value=str(value)))
    write(out, edited(file, changes, out))
    return DONE


@sessions.command(help="help_sessions_repair")
@data_option
@lang_option
def repair(data: str | None) -> int:
    if data is not None and is_address(data):
        raise InputError("repair_server")
    if data == "":
        raise InputError("store_no_place")
    folder = data_folder() if data is None else Path(data)
    say(words().text("repair_done", count=repair_folder(folder)))
    with open_store(folder) as store:
        rescued = rescue(store, store.files.sessions())
    for key, count in (("repair_videos_taken", rescued.taken), ("repair_videos_erased", rescued.erased)):
        if count:
            say(words().text(key, count=count))
    return DONE
