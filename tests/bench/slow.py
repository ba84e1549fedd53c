"""coach on a slow laptop: ``python -m tests.bench.slow [VIDEO …] [--share 0.25]``.

The program runs under a share of this machine's cores (:mod:`tests.bench.quarter` tells what holds it there); the page
is a real Chromium beside it, whose drawing a laptop leaves to its graphics.

- Live practice of each film, in real time, as a camera of 30 pictures a second: pictures drawn and looked at, how even
  they come, how old they are when they are drawn, and the steps that were found (F1 at half of their length), against
  a machine that looks at every picture.
- A review of each film: its time for each second of the film, and its memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain import Floats
from tests.bench import latency, marks, speed
from tests.bench.accuracy import matched
from tests.bench.live import OVERLAP, filmed
from tests.bench.quarter import SHARE, Limit, limited, running
from tests.bench.statistics import f1_score
from tests.footage import ROOT

FILMS = ("d03", "r21_shoulders_left25", "r26_visitor_upward")
FPS = 30.0
GAP_S = 0.1  # between two pictures: with longer ones a movement is seen to jerk
LEAST_LOOKED, POINTS, LEAST_DRAWN = 10.0, 2.0, 15.0  # what is wanted
WATCH = """() => { window.__coach.onDrawn = (frame) => window.__seen.push([
  frame.time_s, performance.timeOrigin + performance.now()]); }"""


@dataclass(frozen=True, slots=True)
class Played:
    """One film, practised."""

    name: str
    seconds: float
    drawn: Floats  # (n, 2) s: the picture's own time, and when it was drawn, of the same clock
    looked: float  # pictures a second that the detector has looked at
    cpu: float  # cores that were used
    found: list[dict[str, Any]]
    true: list[dict[str, Any]]
    full: tuple[int, int]  # steps that a full machine finds, and those of them that are right
    verdict: str

    @property
    def hits(self) -> int:
        return len(matched(self.found, self.true, OVERLAP))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slow", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("videos", nargs="*", type=Path, help="with its truth beside it (default: the samples)")
    parser.add_argument("--share", type=float, default=SHARE, help="of all cores (default a quarter)")
    parser.add_argument("--no-review", action="store_true")
    given = parser.parse_args(arguments)
    videos = given.videos or [ROOT / "samples" / f"{name}.mp4" for name in FILMS]
    with limited(given.share) as limit, tempfile.TemporaryDirectory(prefix="coach-slow-") as folder:
        print(f"Held by {limit.name}, of this machine's {os.cpu_count()}; its load was {os.getloadavg()[0]:.1f}.")
        told([practised(video, limit, Path(folder)) for video in videos])
        for video in () if given.no_review else videos:
            reviewed(video, limit)
    return 0


# ------------------------------------------------------------------ live practice
def practised(video: Path, limit: Limit, folder: Path) -> Played:
    """Practises along a film from its start to its end."""
    truth = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
    clip = speed.quicker(video, folder, FPS)
    clip.with_suffix(".truth.json").write_text(json.dumps(truth), "utf-8")
    command = [sys.executable, "-m", "tests.bench.latency", "--serve", str(clip)]
    with running(command, limit) as server, latency.browser("window.__seen = []") as page:
        assert server.stdout is not None
        about = json.loads(server.stdout.readline())
        page.goto(about["address"])
        latency.to_practice(server, page, marks.marked(truth, "corners"), "exam")
        before, began_s = latency.ask(server, None), time.monotonic()
        page.evaluate(WATCH)
        latency.until(page, "window.__coach.state?.camera.key === 'camera_ended'", 60.0 + 2.0 * truth["duration_s"])
        after, seconds = latency.ask(server, None), time.monotonic() - began_s
        latency.ask(server, {"t": "finish"})
        latency.until(page, "window.__coach.state?.result", 120.0)
        result = page.evaluate("window.__coach.state.result")
        seen = np.array(page.evaluate("window.__seen"), dtype=float).reshape(-1, 2)
    drawn = np.column_stack([seen[:, 0] + about["offset_s"], seen[:, 1] / 1000.0])
    spent = {name: (after[name] - before[name]) / seconds for name in ("looked", "cpu_s")}
    full = filmed(clip, "oxytocin", "exam")
    return Played(
        video.stem,
        seconds,
        drawn,
        spent["looked"],
        spent["cpu_s"],
        result["segments"],
        truth["segments"],
        (full.found["end"], full.hits["end"]),
        result["verdict"]["reason"]["key"],
    )


def told(films: Sequence[Played]) -> None:
    """Prints what live practice came to."""
    print(f"Live practice, exam, {FPS:.0f} pictures a second come:")
    for film in films:
        age_ms = 1000.0 * (film.drawn[:, 1] - film.drawn[:, 0])
        gaps = np.diff(film.drawn[:, 1])
        print(
            f"  {film.name}: {film.looked:.1f} a second looked at, {len(film.drawn) / film.seconds:.1f} drawn; between "
            f"two {1000 * np.median(gaps):.0f} ms, p95 {1000 * np.percentile(gaps, 95):.0f}, over "
            f"{1000 * GAP_S:.0f} ms {(gaps > GAP_S).mean():.1%}; delay {np.median(age_ms):.0f} ms, "
            f"p95 {np.percentile(age_ms, 95):.0f}; {film.cpu:.2f} cores; F1@50 {score([film]):.1f} (full machine "
            f"{score([film], full=True):.1f}); {film.verdict}"
        )
    looked, drawn = min(f.looked for f in films), min(len(f.drawn) / f.seconds for f in films)
    ours, full = score(films), score(films, full=True)
    print(
        f"  Least looked at {looked:.1f} a second (wanted {LEAST_LOOKED:.0f}), drawn {drawn:.1f} ({LEAST_DRAWN:.0f}); "
        f"F1@50 {ours:.1f} against the full machine's {full:.1f} (within {POINTS:.0f} points)"
    )


def score(films: Sequence[Played], full: bool = False) -> float:
    """F1 at half the length, in percent, of all films together."""
    true = sum(len(f.true) for f in films)
    found = sum(f.full[0] if full else len(f.found) for f in films)
    hits = sum(f.full[1] if full else f.hits for f in films)
    return 100.0 * f1_score(hits / found if found else 1.0, hits / true if true else 1.0)


# ------------------------------------------------------------------ a review
def reviewed(video: Path, limit: Limit) -> None:
    """Reviews a film, and prints what it takes."""
    truth = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
    seconds, corners = float(truth["duration_s"]), marks.marked(truth, "corners")
    back = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    command = [sys.executable, "-m", "coach", "review", str(video), "--back", back, "--json", os.devnull]
    before, began_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with running(command, limit) as process:
        process.communicate()
    took_s, after = time.monotonic() - began_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"Review of {video.stem}: {took_s:.0f} s for {seconds:.0f} s of film ({took_s / seconds:.2f} each), "
        f"{worked_s:.0f} s of work, exit code {process.returncode}"
    )


if __name__ == "__main__":
    sys.exit(main())
