"""What pages over thousands of sessions ask: each in a few columns, with its points as one short text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, cast

from coach.points import Items, Points
from coach.store import listing
from coach.store.database import Connection
from coach.store.model import Filter
from coach.store.tables import unpack

# As SessionRow.counts says it.
COUNTS = """source <> 'sample' AND mode <> 'again' AND segment = '' AND stopped = 0
  AND verdict NOT IN ('undecided', 'other_motion', 'damaged')"""
# In this order they are read.
_COLUMNS = "id, held, created, mode, kader, posyandu, percent, passed, verdict, scope, sheet, marks"
_NOTHING = Points((), "")


class Brief(NamedTuple):
    """A session that tells how a kader gets on."""

    session: str
    held: str
    created: str
    mode: str
    kader: str
    posyandu: str
    percent: float | None
    passed: bool | None
    verdict: str
    scope: str
    items: Points  # as they stand; none where there is no result


@dataclass(frozen=True, slots=True)
class RatedBlind:
    """A session that somebody rated without having seen what coach made of it."""

    session: str
    machine: Items  # of coach's latest result, before any correction
    raters: Sequence[tuple[str, Items]]  # (code, points), in the order of their ratings


def counted(connection: Connection, asked: Filter) -> list[Brief]:
    """The sessions that count, oldest first."""
    where, values = listing.conditions(asked)
    sql = f"""SELECT {_COLUMNS} FROM sessions LEFT JOIN standings ON standings.session = sessions.id
      {where or "WHERE 1 = 1"} AND {COUNTS}"""
    rows = [_values(row) for row in connection.all(sql, *values)]
    rows.sort(key=itemgetter(1, 2, 0))  # quicker than the database, which moves whole rows
    names = _names(connection, ((row[10], row[0]) for row in rows))
    return [_brief(row, names) for row in rows]


def _brief(row: Sequence[Any], names: Mapping[str, tuple[str, ...]]) -> Brief:
    items = Points(names[row[10]], row[11]) if row[10] else _NOTHING
    passed = None if row[7] is None else bool(row[7])
    return Brief._make((*row[:7], passed, *row[8:10], items))


def _values(row: Mapping[str, Any]) -> Sequence[Any]:
    """In the order in which they were asked for; SQLite's rows are tuples already."""
    return tuple(row.values()) if isinstance(row, dict) else cast("Sequence[Any]", row)


def _names(connection: Connection, sheets: Iterable[tuple[str | None, str]]) -> dict[str, tuple[str, ...]]:
    """The items of each sheet, as one session of it has them.

    :param sheets: (sheet, id of a session that has it)
    """
    first: dict[str, str] = {}
    for sheet, session in sheets:
        if sheet:
            first.setdefault(sheet, session)
    return {sheet: tuple(_items(connection, session)) for sheet, session in first.items()}


def _items(connection: Connection, session: str) -> dict[str, int | None]:
    found: dict[str, int | None] = json.loads(
        connection.all("SELECT items FROM standings WHERE session = ?", session)[0]["items"]
    )
    return found


def rated_blind(connection: Connection, ids: Sequence[str], protocol: str) -> Iterator[RatedBlind]:
    """Those of the sessions that somebody rated blind, in their order.

    :param protocol: id of theirs; those of another are left out
    """
    ratings: dict[str, list[tuple[str, Items]]] = {}
    for row in connection.all("SELECT session, rater, items FROM ratings WHERE blind = 1 ORDER BY made, id"):
        ratings.setdefault(row["session"], []).append((row["rater"], json.loads(row["items"])))
    for lot in listing.in_lots([session for session in ids if session in ratings]):
        marks = ", ".join("?" * len(lot))
        sql = f"""SELECT id, machine, sheet FROM sessions JOIN standings ON session = id
          WHERE protocol_id = ? AND id IN ({marks})"""
        rows = {row["id"]: row for row in connection.all(sql, protocol, *lot)}
        names = _names(connection, ((row["sheet"], row["id"]) for row in rows.values()))
        for session in (one for one in lot if one in rows):
            row = rows[session]
            own = Points(names[row["sheet"]], row["machine"]) if row["machine"] else _of_report(connection, session)
            yield RatedBlind(session, own, ratings[session])


def _of_report(connection: Connection, session: str) -> Items:
    """From the result itself, where its items are others than those that stand."""
    sql = "SELECT report FROM results WHERE session = ? ORDER BY made DESC, id DESC LIMIT 1"
    found = connection.all(sql, session)
    return {item["id"]: item["points"] for item in unpack(found[0]["report"])["items"]} if found else {}
