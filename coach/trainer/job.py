"""One file on its way in: what is known of it, and its bytes as they come."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from coach import back_argument
from coach.domain import Floats, InputError
from coach.store.errors import told
from coach.trainer import worker

Json: TypeAlias = dict[str, Any]
State: TypeAlias = Literal["uploading", "asking", "marking", "waiting", "reviewing", "done", "failed"]
LARGEST = 16 * 10**9  # bytes
_FIRST_S = 2.0  # of work before the time left is worth telling


@dataclass(slots=True)
class Job:
    """One file; only touched with the imports' lock held, but for the upload's own bytes."""

    id: str
    name: str
    folder: Path
    kind: str = "video"
    state: State = "uploading"
    done_s: float = 0.0
    duration_s: float | None = None
    made: str = ""  # when the video was filmed, ISO text; empty where it does not say
    size: tuple[int, int] = (0, 0)  # (width, height) px of the video's own picture
    task: worker.Task | None = None
    began: float = 0.0  # when its review told of itself first, monotonic s
    session: str = ""
    added: int | None = None  # of a session file: how many records were new
    plan: Json | None = None  # of a session file: what it brings, and what a trainer has to settle before
    error: Json | None = None
    guessed: Json | None = None
    begun: int = 0  # how often its review was begun and did not end

    @property
    def file(self) -> Path:
        return self.folder / "upload"

    def told(self) -> Json:
        """As a page is told it."""
        shown = {name: getattr(self, name) for name in ("id", "name", "kind", "state", "done_s", "duration_s", "made")}
        more = {"session": self.session or None, "error": self.error, "left_s": self._left_s(), "added": self.added}
        more["plan"] = self.plan
        return shown | more | {"size": list(self.size)}

    def _left_s(self) -> float | None:
        spent = time.monotonic() - self.began
        if self.state != "reviewing" or self.duration_s is None or spent < _FIRST_S or self.done_s <= 0:
            return None
        return round(max(0.0, self.duration_s - self.done_s) * spent / self.done_s, 1)


class Uploading:
    """A file on its way in."""

    def __init__(self, job: Job, arrived: Callable[[Job], Json], drop: Callable[[Job], None]) -> None:
        self._job, self._arrived, self._drop = job, arrived, drop
        self._bytes = 0
        with told(str(job.file)):
            self._stream = job.file.open("wb")

    def write(self, piece: bytes) -> None:
        self._bytes += len(piece)
        if self._bytes > LARGEST:
            raise InputError("body_large", most=LARGEST)
        with told(str(self._job.file)):
            self._stream.write(piece)

    def done(self) -> Json:
        with told(str(self._job.file)):
            self._stream.close()
        return self._arrived(self._job)

    def drop(self) -> None:
        try:
            self._stream.close()
        except OSError:  # the disk is full: what could not be written is not wanted any more
            os.truncate(self._job.file, 0)
        self._drop(self._job)


def named(error: InputError, name: str) -> InputError:
    """The complaint about a file by the name a person knows, not where it lies meanwhile."""
    return InputError(error.key, **{**error.values, "path": name}) if "path" in error.values else error


def corners_of(given: Any, size: tuple[int, int]) -> Floats:
    """(4, 2) px of the video's own picture.

    :raises InputError: mark_malformed, mark_crossed, mark_mirrored, mark_tiny, mark_outside
    """
    try:
        return _corners(given, size)
    except InputError as error:
        raise InputError(back_argument.ON_A_PAGE[error.key]) from error


def _corners(given: Any, size: tuple[int, int]) -> Floats:
    try:
        corners = np.array(given.get("corners"), dtype=np.float64)
        shown = np.array(given.get("size"), dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        corners = shown = np.zeros(0)
    fits = corners.shape == (4, 2) and shown.shape == (2,) and np.isfinite(corners).all() and np.isfinite(shown).all()
    if not fits or shown.min() < 1 or np.abs(corners).max() > 1e6:
        raise InputError("back_malformed", text="–")
    back_argument.check_shape(corners)
    placed: Floats = corners * (np.array(size) / shown)
    back_argument.check_corners(placed, size)
    return placed
