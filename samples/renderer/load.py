"""Session scripts from TOML: read strictly, everything that needs work told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from samples.renderer.rules import contradictions
from samples.renderer.script import SCHEMA, Lamp, Person, Picture, Script, ScriptError, Step, Style, Sway, View, Visit

_PARTS: Mapping[str, Any] = {
    "receiver": Person,
    "giver": Person,
    "camera": View,
    "light": Lamp,
    "picture": Picture,
    "sway": Sway,
    "style": Style,
}
_LISTS: Mapping[str, Any] = {"steps": Step, "visits": Visit}


def load(path: Path) -> Script:
    """The script of a TOML file."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ScriptError) as error:
        raise ScriptError(f"{path.name}: {error}") from error


def parse(data: Mapping[str, Any]) -> Script:
    """The script of parsed TOML."""
    faults: list[str] = []
    known = dict(data)
    if known.pop("schema", None) != SCHEMA:
        faults.append(f"schema: expected {SCHEMA!r}")
    values: dict[str, Any] = {}
    for part, kind in _PARTS.items():
        values[part] = _built(kind, known.pop(part, {}), part, faults)
    for name, kind in _LISTS.items():
        entries = known.pop(name, [])
        values[name] = tuple(_built(kind, entry, f"{name}[{k}]", faults) for k, entry in enumerate(entries))
    faults += [f"{name}: missing" for name in ("name", "seed", "expected") if name not in known]
    if not faults:
        script = _built(Script, known | values, "", faults)
        faults += [] if script is None else contradictions(script)
    if faults:
        raise ScriptError("; ".join(faults))
    return Script(**_frozen(known), **values)


def _built(kind: Any, values: Mapping[str, Any], where: str, faults: list[str]) -> Any:
    names = {entry.name for entry in fields(kind)}
    unknown = sorted(set(values) - names)
    faults += [f"{where}.{name}: unknown key" for name in unknown]
    faults += [
        f"{where}.{entry.name}: expected {type(entry.default).__name__}, found {values[entry.name]!r}"
        for entry in fields(kind)
        if entry.name in values and not _like(values[entry.name], entry.default)
    ]
    if unknown:
        return None
    try:
        return kind(**_frozen(values))
    except TypeError as error:
        faults.append(f"{where}: {error}")
        return None


def _like(value: Any, default: Any) -> bool:
    """Whether a value is of a default's kind; numbers are alike, and what has no default is not checked."""
    if isinstance(default, bool) or not isinstance(default, int | float | str | tuple):
        return isinstance(value, bool) or not isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list | tuple if isinstance(default, tuple) else str)


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
