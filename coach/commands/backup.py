"""``coach backup``: everything onto a stick, read back to prove it; and the reminder that it is time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, words
from coach.domain import Value
from coach.store import Store, open_store
from coach.store.backup import back_up, is_due, last_backup


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


def overdue_days(store: Store) -> int | None:
    """How many days ago the last backup was made, where it is time for the next; None where it is not.

    Where there was none, since the first session.
    """
    if store.url is not None:
        return None
    now, last = datetime.now(UTC), last_backup(store.folder)
    total = store.sessions(limit=1).total
    oldest = store.sessions(limit=1, offset=max(0, total - 1)).rows
    first = datetime.fromisoformat(oldest[0].created) if oldest else None
    since = last or first
    return (now - since).days if since is not None and is_due(last, first, now) else None
