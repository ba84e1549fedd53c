"""A practice that only remembers what it was told, and a page that only remembers what it was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.domain import Value
from coach.web.live import Listener
from coach.web.said import Said


@dataclass(slots=True)
class FakeLive:
    """For the server's tests."""

    said: list[Said] = field(default_factory=list)
    pictures: list[tuple[float, bytes]] = field(default_factory=list)
    listeners: list[Listener | None] = field(default_factory=list)

    def listen(self, listener: Listener | None) -> None:
        self.listeners.append(listener)
        if listener is not None:
            listener.state('{"t":"state","phase":"welcome"}')

    def take(self, said: Said) -> None:
        self.said.append(said)

    def picture(self, time_s: float, jpeg: bytes) -> None:
        self.pictures.append((time_s, jpeg))


@dataclass(slots=True)
class FakePage:
    """For the practice's tests."""

    hungry: bool = True
    frames: list[tuple[int, bytes]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def wants_frame(self) -> bool:
        return self.hungry

    def frame(self, number: int, message: bytes) -> None:
        self.frames.append((number, message))

    def state(self, text: str) -> None:
        self.states.append(text)

    def refused(self, key: str, values: Mapping[str, Value]) -> None:  # noqa: ARG002
        self.refusals.append(key)
