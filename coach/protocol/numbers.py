"""The numbers of a protocol file, each with its place, its limits and what the file says beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias

import tomlkit

from coach.protocol.schema import Protocol

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[str | int, ...]
Kind: TypeAlias = Literal["whole", "number", "pair", "places"]


def numbers(data: bytes) -> list[Json]:
    """In the file's order: {place, value, kind, min, max, above, comment, title}.

    A ``place`` is one that :func:`coach.protocol.edit.edited` takes. ``pair`` is two numbers, ``places`` a list of
    pairs; ``above`` is a limit that itself is too little. ``title`` is that of the step or point around it.

    :param data: a protocol file without mistakes
    """
    return list(_walk(tomlkit.parse(data.decode("utf-8")), (), None, ""))


def _walk(node: Any, place: Place, title: Json | None, comment: str) -> Iterator[Json]:
    if isinstance(node, Mapping):
        own = node.get("title")
        title = dict(own) if isinstance(own, Mapping) and place else title
        for key, value in node.items():
            yield from _walk(value, (*place, str(key)), title, _comment(value) or (comment if place else ""))
        return
    kind = _kind(node)
    if kind is not None:
        value = _plain(node)
        yield {"place": list(place), "value": value, "kind": kind, **_limits(place), "comment": comment, "title": title}
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for k, one in enumerate(node):
            step = str(one["id"]) if isinstance(one, Mapping) and "id" in one else k
            yield from _walk(one, (*place, step), title, comment)


def _comment(value: Any) -> str:
    trivia = getattr(value, "trivia", None)
    return "" if trivia is None else str(trivia.comment).lstrip("# ").strip()


def _kind(node: Any) -> Kind | None:
    if isinstance(node, bool):
        return None
    if isinstance(node, int):
        return "whole"
    if isinstance(node, float):
        return "number"
    if isinstance(node, list) and node:
        if all(_kind(one) in ("whole", "number") for one in node) and len(node) == 2:
            return "pair"
        if all(isinstance(one, list) and _kind(one) == "pair" for one in node):
            return "places"
    return None


def _plain(node: Any) -> Any:
    return [_plain(one) for one in node] if isinstance(node, list) else node.unwrap()


@cache
def _schema() -> Json:
    return Protocol.model_json_schema(by_alias=True)


def _limits(place: Place) -> Json:
    """What the schema allows at a place; nothing where it does not say."""
    node: Json = _schema()
    for step in place:
        node = _inside(_resolved(node), step)
    node = _resolved(node)
    while "prefixItems" in node or "items" in node:
        node = _resolved(node["prefixItems"][0] if "prefixItems" in node else node["items"])
    names = {"min": "minimum", "max": "maximum", "above": "exclusiveMinimum"}
    return {name: node[key] for name, key in names.items() if key in node}


def _inside(node: Json, step: str | int) -> Json:
    if "properties" in node:
        found: Json = node["properties"].get(step, {})
        return found
    return dict(node.get("items", {}))


def _resolved(node: Json) -> Json:
    while True:
        if "$ref" in node:
            node = _schema()["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(one for one in node["anyOf"] if one.get("type") != "null")
        else:
            return node
