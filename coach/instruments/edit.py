"""An instrument's file as fields to fill in: texts, numbers, choices, yes or no; comments and layout stay as they were.

What answers are found by, ids above all, is no field: with another id a line would be another question.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import tomlkit

from coach.instruments.schema import model_of
from coach.protocol.edit import Change, change

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[str | int, ...]
Kind: TypeAlias = Literal["text", "flag", "whole", "number", "one_of", "some_of", "words"]

LISTS = ("statements", "screening", "questions")  # whose lines can be added and taken away
WITH_CHOICES, CHOICES = "choice_questions", "choices"  # a question that is answered by choices; and its list of them
_LANGS = ("id", "en")
# Names by which files and answers find each other, and what is asked for when the file is kept.
_FIXED = ("schema", "kind", "id", "version", "draft", "digest", "protocol", "instruments", "flow", "question")


@dataclass(frozen=True, slots=True)
class Field:
    place: Place
    value: Any
    kind: Kind
    lang: str = ""  # of a sentence that is there in several languages
    least: float | None = None
    most: float | None = None  # of a number; of a text its longest
    options: tuple[str, ...] = ()
    titles: Mapping[str, Json] = field(default_factory=dict)  # of options that the file itself names, by language
    about: Json = field(default_factory=dict)  # the question that a sign of a referral is about, by language


def fields(data: bytes) -> list[Field]:
    """In the file's order.

    :param data: a file without a mistake of syntax
    """
    raw = tomllib.loads(data.decode("utf-8"))
    schema = model_of(raw).model_json_schema(by_alias=True)
    found = _walk(raw, schema, (), schema.get("$defs", {}))
    return [_of_sign(one, raw) if "signs" in one.place else one for one in found]


def with_choices(raw: Json) -> list[str]:
    """The ids of the questions that are answered by choices."""
    asked = raw.get("questions", [])
    return [str(one["id"]) for one in asked if isinstance(one, dict) and one.get("id") and one.get(CHOICES)]


def _of_sign(one: Field, raw: Json) -> Field:
    """A sign of a referral is about a question, and asks for some of its choices where it has any."""
    _, rule, _, sign, last = one.place
    try:
        wanted = raw["referrals"][rule]["signs"][sign]["question"]
        (question,) = (q for q in raw["questions"] if q["id"] == wanted)
        titles = {choice["id"]: dict(choice["text"]) for choice in question.get(CHOICES) or ()}
        about = dict(question["text"])
    except (KeyError, IndexError, TypeError, ValueError):  # a mistake, which the check names
        return one
    if last == "is" and titles:
        return replace(one, about=about, kind="some_of", options=tuple(titles), titles=titles)
    return replace(one, about=about)


def _walk(value: Any, node: Json, place: Place, shapes: Json) -> Iterator[Field]:
    node = _resolved(node, shapes)
    if isinstance(value, Mapping):
        own = node.get("properties", {})
        spoken = set(own) == set(_LANGS)
        for name, inner in value.items():
            if name in own and (spoken or name not in _FIXED):
                yield from _walk(inner, own[name], (*place, name), shapes)
    elif _is_table_list(value):
        for k, one in enumerate(value):
            step = one["id"] if isinstance(one.get("id"), str) else k
            yield from _walk(one, node.get("items", {}), (*place, step), shapes)
    elif (kind := _kind(value, node, shapes)) is not None:
        yield _field(value, kind, node, place, shapes)


def _is_table_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _field(value: Any, kind: Kind, node: Json, place: Place, shapes: Json) -> Field:
    last = str(place[-1])
    inner = _resolved(node.get("items", {}), shapes) if kind in ("some_of", "words") else node
    return Field(
        place=place,
        value=value,
        kind=kind,
        lang=last if last in _LANGS and kind == "text" else "",
        least=node.get("minimum"),
        most=node.get("maxLength") if kind == "text" else node.get("maximum"),
        options=tuple(inner.get("enum", ())),
    )


def _kind(value: Any, node: Json, shapes: Json) -> Kind | None:
    if node.get("type") == "array":
        return "some_of" if "enum" in _resolved(node.get("items", {}), shapes) else "words"
    kinds: Mapping[str, Kind] = {"boolean": "flag", "integer": "whole", "number": "number"}
    if node.get("type") == "string" and isinstance(value, str):
        return "one_of" if "enum" in node else "text"
    return kinds.get(node.get("type", ""))


def _resolved(node: Json, shapes: Json) -> Json:
    while True:
        if "$ref" in node:
            node = shapes[node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(one for one in node["anyOf"] if one.get("type") != "null")
        else:
            return node


def changed(data: bytes, changes: Sequence[Change]) -> bytes:
    """The file with other values in its fields; it may have mistakes then.

    :raises LookupError: for a place that is no field's
    """
    known = {one.place for one in fields(data)}
    if other := [place for place, _ in changes if tuple(place) not in known]:
        raise LookupError(other[0])
    document = tomlkit.parse(data.decode("utf-8"))
    change(document, changes)
    return tomlkit.dumps(document).encode("utf-8")


def kept(data: bytes, version: str) -> bytes:
    """The file under its new version: a draft, for nobody has confirmed it yet."""
    document = tomlkit.parse(data.decode("utf-8"))
    change(document, [(("version",), version)])
    text = tomlkit.dumps(document)
    if "draft" not in document:  # a key added behind the tables would be one of theirs
        return f"draft = true\n{text}".encode()
    change(document, [(("draft",), True)])
    return tomlkit.dumps(document).encode("utf-8")


def added(data: bytes, name: str) -> bytes:
    """The file with one more line at the end of a list, to be filled in.

    :param name: of :data:`LISTS`, :data:`WITH_CHOICES`, or "questions/<id>/choices"
    :raises LookupError: where the file has no such list
    """
    document = tomlkit.parse(data.decode("utf-8"))
    lines = _lines(document, LISTS[-1] if name == WITH_CHOICES else name)
    taken = {one.get("id") for one in lines}
    own = next(id_ for k in range(1, len(lines) + 2) if (id_ := f"new_{k}") not in taken)
    table = tomlkit.inline_table() if name.endswith(f"/{CHOICES}") else tomlkit.table()
    table.update({"id": own, **_blank(name.rpartition("/")[2])})
    lines.append(table)
    return tomlkit.dumps(document).encode("utf-8")


def removed(data: bytes, name: str, id_: str) -> bytes:
    """The file without one line of a list. Raises LookupError where it has no such list or line."""
    document = tomlkit.parse(data.decode("utf-8"))
    lines = _lines(document, name)
    where = [k for k, one in enumerate(lines) if one.get("id") == id_]
    if not where:
        raise LookupError(id_)
    del lines[where[0]]
    return tomlkit.dumps(document).encode("utf-8")


def _lines(document: tomlkit.TOMLDocument, name: str) -> Any:
    first, *within = name.split("/")
    found = document.get(first) if first in LISTS else None
    if within and isinstance(found, list):
        own = [one for one in found if one.get("id") == within[0]]
        found = own[0].get(CHOICES) if own and within[1:] == [CHOICES] else None
    if not isinstance(found, list):
        raise LookupError(name)
    return found


def _blank(name: str) -> Json:
    """What a new line asks for; empty texts are mistakes that are named until they are filled in."""

    def said() -> Any:
        table = tomlkit.inline_table()
        table.update({"id": "", "en": ""})
        return table

    if name == "statements":
        return {"text": said(), "answer": True, "why": said(), "source": ""}
    if name == "screening":
        return {"text": said(), "source": ""}
    if name == CHOICES:
        return {"flows": False, "text": said()}
    if name == WITH_CHOICES:
        choices = tomlkit.array()
        for k in (1, 2):
            choice = tomlkit.inline_table()
            choice.update({"id": f"new_{k}", "text": said()})
            choices.append(choice)
        return {"when": ["after"], "text": said(), CHOICES: choices}
    scale = tomlkit.inline_table()
    scale.update({"least": 0, "most": 10})
    return {"when": ["after"], "text": said(), "scale": scale}
