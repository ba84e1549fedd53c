"""The backup that is made with one click: onto which stick, when the last one was, and whether it is time."""

from __future__ import annotations

import os
import string
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from coach.domain import InputError
from coach.store.backup import back_up, last_backup, overdue_days
from coach.trainer.office import Office

Json: TypeAlias = dict[str, Any]
_LINUX = ("/media/*/*", "/run/media/*/*")


def sticks() -> list[str]:
    """Where a stick is plugged in, as far as the system shows it."""
    if os.name == "nt":
        drives = (f"{letter}:\\" for letter in string.ascii_uppercase if letter > "C")
        return [drive for drive in drives if os.path.isdir(drive)]
    patterns = ("/Volumes/*",) if sys.platform == "darwin" else _LINUX
    return sorted(str(place) for pattern in patterns for place in Path("/").glob(pattern[1:]) if place.is_dir())


def about(office: Office) -> Json:
    """JSON-ready: the sticks, when the last backup was made, and the days where it is time for the next."""
    last = last_backup(office.folder)
    return {
        "places": sticks(),
        "last": None if last is None else last.isoformat(),
        "overdue_days": overdue_days(office.store, datetime.now(UTC)),
    }


def make(office: Office, body: Any) -> Json:
    """Writes everything to the folder that the body names, and reads it back.

    :raises InputError: backup_…, store_…
    """
    folder = body.get("folder") if isinstance(body, dict) else None
    if not isinstance(folder, str) or not folder.strip():
        raise InputError("backup_missing", path="")
    made = back_up(office.store, Path(folder.strip()), datetime.now().astimezone())
    return {"path": str(made.folder), "files": made.files, "bytes": made.bytes, "sessions": made.sessions}
