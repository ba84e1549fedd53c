"""The spoken prompts: those that come with coach, and a trainer's own in their place."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.messages import LANGS
from coach.patience import patiently
from coach.web import recorded

BANK = Path(__file__).parent / "voices"
LARGEST = 1024 * 1024  # bytes: a minute of speech, and a prompt takes two seconds
LONGEST_S = 10.0  # the page records for eight
SHORTEST_S, SOFTEST = 0.2, 0.005  # of the most that fits: a word, and what a microphone that is off never gives
# How browsers record: the kind, the suffix of one that an older coach kept as it came, and how such a file begins.
_KINDS = {
    "audio/webm": (".webm", 0, b"\x1aE\xdf\xa3"),
    "audio/ogg": (".ogg", 0, b"OggS"),
    "audio/mp4": (".m4a", 4, b"ftyp"),
    "audio/wav": (".wav", 0, b"RIFF"),
}
KEPT = ".ogg"
_BY_SUFFIX = {suffix: kind for kind, (suffix, _, _) in _KINDS.items()}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")


class ClipError(Exception):
    """A recording that cannot be kept: a key of the catalogue, and the HTTP status."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key)
        self.key, self.status = key, status


def spoken_counts() -> dict[str, int]:
    """Language → how many clips come with coach."""
    return {lang: len(list((BANK / lang).glob("*.ogg"))) for lang in LANGS}


@dataclass(frozen=True, slots=True)
class Clips:
    """The clips of both languages."""

    own: Path  # the folder of the trainer's recordings, made when the first is kept
    spoken: Set[str]  # the clips that coach speaks: of no others a recording is kept
    bank: Path = BANK

    def find(self, lang: str, clip: str) -> tuple[Path, str] | None:
        """(file, kind) of a clip: the trainer's own, else the one that comes with coach."""
        if lang not in LANGS or not _NAME.fullmatch(clip):
            return None
        for folder in (self.own / lang, self.bank / lang):
            for suffix, kind in _BY_SUFFIX.items():
                if (file := folder / (clip + suffix)).is_file():
                    return file, kind
        return None

    def recorded(self, clip: str) -> list[str]:
        """The languages in which a trainer recorded the clip."""
        return [lang for lang in LANGS if any((self.own / lang / (clip + s)).is_file() for s in _BY_SUFFIX)]

    def keep(self, lang: str, clip: str, kind: str, sound: bytes) -> None:
        """Keeps a trainer's recording in place of an older one.

        :raises ClipError: clip_unknown, clip_large, clip_not_sound, clip_silent, clip_unwritable
        """
        self._known(lang, clip)
        prompt = _prompt(kind.split(";", maxsplit=1)[0].strip().lower(), sound)
        folder = self.own / lang
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".coach-", dir=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(prompt)
                patiently(lambda: os.replace(part, folder / (clip + KEPT)))
            finally:
                Path(part).unlink(missing_ok=True)
            self._forget(lang, clip, [other for other in _BY_SUFFIX if other != KEPT])
        except OSError as error:
            raise ClipError("clip_unwritable", 507) from error

    def remove(self, lang: str, clip: str) -> None:
        """Takes a trainer's recording away.

        :raises ClipError: clip_unknown, clip_unwritable
        """
        self._known(lang, clip)
        try:
            self._forget(lang, clip, _BY_SUFFIX)
        except OSError as error:
            raise ClipError("clip_unwritable", 507) from error

    def _known(self, lang: str, clip: str) -> None:
        if lang not in LANGS or clip not in self.spoken:
            raise ClipError("clip_unknown", 404)

    def _forget(self, lang: str, clip: str, suffixes: Sequence[str] | dict[str, str]) -> None:
        for suffix in suffixes:
            file = self.own / lang / (clip + suffix)
            patiently(lambda file=file: file.unlink(missing_ok=True))  # type: ignore[misc]


def _prompt(kind: str, sound: bytes) -> bytes:
    """What is kept of a recording; raises ClipError for what would be no prompt."""
    if len(sound) > LARGEST:
        raise ClipError("clip_large", 413)
    if not sound:  # ended before it had begun; the browser tells no kind then
        raise ClipError("clip_silent", 422)
    _, at, begins = _KINDS.get(kind, ("", 0, b""))
    if kind not in _KINDS or sound[at : at + len(begins)] != begins:
        raise ClipError("clip_not_sound", 415)
    try:
        heard = recorded.samples(kind, sound, LONGEST_S)
    except ValueError as error:
        raise ClipError("clip_not_sound", 415) from error
    if len(heard) > LONGEST_S * recorded.RATE:
        raise ClipError("clip_large", 413)
    prompt = recorded.spoken(heard)
    if len(heard) < SHORTEST_S * recorded.RATE or np.abs(prompt).max() < SOFTEST:
        raise ClipError("clip_silent", 422)
    return recorded.written(prompt)
