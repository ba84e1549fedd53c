"""Work ahead of whoever consumes it, in a thread of its own.

The detector is the bottleneck and needs about one core, so decoding the next pictures on another costs no
time at all. libav and cv2 let go of Python's lock while they work, which is why a thread is enough.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

T = TypeVar("T")

DEPTH = 2  # items: while one is looked at the next are made; more would only be memory, 3 MB each


class Ahead(Generic[T]):
    """An iterator over what ``source()`` yields, which is run in a background thread, ``depth`` items ahead.

    What the source raises is raised by ``next`` at the place where it happened. The source is made, run and
    closed in the thread. Call :meth:`close` when done or when leaving early: it returns once the thread is
    gone. Afterwards the iterator is at its end.
    """

    def __init__(self, source: Callable[[], Generator[T, None, None]], depth: int = DEPTH) -> None:
        if depth < 2:  # after a close there must be room for an item that was on its way, and for the end
            raise ValueError(f"depth must be at least 2, got {depth}")
        self._source = source
        self._queue: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(depth)
        self._left = threading.Event()
        self._ended = False
        # A daemon: a consumer that is killed between two items must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name="coach-ahead", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        end: BaseException | None = None
        try:
            items = self._source()
            try:
                for item in items:
                    if self._left.is_set():
                        break
                    self._queue.put((item,))
            finally:
                items.close()
        except BaseException as error:  # whatever it is, it belongs to the consumer
            end = error
        self._queue.put(end)

    def __iter__(self) -> Ahead[T]:
        return self

    def __next__(self) -> T:
        if self._ended:
            raise StopIteration
        item = self._queue.get()
        if isinstance(item, tuple):
            return item[0]
        self.close()
        if item is not None:
            raise item
        raise StopIteration

    def close(self) -> None:
        """Stop the thread and wait for it; harmless when called again."""
        self._ended = True
        self._left.set()
        # One emptying is enough: at most one item was on its way in, and the end follows it.
        while not self._queue.empty():
            self._queue.get_nowait()
        self._thread.join()
