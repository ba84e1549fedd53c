"""What takes long is worked out once: arrays on the disk, under a key of everything they depend on."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "samples" / "cache" / "bench"  # git-ignored
Arrays: TypeAlias = dict[str, NDArray[Any]]


def key(*parts: object) -> str:
    """Of anything with a stable ``repr``, 20 hexadecimal digits."""
    return hashlib.sha256(json.dumps([repr(part) for part in parts]).encode()).hexdigest()[:20]


@cache
def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes; read once in a process."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_digest(*places: str) -> str:
    """Of the Python source of files and folders under the project's root: what they make depends on it."""
    files = [file for place in places for file in _files(ROOT / place)]
    return key(*[(file.relative_to(ROOT).as_posix(), file_digest(file)) for file in files])


def _files(place: Path) -> Iterable[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def read(name: str) -> Arrays | None:
    """The arrays of a name, or None where there are none, or half of them."""
    try:
        with (FOLDER / f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return {field: stored[field] for field in stored.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def write(name: str, arrays: Arrays) -> None:
    """Keeps arrays under a name; they appear whole or not at all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".part-", suffix=".npz", dir=FOLDER)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]  # its stubs take the names for options
        os.replace(temporary, FOLDER / f"{name}.npz")
    except BaseException:
        os.unlink(temporary)
        raise
