"""What the server asks of whoever practises with the person, and what it gives to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from coach.domain import Value
from coach.web.said import Said


class Listener(Protocol):
    """A page that is open. Called from any thread; never waits."""

    def wants_frame(self) -> bool:
        """Whether the page has drawn what it was sent: only then is a picture worth encoding."""
        ...

    def frame(self, number: int, message: bytes) -> None:
        """The newest picture, packed; one that was not sent yet is forgotten."""
        ...

    def state(self, text: str) -> None:
        """The whole visible state, as JSON; one that was not sent yet is forgotten."""
        ...

    def refused(self, key: str, values: Mapping[str, Value]) -> None:
        """Something the page asked for cannot be done."""
        ...


class Live(Protocol):
    """A practice. Called from the server's loop; never waits."""

    def listen(self, listener: Listener | None) -> None:
        """From now on this page is told everything, or nobody."""
        ...

    def take(self, said: Said) -> None:
        """What the page said."""
        ...

    def picture(self, time_s: float, jpeg: bytes) -> None:
        """A picture from the page's own camera; its time in s of the page's clock."""
        ...
