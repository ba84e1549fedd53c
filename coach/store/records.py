"""Records of the tables ↔ what the store gives."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from coach.domain import BackMark, Floats
from coach.protocol import Protocol
from coach.store.model import (
    Consent,
    Correction,
    Json,
    NewSession,
    Person,
    Rating,
    Result,
    Score,
    SessionRow,
    StoredSession,
)
from coach.store.tables import Record, dumps

_PLAIN = tuple(name for name in SessionRow.__dataclass_fields__ if name not in ("passed", "corrected", "stopped"))


def new_id() -> str:
    return str(uuid.uuid4())


def now() -> str:
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """A moment as the store writes it: UTC, ISO, always as long."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def after(made: str, newest: str | None) -> str:
    """When a record was made, as the store has it: its order is what counts, whatever the clock was set to meanwhile.

    :param newest: when the newest of its kind was made
    """
    if newest is None or made > newest:
        return made
    return stamp(datetime.fromisoformat(newest) + timedelta(microseconds=1))


def session_record(session: str, new: NewSession, person: str = "") -> Record:
    """:param person: id of the kader"""
    return {
        "id": session,
        "created": now(),
        "held": _held(new.held),
        "visit": new.visit,
        "mother": new.mother,
        "occasion": new.occasion,
        "source": new.source,
        "mode": new.mode,
        "segment": new.segment,
        "origin": new.origin,
        "kader": new.kader,
        "person": person,
        "posyandu": new.posyandu,
        "protocol_id": new.protocol.id,
        "protocol_version": new.protocol.version,
        "protocol_digest": new.protocol.digest,
        "software": new.software,
        "state": "recording",
        "duration_s": 0.0,
        "width": int(new.size[0]),
        "height": int(new.size[1]),
        "corners": dumps(places(new.corners)),
        "later": marks(new.later),
        "video": "",
        "points": 0,
        "max_points": 0,
        "percent": None,
        "passed": None,
        "left_out": 0,
        "corrected": 0,
        "stopped": 0,
        "verdict": "",
        "scope": "",
    }


def places(corners: Floats) -> list[list[float]]:
    """(4, 2) px as JSON values."""
    return [[float(x), float(y)] for x, y in corners]


def marks(later: Sequence[BackMark]) -> str:
    """Where the back is from later times on, as the store writes it: JSON, or nothing."""
    return dumps([{"from_s": one.from_s, "corners": places(one.corners)} for one in later]) if later else ""


def _marks(text: str) -> tuple[BackMark, ...]:
    found = json.loads(text) if text else []
    return tuple(BackMark(one["from_s"], np.array(one["corners"], dtype=np.float64)) for one in found)


def _held(told: str) -> str:
    """When it was: a film from a camera whose clock is ahead was made by now at the latest."""
    return min(stamp(datetime.fromisoformat(told)), now()) if told else now()


def protocol_record(protocol: Protocol, file: bytes) -> Record:
    return {"digest": protocol.digest, "id": protocol.id, "version": protocol.version, "text": file.decode("utf-8")}


def result_record(session: str, report: Json, feedback: Json, software: str, digest: str) -> Record:
    return {
        "id": new_id(),
        "session": session,
        "made": now(),
        "software": str(report.get("software", software)),
        "protocol_digest": str(report.get("protocol", {}).get("digest", digest)),
        "report": report,
        "feedback": feedback,
    }


def consent_record(session: str, consent: Consent) -> Record:
    return {
        "id": new_id(),
        "session": session,
        "made": consent.made or now(),
        "author": consent.by,
        "checks": dumps(list(consent.checks)),
        "video": int(consent.video),
        "withdrawn": int(consent.withdrawn),
    }


def scored(record: Mapping[str, Any], score: Score) -> Record:
    """The session's record with a score."""
    return dict(record) | {
        "points": score.points,
        "max_points": score.max_points,
        "percent": score.percent,
        "passed": None if score.passed is None else int(score.passed),
        "left_out": score.left_out,
        "corrected": int(score.corrected),
        "stopped": int(score.stopped),
        "verdict": score.verdict,
        "scope": score.scope,
    }


def row(record: Mapping[str, Any]) -> SessionRow:
    passed = record["passed"]
    return SessionRow(
        **{name: record[name] for name in _PLAIN},
        passed=None if passed is None else bool(passed),
        corrected=bool(record["corrected"]),
        stopped=bool(record["stopped"]),
    )


def result(record: Record) -> Result:
    names = ("id", "made", "software", "protocol_digest", "report", "feedback")
    return Result(**{name: record[name] for name in names})


def correction(record: Record) -> Correction:
    event = json.loads(record["event"])
    return Correction(record["id"], record["made"], record["author"], record["result"], event)


def rating(record: Record) -> Rating:
    items = json.loads(record["items"])
    return Rating(record["id"], record["made"], record["rater"], bool(record["blind"]), items)


def consent(record: Record) -> Consent:
    return Consent(
        checks=tuple(json.loads(record["checks"])),
        video=bool(record["video"]),
        withdrawn=bool(record["withdrawn"]),
        by=record["author"],
        made=record["made"],
    )


def person(record: Mapping[str, Any]) -> Person:
    return Person(record["code"], record["name"], record["role"], record["posyandu"], record["id"])


def stored(record: Record, added: Mapping[str, Sequence[Record]]) -> StoredSession:
    """A session with what was added to it, by table, each in order of the time it was made."""
    return StoredSession(
        row=row(record),
        corners=tuple((x, y) for x, y in json.loads(record["corners"])),
        size=(record["width"], record["height"]),
        results=tuple(map(result, added.get("results", ()))),
        corrections=tuple(map(correction, added.get("corrections", ()))),
        ratings=tuple(map(rating, added.get("ratings", ()))),
        consents=tuple(map(consent, added.get("consents", ()))),
        later=_marks(record["later"]),
    )
