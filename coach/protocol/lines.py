"""Where in a TOML text each value stands: tomllib reads the values and forgets their lines."""

from __future__ import annotations

import contextlib
import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_STRING = r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[ \t]*("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)[ \t]*')
_SCALAR = re.compile(_STRING + r"|\d{4}-\d\d-\d\d \d\d[^,\]}\s#]*|[^,\]}\s#]+", re.DOTALL)


class _Odd(Exception):
    """The text is not the TOML this scanner knows; what was found so far stands."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.counted_to = 0
        self.lines: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}  # how many elements each array of tables has

    def here(self) -> int:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.here())

    def skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def sees(self, token: str) -> bool:
        return self.text.startswith(token, self.at)

    def take(self, token: str) -> None:
        if not self.sees(token):
            raise _Odd
        self.at += len(token)

    def keys(self) -> list[str]:
        """A dotted key."""
        names: list[str] = []
        while True:
            match = _KEY.match(self.text, self.at)
            if not match:
                raise _Odd
            self.at = match.end()
            name = match[1]
            names.append(name[1:-1] if name[0] in "\"'" else name)
            if not self.sees("."):
                return names
            self.at += 1

    def resolve(self, base: Path, names: list[str]) -> Path:
        """The path of a dotted key; in an array of tables its newest element is meant."""
        path = base
        for name in names:
            path = (*path, name)
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
            self.note(path)
        return path

    def document(self) -> None:
        base: Path = ()
        self.skip_blank()
        while self.at < len(self.text):
            base = self.header() if self.sees("[") else self.pair(base)
            self.skip_blank()

    def header(self) -> Path:
        brackets = 2 if self.sees("[[") else 1
        self.take("[" * brackets)
        names = self.keys()
        if brackets == 1:
            path = self.resolve((), names)
        else:
            array = (*self.resolve((), names[:-1]), names[-1])
            self.note(array)
            self.tables[array] = self.tables.get(array, 0) + 1
            path = (*array, self.tables[array] - 1)
            self.note(path)
        self.take("]" * brackets)
        return path

    def pair(self, base: Path) -> Path:
        path = self.resolve(base, self.keys())
        self.take("=")
        self.value(path)
        return base

    def value(self, path: Path) -> None:
        self.skip_blank()
        self.note(path)
        if self.sees("["):
            self.members(path, "[", "]")
        elif self.sees("{"):
            self.members(path, "{", "}")
        else:
            match = _SCALAR.match(self.text, self.at)
            if not match:
                raise _Odd
            self.at = match.end()

    def members(self, path: Path, opening: str, closing: str) -> None:
        self.take(opening)
        self.skip_blank()
        count = 0
        while not self.sees(closing):
            if opening == "[":
                self.value((*path, count))
            else:
                self.pair(path)
            count += 1
            self.skip_blank()
            if not self.sees(closing):
                self.take(",")
                self.skip_blank()
        self.take(closing)


def lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and value of a TOML text that tomllib accepts, by its path.

    Never fails: where the text is stranger than the scanner, later values are simply not in the answer.
    """
    scanner = _Scanner(text)
    with contextlib.suppress(_Odd, RecursionError):
        scanner.document()
    return scanner.lines


def line_of(path: Path, known: dict[Path, int]) -> int | None:
    """The line of a path, or of the nearest thing around it that is in the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in known:
            return known[path[:length]]
    return None
