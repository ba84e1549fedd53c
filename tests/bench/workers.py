"""What a second worker is worth: ``python -m tests.bench.workers [--videos N] [--clip FILE]``.

Reviews as many copies of a sample session by ``coach review --save --workers 1`` and then ``--workers 2``, each into a
store of its own, and tells how many times as fast the second is. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.store import open_store
from tests.footage import ROOT

CLIP = ROOT / "samples" / "r21_shoulders_left25.mp4"
WANTED = 1.7  # times as fast with two workers
PROGRAM = "from coach.cli import main; main()"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.workers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--videos", type=int, default=50, help="how many (default 50)")
    parser.add_argument("--clip", type=Path, default=CLIP, help="with its .back beside it")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        took = [reviewed(given.videos, given.clip, workers, Path(folder)) for workers in (1, 2)]
    table = Table("workers", "seconds", "a video", "times as fast", "wanted", box=SIMPLE)
    for workers, seconds in zip((1, 2), took, strict=True):
        wanted = f"{WANTED}" if workers > 1 else ""
        faster = f"{took[0] / seconds:.2f}"
        table.add_row(str(workers), f"{seconds:.1f}", f"{seconds / given.videos:.2f}", faster, wanted)
    Console().print(table)
    Console().print(f"{given.videos} × {given.clip.name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return 0 if took[0] / took[1] >= WANTED else 1


def reviewed(videos: int, clip: Path, workers: int, folder: Path) -> float:
    """How long the reviews take, s.

    :raises SystemExit: where not all of them are in the store afterwards
    """
    films, store = folder / f"films{workers}", folder / f"store{workers}"
    films.mkdir()
    paths = [films / f"{k:03}.mp4" for k in range(videos)]
    for path in paths:
        shutil.copy(clip, path)
    back = clip.with_suffix(".back").read_text("utf-8").strip()
    given = ["review", *map(str, paths), "--back", back, "--save", "--data", str(store), "--workers", str(workers)]
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", PROGRAM, *given], capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    shutil.rmtree(films)
    with open_store(store) as opened:
        kept = opened.sessions(limit=0).total
    if done.returncode != 0 or kept != videos:
        raise SystemExit(f"exit code {done.returncode}, {kept} of {videos} sessions: {done.stderr[-500:]}")
    return took


if __name__ == "__main__":
    raise SystemExit(main())
