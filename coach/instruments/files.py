"""The instruments that come with coach, and files of one's own: reading them from disk."""

from __future__ import annotations

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


def names(folder: Path | None = None) -> list[str]:
    return sorted(file.stem for file in (folder or places.INSTRUMENTS).glob("*.toml"))


def find(name: str, folder: Path | None = None) -> Path:
    """The file of an instrument given by its name or as a path.

    :raises InputError: instrument_missing
    """
    folder = folder or places.INSTRUMENTS
    if name in names(folder):
        return folder / f"{name}.toml"
    if not name or not Path(name).exists():
        raise InputError("instrument_missing", name=name, known=", ".join(names(folder)) or "–")
    return Path(name)


def read(name: str, folder: Path | None = None) -> bytes:
    """:raises InputError: instrument_missing, protocol_unreadable, protocol_large"""
    return protocol_files.read(find(name, folder))


def load(name: str, folder: Path | None = None) -> Instrument:
    """:raises InputError: as :func:`read`; InstrumentError: instrument_bad, with all the file's mistakes"""
    data = read(name, folder)
    if problems := check(data):
        raise InstrumentError(str(find(name, folder)), problems)
    return parse(data)


def load_rules(name: str = DEFAULT, folder: Path | None = None) -> Rules:
    """:raises InputError: as :func:`load`, instrument_kind where the file is no programme"""
    found = load(name, folder)
    if not isinstance(found, Rules):
        raise InputError("instrument_kind", name=name, kind=found.kind, wanted="programme")
    return found
