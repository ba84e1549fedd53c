"""Between the camera and the coach: room for one picture, the newest."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """Holds one item. A newer one takes the place of one that nobody fetched: late ones are dropped, never queued."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._awake = self._closed = False
        self.dropped = 0

    def put(self, item: T, wait: bool = False) -> None:
        """:param wait: until the item before is fetched, so that none is lost; for films that play without a clock"""
        with self._changed:
            while wait and self._item is not None and not self._closed:
                self._changed.wait(0.5)
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def take(self, timeout_s: float) -> T | None:
        """The item; None where none came in time, or something else woke the taker."""
        with self._changed:
            if self._item is None and not self._awake:
                self._changed.wait(timeout_s)
            item, self._item, self._awake = self._item, None, False
            self._changed.notify_all()
            return item

    @property
    def empty(self) -> bool:
        with self._changed:
            return self._item is None

    def wake(self) -> None:
        """Lets the taker go on without an item."""
        with self._changed:
            self._awake = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._closed = self._awake = True
            self._changed.notify_all()
