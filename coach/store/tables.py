"""The tables, and how a record of one looks in the database and outside it (in journals and session files)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from coach import points

Record: TypeAlias = dict[str, Any]  # column → JSON value


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    key: str
    columns: tuple[str, ...]
    packed: tuple[str, ...] = ()  # JSON, compressed: a report is 60 kB of text and 5 kB packed
    of_session: bool = True  # has a column "session"
    later: Mapping[str, Any] = field(default_factory=dict)  # columns that older journals lack, and what they then have
    follows: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None  # columns that follow from the others

    def row(self, record: Mapping[str, Any]) -> list[Any]:
        """A record's values in the order of the columns, as the database keeps them."""
        whole = {**self.later, **record}
        whole |= self.follows(whole) if self.follows is not None else {}
        return [pack(whole[c]) if c in self.packed else whole[c] for c in self.columns]

    def record(self, row: Mapping[str, Any]) -> Record:
        return {c: unpack(row[c]) if c in self.packed else row[c] for c in self.columns}


PEOPLE = Table("people", "id", ("id", "code", "name", "role", "posyandu"), of_session=False)
# How another laptop knows a person: by which id and, as far as that was settled here, as whom.
ALIASES = Table("aliases", "id", ("id", "person", "name", "posyandu"), of_session=False)
TOMBSTONES = Table("tombstones", "mark", ("mark", "kind", "made"), of_session=False)
PROTOCOLS = Table("protocols", "digest", ("digest", "id", "version", "text"), of_session=False)
SESSIONS = Table(
    "sessions",
    "id",
    (
        *("id", "created", "source", "mode", "origin", "kader", "posyandu"),
        *("protocol_id", "protocol_version", "protocol_digest", "software", "state"),
        *("duration_s", "width", "height", "corners", "video"),
        *("points", "max_points", "percent", "passed", "left_out", "corrected"),
        *("segment", "stopped", "person", "verdict", "scope", "held", "visit", "mother", "occasion"),
        "later",
    ),
    of_session=False,
    later={
        **{"segment": "", "stopped": 0, "person": "", "verdict": "", "scope": ""},
        **{"held": "", "visit": 0, "mother": "", "occasion": "", "later": ""},
    },
)
RESULTS = Table(
    "results",
    "id",
    ("id", "session", "made", "software", "protocol_digest", "report", "feedback"),
    packed=("report", "feedback"),
)
CONSENTS = Table("consents", "id", ("id", "session", "made", "author", "checks", "video", "withdrawn"))
CORRECTIONS = Table("corrections", "id", ("id", "session", "result", "made", "author", "event"))
RATINGS = Table("ratings", "id", ("id", "session", "made", "rater", "blind", "items"))
LESSONS = Table("lessons", "id", ("id", "session", "made", "entry"))  # what was noted while a practice went on
# Points by item as they stand; the same once more as coach.points has it, and the machine's own in the same order
# (empty where that is another).
STANDINGS = Table(
    "standings",
    "session",
    ("session", "items", "machine", "sheet", "marks"),
    later={"machine": ""},
    follows=lambda record: _marks(json.loads(record["items"])),
)

APPENDED = (
    RESULTS,
    CONSENTS,
    CORRECTIONS,
    RATINGS,
    LESSONS,
)  # grow only: two copies of a session are merged by their ids
TABLES: Mapping[str, Table] = {
    t.name: t
    for t in (PEOPLE, TOMBSTONES, PROTOCOLS, SESSIONS, RESULTS, CONSENTS, CORRECTIONS, RATINGS, LESSONS, STANDINGS)
}


def _marks(items: Mapping[str, int | None]) -> Mapping[str, str]:
    return {"sheet": points.sheet(items), "marks": points.packed(items)}


def pack(value: Any, quick: bool = False) -> bytes:
    """:param quick: for what is not kept long"""
    return zlib.compress(dumps(value).encode("utf-8"), 1 if quick else 6)


def unpack(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))


def dumps(value: Any) -> str:
    """JSON on one line, in which no float is lost and none is infinite."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
