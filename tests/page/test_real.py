"""The page before the real practice: real tracker, real clock, the sample session as the camera."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.page.fake_practice import SAMPLE, pictures

PATIENCE_S = 60.0
PLACES = {
    "c7": (284.1, 103.8),
    "left": (154.4, 132.2),
    "right": (413.8, 75.4),
    "l5": (357.0, 425.0),
}  # px of the sample


@pytest.fixture
def practise(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts ``coach practise`` with a camera; returns the address."""
    running: list[subprocess.Popen[str]] = []

    def started(camera: str) -> str:
        words = ["practise", "--camera", camera, "--no-browser", "--port", "0", "--lang", "id"]
        program = subprocess.Popen(
            [Path(sys.executable).with_name("coach"), *words, "--data", str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(program)
        assert program.stdout
        line = program.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        return found.group()

    yield started
    for program in running:
        program.terminate()
        program.wait(timeout=20)
        assert program.stdout
        assert "Traceback" not in program.stdout.read()
        program.stdout.close()


def until(page: Page, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Waits for a state of the practice."""
    ends_s = time.monotonic() + PATIENCE_S
    state: dict[str, Any] = {}
    while time.monotonic() < ends_s:
        state = page.evaluate("window.__coach?.state") or {}
        if state and true(state):
            return state
        page.wait_for_timeout(100)
    raise AssertionError(f"never came: {state}")


def enter(page: Page, address: str) -> None:
    """From the address to the set-up."""
    page.goto(address)
    page.click("#begin")
    page.check("input[name=no_person]")
    page.click("#agree")
    until(page, lambda state: state["phase"] == "setup")


def drag(page: Page) -> None:
    """Drags the four points to their places on the sample's back."""
    page.click("#mark-drag")
    for name, (x, y) in PLACES.items():
        ring, box = page.locator(f"[data-point={name}] .ring").bounding_box(), page.locator(".marker").bounding_box()
        assert ring
        assert box
        scale = min(box["width"] / 640, box["height"] / 480)
        left, top = box["x"] + (box["width"] - 640 * scale) / 2, box["y"] + (box["height"] - 480 * scale) / 2
        page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
        page.mouse.down()
        page.mouse.move(left + x * scale, top + y * scale, steps=3)
        page.mouse.up()
    page.click("#drag-done")


def test_the_sample_is_practised_from_set_up_to_result(browser: Browser, practise: Callable[..., str]) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    enter(page, practise(str(SAMPLE)))
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    drag(page)
    until(page, lambda state: state["marking"]["marked"])
    page.click("#to-mode")
    page.check("input[value=free]")
    until(page, lambda state: state["mode"] == "free")
    page.click("#start")
    seen = until(page, lambda state: bool(state["step"]) and state["step"]["count"] >= 1)
    assert seen["step"]["segment"] in ("spine_circles", "love")
    expect(page.locator(".count .big").first).to_be_visible()
    page.click("#finish")
    until(page, lambda state: state["result"] is not None and not state["busy"])
    expect(page.locator(".segment")).to_have_count(13)
    expect(page.locator(".feedback .warn button")).to_be_visible()
    expect(page.locator(".saved")).to_be_visible()
    frames = page.evaluate("window.__coach.frames")
    spent = sorted(frame["drawn_ms"] - frame["received_ms"] for frame in frames)
    assert spent[len(spent) // 2] < 60
    assert faults == []
    page.context.close()


def test_the_browser_s_camera_takes_the_place_of_a_missing_one(
    tmp_path: Path, playwright: Playwright, practise: Callable[..., str]
) -> None:
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(b"".join(pictures()))
    arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, headless=False)
    page = browser.new_page()
    enter(page, practise("63"))  # no such camera
    until(page, lambda state: state["camera"]["state"] == "none")
    page.click("#browser-camera")
    until(page, lambda state: state["camera"]["state"] == "ok" and state["camera"]["browser"])
    until(page, lambda state: {c["id"]: c["state"] for c in state["setup"]}["hands"] != "unknown")  # hands are seen
    deadline = time.monotonic() + 20  # the state may be a moment ahead of the first picture
    while not page.evaluate("window.__coach.count") and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.evaluate("window.__coach.count") > 0
    browser.close()
