"""How far a long rendering is, and how long it will still take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

EVERY_S = 1.0  # between two updates of a terminal's line
EVERY_LINE_S = 30.0  # between two lines in a log
ENOUGH = 20  # frames, before their pace says anything


class Progress:
    """Counts frames over several clips. `clips`: name → frames; `wanted`: how many clips there are with those done."""

    def __init__(self, clips: Mapping[str, int], wanted: int, stream: TextIO = sys.stderr) -> None:
        self.clips, self.wanted, self.stream = clips, wanted, stream
        self.total = sum(clips.values())
        self.done_before = 0
        self.finished = wanted - len(clips)
        self.rendered = 0  # frames, in this run
        self.began = self.shown = time.monotonic()
        if not clips:
            print(f"all {wanted} clips are there already", file=stream)

    def of(self, name: str) -> Callable[[int, int], None]:
        """What a clip's rendering has to call with the frames done and their count."""
        last = 0

        def tell(done: int, count: int) -> None:
            nonlocal last
            self.rendered += done - last == 1  # more at once are an earlier run's
            last = done
            self._show(name, done, count)
            if done == count:
                self.done_before += count
                self.finished += 1
                self._line(f"{name}: done; {self.finished} of {self.wanted} clips", "\n")

        return tell

    def _show(self, name: str, done: int, count: int) -> None:
        now = time.monotonic()
        if now - self.shown < (EVERY_S if self.stream.isatty() else EVERY_LINE_S):
            return
        self.shown = now
        left = self.total - self.done_before - done
        text = f"{name}: {done}/{count} frames; {self.finished} of {self.wanted} clips; {self._left(left, now)}"
        self._line(text, "" if self.stream.isatty() else "\n")

    def _left(self, frames: int, now: float) -> str:
        if self.rendered < ENOUGH:
            return "time left unknown"
        seconds = frames * (now - self.began) / self.rendered
        return f"about {seconds / 60:.0f} min left" if seconds >= 90 else f"about {seconds:.0f} s left"

    def _line(self, text: str, end: str) -> None:
        start = "\r\x1b[K" if self.stream.isatty() else ""
        print(start + text, end=end, file=self.stream, flush=True)
