"""The model files, checked against their manifest at every load."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from coach.domain import InputError
from coach.places import MODELS


@lru_cache(maxsize=8)
def model(name: str, folder: Path = MODELS) -> bytes:
    """The bytes of a model of the manifest.

    :raises InputError: where the file or its manifest is missing, or differs from what the manifest promises
    """
    manifest = _manifest(folder)
    if name not in manifest:
        raise InputError("model_missing", path=str(folder / name))
    match manifest[name]:
        case {"file": str(file), "sha256": str(digest)}:
            path = folder / file
        case _:
            raise InputError("model_corrupt", path=str(folder / "manifest.toml"))
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError("model_missing", path=str(path)) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError("model_corrupt", path=str(path))
    return data


def _manifest(folder: Path) -> dict[str, object]:
    path = folder / "manifest.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise InputError("model_missing", path=str(path)) from None
    except ValueError:
        raise InputError("model_corrupt", path=str(path)) from None
