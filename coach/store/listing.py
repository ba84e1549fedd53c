"""The session list: which sessions, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from coach.store.database import Connection
from coach.store.model import Filter, Page
from coach.store.records import row

T = TypeVar("T")

_EXACT = {"kader": "kader", "person": "person", "posyandu": "posyandu", "protocol": "protocol_id", "state": "state"}
_VERDICTS = {
    "passed": "verdict = 'passed'",
    "failed": "verdict = 'not_passed'",
    "provisional": "verdict = 'provisional'",
    "undecided": "verdict = 'undecided'",
    "unjudged": "verdict IN ('damaged', 'other_motion')",
}
_COLUMNS = """id, created, source, mode, origin, kader, posyandu, protocol_id, protocol_version, protocol_digest,
  software, state, duration_s, video, points, max_points, percent, passed, left_out, corrected, segment, stopped,
  verdict, scope, held, visit, mother, occasion,
  person"""


def page(connection: Connection, asked: Filter, limit: int, offset: int) -> Page:
    where, values = conditions(asked)
    total = connection.all(f"SELECT COUNT(*) AS n FROM sessions {where}", *values)[0]["n"]
    sql = f"SELECT {_COLUMNS} FROM sessions {where} ORDER BY held DESC, created DESC, id LIMIT ? OFFSET ?"
    return Page(tuple(row(found) for found in connection.all(sql, *values, limit, offset)), total)


def ids(connection: Connection, asked: Filter) -> list[str]:
    """The ids of all sessions that the filter lets pass, oldest first."""
    where, values = conditions(asked)
    return [r["id"] for r in connection.all(f"SELECT id FROM sessions {where} ORDER BY held, created, id", *values)]


def choices(connection: Connection, column: str) -> list[str]:
    """What a filter may ask for."""
    rows = connection.all(f"SELECT DISTINCT {column} AS choice FROM sessions WHERE {column} <> '' ORDER BY choice")
    return [r["choice"] for r in rows]


def in_lots(values: Sequence[T], size: int = 200) -> Iterator[Sequence[T]]:
    for k in range(0, len(values), size):
        yield values[k : k + size]


def newest(connection: Connection, asked: Filter) -> str | None:
    """The id of the last session that the filter lets pass."""
    where, values = conditions(asked)
    sql = f"SELECT id FROM sessions {where} ORDER BY held DESC, created DESC, id DESC LIMIT 1"
    found = connection.all(sql, *values)
    return str(found[0]["id"]) if found else None


def conditions(asked: Filter) -> tuple[str, list[Any]]:
    """What a filter asks for as SQL's WHERE, and its values."""
    parts, values = [], []
    for name, column in _EXACT.items():
        if given := getattr(asked, name):
            parts.append(f"{column} = ?")
            values.append(given)
    if asked.since:
        parts.append("held >= ?")
        values.append(asked.since)
    if asked.until:
        parts.append("held < ?")
        values.append(asked.until)
    if asked.verdict:
        parts.append(_VERDICTS[asked.verdict])
    if asked.blind:
        parts.append("id IN (SELECT session FROM ratings WHERE blind = 1)")
    if asked.text:
        parts.append(
            "(lower(kader) LIKE ? ESCAPE '\\' OR lower(posyandu) LIKE ? ESCAPE '\\' OR lower(origin) LIKE ? ESCAPE '\\'"
            " OR kader IN (SELECT code FROM people WHERE lower(name) LIKE ? ESCAPE '\\'))"
        )
        values += [_pattern(asked.text)] * 4
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def _pattern(text: str) -> str:
    return f"%{escaped(text.lower())}%"


def escaped(text: str) -> str:
    """A text in which LIKE sees no wildcard."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text
