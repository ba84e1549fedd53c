"""Files on their way in: on the disk before the change is kept that they belong to, and put in their place after it.

What a program leaves here that was ended before goes at the next start.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coach.store import chunks
from coach.store.erasing import Together, private, settle, settle_folder
from coach.store.errors import told
from coach.store.folder import TRACKS, VIDEO
from coach.store.scratch import Scratch

NAME = "incoming"


class Incoming:
    """A place for one change's files, made when the first comes. Use it as a context manager.

    :param owed: whether a change that is kept waits for a file in it; they stay then
    """

    def __init__(self, store_folder: Path, owed: Callable[[Path], bool]) -> None:
        self._store_folder, self._owed = store_folder, owed
        self._scratch: Scratch | None = None

    @property
    def folder(self) -> Path:
        """:raises InputError: store_full, store_read_only, …"""
        if self._scratch is None:
            self._scratch = Scratch(self._store_folder, NAME, clear=False)  # what waits there may be owed
        return self._scratch.folder

    def place(self, name: str) -> Path:
        """A folder in it. Raises InputError."""
        found = self.folder / name
        with told(str(found)):
            found.mkdir(mode=0o700, exist_ok=True)
        return found

    def settle(self, files: Sequence[Path]) -> None:
        """Files in its places are on the disk when this returns, and so are their names. Raises InputError."""
        written = Together()
        for file in files:
            written.add(file)
            written.add(file.parent)
        if files:
            written.add(self.folder)
            written.add(self.folder.parent)
        written.settle()

    def tracks(self, encoded: Iterable[bytes]) -> Path:
        """A file of chunks; on the disk on return. Raises InputError."""
        file = self.folder / TRACKS
        with told(str(file)), private(file, "wb") as stream:
            stream.write(chunks.MAGIC)
            for data in encoded:
                stream.write(data)
            settle(stream)
        return self.there(file)

    def copied(self, file: Path) -> Path:
        """A copy of a video; on the disk on return. Raises InputError."""
        copy = self.folder / VIDEO
        with told(str(copy)), file.open("rb") as source, private(copy, "wb") as stream:
            shutil.copyfileobj(source, stream, 1 << 20)
            settle(stream)
        return self.there(copy)

    def there(self, file: Path) -> Path:
        """So that not even a loss of power takes its name away."""
        with told(str(file)):
            settle_folder(file.parent)
            settle_folder(file.parent.parent)
        return file

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, kind: object = None, *_: object) -> None:
        if self._scratch is None:
            return
        if kind is not None and self._owed(self._scratch.folder):
            self._scratch.leave()
        else:
            self._scratch.close()
