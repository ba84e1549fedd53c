"""The protocols to choose from: those that come with coach, and a trainer's own in the data folder."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.domain import InputError
from coach.patience import patiently
from coach.protocol import Protocol, files
from coach.store.erasing import make_private
from coach.store.errors import told
from coach.trainer.words import title

FOLDER = "protocols"
# Windows takes some names for its devices, whatever their ending: what is written to "con.toml" is shown, not kept.
_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Protocols are named by their file, without ".toml"."""

    own: Path  # the folder of the trainer's own, made when the first is kept
    extra: Path | None = None  # a file that was given at the start

    def listed(self) -> list[dict[str, Any]]:
        """The good ones: {id, version, digest, title, file, own, parts}; a name of one's own hides none of coach's."""
        return [
            {
                "id": rules.id,
                "version": rules.version,
                "digest": rules.digest,
                "title": title(rules.title),
                "file": name,
                "own": file.parent == self.own,
                "parts": [{"id": part.id, "title": title(part.title)} for part in rules.parts],
            }
            for name, file, rules in self._good()
        ]

    def _good(self) -> Iterator[tuple[str, Path, Protocol]]:
        for name, file in self._files().items():
            try:
                yield name, file, files.load(str(file))
            except InputError:  # one that was edited by hand and has mistakes: the check tells them
                continue

    def _files(self) -> dict[str, Path]:
        extra = {} if self.extra is None else {self.extra.stem: self.extra}
        own = {name: self.own / f"{name}.toml" for name in files.names(self.own)}
        return own | extra | {name: files.find(name) for name in files.names()}

    def file(self, name: str) -> Path:
        """By the file's name, or by a protocol's id.

        :raises InputError: protocol_missing
        """
        known = self._files()
        if name in known:
            return known[name]
        for _, file, rules in self._good():
            if rules.id == name:
                return file
        raise InputError("protocol_missing", name=name[:60], known=", ".join(known))

    def text(self, name: str) -> bytes:
        """:raises InputError: protocol_missing, protocol_unreadable, protocol_large"""
        return files.read(self.file(name))

    def rules(self, name: str) -> Protocol:
        """:raises InputError: protocol_missing, protocol_bad, …"""
        return files.load(str(self.file(name)))

    def save(self, name: str, data: bytes) -> Path:
        """Keeps a protocol of one's own in place of an older one of this name.

        :param data: checked
        :raises InputError: protocol_name, protocol_name_taken, store_full, store_read_only, …
        """
        if not _NAME.fullmatch(name):
            raise InputError("protocol_name", name=name[:60])
        if name in files.names() or (self.extra is not None and name == self.extra.stem):
            raise InputError("protocol_name_taken", name=name)
        file = self.own / f"{name}.toml"
        keep(file, data)
        return file


def keep(file: Path, data: bytes) -> None:
    """Writes a file of the data folder's, whole or not at all; its folder is made where there is none.

    :raises InputError: store_full, store_read_only, …
    """
    with told(str(file)):
        make_private(file.parent.parent)
        file.parent.mkdir(exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".coach-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            patiently(lambda: os.replace(part, file))
        finally:
            Path(part).unlink(missing_ok=True)


def withdraw(file: Path) -> None:
    """Takes a file of the data folder's away. Raises InputError: store_read_only, …"""
    with told(str(file)):
        patiently(lambda: file.unlink(missing_ok=True))
