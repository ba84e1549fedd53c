"""``coach doctor``: one screen that says whether this laptop will do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from coach.commands.choosing import lang_option
from coach.commands.language import BAD_INPUT, DONE, words
from coach.commands.quiet import quiet_libraries
from coach.domain import InputError
from coach.store import data_folder
from coach.why import why

SIGNS = {"ok": "✓", "weak": "!", "bad": "✗", "unknown": "?"}
PERSONAL = frozenset({"path"})  # a folder's name holds the user's
SCHEMA = "coach.doctor/1"


@click.command("doctor", help="help_doctor")
@click.option("--report", metavar="FILE", help="help_option_doctor_report")
@click.option("--data", metavar="FOLDER", help="help_option_data")
@lang_option
def doctor(report: str | None, data: str | None) -> int:
    """Exit code 0 where live practice can do its work here, 2 where something must be changed before."""
    with quiet_libraries():
        from coach.practice.checkup import Finding, check_up, worst  # noqa: PLC0415  late: MediaPipe takes a second to load
        from coach.web.clips import spoken_counts  # noqa: PLC0415  late: it brings the codecs

        found: list[Finding] = []
        for one in check_up(Path(data) if data else data_folder(), spoken_counts()):
            found.append(one)
            click.echo(f"{SIGNS[one.state]} {words().text(one.key, **one.values)}")
    state = worst(found)
    click.echo()
    click.echo(words().text(f"doctor_{state}"))
    if report is not None:
        _write(Path(report), _report([(one.id, one.state, dict(one.values)) for one in found]))
        click.echo(words().text("doctor_written", path=report))
    return BAD_INPUT if state == "bad" else DONE


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError("output_unwritable", path=str(path), why=why(error)) from error


def _report(lines: Sequence[tuple[str, str, dict[str, object]]]) -> str:
    """The findings as JSON, without anything personal."""
    kept = [
        {"id": name, "state": state, "values": {k: v for k, v in values.items() if k not in PERSONAL}}
        for name, state, values in lines
    ]
    return json.dumps({"schema": SCHEMA, "findings": kept}, indent=1) + "\n"
