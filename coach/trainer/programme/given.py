"""What a page gives: whose word it is, and the bodies of entries out of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from coach.domain import InputError
from coach.programme import Body
from coach.trainer import asking

B = TypeVar("B", bound=Body)
MOST = 200  # people, answers or visits in one call


def given_by(body: Any) -> tuple[Mapping[str, Any], str]:
    """The fields and the author. Raises InputError: programme_no_author, body_bad"""
    given = asking.fields(body)
    author = asking.word(given, "author")
    if not author:
        raise InputError("programme_no_author")
    return given, author


def body_of(kind: type[B], fields: Mapping[str, Any], names: tuple[str, ...] | None = None) -> B:
    """:raises InputError: programme_field_bad, with the field"""
    chosen = fields if names is None else {name: fields[name] for name in names if name in fields}
    try:
        return kind.model_validate(chosen)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError("programme_field_bad", name=where or kind.kind) from error


def listed(given: Mapping[str, Any], name: str) -> list[Any]:
    """A list of at most :data:`MOST`. Raises InputError: programme_field_bad"""
    found = given.get(name, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise InputError("programme_field_bad", name=name)
    return found
