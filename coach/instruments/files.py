"""The instruments that come with coach, a laptop's own copies of them, and files of one's own: reading them from disk.

``own`` is the folder of the laptop's own copies; one of the name of coach's stands in its place.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from coach import places
from coach.domain import InputError
from coach.instruments.check import check
from coach.instruments.schema import Instrument, Rules, parse
from coach.protocol import files as protocol_files
from coach.protocol.rules import Problem

DEFAULT = "oxytocin_programme"  # the rules that are meant where none are given


class InstrumentError(InputError):
    """A file with mistakes; ``problems`` holds them all, in the file's order."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        super().__init__("instrument_bad", path=path, count=len(problems))
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        return (InstrumentError, (self.values["path"], self.problems))


def names(own: Path | None = None) -> list[str]:
    given = {file.stem for file in places.INSTRUMENTS.glob("*.toml")}
    return sorted(given | ({file.stem for file in own.glob("*.toml")} if own is not None else set()))


def find(name: str, own: Path | None = None) -> Path:
    """The file of an instrument given by its name or as a path.

    :raises InputError: instrument_missing
    """
    for folder in (own, places.INSTRUMENTS):
        if folder is not None and name in {file.stem for file in folder.glob("*.toml")}:
            return folder / f"{name}.toml"
    if not name or not Path(name).exists():
        raise InputError("instrument_missing", name=name, known=", ".join(names(own)) or "–")
    return Path(name)


def read(name: str, own: Path | None = None) -> bytes:
    """:raises InputError: instrument_missing, protocol_unreadable, protocol_large"""
    return protocol_files.read(find(name, own))


def load(name: str, own: Path | None = None) -> Instrument:
    """:raises InputError: as :func:`read`; InstrumentError: instrument_bad, with all the file's mistakes"""
    return good(read(name, own), str(find(name, own)))


@lru_cache(maxsize=32)
def good(data: bytes, path: str) -> Instrument:
    """The instrument of a file's bytes.

    :raises InstrumentError: instrument_bad, with all its mistakes
    """
    if problems := check(data):
        raise InstrumentError(path, problems)
    return parse(data)


def load_rules(name: str = DEFAULT, own: Path | None = None) -> Rules:
    """:raises InputError: as :func:`load`, instrument_kind where the file is no programme"""
    found = load(name, own)
    if not isinstance(found, Rules):
        raise InputError("instrument_kind", name=name, kind=found.kind, wanted="programme")
    return found
