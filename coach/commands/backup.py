"""``coach backup``: everything onto a stick, read back to prove it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, words
from coach.domain import Value
from coach.store import open_store
from coach.store.backup import back_up


@click.command("backup", help="help_backup")
@click.argument("folder", metavar="FOLDER")
@data_option
@lang_option
def backup(folder: str, data: str | None) -> int:
    with open_store(data) as store:
        made = back_up(store, Path(folder), datetime.now().astimezone())
    values: dict[str, Value] = {
        "path": str(made.folder),
        "files": made.files,
        "mb": made.bytes / 1e6,
        "sessions": made.sessions,
    }
    click.echo(words().text("backup_done", **values))
    return DONE
