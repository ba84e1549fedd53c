"""The protocols that come with coach, and protocol files of one's own: reading them from disk."""

from __future__ import annotations

import codecs
import stat
from functools import lru_cache
from pathlib import Path

from coach import places
from coach.domain import InputError
from coach.protocol import Protocol, parse
from coach.protocol.check import ProtocolError, check
from coach.why import why

_LARGEST = 1_000_000  # bytes; a protocol is a few pages, and a wrong file should not be read to its end
_SUFFIX = ".toml"
DEFAULT = "oxytocin"  # the name of the protocol that is meant where none is given


def protocols_dir() -> Path:
    """The folder of the protocols that are known by name."""
    return places.PROTOCOLS


def names(folder: Path | None = None) -> list[str]:
    """The names of the protocols in the folder, in alphabetical order."""
    return sorted(file.stem for file in (folder or protocols_dir()).glob("*" + _SUFFIX))


def find(name: str, folder: Path | None = None) -> Path:
    """The file of a protocol given by its name or as a path.

    :raises InputError: protocol_missing
    """
    folder = folder or protocols_dir()
    if name in names(folder):
        return folder / (name + _SUFFIX)
    if not name or not Path(name).exists():
        raise InputError("protocol_missing", name=name, known=", ".join(names(folder)) or "–")
    return Path(name)


def read(file: Path) -> bytes:
    """The bytes of a protocol file, without the mark that some of Windows' editors put before them.

    :raises InputError: protocol_unreadable, protocol_large
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode) and not file.is_dir():  # a pipe would hang, a device never end
            raise InputError("protocol_unreadable", path=str(file), why="not_a_file")
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise InputError("protocol_unreadable", path=str(file), why=why(error)) from error
    if len(data) > _LARGEST:
        raise InputError("protocol_large", path=str(file))
    return data.removeprefix(codecs.BOM_UTF8)


def load(name: str, folder: Path | None = None) -> Protocol:
    """A protocol by its name or its file.

    :raises InputError: protocol_missing, protocol_unreadable, protocol_large
    :raises ProtocolError: protocol_bad, with all the file's mistakes
    """
    file = find(name, folder)
    return _good(read(file), str(file))


@lru_cache(maxsize=32)  # pages ask for the same one again and again
def _good(data: bytes, path: str) -> Protocol:
    if problems := check(data):
        raise ProtocolError(path, problems)
    return parse(data)
