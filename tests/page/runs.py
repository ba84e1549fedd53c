"""A run from the set-up to the result in a real Chromium, with the real tracker: as a test, and longer as a bench."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from playwright.sync_api import Page

from coach import back_argument
from coach.capture.video import VideoFile
from coach.domain import Floats
from tests.page.conftest import agree

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
BROWSER_FPS = 30  # Chromium shows so many pictures a second of an MJPEG file, over and over


@dataclass
class Run:
    """What a page was told from "start" to the result."""

    result: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # the highest that was shown of each step
    hints: list[str] = field(default_factory=list)
    ghosts: int = 0  # looks at the state that showed one
    spent_s: float = 0.0
    fps: float = 0.0  # pictures drawn a second


def of_segments(folder: Path, *wanted: str) -> Path:
    """The shipped protocol with only some of its segments: a run of it ends by itself when these are done."""
    text = (ROOT / "protocols" / "oxytocin.toml").read_text("utf-8")
    head, *rest = re.split(r"(?m)^(?=\[\[segments\]\]$)", text)
    last, after = re.split(r"(?m)^(?=\[\[manual\]\]$)", rest[-1], maxsplit=1)
    blocks = {re.findall(r'^id = "(\w+)"', block, re.M)[0]: block for block in (*rest[:-1], last)}
    chosen = [blocks[name] for name in wanted]
    parts = {re.findall(r'^part = "(\w+)"', block, re.M)[0] for block in chosen}
    before, *listed = re.split(r"(?m)^(?=\[\[parts\]\]$)", head)
    kept = [part for part in listed if re.findall(r'^id = "(\w+)"', part, re.M)[0] in parts]
    file = folder / "some.toml"
    file.write_text(before + "".join((*kept, *chosen)) + after, "utf-8")
    return file


def corners(name: str) -> Floats:
    """(4, 2) px of a sample's back."""
    return back_argument.parse((SAMPLES / f"{name}.back").read_text("utf-8").strip())


def cut(name: str, from_s: float, to_s: float, film: Path) -> Path:
    """A stretch of a sample: an AVI for coach's own camera, or an MJPEG for Chromium's, at the sample's own speed."""
    video = VideoFile(SAMPLES / f"{name}.mp4")
    frames = [f for f in video.frames() if from_s <= f.time_s < to_s]
    height, width = frames[0].image.shape[:2]
    fps = (len(frames) - 1) / (frames[-1].time_s - frames[0].time_s)
    if film.suffix == ".mjpeg":
        times = np.arange(frames[0].time_s, frames[-1].time_s, 1 / BROWSER_FPS)
        shown = [frames[int(np.searchsorted([f.time_s for f in frames], t, side="right")) - 1] for t in times]
        quality = [cv2.IMWRITE_JPEG_QUALITY, 90]
        film.write_bytes(b"".join(cv2.imencode(".jpg", f.image[..., ::-1], quality)[1].tobytes() for f in shown))
        return film
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
    for frame in frames:
        writer.write(frame.image[..., ::-1])
    writer.release()
    return film


def until(page: Page, true: Callable[[dict[str, Any]], bool], patience_s: float = 60.0) -> dict[str, Any]:
    """Waits for a state of the practice."""
    ends_s = time.monotonic() + patience_s
    state: dict[str, Any] = {}
    while time.monotonic() < ends_s:
        state = page.evaluate("window.__coach?.state") or {}
        if state and true(state):
            return state
        page.wait_for_timeout(100)
    raise AssertionError(f"never came: {state}")


def wait_for_picture(page: Page, seen: str = "window.__coach.count", patience_s: float = 30.0) -> None:
    """Waits until a picture is drawn; the page's own policy keeps Playwright from polling inside it.

    :param seen: what must be true in the page
    """
    ends_s = time.monotonic() + patience_s
    while not page.evaluate(seen):
        assert time.monotonic() < ends_s, f"no picture was ever drawn: {seen}"
        page.wait_for_timeout(100)


def enter(page: Page, address: str) -> None:
    """From the address to the set-up, with a camera that stands behind."""
    page.goto(address)
    page.click("#begin")
    agree(page)
    until(page, lambda state: state["phase"] == "setup")
    if page.locator("#place-behind").is_visible():  # nobody asks where the back is known
        page.click("#place-behind")
        page.locator("#mark-drag").wait_for()


def drag(page: Page, places: dict[str, tuple[float, float]]) -> None:
    """Drags the four points to their places on the back, px of the picture 640×480."""
    page.click("#mark-drag")
    drag_points(page, places)
    page.click("#drag-done")
    until(page, lambda state: state["marking"]["marked"])


def drag_points(page: Page, places: dict[str, tuple[float, float]]) -> None:
    """Drags points that are shown to places on the picture, px of 640×480."""
    for name, (x, y) in places.items():
        ring, box = page.locator(f"[data-point={name}] .ring").bounding_box(), page.locator(".marker").bounding_box()
        assert ring
        assert box
        scale = min(box["width"] / 640, box["height"] / 480)
        left, top = box["x"] + (box["width"] - 640 * scale) / 2, box["y"] + (box["height"] - 480 * scale) / 2
        page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
        page.mouse.down()
        page.mouse.move(left + x * scale, top + y * scale, steps=3)
        page.mouse.up()


def finish(page: Page) -> None:
    """Ends the practice, and says that this was meant."""
    page.click("#finish")
    page.click("#finish-sure")


def body(back: Floats) -> dict[str, tuple[float, float]]:
    """The four places on the body that a person would mark, from the back's corners (4, 2) px."""
    places = {"c7": (back[0] + back[1]) / 2, "left": back[0], "right": back[1], "l5": (back[2] + back[3]) / 2}
    return {name: (float(x), float(y)) for name, (x, y) in places.items()}


def run(page: Page, mode: str, patience_s: float) -> Run:
    """From the marked back to the result, without touching anything after "start"."""
    out, began_s = Run(), time.monotonic()
    drawn = page.evaluate("window.__coach.count")
    page.click("#to-mode")
    page.click(f"input[value={mode}]")  # the server ticks it, a moment later
    until(page, lambda state: state["mode"] == mode)
    page.click("#start")

    def over(state: dict[str, Any]) -> bool:
        step, hint = state["step"], state["hint"]
        if step:
            out.counts[step["segment"]] = max(step["count"], out.counts.get(step["segment"], 0))
        if hint and (not out.hints or out.hints[-1] != hint["key"]):
            out.hints.append(hint["key"])
        out.ghosts += state["ghost"] is not None
        return state["phase"] == "finished" and state["result"] is not None and not state["busy"]

    out.result = until(page, over, patience_s)["result"]
    out.spent_s = time.monotonic() - began_s
    out.fps = (page.evaluate("window.__coach.count") - drawn) / out.spent_s
    return out
