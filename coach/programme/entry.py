"""One entry: what was written down, by whom, on which laptop, and which earlier one it corrects."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from coach.domain import InputError
from coach.programme.bodies import BODIES, UUID, Body

_ID = re.compile(UUID)
_SUBJECT = re.compile(rf"{UUID}|[0-9a-f]{{64}}")
_MADE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_LAPTOP = re.compile(r"[A-Z][A-Z0-9]{0,3}")
_LONGEST = 300_000  # characters of a body: an instrument's file fits


class EntryError(InputError):
    """An entry that no coach wrote, or that was changed since."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__("programme_entry_bad", number=number, why=why)

    def __reduce__(self) -> tuple[object, ...]:
        return (EntryError, (self.values["number"], self.values["why"]))


@dataclass(frozen=True, slots=True)
class Entry:
    id: str  # uuid
    kind: str
    subject: str  # id of the person, visit, … that it tells of; of instruments the digest
    made: str  # UTC, ISO, always as long
    author: str  # the code of who wrote it
    laptop: str  # the laptop's letter
    replaces: str  # id of the entry that this one corrects; "" for the first
    text: str  # the body as JSON on one line, keys sorted
    digest: str  # sha256 of all the other fields

    @property
    def fields(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.text)
        return found


def entry(body: Body, *, id: str, subject: str, made: str, author: str, laptop: str, replaces: str = "") -> Entry:
    """An entry with its digest; a body says only what differs from its defaults."""
    text = _canonical(body.model_dump(mode="json", exclude_defaults=True))
    fields = (id, body.kind, subject, made, author, laptop, replaces, text)
    return Entry(*fields, digest=_digest(fields))


def checked(record: Mapping[str, Any], number: int = 0) -> Entry:
    """An entry out of a file or another laptop, believed only after a look at each field.

    Kinds that this coach does not know (a later one wrote them) pass with their digest alone and are kept.

    :param number: of its line, for the complaint
    :raises EntryError: programme_entry_bad
    """
    names = ("id", "kind", "subject", "made", "author", "laptop", "replaces", "text", "digest")
    if set(record) != set(names) or not all(isinstance(record[name], str) for name in names):
        raise EntryError(number, "fields")
    found = Entry(**{name: record[name] for name in names})
    good = {
        "id": _ID.fullmatch(found.id),
        "kind": re.fullmatch(r"[a-z_]{1,40}", found.kind),
        "subject": _SUBJECT.fullmatch(found.subject),
        "made": _MADE.fullmatch(found.made),
        "author": len(found.author) <= 60 and found.author.isprintable(),
        "laptop": _LAPTOP.fullmatch(found.laptop),
        "replaces": found.replaces == "" or _ID.fullmatch(found.replaces),
        "text": len(found.text) <= _LONGEST and _is_canonical(found.text),
        "digest": found.digest == _digest(tuple(record[name] for name in names[:-1])),
    }
    for name, fine in good.items():
        if not fine:
            raise EntryError(number, name)
    if (model := BODIES.get(found.kind)) is not None:
        try:
            model.model_validate_json(found.text)
        except ValidationError as error:
            raise EntryError(number, ".".join(map(str, error.errors()[0]["loc"])) or found.kind) from error
    return found


def record(found: Entry) -> dict[str, str]:
    return {name: getattr(found, name) for name in Entry.__dataclass_fields__}


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _is_canonical(text: str) -> bool:
    try:
        value = json.loads(text)
        return isinstance(value, dict) and _canonical(value) == text
    except (ValueError, RecursionError):
        return False


def _digest(fields: tuple[str, ...]) -> str:
    return hashlib.sha256(_canonical(list(fields)).encode("utf-8")).hexdigest()
