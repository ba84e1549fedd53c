"""What is wrong with a protocol file: every mistake at once, each with its place.

A problem is a key of the message catalogue and values, never a sentence. The schema's own complaints come
first; the rules that span several fields (:mod:`coach.protocol.rules`) run all the same.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coach.domain import InputError, Value
from coach.protocol import Protocol
from coach.protocol import rules as protocol_rules
from coach.protocol.lines import Path, line_of, lines
from coach.protocol.rules import Problem, Trouble, place

__all__ = ["Problem", "ProtocolError", "check"]

_Values: TypeAlias = dict[str, Value]
DEEPEST = 30  # tables and lists in each other; a protocol has six
_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
# A dotted key that leads farther: the reader would take minutes over one of thousands of names.
_DEEP = re.compile(rf"(?:^|[\[{{,])[ \t]*(?:{_KEY}[ \t]*\.[ \t]*){{{DEEPEST}}}", re.MULTILINE)
_SYNTAX_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


class ProtocolError(InputError):
    """A protocol file with mistakes; ``problems`` holds them all, in the file's order."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        super().__init__("protocol_bad", path=path, count=len(problems))
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        return (ProtocolError, (self.values["path"], self.problems))


def check(data: bytes) -> list[Problem]:
    """All mistakes of a protocol file's bytes, in the file's order; an empty list for a good protocol."""
    return check_by(data, lambda _raw: Protocol, protocol_rules.troubles)


def check_by(
    data: bytes,
    model_of: Callable[[dict[str, Any]], type[BaseModel]],
    rules: Callable[[dict[str, Any]], Iterable[Trouble]],
) -> list[Problem]:
    """The same for any file of this kind.

    :param model_of: the schema for what the file says it is
    :param rules: those that span several fields
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Problem("", "protocol_not_utf8", {"byte": error.start}, data.count(b"\n", 0, error.start) + 1)]
    if deep := _DEEP.search(text):
        return [Problem("", "protocol_deep", {"most": DEEPEST}, text.count("\n", 0, deep.end()) + 1)]
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [_syntax(text, str(error))]
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets without end
        return [Problem("", "protocol_syntax", {"column": 1, "why": type(error).__name__}, 1)]
    if _depth(raw) > DEEPEST:
        return [Problem("", "protocol_deep", {"most": DEEPEST}, 1)]
    troubles = (*_schema(raw, model_of(raw)), *rules(raw))
    known = lines(text.replace("\r\n", "\n")) if troubles else {}  # reading it for its lines takes the longest
    found = [Problem(place(path, raw), key, values, line_of(path, known)) for path, key, values in troubles]
    return sorted(found, key=lambda problem: problem.line or 0)


def _depth(raw: Any) -> int:
    """How many tables and lists lie in each other."""
    depth, level = 0, [raw]
    while level:
        tables = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [inner for table in tables for inner in table]
        depth += bool(tables)
    return depth


def _syntax(text: str, message: str) -> Problem:
    match = _SYNTAX_PLACE.search(message)
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    return Problem("", "protocol_syntax", {"column": column, "why": _SYNTAX_PLACE.sub("", message)}, line)


def _schema(raw: dict[str, Any], model: type[BaseModel]) -> Iterator[Trouble]:
    """The schema's complaints in the catalogue's words."""
    if "digest" in raw:  # the reader's own field; nobody writes it
        yield ("digest",), *_unknown("digest", model)
    fields = json.dumps({key: value for key, value in raw.items() if key != "digest"}, default=_no_such_type)
    try:
        model.model_validate_json(fields, strict=True)  # as JSON, for there a list may be a tuple
    except ValidationError as error:
        details = [details for details in error.errors(include_url=False) if not _echo(details)]
        found = [_translated(detail, model) for detail in details]
        meant = {(*path[:-1], values["nearest"]) for path, key, values in found if key == "protocol_field_misspelt"}
        yield from (trouble for trouble in found if trouble[0] not in meant or trouble[1] != "protocol_field_missing")


def _echo(details: ErrorDetails) -> bool:
    """Is a list called too short only because its bad members, told of themselves, were not counted?"""
    given = details["input"]
    return details["type"] == "too_short" and isinstance(given, list) and len(given) >= details["ctx"]["min_length"]


def _no_such_type(value: object) -> dict[str, str]:
    """TOML's dates and times: no field takes them, nor a table of free names."""
    return {"date": str(value)}


def _translated(details: ErrorDetails, model: type[BaseModel]) -> Trouble:
    path: Path = tuple(details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    given = _shown(details.get("input"))
    if kind == "extra_forbidden":
        return path, *_unknown(str(path[-1]), _model_at(path[:-1], model))
    if kind == "missing":
        pair = isinstance(path[-1], int)
        where, key = (path[:-1], "protocol_pair") if pair else (path, "protocol_field_missing")
        return where, key, {"given": given} if pair else {"field": str(path[-1])}
    if kind == "literal_error":
        return path, "protocol_not_one_of", {"given": given, "allowed": _quoted(context.get("expected", ""))}
    if kind in _LIMITS:
        key, name = _LIMITS[kind]
        return path, key, {"given": given, "limit": context.get(name, "")}
    key = next((key for pattern, key in _TYPES if re.fullmatch(pattern, kind)), "protocol_bad_value")
    return path, key, {"given": given}


_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("protocol_at_least", "ge"),
    "greater_than": ("protocol_above", "gt"),
    "less_than_equal": ("protocol_at_most", "le"),
    "less_than": ("protocol_below", "lt"),
    "string_too_long": ("protocol_text_long", "max_length"),
    "too_short": ("protocol_list_short", "min_length"),
    "too_long": ("protocol_list_long", "max_length"),
}
_TYPES: tuple[tuple[str, str], ...] = (
    (r"string_pattern_mismatch", "protocol_id_form"),
    (r"string_too_short", "protocol_text_empty"),
    (r"finite_number", "protocol_not_finite"),
    (r"string_(type|sub_type|unicode)", "protocol_type_text"),
    (r"int_.*", "protocol_type_whole"),
    (r"float_.*", "protocol_type_number"),
    (r"bool_.*", "protocol_type_bool"),
    (r"(tuple|list|iterable)_type", "protocol_type_list"),
    (r"(model|dict|mapping)_.*type", "protocol_type_table"),
)


def _quoted(expected: object) -> str:
    """pydantic's English list ("'a', 'b' or 'c'") without its words."""
    return ", ".join(re.findall(r"'([^']*)'", str(expected)))


def _shown(value: object) -> str:
    """A wrong value as the file's reader would know it, at most 40 characters."""
    if isinstance(value, dict):
        return "{ … }"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # a whole number of thousands of digits
        return "…"
    return text if len(text) <= 40 else text[:39] + "…"


def _unknown(field: str, model: type[BaseModel] | None) -> tuple[str, _Values]:
    known = [info.alias or name for name, info in model.model_fields.items()] if model else []
    near = difflib.get_close_matches(field, [name for name in known if name != "digest"], n=1)
    if near:
        return "protocol_field_misspelt", {"field": field, "nearest": near[0]}
    return "protocol_field_unknown", {"field": field}


def _model_at(path: Path, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model that stands at a path of the file."""
    for name in path:
        if isinstance(name, int):
            continue
        fields = {info.alias or field: info for field, info in model.model_fields.items()}
        if name not in fields or (inner := _find_model(fields[name].annotation)) is None:
            return None
        model = inner
    return model


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _find_model(part))), None)
