"""What a page may ask of the server besides its files: calls, each with what it answers.

Whoever answers runs in a thread of its own, never on the server's loop, and may take its time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

JSON_BODY = 1_000_000  # bytes: the longest note with its drawing is a tenth of it


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as it came."""

    path: Mapping[str, str]  # what stands in the address's places
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None  # JSON values


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that are no JSON."""

    data: bytes
    kind: str
    name: str = ""  # of the file that the browser saves; shown in the page where it is empty


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file; a browser may ask for parts of it."""

    path: Path
    kind: str
    name: str = ""
    sent: Callable[[], None] | None = None  # called when it is through


Answer: TypeAlias = Mapping[str, Any] | Sequence[Any] | Content | OnDisk | None


@dataclass(frozen=True, slots=True)
class Call:
    """One address under ``/api``.

    ``work`` raises InputError for what cannot be done.
    """

    method: str
    path: str
    work: Callable[[Asked], Answer]
    largest: int = JSON_BODY  # bytes of the body


class Upload(Protocol):
    """A file on its way in."""

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises InputError where there is no room."""
        ...

    def done(self) -> Answer:
        """The whole file is here."""
        ...

    def drop(self) -> None:
        """It will not come; nothing of it stays."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the trainer's pages ask."""

    calls: Sequence[Call]
    upload: Callable[[str], Upload]  # told the file's name
    refusal: Callable[[Exception], Mapping[str, Any]]  # an error with its sentence in each language
    stick: Callable[[str], Upload] | None = None  # a file from another laptop, told its name
