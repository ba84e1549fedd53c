"""Rating before seeing what coach says: what a rater may see of a session, and who may still rate it so."""

from __future__ import annotations

from typing import Any

from coach.protocol import Protocol
from coach.store import StoredSession

Json = dict[str, Any]
# Of the list's line nothing that follows from a judgement; lists show it as not known yet.
_SCORES: Json = {
    "points": 0,
    "max_points": 0,
    "percent": None,
    "passed": None,
    "left_out": 0,
    "corrected": False,
    "verdict": "",
}


def is_open(stored: StoredSession, rater: str) -> bool:
    """Whether this rater has neither rated nor corrected the session: both show coach's own score."""
    rated = any(one.rater == rater for one in stored.ratings)
    corrected = any(c.author == rater and c.event.get("do") != "note" for c in stored.corrections)
    return not (rated or (corrected and rater))


def row(told: Json) -> Json:
    """A line of the list without its score."""
    return told | _SCORES


def withheld(told: Json, rules: Protocol | None) -> Json:
    """The session's basics with an empty sheet: the same keys, and nothing that coach or another rater judged.

    :param told: what says nothing about how well it was done, but for the row's score
    """
    scope = told["row"]["scope"].split()  # which parts were asked for is no judgement: the others are not on the sheet
    others = {part.id for part in rules.parts if scope and part.id not in scope} if rules is not None else set()
    return told | {
        "row": row(told["row"]),
        "checklist": [group for group in told["checklist"] if group["id"] not in others],
        "revision": "",
        "machine": None,
        "moved": [],
        "stands": None if rules is None else {"segments": [], "items": _items(rules), "score": None},
        "by_trainer": [],
        "missed": [],
        "notes": [],
        "outcomes": {},
        "words": {},
        "feedback": None,
        "events": [],
        "results": [],
        "ratings": [],
    }


def _items(rules: Protocol) -> list[Json]:
    """Every item to be rated, in the order of the protocol."""
    of_steps = [(f"{s.id}.{kind}", s.id, kind) for s in rules.segments for kind in s.items]
    return [_item(*one) for one in (*of_steps, *((m.id, None, "manual") for m in rules.manual))]


def _item(name: str, segment: str | None, kind: str) -> Json:
    return {
        "id": name,
        "segment": segment,
        "kind": kind,
        "points": None,
        "max_points": 2,
        "status": "manual",
        "evidence": [],
        "reason": {"key": "manual", "values": {}},
    }
