"""A session's tracks as a file that is only added to."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from coach.locks import lock
from coach.store import chunks
from coach.store.erasing import private
from coach.store.errors import told


class TrackWriter:
    """Appends chunks to a session's tracks; what was torn at the end is cut off first."""

    def __init__(self, file: Path) -> None:
        self._place = str(file)
        with told(self._place):
            self._stream = private(file, "r+b" if file.exists() else "w+b", buffering=0)
            lock(self._stream)  # see Folder.is_recorded
            try:
                self._begin()
            except BaseException:
                self._stream.close()
                raise

    def _begin(self) -> None:
        self._listed = self._is_listed()
        self._whole = sum(len(chunks.framed(data)) for data in chunks.frames(self._stream))
        if self._whole == 0:
            self._add(chunks.MAGIC)
        else:
            self._whole += len(chunks.MAGIC)

    def append(self, framed: bytes) -> None:
        """The chunk is on the disk when this returns.

        :raises InputError: store_full, store_read_only, store_unreadable; the chunks before stay whole
        """
        with told(self._place):
            if self._listed and not self._is_listed():  # taken away meanwhile: what is written is lost
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self._add(framed)

    def _is_listed(self) -> bool:
        """Whether a folder has the file; some disks never tell."""
        return os.fstat(self._stream.fileno()).st_nlink > 0

    def _add(self, data: bytes) -> None:
        self._stream.seek(self._whole)
        try:
            view = memoryview(data)
            while view:
                view = view[self._stream.write(view) :]
            self._stream.truncate()
            os.fsync(self._stream.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                self._stream.truncate(self._whole)
            raise
        self._whole += len(data)

    def close(self) -> None:
        with told(self._place):
            self._stream.close()
