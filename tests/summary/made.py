"""A session as it stands, an occasion and a table's entries, for the tests of papers and files."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from coach.correct import events
from coach.correct.fold import Corrected, corrected
from coach.protocol import Protocol
from coach.summary.columns import Entry
from coach.summary.occasion import Occasion
from tests.summary.example import session

WHEN = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
OCCASION = Occasion(
    session="9526849a-8a1c-4ece-a878-4f699e6e82dc",
    when=WHEN,
    kader="K07",
    name="Ibu Sari Wulandari",
    posyandu="Mawar 3",
    rater="T1",
    corrected=True,
    outcomes={"milk_flow": True},
)
EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("1", {"do": "tick_item", "item": "oil", "points": 2}),
    ("2", {"do": "tick_item", "item": "pressure", "points": None}),
    ("3", {"do": "override_item", "item": "heart.performed", "points": 1, "reason": "dilakukan di luar gambar"}),
    ("4", {"do": "note", "at_s": 33.2, "text": "Tangan kiri masih ragu #strong[x] <b> \\ $"}),
]


def stands(protocol: Protocol) -> Corrected:
    """The example session with a few corrections."""
    return corrected(session(protocol), protocol, [(name, events.event(event)) for name, event in EVENTS])


def entries(protocol: Protocol, number: int, kaders: int = 20) -> list[Entry]:
    """Sessions of several kaders over months, who get better."""
    ids = [f"{s.id}.{kind}" for s in protocol.segments for kind in s.items]
    manual: dict[str, int | None] = {m.id: None for m in protocol.manual}
    made = []
    for k in range(number):
        level = min(95, 50 + 10 * (k // kaders))
        points = {item: _points(f"{k}{item}", level) for item in ids}
        total = sum(points.values())
        percent = round(100 * total / (2 * len(ids)), 1)
        made.append(
            Entry(
                session=f"{k:08x}-0000-4000-8000-000000000000",
                when=WHEN + timedelta(hours=7 * k),
                kader=f"K{k % kaders:02}",
                posyandu="Mawar" if k % 2 else "Melati",
                protocol=f"{protocol.id} {protocol.version}",
                source="live",
                origin="",
                duration_s=183.04,
                points=total,
                max_points=2 * len(ids),
                percent=percent,
                passed=percent >= 80,
                left_out=len(manual),
                corrected=False,
                items={**points, **manual},
                outcomes={"milk_flow": None},
            )
        )
    return made


def _points(name: str, level: int) -> int:
    chance = zlib.crc32(name.encode()) % 100
    return 2 if chance < level else 1 if chance < level + 25 else 0


def other(entry: Entry, **change: object) -> Entry:
    return replace(entry, **change)  # type: ignore[arg-type]
