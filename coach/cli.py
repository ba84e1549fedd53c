"""The command line: ``coach review``, ``coach practise``, ``coach serve``, ``coach protocols``, ``coach mark``.

Exit codes: 0 done, 2 bad arguments or input, 1 a fault of ours (it wins over 2 where both happened).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

import coach
from coach import back_argument
from coach.commands import mark as marking
from coach.commands import outputs
from coach.commands.language import (
    BAD_INPUT,
    DONE,
    Program,
    WordedGroup,
    say,
    words,
)
from coach.commands.saving import Saving, label
from coach.domain import InputError
from coach.messages import LANGS
from coach.protocol import Protocol, parse
from coach.protocol import files as protocol_files
from coach.protocol.check import ProtocolError, check
from coach.score import scope
from coach.summary import wording

F = TypeVar("F", bound=Callable[..., Any])
_MOST_WORKERS = 64
_HIGHEST_PORT = 65535


def _lang(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> None:
    if given is not None and given not in LANGS:
        raise InputError("usage_lang", given=given)


def _workers(_ctx: click.Context, _parameter: click.Parameter, given: str) -> int:
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= _MOST_WORKERS):
        raise InputError("usage_workers", given=given)
    return int(given)


def _second(_ctx: click.Context, _parameter: click.Parameter, given: str) -> float:
    try:
        second = float(given)
    except ValueError:
        second = -1.0
    if not 0 <= second < 1e6:
        raise InputError("usage_second", given=given)
    return second


def _port(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and 0 <= int(given[:9]) <= _HIGHEST_PORT):
        raise InputError("usage_port", given=given)
    return int(given)


def _lang_option(command: F) -> F:
    return click.option(
        "--lang", metavar="id|en", callback=_lang, expose_value=False, is_eager=True, help="help_option_lang"
    )(command)


@click.group("coach", cls=Program, invoke_without_command=True, help="help_main")
@_lang_option
@click.version_option(coach.__version__, message="%(prog)s %(version)s", prog_name="coach", help="help_option_version")
@click.pass_context
def main(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@main.command(help="help_review")
@click.argument("videos", metavar="VIDEO...", nargs=-1, required=True)
@click.option("--protocol", metavar="NAME|FILE", default=protocol_files.DEFAULT, help="help_option_protocol")
@click.option("--back", metavar='"x,y x,y x,y x,y"', help="help_option_back")
@click.option("--back-from", metavar='TIME "x,y x,y x,y x,y"', nargs=2, multiple=True, help="help_option_back_from")
@_lang_option
@click.option("--json", "json_path", metavar="FILE|FOLDER/|-", help="help_option_json")
@click.option("--overlay", metavar="FILE.mp4|FOLDER/", help="help_option_overlay")
@click.option("--workers", metavar="N", default="1", callback=_workers, help="help_option_workers")
@click.option("--cluster", metavar="ADDRESS", help="help_option_cluster")
@click.option("--save", is_flag=True, help="help_option_save")
@click.option("--kader", metavar="CODE", default="", help="help_option_kader")
@click.option("--posyandu", metavar="NAME", default="", help="help_option_posyandu")
@click.option("--parts", metavar="PART", multiple=True, help="help_option_parts")
@click.option("--mirrored/--no-mirrored", default=False, help="help_option_mirrored")
@click.option("--thorough", is_flag=True, help="help_option_thorough")
@click.option("--pillow", is_flag=True, help="help_option_pillow")
@click.option("--data", metavar="FOLDER|postgresql://…", help="help_option_store")
def review(
    *,
    videos: tuple[str, ...],
    protocol: str,
    back: str | None,
    back_from: tuple[tuple[str, str], ...],
    json_path: str | None,
    overlay: str | None,
    workers: int,
    cluster: str | None,
    save: bool,
    kader: str,
    posyandu: str,
    parts: tuple[str, ...],
    mirrored: bool,
    thorough: bool,
    pillow: bool,
    data: str | None,
) -> int:
    # Late: only this command draws bars and shares its work out.
    from coach.commands import batch  # noqa: PLC0415
    from coach.commands.progress import Bars  # noqa: PLC0415
    from coach.commands.results import Results  # noqa: PLC0415

    if (kader or posyandu) and not save:
        raise InputError("usage_needs_save", option="--kader" if kader else "--posyandu")
    kader, posyandu = label("--kader", kader), label("--posyandu", posyandu)
    rules = protocol_files.load(protocol)
    corners = None if back is None else back_argument.parse(back, mirrored)
    later = back_argument.parse_later(back_from, mirrored)
    if overlay == outputs.STDOUT:
        raise InputError("overlay_not_stdout")
    json_paths = outputs.targets("--json", json_path, videos, ".json")
    overlays = outputs.targets("--overlay", overlay, videos, ".mp4")
    outputs.check_apart(json_paths, overlays)
    scope.chosen(parts, rules)
    films = zip(videos, json_paths, overlays, strict=True)
    jobs = [batch.Job(*film, parts, mirrored, thorough, pillow, later) for film in films]
    writer = Results(rules, words(), several=len(jobs) > 1)
    saving = None
    if save:
        saving = Saving(data, protocol_files.read(protocol_files.find(protocol)), kader, posyandu)
        saving.check()
    for outcome in batch.outcomes(jobs, rules, corners, words().lang, workers, Bars(words()), saving, cluster):
        writer.take(outcome)
    return writer.finish()


@main.command(help="help_practise")
@click.option("--camera", metavar="0|FILE|URL", default="0", help="help_option_camera")
@click.option("--protocol", metavar="NAME|FILE", default=protocol_files.DEFAULT, help="help_option_protocol")
@_lang_option
@click.option("--port", metavar="N", callback=_port, help="help_option_port")
@click.option("--data", metavar="FOLDER", help="help_option_data")
@click.option("--no-browser", is_flag=True, help="help_option_no_browser")
@click.option("--event", metavar="NUMBER", default="", help="help_option_practise_event")
@click.option("--by", metavar="CODE", default="", help="help_option_by")
def practise(
    *, camera: str, protocol: str, port: int | None, data: str | None, no_browser: bool, event: str, by: str
) -> int:
    from coach.commands import practise as practising  # noqa: PLC0415  late: only this command needs a server

    return practising.practise(camera, protocol, port, data, browser=not no_browser, event=event, by=by)


@main.command(help="help_serve")
@click.option("--protocol", metavar="NAME|FILE", default=protocol_files.DEFAULT, help="help_option_serve_protocol")
@_lang_option
@click.option("--port", metavar="N", callback=_port, help="help_option_port")
@click.option("--data", metavar="FOLDER|postgresql://…", help="help_option_store")
@click.option("--no-browser", is_flag=True, help="help_option_no_browser")
def serve(*, protocol: str, port: int | None, data: str | None, no_browser: bool) -> int:
    from coach.commands import serve as serving  # noqa: PLC0415  late: only this command needs a server

    return serving.serve(protocol, port, data, browser=not no_browser)


@main.group(invoke_without_command=True, cls=WordedGroup, help="help_protocols")
@_lang_option
@click.pass_context
def protocols(ctx: click.Context) -> int:
    if ctx.invoked_subcommand is None:
        for name in protocol_files.names():
            click.echo(_listed(name))
    return DONE


def _listed(name: str) -> str:
    try:
        protocol = protocol_files.load(name)
    except ProtocolError as error:
        return words().text("protocol_list_bad", name=name, **error.values)
    shown = wording.title(protocol.title, words())
    count = len(protocol.segments)
    return words().text("protocol_list_line", name=name, title=shown, version=protocol.version, segments=count)


@protocols.command("check", help="help_check")
@click.argument("file", metavar="FILE")
@_lang_option
def protocols_check(file: str) -> int:
    data = protocol_files.read(protocol_files.find(file))
    problems = check(data)
    if not problems:
        click.echo(_good(file, parse(data)))
        return DONE
    say(words().text("protocol_count", path=file, count=len(problems)))
    for problem in problems:
        say(wording.problem(problem, words()))
    return BAD_INPUT


def _good(file: str, protocol: Protocol) -> str:
    return words().text(
        "protocol_good",
        path=file,
        title=wording.title(protocol.title, words()),
        version=protocol.version,
        parts=len(protocol.parts),
        segments=len(protocol.segments),
        items=sum(len(segment.items) for segment in protocol.segments),
        manual=len(protocol.manual),
    )


# Each loads much that no other command needs.
main.put_off("backup", "coach.commands.backup")
main.put_off("doctor", "coach.commands.doctor")
main.put_off("paper", "coach.commands.papers")
main.put_off("programme", "coach.commands.programme")
main.put_off("sessions", "coach.commands.sessions")


@main.command(help="help_mark")
@click.argument("video", metavar="VIDEO")
@click.option("--at", "at_s", metavar="S", default="1", callback=_second, help="help_option_at")
@_lang_option
def mark(video: str, at_s: float) -> None:
    from coach import wiring  # noqa: PLC0415  late: MediaPipe takes a second to load

    image, scale = wiring.picture(video, at_s)  # scale: px of the image over px of the video's own picture
    corners = marking.mark(image, words().text("mark_title", path=video), words()) / scale
    height, width = (round(side / scale) for side in image.shape[:2])
    back_argument.check_shape(corners)
    back_argument.check_corners(corners, (width, height))
    click.echo(back_argument.format_corners(corners))
