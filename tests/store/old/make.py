"""Writes a database of each version of the store that has none yet: ``python -m tests.store.old.make``."""

from __future__ import annotations

import json
import sqlite3
import uuid
import zlib
from pathlib import Path

from coach.store.migrate import steps
from coach.store.tables import dumps
from tests.store.made import CORNERS, protocol, protocol_file, result

HERE = Path(__file__).parent
SESSION = "11111111-2222-4333-8444-555555555555"
PERSON = "41111111-2222-4333-8444-555555555555"
MADE = "2026-11-24T08:00:00.000000Z"


def make(version: int) -> Path:
    file = HERE / f"v{version}.db"
    if file.exists():
        return file
    database = sqlite3.connect(file)
    database.create_function("new_uuid", 0, lambda: str(uuid.uuid4()))
    for step in steps()[:version]:
        database.executescript(step)
    database.execute(f"PRAGMA user_version={version}")
    for table, row in rows(version):
        names = ", ".join(row)
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    database.commit()
    database.close()
    return file


def rows(version: int) -> list[tuple[str, dict[str, object]]]:
    """What was in a store of that version."""
    rules = protocol()
    report = result()
    score = report["score"]
    session: dict[str, object] = {
        "id": SESSION,
        "created": MADE,
        "source": "video",
        "mode": "",
        "origin": "lama.mp4",
        "kader": "K01",
        "posyandu": "Mawar",
        "protocol_id": rules.id,
        "protocol_version": rules.version,
        "protocol_digest": rules.digest,
        "software": "coach 0.1.0",
        "state": "finished",
        "duration_s": 183.04,
        "width": 640,
        "height": 480,
        "corners": json.dumps(CORNERS.tolist()),
        "video": "",
        **{name: score[name] for name in ("points", "max_points", "left_out")},
        "percent": round(score["percent"], 1),
        "passed": int(score["passed"]),
    }
    kept: list[tuple[str, dict[str, object]]] = [
        ("people", {"code": "K01", "name": "Ibu Lama", "role": "kader", "posyandu": "Mawar"}),
        (
            "protocols",
            {"digest": rules.digest, "id": rules.id, "version": rules.version, "text": protocol_file().decode()},
        ),
        ("sessions", session),
        (
            "results",
            {
                "id": "21111111-2222-4333-8444-555555555555",
                "session": SESSION,
                "made": MADE,
                "software": "coach 0.1.0",
                "protocol_digest": rules.digest,
                "report": zlib.compress(dumps(report).encode()),
                "feedback": zlib.compress(b"{}"),
            },
        ),
    ]
    if version >= 2:
        session["corrected"] = 1
        note = dumps({"do": "note", "at_s": 1.0, "text": "lama"})
        kept.append(
            (
                "corrections",
                {
                    "id": "31111111-2222-4333-8444-555555555555",
                    "session": SESSION,
                    "result": "21111111-2222-4333-8444-555555555555",
                    "made": MADE,
                    "author": "T1",
                    "event": note,
                },
            )
        )
    if version >= 3:
        items = {item["id"]: item["points"] for item in report["items"]}
        kept.append(("standings", {"session": SESSION, "items": dumps(items)}))
    if version >= 6:
        kept[0][1]["id"] = session["person"] = PERSON
    return kept


if __name__ == "__main__":
    for version in range(1, len(steps()) + 1):
        print(make(version))
