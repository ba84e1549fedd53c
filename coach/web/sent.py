"""A file that is sent to a page, and open for no longer than a piece of it is read.

A player fetches as much of a film as it shows soon, and keeps its connection. Windows removes no file that is open: the
film on the page would keep its session from being taken away.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse


class Sent(FileResponse):
    """A file on the disk, whole or in the parts that a browser asks for."""

    chunk_size = 256 * 1024  # bytes; the file is opened for each

    @asynccontextmanager
    async def _open_file(self) -> AsyncIterator[Any]:
        yield _Pieces(self.path)


class _Pieces:
    """As much of an open file as the response uses."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path, self._at = Path(path), 0

    async def seek(self, at: int) -> None:
        self._at = at

    async def read(self, size: int) -> bytes:
        """:raises OSError: where the file is gone by now"""
        data = await run_in_threadpool(self._piece, size)
        self._at += len(data)
        return data

    def _piece(self, size: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(self._at)
            return file.read(size)
