"""Live practice by the clock: ``python -m tests.bench.latency [--seconds N] [--soak MINUTES] [--show]``.

- From a picture's arrival to its overlay on the screen of a real Chromium, at 640×480 and 30 pictures a second, with
  the real tracker. The pictures carry a barcode that is read off the canvas after it was drawn: so it is known that the
  picture and what was drawn over it belong together.
- What the server spends for each picture over a bare loop of decoder and detector, in CPU time of all its processes.
- How long it takes from the command to a page that can be used; ``--start``: only that.
- ``--soak``: so many minutes of practice as fast as the tracker goes, and what memory does meanwhile; with
  ``--recorded`` the sample's true hands stand in for the tracker, which is far faster.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from coach.capture.camera import Film
from coach.commands.quiet import quiet_libraries
from coach.domain import Floats
from coach.practice import program
from coach.practice.live import Practice
from coach.web.app import PAGE
from coach.web.guard import Door, new_token
from coach.web.said import parse
from coach.web.serve import listening
from tests.bench import soak
from tests.bench.barcode import READ
from tests.bench.recorded import barcoded
from tests.footage import SAMPLE, sample_corners

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FPS = 30
MEDIAN_MS, P95_MS, CPU, USABLE_S = 60.0, 110.0, 1.35, 1.5  # what is wanted
STARTS = 3  # of which each is told
SETTLE_S = 3.0  # after the start, before the measuring begins
HOOK = "window.__seen = []; window.__read = " + READ
WATCH = """() => { window.__coach.onDrawn = (frame, canvas) => {
  const drawn = performance.timeOrigin + performance.now(), times = window.__coach.frames.at(-1);
  window.__seen.push([frame.time_s, drawn, window.__read(canvas, frame.w), performance.timeOrigin + times.received_ms]);
}; }"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.latency", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=30.0, help="of practice that are measured (default 30)")
    parser.add_argument("--soak", type=float, default=0.0, help="minutes of practice at the tracker's own pace")
    parser.add_argument("--recorded", action="store_true", help="soak with recorded hands: far faster than the tracker")
    parser.add_argument("--start", action="store_true", help="only how long it takes to a page that can be used")
    parser.add_argument("--show", type=Path, help="where to put a picture of the page")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.serve:
        serve(given.serve)
        return 0
    if given.bare:
        print(json.dumps(bare(given.bare)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.soak:
            soak.run(folder, given.soak, given.recorded)
            return 0
        if given.start:
            usable(folder)
            return 0
        clip = barcoded(folder / "clip.mp4", round(FPS * (given.seconds + SETTLE_S + 5)), FPS)
        measure(clip, given.seconds, given.show)
        usable(folder)
    return 0


# ------------------------------------------------------------------ in processes of their own
def serve(clip: Path) -> None:
    """The program, told what to do by lines on its standard input."""

    def started(practice: Practice) -> None:
        offset_s = time.time() - time.monotonic() + practice.eyes.start_s
        print(json.dumps({"address": door.address, "offset_s": offset_s}), flush=True)
        threading.Thread(target=obey, args=(practice,), daemon=True).start()

    def obey(practice: Practice) -> None:
        for line in sys.stdin:
            if line.startswith("{"):
                practice.take(parse(line))
            else:
                print(json.dumps(spending(practice)), flush=True)
        os.kill(os.getpid(), 2)

    with tempfile.TemporaryDirectory() as data, listening(0) as listener, quiet_libraries():
        door = Door(listener.getsockname()[1], new_token(), refusal=(PAGE / "forbidden.html").read_text("utf-8"))
        program.run("oxytocin", str(clip), "id", data, door, listener, started)


def spending(practice: Practice) -> dict[str, float]:
    """CPU seconds of this process and of the reader's, pictures so far, memory in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    reader = 0.0 if practice.reader is None else ticks(practice.reader.pid)
    return {
        "cpu_s": own.ru_utime + own.ru_stime + reader,
        "reader_s": reader,
        "pictures": practice.pictures,
        "looked": practice.pictures,
    }


def ticks(pid: int | None) -> float:
    """CPU seconds of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bare(clip: Path) -> dict[str, float]:
    """Decode to RGB, detect, nothing else; at the pace of the film, as live practice runs."""
    from coach.detect.hands import MediaPipeHands  # noqa: PLC0415  only this process needs it
    from coach.domain import Frame  # noqa: PLC0415

    with quiet_libraries(), MediaPipeHands() as finder:
        pictures = 0
        began_s, spent_s = 0.0, 0.0
        for image, time_s in Film(str(clip)).pictures():
            finder.find(Frame(pictures, time_s, image))
            pictures += 1
            if pictures == FPS:  # a second to warm up
                began_s, spent_s = time.monotonic(), time.process_time()
            if began_s and time.monotonic() - began_s > 15:
                break
        return {"cpu_s": time.process_time() - spent_s, "pictures": pictures - FPS}


# ------------------------------------------------------------------ the server and the browser
@contextmanager
def server(clip: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "tests.bench.latency", "--serve", str(clip)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        yield running, json.loads(running.stdout.readline())
    finally:
        running.communicate(timeout=30)


def ask(running: subprocess.Popen[str], message: dict[str, Any] | None) -> dict[str, Any]:
    """Tells the server what a page would; None asks for what it has spent."""
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write((json.dumps(message) if message else "spent") + "\n")
    running.stdin.flush()
    told: dict[str, Any] = {} if message else json.loads(running.stdout.readline())
    return told


@contextmanager
def browser(script: str = "") -> Iterator[Any]:
    """A page of a real Chromium, 1366×768."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        if script:
            page.add_init_script(script)
        yield page
        chromium.close()


def to_practice(running: subprocess.Popen[str], page: Any, corners: Floats, mode: str) -> None:
    """From the welcome to the massage.

    :param corners: (4, 2) px of the back
    """
    safety = page.evaluate("fetch('/api/practise').then((a) => a.json()).then((a) => a.safety)")
    ask(running, {"t": "mode", "mode": mode})
    ask(running, {"t": "consent", "checks": [*safety, "agreed"], "video": False, "code": ""})
    ask(running, {"t": "layout", "layout": "behind"})
    until(page, "window.__coach.count > 30 && window.__coach.state?.tracker === 'ok'", 60.0)
    points = [[round(float(x)), round(float(y))] for x, y in corners]
    ask(running, {"t": "mark", "way": "drag", "kind": "corners", "points": points})
    ask(running, {"t": "start"})
    until(page, "window.__coach.state?.phase === 'practising'")


def until(page: Any, true: str, patience_s: float = 30.0) -> None:
    """Waits in steps of its own: what the browser would wait with, the page's policy forbids."""
    end = time.monotonic() + patience_s
    while not page.evaluate(true):
        if time.monotonic() > end:
            raise TimeoutError(true)
        time.sleep(0.1)


def measure(clip: Path, seconds: float, show: Path | None) -> None:
    """The latency, and what the server spends."""
    with server(clip) as (running, about), browser(HOOK) as page:
        page.goto(about["address"])
        to_practice(running, page, sample_corners(), "guided")
        time.sleep(SETTLE_S)
        before = ask(running, None)
        page.evaluate(WATCH)
        time.sleep(seconds)
        seen = np.array(page.evaluate("window.__seen.splice(0)"), dtype=float)
        after = ask(running, None)
        if show is not None:
            page.screenshot(path=str(show))
    told(seen, about["offset_s"], seconds)
    spent(clip, before, after)


def told(seen: Any, offset_s: float, seconds: float) -> None:
    """Prints the latency."""
    latency = seen[:, 1] - 1000 * (seen[:, 0] + offset_s)
    shift = seen[:, 0] - seen[:, 2] / FPS
    off = np.abs(shift - np.median(shift)) > 0.5 / FPS
    median, p95 = np.percentile(latency, (50, 95))
    page_ms = np.median(seen[:, 1] - seen[:, 3])
    print(f"Frame in → overlay drawn, 640×480 at {FPS} a second, {len(seen)} pictures in {seconds:.0f} s:")
    print(f"  median {median:.0f} ms (wanted: at most {MEDIAN_MS:.0f}), p95 {p95:.0f} ms (at most {P95_MS:.0f})")
    print(f"  of it {page_ms:.0f} ms in the page, to decode and to draw")
    print(
        f"  {len(seen) / seconds:.1f} pictures a second are drawn; {int(off.sum())} whose barcode is not their header's"
    )
    busy = os.getloadavg()[0]
    if busy > 3:
        print(f"  The machine was busy with other things (load {busy:.1f}): times by the clock mean little.")


def spent(clip: Path, before: dict[str, float], after: dict[str, float]) -> None:
    """Prints the CPU time a picture."""
    command = [sys.executable, "-m", "tests.bench.latency", "--bare", str(clip)]
    plain = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    pictures = after["pictures"] - before["pictures"]
    ours_ms = 1000 * (after["cpu_s"] - before["cpu_s"]) / pictures
    reader_ms = 1000 * (after["reader_s"] - before["reader_s"]) / pictures
    bare_ms = 1000 * plain["cpu_s"] / plain["pictures"]
    print("CPU time a picture, all processes of the server, over a bare loop of decoder and detector:")
    print(f"  {ours_ms:.1f} ms ({reader_ms:.1f} of it the reader's) over {bare_ms:.1f} ms: {ours_ms / bare_ms:.2f} ×")
    print(f"  (wanted: at most {CPU})")


def usable(folder: Path) -> None:
    """From each command to a page with a button to press, by the clock and in the program's own work."""
    practise = ["practise", "--camera", str(SAMPLE), "--no-browser", "--data", str(folder), "--port", "0"]
    serve = ["serve", "--no-browser", "--data", str(folder), "--port", "0"]
    with browser() as page:
        for command in (practise, serve):
            took = [_usable(page, command) for _ in range(STARTS)]
            each = ", ".join(f"{clock_s:.1f}" for clock_s, _ in took)
            work_s = sorted(work_s for _, work_s in took)[len(took) // 2]
            print(f"From `coach {command[0]}` to a page that can be used: {each} s (at most {USABLE_S:g}),")
            print(f"  {work_s:.2f} s of work of the program's; the machine's load was {os.getloadavg()[0]:.1f}")


def _usable(page: Any, command: Sequence[str]) -> tuple[float, float]:
    began = time.monotonic()
    coach = [sys.executable, "-c", "from coach.start import main; main()", *command]
    running = subprocess.Popen(coach, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        found = re.search(r"http://\S+", running.stdout.readline())
        assert found is not None
        page.goto(found[0])
        page.wait_for_selector("button")
        return time.monotonic() - began, ticks(running.pid)
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
