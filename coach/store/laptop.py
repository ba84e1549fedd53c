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
from coach.store.erasing import make_private, private, settle
from coach.store.errors import told

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
                raise InputError("store_corrupt", path=str(file), folder=str(folder)) from error
            if _FORM.fullmatch(own.letter) is None:
                raise InputError("store_corrupt", path=str(file), folder=str(folder))
            return own
        letter = secrets.choice(_LETTERS) + secrets.choice(_SIGNS) + secrets.choice(_SIGNS)
        return _made(file, Identity(str(uuid.uuid4()), letter))


def rename(folder: Path, letter: str) -> Identity:
    """:raises InputError: programme_letter_bad"""
    if _FORM.fullmatch(letter) is None:
        raise InputError("programme_letter_bad", letter=letter[:20])
    with told(str(folder / _FILE)):
        return _kept(folder / _FILE, Identity(identity(folder).id, letter))


def known(folder: Path) -> bool:
    """Whether it was made already."""
    return (folder / _FILE).is_file()


def _kept(file: Path, own: Identity) -> Identity:
    part = _part(file, own)
    patiently(lambda: os.replace(part, file))
    return own


def _made(file: Path, own: Identity) -> Identity:
    """As :func:`_kept`, unless another program was quicker: there is one identity."""
    part = _part(file, own)
    try:
        os.link(part, file)
    except FileExistsError:
        return identity(file.parent)
    except OSError:  # a disk without links
        patiently(lambda: os.replace(part, file))
    finally:
        part.unlink(missing_ok=True)
    return own


def _part(file: Path, own: Identity) -> Path:
    make_private(file.parent)
    part = file.with_suffix(f".{uuid.uuid4().hex}.part")
    with private(part, "wb") as stream:
        stream.write(json.dumps({"id": own.id, "letter": own.letter}).encode())
        settle(stream)
    return part
