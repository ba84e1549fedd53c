"""A review needs no more memory for a long video than for a short one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.footage import BACK, SAMPLE, cut

MOST_MB, FLAT_MB = 400.0, 40.0
PROGRAM = """
import sys
from coach import wiring
from coach.back_argument import parse
from coach.protocol.files import load
from tests.footage import peak_mb
early = []
def look(time_s, _):
    if time_s >= float(sys.argv[3]) and not early:
        early.append(peak_mb())
session = wiring.review(sys.argv[1], load("oxytocin"), parse(sys.argv[2]), None, look)
print(session.video.frames, early[0], peak_mb())
"""


def peaks(path: Path, early_s: float) -> tuple[int, float, float]:
    """(frames, MB, MB) of a review in a process of its own: the most it had until then, and to its very end."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), BACK, str(early_s)],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLE.parents[1],
    )
    frames, early, late = done.stdout.split()
    return int(frames), float(early), float(late)


def test_memory_does_not_grow_with_the_video(tmp_path: Path) -> None:
    """What it has after a third of a video is what it would have had for one that ends there, or less."""
    frames, once, thrice = peaks(cut(SAMPLE, tmp_path / "thrice.mp4", frames=100, times=3), early_s=100 / 15)
    assert frames == 300
    assert thrice < once + FLAT_MB
    assert 50 < thrice < MOST_MB
