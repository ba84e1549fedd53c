"""Small protocols for tests, written as a trainer's file would be read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from coach.protocol import Protocol, Segment, parse

FOLDER = Path(__file__).resolve().parents[2] / "protocols"

STROKE: dict[str, Any] = {
    "id": "down",
    "part": "one",
    "primitive": "stroke",
    "hands": "right",
    "path": [[0.6, 0.1], [0.6, 0.6]],
    "returns": "stroked",
    "count": {"target": [5, 6], "partial_from": 3},
    "tempo": {"shortest_s": 1.5, "longest_s": 10.0},
    "items": ["performed", "count", "order", "tempo", "hands", "path"],
}
CIRCLE: dict[str, Any] = {
    "id": "round",
    "part": "one",
    "primitive": "circle",
    "hands": "either",
    "circle": {"centre": [0.7, 0.3], "radii": [0.1, 0.14]},
    "count": {"target": [5, 6], "partial_from": 3},
    "tempo": {"shortest_s": 1.0, "longest_s": 8.0},
    "items": ["performed", "count", "order", "tempo", "path"],
}
PRESS: dict[str, Any] = {
    "id": "points",
    "part": "two",
    "primitive": "hold",
    "hands": "either",
    "contact": "fingertips",
    "hold": {
        "sequence": "in_order",
        "long_enough_s": 2.0,
        "short_from_s": 0.7,
        "points": [
            {"id": "upper", "at": [0.3, 0.2], "tolerance": 0.1, "title": {"id": "atas", "en": "upper"}},
            {"id": "lower", "at": [0.3, 0.6], "tolerance": 0.1, "title": {"id": "bawah", "en": "lower"}},
        ],
        "confusable": [{"id": "beside", "at": [0.1, 0.4], "tolerance": 0.1, "title": {"id": "lain", "en": "beside"}}],
    },
    "items": ["performed", "order", "hold"],
}


def segment(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A segment like the base with some fields changed; None takes a field out."""
    mixed = base | changes
    return {key: value for key, value in mixed.items() if value is not None}


def protocol(*segments: dict[str, Any], parts: tuple[str, ...] = ("one", "two", "three"), **changes: Any) -> Protocol:
    whole = {
        "schema": "coach.protocol/1",
        "id": "made",
        "version": "1",
        "title": {"id": "uji", "en": "made"},
        "scoring": {"pass_mark": 80},
        "parts": [{"id": part, "title": {"id": part, "en": part}} for part in parts],
        "segments": [{"title": {"id": s["id"], "en": s["id"]}, "contact": "fingers"} | s for s in segments],
    }
    return Protocol.model_validate(whole | changes)


def only(base: dict[str, Any], **changes: Any) -> Segment:
    """The one segment of a protocol that has only this."""
    return protocol(segment(base, **changes)).segments[0]


@cache
def shipped(name: str) -> Protocol:
    """A protocol of the folder protocols/."""
    return parse((FOLDER / f"{name}.toml").read_bytes())
