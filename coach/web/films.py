"""Films of the steps: those that come with coach, and a trainer's own in their place."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import av

from coach.patience import patiently
from coach.web.clips import ClipError

LARGEST = 32 * 1024 * 1024  # bytes: a minute from a phone
LONGEST_S = 60.0
SMALLEST = 160  # px: less shows no hand
_FORMATS = {
    ".mp4": ("mov", b"ftyp", 4),
    ".webm": ("matroska", b"\x1aE\xdf\xa3", 0),
}  # in libav's words, and how they begin
_PLAYED = frozenset(("h264", "vp8", "vp9", "av1"))  # by any browser


@dataclass(frozen=True, slots=True)
class Films:
    """A film for each step that has one."""

    own: Path  # the folder of the trainer's films, made when the first is kept
    steps: Set[str]
    bank: Mapping[str, Path]

    def find(self, step: str) -> Path | None:
        """The trainer's own, else the one that comes with coach."""
        return self._own(step) or self.bank.get(step)

    def replaced(self) -> list[str]:
        """The steps with a film of the trainer's own."""
        return sorted(step for step in self.steps if self._own(step))

    def addresses(self) -> dict[str, str]:
        """Where the page finds each; another film has another address, since browsers keep films."""
        found = {step: self.find(step) for step in sorted(self.steps)}
        return {
            step: f"/demonstrations/{step}{file.suffix}" + (f"?{file.stat().st_mtime_ns}" if self._own(step) else "")
            for step, file in found.items()
            if file is not None
        }

    def keep(self, step: str, data: bytes) -> None:
        """Keeps a trainer's film in place of an older one.

        :raises ClipError: clip_unknown, lesson_film_bad, clip_unwritable
        """
        self._known(step)
        suffix = _suffix(data)
        try:
            self.own.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".coach-", dir=self.own)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                patiently(lambda: os.replace(part, self.own / (step + suffix)))
            finally:
                Path(part).unlink(missing_ok=True)
            self._forget(step, [other for other in _FORMATS if other != suffix])
        except OSError as error:
            raise ClipError("clip_unwritable", 507) from error

    def remove(self, step: str) -> None:
        """Takes a trainer's film away.

        :raises ClipError: clip_unknown, clip_unwritable
        """
        self._known(step)
        try:
            self._forget(step, list(_FORMATS))
        except OSError as error:
            raise ClipError("clip_unwritable", 507) from error

    def _own(self, step: str) -> Path | None:
        if step not in self.steps:
            return None
        return next((file for suffix in _FORMATS if (file := self.own / (step + suffix)).is_file()), None)

    def _known(self, step: str) -> None:
        if step not in self.steps:
            raise ClipError("clip_unknown", 404)

    def _forget(self, step: str, suffixes: list[str]) -> None:
        for suffix in suffixes:
            file = self.own / (step + suffix)
            patiently(lambda file=file: file.unlink(missing_ok=True))  # type: ignore[misc]


def _suffix(data: bytes) -> str:
    """Of a film that browsers play; raises ClipError for anything else."""
    bad = ClipError("lesson_film_bad", 415)
    for suffix, (form, begins, at) in _FORMATS.items():
        if data[at : at + len(begins)] == begins:
            try:
                with av.open(io.BytesIO(data), "r", format=form, metadata_errors="replace") as film:
                    if _fits(film):
                        return suffix
            except (av.error.FFmpegError, OSError, StopIteration) as error:
                raise bad from error
    raise bad


def _fits(film: av.container.InputContainer) -> bool:
    if not film.streams.video:
        return False
    stream = film.streams.video[0]
    first = next(film.decode(stream))
    short = film.duration is not None and film.duration / av.time_base <= LONGEST_S
    return short and stream.codec_context.name in _PLAYED and min(first.width, first.height) >= SMALLEST
