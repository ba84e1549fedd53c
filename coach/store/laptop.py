"""Which laptop this is: an id made at the first start, and a short label that people and certificate numbers use."""

from __future__ import annotations

import json
import os
import re
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path

from coach.domain import InputError
from coach.patience import patiently
from coach.store.errors import told
from coach.store.folder import make_private

_FILE = "laptop.json"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_FORM = re.compile(r"[A-Z][A-Z0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Identity:
    id: str
    letter: str  # such as "K7Q": of ten laptops that never met two are alike in one of 500 districts


def identity(folder: Path) -> Identity:
    """Made where there is none yet.

    :raises InputError: store_…
    """
    file = folder / _FILE
    with told(str(file)):
        if file.is_file():
            try:
                found = json.loads(file.read_text("utf-8"))
                own = Identity(str(uuid.UUID(found["id"])), str(found["letter"]))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError("store_corrupt", path=str(file)) from error
            if _FORM.fullmatch(own.letter) is None:
                raise InputError("store_corrupt", path=str(file))
            return own
        letter = secrets.choice(_LETTERS) + secrets.choice(_SIGNS) + secrets.choice(_SIGNS)
        return _kept(file, Identity(str(uuid.uuid4()), letter))


def rename(folder: Path, letter: str) -> Identity:
    """:raises InputError: programme_letter_bad"""
    if _FORM.fullmatch(letter) is None:
        raise InputError("programme_letter_bad", letter=letter[:20])
    with told(str(folder / _FILE)):
        return _kept(folder / _FILE, Identity(identity(folder).id, letter))


def _kept(file: Path, own: Identity) -> Identity:
    make_private(file.parent)
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"id": own.id, "letter": own.letter}), "utf-8")
    patiently(lambda: os.replace(part, file))
    return own
