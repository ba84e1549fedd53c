"""The rules of a protocol that span several fields, checked on raw TOML values.

Every rule looks only at fields of the right type and keeps silent about the others, which the schema
reports: so all rules run however broken the rest of the file is.
"""

from __future__ import annotations

import difflib
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from coach.domain import Value
from coach.protocol.lines import Path

Trouble: TypeAlias = tuple[Path, str, dict[str, Value]]
Table: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where, and which message of the catalogue says what to do."""

    place: str  # such as 'segments[3] "spine_circles" → count.target', counted from 1; "" is the whole file
    key: str
    values: Mapping[str, Value]
    line: int | None = None  # of the file, from 1


def place(path: Path, raw: Table) -> str:
    """A path for people: elements counted from 1, with their id where they have one."""
    text, value = "", raw
    for name in path:
        value = _inside(value, name)
        if isinstance(name, int):
            text += f"[{name + 1}]"
            label = value.get("id") if isinstance(value, dict) else None
            text += f' "{label}" → ' if isinstance(label, str) else ""
        else:
            text += name if not text or text.endswith("→ ") else f".{name}"
    return text.removesuffix(" → ")


def _inside(value: Any, name: str | int) -> Any:
    if isinstance(value, dict) and isinstance(name, str):
        return value.get(name)
    if isinstance(value, list) and isinstance(name, int) and name < len(value):
        return value[name]
    return None


def troubles(raw: Table) -> Iterator[Trouble]:
    """Every rule of the file that is broken, as (path, key, values)."""
    segments = list(_tables(raw, "segments"))
    for name in ("parts", "segments", "manual", "outcomes"):
        yield from _duplicates((name,), list(_tables(raw, name)))
    yield from _parts(raw, segments)
    yield from _press_after(segments)
    for k, segment in segments:
        base: Path = ("segments", k)
        for rule in (_numbers, _shape, _scorable, _points):
            for path, key, values in rule(segment):
                yield base + path, key, values


# ------------------------------------------------------------------ careful access
def _tables(table: Table, name: str) -> Iterator[tuple[int, Table]]:
    items = table.get(name)
    for k, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield k, item


def _table(table: Table, name: str) -> Table:
    value = table.get(name)
    return value if isinstance(value, dict) else {}


def _text(table: Table, name: str) -> str | None:
    value = table.get(name)
    return value if isinstance(value, str) else None


def _number(value: Any) -> float | int | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and -1e9 < value < 1e9
    return value if usable else None


def _pair(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    first, second = _number(value[0]), _number(value[1])
    return None if first is None or second is None else (first, second)


def _place(value: Any) -> tuple[float, float] | None:
    return _pair(value)


# ------------------------------------------------------------------ across the file
def _duplicates(base: Path, items: list[tuple[int, Table]]) -> Iterator[Trouble]:
    first: dict[str, int] = {}
    for k, item in items:
        name = _text(item, "id")
        if name is None:
            continue
        if name in first:
            other = ".".join(str(step) for step in base if isinstance(step, str)) + f"[{first[name] + 1}]"
            yield (*base, k, "id"), "protocol_duplicate", {"id": name, "first": other}
        first.setdefault(name, k)


def _parts(raw: Table, segments: list[tuple[int, Table]]) -> Iterator[Trouble]:
    parts = {name: k for k, part in _tables(raw, "parts") if (name := _text(part, "id")) is not None}
    used = [(k, name) for k, segment in segments if (name := _text(segment, "part")) is not None]
    for k, name in used:
        if name not in parts:
            yield ("segments", k, "part"), *_no_such("protocol_part_unknown", name, parts)
    for name, k in parts.items():
        if name not in {part for _, part in used}:
            yield ("parts", k), "protocol_part_unused", {"part": name}
    finished: set[str] = set()
    for (_, before), (k, name) in itertools.pairwise(used):
        if name != before:
            finished.add(before)
            if name in finished:
                yield ("segments", k, "part"), "protocol_part_scattered", {"part": name}


def _no_such(key: str, given: str, known: Mapping[str, Any]) -> tuple[str, dict[str, Value]]:
    near = difflib.get_close_matches(given, list(known), n=1)
    return key, {"given": given, "known": near[0] if near else ", ".join(known) or "–"}


def _press_after(segments: list[tuple[int, Table]]) -> Iterator[Trouble]:
    index: dict[str, int] = {}
    for k, segment in segments:
        index.setdefault(_text(segment, "id") or "", k)
    table = dict(segments)
    after = {k: index.get(name) for k, s in segments if (name := _text(s, "press_after")) is not None}
    for k, other in after.items():
        path: Path = ("segments", k, "press_after")
        name = str(table[k]["press_after"])
        if other is None:
            yield path, *_no_such("protocol_press_unknown", name, index)
        elif other == k:
            yield path, "protocol_press_self", {}
        elif _circular(k, after):
            yield path, "protocol_press_circular", {"given": name}
        elif other > k:
            yield path, "protocol_press_later", {"given": name}
        elif _text(table[k], "part") != _text(table[other], "part"):
            yield path, "protocol_press_other_part", {"given": name}


def _circular(start: int, after: Mapping[int, int | None]) -> bool:
    step = after.get(start)
    for _ in after:
        if step is None or step == start:
            break
        step = after.get(step)
    return step == start


# ------------------------------------------------------------------ inside one segment
def _numbers(segment: Table) -> Iterator[Trouble]:
    count, tempo, hold = (_table(segment, name) for name in ("count", "tempo", "hold"))
    yield from _times(_table(segment, "duration"))
    target, reach = _pair(count.get("target")), _pair(segment.get("reach"))
    if target and target[0] > target[1]:
        yield ("count", "target"), "protocol_low_high", {"low": target[0], "high": target[1]}
    partial = _number(count.get("partial_from"))
    if target and partial is not None and partial > min(target):
        yield ("count", "partial_from"), "protocol_partial_high", {"given": partial, "low": min(target)}
    if reach and reach[0] >= reach[1]:
        yield ("reach",), "protocol_low_high", {"low": reach[0], "high": reach[1]}
    full = _number(segment.get("full_reach"))
    if reach and full is not None and not reach[0] <= full <= reach[1]:
        yield ("full_reach",), "protocol_full_reach", {"given": full, "low": reach[0], "high": reach[1]}
    yield from _shorter(tempo, "tempo", "shortest_s", "longest_s")
    yield from _shorter(hold, "hold", "short_from_s", "long_enough_s")
    yield from _shorter(hold, "hold", "long_enough_s", "rest_from_s")


def _times(duration: Table) -> Iterator[Trouble]:
    target = _pair(duration.get("target_s"))
    if target and target[0] > target[1]:
        yield ("duration", "target_s"), "protocol_low_high", {"low": target[0], "high": target[1]}
    partial = _number(duration.get("partial_from_s"))
    if target and partial is not None and partial > min(target):
        yield ("duration", "partial_from_s"), "protocol_partial_high", {"given": partial, "low": min(target)}
    yield from _shorter(duration, "duration", "bridge_s", "partial_from_s")


def _shorter(table: Table, name: str, short: str, long: str) -> Iterator[Trouble]:
    low, high = _number(table.get(short)), _number(table.get(long))
    if low is not None and high is not None and low >= high:
        yield (name, short), "protocol_not_shorter", {"short": short, "low": low, "long": long, "high": high}


_NEEDS = {"stroke": "path", "pass": "path", "curve": "path", "circle": "circle", "hold": "hold"}


def _shape(segment: Table) -> Iterator[Trouble]:
    """The table that the kind of motion needs, and no other."""
    primitive = _text(segment, "primitive") or ""
    needed = _NEEDS.get(primitive)
    if needed and needed not in segment:
        yield (), "protocol_table_missing", {"primitive": primitive, "field": needed}
    for name in ("path", "circle", "hold"):
        if needed and name in segment and name != needed:
            yield (name,), "protocol_table_unused", {"primitive": primitive, "field": name}
    if primitive == "hold" and "duration" in segment:
        yield ("duration",), "protocol_table_unused", {"primitive": primitive, "field": "duration"}
    if needed and primitive != "pass" and "circles_per_pass" in segment:
        yield ("circles_per_pass",), "protocol_table_unused", {"primitive": primitive, "field": "circles_per_pass"}
    path = segment.get("path")
    places = [_place(at) for at in path] if isinstance(path, list) else []
    if len(places) >= 2 and places[0] is not None and len(set(places)) == 1:
        yield ("path",), "protocol_path_zero", {}


def _scorable(segment: Table) -> Iterator[Trouble]:
    """Items that the segment gives nothing to score by."""
    items = segment.get("items")
    seen: set[str] = set()
    for k, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, str):
            continue
        if item in seen:
            yield ("items", k), "protocol_item_twice", {"item": item}
        seen.add(item)
        if item in ("count", "tempo", "duration") and item not in segment:
            yield ("items", k), "protocol_item_unscorable", {"item": item, "field": item}
        if item == "hold" and "hold" not in segment and segment.get("primitive") != "hold":
            yield ("items", k), "protocol_item_unscorable", {"item": item, "field": "hold"}
        if item == "path" and segment.get("primitive") == "hold":
            yield ("items", k), "protocol_item_unscorable", {"item": item, "field": "path"}
        if item == "hands" and segment.get("hands") == "either":
            yield ("items", k), "protocol_item_either", {}


def _points(segment: Table) -> Iterator[Trouble]:
    """The points of a hold: each named once, and far enough apart to be told from each other."""
    hold = _table(segment, "hold")
    points = [(("hold", name, k), point) for name in ("points", "confusable") for k, point in _tables(hold, name)]
    for (path, point), (other_path, other) in itertools.combinations(points, 2):
        name = _text(other, "id")
        if name is not None and name == _text(point, "id"):
            first = f"hold.{path[1]}[{int(path[2]) + 1}]"
            yield (*other_path, "id"), "protocol_duplicate", {"id": name, "first": first}
        elif _too_close(point, other):
            yield (*other_path, "at"), "protocol_points_close", {"other": _text(point, "id") or "?"}


def _too_close(point: Table, other: Table) -> bool:
    at, other_at = _place(point.get("at")), _place(other.get("at"))
    reach, other_reach = _number(point.get("tolerance")), _number(other.get("tolerance"))
    if at is None or other_at is None or reach is None or other_reach is None:
        return False
    return point.get("hand") == other.get("hand") and math.dist(at, other_at) < min(reach, other_reach) / 2
