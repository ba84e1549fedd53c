"""Progress on standard error: a bar with the time left on a terminal, nothing elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn
from rich.text import Text

from coach.messages import Catalogue
from coach.summary import wording

T = TypeVar("T")
_LONGEST_MEMORY_S = 3600.0  # videos take minutes: a guess from the last half minute would know nothing
_FOLLOW_CODES = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
_UPDATES_PER_SECOND = 4  # enough for the eye; the two cores have better things to do


class _TimeLeft(ProgressColumn):
    """The time left, in the catalogue's words."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue

    def render(self, task: Task) -> Text:
        left = task.time_remaining
        return Text("" if left is None else self.catalogue.text("progress_left", time=wording.time(left)))


def _console() -> Console:
    """Standard error, by a descriptor of its own where bars are drawn: the libraries' is silenced meanwhile."""
    if sys.stderr is None or not sys.stderr.isatty():
        return Console(stderr=True)
    own = os.dup(sys.stderr.fileno())
    return Console(file=os.fdopen(own, "w", encoding=sys.stderr.encoding), legacy_windows=not follows_codes(own))


def follows_codes(descriptor: int) -> bool:
    """Whether a terminal follows the codes that move a bar; the console of Windows 10 does once it is told to."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415  there alone
    import msvcrt  # noqa: PLC0415
    from ctypes import wintypes  # noqa: PLC0415

    kernel32, mode = ctypes.WinDLL("kernel32"), wintypes.DWORD()
    handle = wintypes.HANDLE(msvcrt.get_osfhandle(descriptor))
    known = kernel32.GetConsoleMode(handle, ctypes.byref(mode))
    return bool(known and kernel32.SetConsoleMode(handle, wintypes.DWORD(mode.value | _FOLLOW_CODES)))


class Bars:
    """The bars of one run of the program; they clear themselves, so that results print on a clean screen."""

    def __init__(
        self, catalogue: Catalogue, console: Console | None = None, clock: Callable[[], float] | None = None
    ) -> None:
        self.catalogue = catalogue
        self.console = console or _console()
        self.clock = clock

    @property
    def _shows(self) -> bool:
        """Where the codes that move a bar are not followed, they would be printed."""
        return self.console.is_terminal and not self.console.legacy_windows

    def _bar(self) -> Progress:
        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            _TimeLeft(self.catalogue),
            console=self.console,
            transient=True,
            refresh_per_second=_UPDATES_PER_SECOND,
            speed_estimate_period=_LONGEST_MEMORY_S,
            get_time=self.clock,
        )

    @contextmanager
    def video(self, path: str) -> Iterator[Callable[[float, float | None], None]]:
        """A bar for one video; gives the function that moves it: (seconds done, duration in seconds or None)."""
        if not self._shows:
            yield lambda done_s, duration_s: None  # noqa: ARG005  nothing to show, but called all the same
            return
        with self._bar() as bar:
            task = bar.add_task(os.path.basename(path), total=None)

            def move(done_s: float, duration_s: float | None) -> None:
                bar.update(task, completed=done_s, total=duration_s)

            yield move

    def several(self, total: int, results: Iterator[T]) -> Iterator[T]:
        """Passes on the results of ``total`` videos that run side by side, with a bar while waiting for each."""
        if not self._shows:
            yield from results
            return
        bar = self._bar()
        task = bar.add_task(self._videos(0, total), total=total)
        for _ in range(total):
            bar.start()
            try:
                result = next(results)
            finally:
                bar.stop()
            done = int(bar.tasks[0].completed) + 1
            bar.update(task, completed=done, description=self._videos(done, total))
            yield result

    def _videos(self, done: int, total: int) -> str:
        return self.catalogue.text("progress_videos", done=done, total=total)
