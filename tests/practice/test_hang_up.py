"""The terminal's window is closed in the middle of a massage that is filmed, or all that went on is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest

from coach.archive import recover
from coach.store import open_store
from tests.practice.films import CLEARING, PICTURES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows ends what it closes")
ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = 30  # pictures of a film that are written together
# A terminal of its own: whoever opens one first in a new session leads it.
IN_A_TERMINAL = """
import os, runpy, sys
name = os.ttyname(0)
os.close(os.open(name, os.O_RDWR))
runpy.run_module("tests.practice.films", run_name="__main__")
"""


@contextmanager
def filming(folder: Path, first: str = "") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program and the other end of its terminal, once the pictures are on their way to the disk.

    :param first: what it does first of all
    """
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", first + IN_A_TERMINAL, str(folder)]
    program = subprocess.Popen(
        command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, bufsize=0
    )
    os.close(theirs)
    try:
        said = b""
        while b"filming" not in said:
            said += os.read(ours, 1000)
        yield program, ours
    finally:
        program.kill()
        program.wait()


def pictures(folder: Path) -> int:
    """Of the film that was kept."""
    assert list(folder.rglob(".coach-*")) == []
    (film,) = folder.rglob("video.mp4")
    with av.open(str(film)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_a_window_that_is_closed_costs_no_picture(tmp_path: Path) -> None:
    with filming(tmp_path) as (program, ours):
        assert list(tmp_path.rglob(".coach-*.part"))
        os.close(ours)
        while not (tmp_path / CLEARING).exists():
            assert program.poll() is None
            time.sleep(0.01)
        program.send_signal(signal.SIGHUP)  # as the shell in that window sends one too
        assert program.wait(20) == 0
    assert pictures(tmp_path) == PICTURES


def test_what_is_to_outlive_its_window_goes_on(tmp_path: Path) -> None:
    as_nohup = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)"
    with filming(tmp_path, as_nohup) as (program, ours):
        program.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(0.3)
        program.terminate()
        assert program.wait(20) == 0
        os.close(ours)
    assert pictures(tmp_path) == PICTURES


def test_what_is_killed_has_its_film_when_coach_starts_again(tmp_path: Path) -> None:
    with filming(tmp_path) as (program, ours):
        program.kill()
        program.wait()
        os.close(ours)
    assert list(tmp_path.rglob(".coach-*.part"))
    with open_store(tmp_path) as store:
        recover(store)
    assert FRAGMENT <= pictures(tmp_path) <= PICTURES
