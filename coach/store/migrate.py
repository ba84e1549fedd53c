"""Numbered steps from an empty database, or any older one, to today's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from coach.domain import InputError
from coach.store.database import Connection

_FOLDER = "migrations"


@cache
def steps() -> tuple[str, ...]:
    """The SQL of each step, in order; step k brings the database from version k to k + 1."""
    found = [file for file in files("coach.store").joinpath(_FOLDER).iterdir() if file.name.endswith(".sql")]
    in_order = sorted(found, key=lambda file: file.name)
    if [int(file.name[:4]) for file in in_order] != list(range(1, len(in_order) + 1)):
        raise RuntimeError(f"migrations are not numbered from 1 without a gap: {[f.name for f in in_order]}")
    return tuple(file.read_text(encoding="utf-8") for file in in_order)


def migrate(connection: Connection, place: str) -> bool:
    """Brings the database to today's version, each step whole or not at all; says whether an older one was here.

    :raises InputError: store_newer, for a database that a later coach has made
    """
    begun = _version(connection)
    while (version := _version(connection)) < len(steps()):
        with connection.writing():
            if _version(connection) == version:  # another process may just have done it
                for statement in _statements(steps()[version]):
                    connection.run(connection.dialect(statement))
                connection.set_version(version + 1)
    if version > len(steps()):
        raise InputError("store_newer", path=place)
    return 0 < begun < version


def _version(connection: Connection) -> int:
    return connection.version()


def _statements(sql: str) -> list[str]:
    lines = "\n".join(line for line in sql.splitlines() if not line.startswith("--"))
    return [statement for statement in lines.split(";") if statement.strip()]
