"""A review needs no more memory for a long video than for a short one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.footage import BACK, SAMPLE, cut

MOST_MB, FLAT_MB = 500.0, 40.0
PROGRAM = """
import sys
from coach import wiring
from coach.back_argument import parse
from coach.protocol.files import load
from tests.footage import peak_mb
session = wiring.review(sys.argv[1], load("oxytocin"), parse(sys.argv[2]), None, lambda *_: None)
print(session.video.frames, peak_mb())
"""


def peak(path: Path) -> tuple[int, float]:
    """(frames, MB) of a review in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), BACK],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLE.parents[1],
    )
    frames, megabytes = done.stdout.split()
    return int(frames), float(megabytes)


def test_memory_does_not_grow_with_the_video(tmp_path: Path) -> None:
    once, thrice = (peak(cut(SAMPLE, tmp_path / f"{n}.mp4", frames=100, times=n)) for n in (1, 3))
    assert (once[0], thrice[0]) == (100, 300)
    assert thrice[1] < once[1] + FLAT_MB
    assert 50 < thrice[1] < MOST_MB
