"""Whole runs in a real Chromium with the real tracker: ``python -m tests.bench.browser [--modes guided exam]``.

Each mode once before a film and once before Chromium's own camera, which plays the same film over and over: from the
set-up to the result, nothing touched in between; but an exam before a camera never ends and is ended after a minute.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.page import runs
from tests.page.conftest import ARGUMENTS, CHROMIUM

NAME, WANTED = "r26_visitor_upward", ("spine_strokes", "heart")
TRUE = {"spine_strokes": 5, "heart": 5}
PATIENCE_S = 180.0


@contextmanager
def practising(camera: str, folder: Path) -> Iterator[str]:
    """The address of a ``coach practise`` of its own."""
    words = ["practise", "--camera", camera, "--no-browser", "--port", "0", "--data", str(folder / "data")]
    words += ["--protocol", str(runs.of_segments(folder, *WANTED))]
    program = [sys.executable, "-c", "from coach.cli import main; main()", *words]
    running = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        found = re.search(r"http://\S+", running.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        running.send_signal(2)
        running.communicate(timeout=30)


def one(mode: str, own_camera: bool, folder: Path) -> runs.Run:
    """One run; ``own_camera``: Chromium's instead of coach's."""
    film = runs.cut(NAME, 0.0, 60.0, folder / ("camera.mjpeg" if own_camera else "camera.avi"))
    arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
    with practising("63" if own_camera else str(film), folder) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, headless=False)
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        runs.enter(page, address)
        if own_camera:
            runs.until(page, lambda state: bool(state["camera"]["state"] == "none"))
            page.click("#browser-camera")
        runs.until(page, lambda state: bool(state["camera"]["state"] == "ok" and state["tracker"] == "ok"))
        runs.wait_for_picture(page)
        runs.drag(page, runs.body(runs.corners(NAME)))
        if own_camera and mode == "exam":  # a camera never ends, and neither does an exam by itself
            return _ended(page, mode)
        return runs.run(page, mode, PATIENCE_S)


def _ended(page: Any, mode: str) -> runs.Run:
    for after_ms in (60000, 61000):  # it pauses, and ends
        page.evaluate(f"setTimeout(() => document.querySelector('#finish')?.click(), {after_ms})")
    return runs.run(page, mode, PATIENCE_S)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.browser", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--modes", nargs="+", choices=("guided", "free", "exam"), default=["guided", "exam"])
    given = parser.parse_args(arguments)
    print(f"{NAME}: {', '.join(f'{name} {count}' for name, count in TRUE.items())} in truth; once through is 44 s")
    for mode in given.modes:
        for own_camera in (False, True):
            with tempfile.TemporaryDirectory() as name:
                seen = one(mode, own_camera, Path(name))
            found = [(s["id"], s["count"]) for s in seen.result["segments"]]
            source = "Chromium's camera" if own_camera else "a film"
            print(
                f"{mode}, {source}: the result after {seen.spent_s:.0f} s; shown {seen.counts}; in the result {found}"
            )
            print(f"  hints {seen.hints}; a ghost in {seen.ghosts} looks", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
