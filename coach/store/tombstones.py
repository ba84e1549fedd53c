"""What was deleted stays so: of each thing a mark and the moment, and nothing of what it was.

The mark is a digest of the id, so that not even the id itself is left to be found. It suffices to know the thing
again when an older file brings it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, TypeAlias

from coach.store import listing, records
from coach.store.database import Connection, insert, select
from coach.store.tables import TOMBSTONES, Record

Kind: TypeAlias = Literal["session", "person", "mother"]


def mark(kind: Kind, id: str) -> str:
    """Hexadecimal, 64 signs."""
    return hashlib.sha256(f"{kind}:{id}".encode()).hexdigest()


def bury(connection: Connection, kind: Kind, id: str) -> Record:
    """Notes that something was deleted; within the transaction that deletes it. The earlier moment stays."""
    record = {"mark": mark(kind, id), "kind": kind, "made": records.now()}
    insert(connection, TOMBSTONES, record)
    return record


def buried(connection: Connection, kind: Kind, ids: Iterable[str]) -> dict[str, str]:
    """Those of the ids that were deleted, with when."""
    by_mark = {mark(kind, one): one for one in ids}
    found = (one for lot in listing.in_lots(list(by_mark)) for one in select(connection, TOMBSTONES, "mark", lot))
    return {by_mark[one["mark"]]: one["made"] for one in found}


def meant(connection: Connection, marks: Iterable[str]) -> list[str]:
    """The ids of those sessions here that the marks of another store mean."""
    wanted = set(marks)
    here = (r["id"] for r in connection.all("SELECT id FROM sessions")) if wanted else ()
    return [one for one in here if mark("session", one) in wanted]


def newest(connection: Connection, most: int) -> list[Record]:
    """All that is to be told to another store; of very many the newest."""
    rows = connection.all("SELECT * FROM tombstones ORDER BY made DESC, mark LIMIT ?", most)
    return [TOMBSTONES.record(row) for row in rows]
