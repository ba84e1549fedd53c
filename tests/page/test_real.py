"""The page before the real practice: real tracker, real clock, the sample session as the camera."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Playwright, expect

from coach.locate.marks import corners_of
from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.page.fake_practice import SAMPLE, pictures
from tests.page.runs import drag, drag_points, enter, finish, until, wait_for_picture

pytestmark = pytest.mark.alone
PLACES = {
    "c7": (284.1, 103.8),
    "left": (154.4, 132.2),
    "right": (413.8, 75.4),
    "l5": (357.0, 425.0),
}  # px of the sample


def test_the_sample_is_practised_from_set_up_to_result(browser: Browser, practise: Callable[..., str]) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    enter(page, practise(str(SAMPLE)))
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    drag(page, PLACES)
    page.click("#to-mode")
    page.click("input[value=free]")  # the server ticks it, a moment later
    until(page, lambda state: state["mode"] == "free")
    page.click("#start")
    seen = until(page, lambda state: bool(state["step"]) and state["step"]["count"] >= 1)
    assert seen["step"]["segment"] in ("spine_circles", "love")
    expect(page.locator(".count .big").first).to_be_visible()
    finish(page)
    until(page, lambda state: state["result"] is not None and not state["busy"])
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(13)
    expect(page.locator("#again")).to_be_visible()
    expect(page.locator(".saved")).to_be_visible()
    frames = page.evaluate("window.__coach.frames")
    spent = sorted(frame["drawn_ms"] - frame["received_ms"] for frame in frames)
    assert spent[len(spent) // 2] < 60
    page.click("#again")  # one step, and with guidance
    again = until(page, lambda state: state["phase"] == "practising" and state["step"] is not None)
    assert again["mode"] == "guided"
    expect(page.locator(".now h1")).to_be_visible()
    assert faults == []
    page.context.close()


def test_in_a_pause_the_back_is_marked_anew_and_all_that_follows_lies_there(
    browser: Browser, practise: Callable[..., str]
) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    enter(page, practise(str(SAMPLE)))
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    drag(page, {name: (x + 60, y + 20) for name, (x, y) in PLACES.items()})  # marked in a hurry: beside the back
    page.click("#to-mode")
    page.click("#start")
    until(page, lambda state: state["phase"] == "practising")
    page.click("#pause")
    page.click("#mark-anew")
    until(page, lambda state: state["marking"]["anew"])
    drag_points(page, PLACES)
    page.click("#anew-done")
    until(page, lambda state: not state["marking"]["anew"] and state["phase"] == "paused")
    page.evaluate("() => { window.__coach.onDrawn = (frame) => { window.drawnBack = frame.back; }; }")
    page.click("#resume")
    until(page, lambda state: state["phase"] == "practising")
    wanted = corners_of(np.array(list(PLACES.values())), (640, 480))
    page.wait_for_timeout(1500)  # it is followed by now
    assert np.abs(np.array(page.evaluate("window.drawnBack")) - wanted).max() < 12  # px
    finish(page)
    until(page, lambda state: state["result"] is not None and not state["busy"])
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(13)
    assert faults == []
    page.context.close()


def test_the_browser_s_camera_takes_the_place_of_a_missing_one(
    tmp_path: Path, playwright: Playwright, practise: Callable[..., str]
) -> None:
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(b"".join(pictures()))
    arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, headless=False)
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    enter(page, practise("63"))  # no such camera
    until(page, lambda state: state["camera"]["state"] == "none")
    page.click("#browser-camera")
    until(page, lambda state: state["camera"]["state"] == "ok" and state["camera"]["browser"])
    until(page, lambda state: {c["id"]: c["state"] for c in state["setup"]}["hands"] != "unknown")  # hands are seen
    wait_for_picture(page)
    drag(page, PLACES)
    page.click("#to-mode")
    page.click("#start")
    until(page, lambda state: state["phase"] == "practising")
    page.reload()  # the page comes back, and its camera with it
    wait_for_picture(page, "window.__coach?.count")
    until(page, lambda state: state["camera"]["state"] == "ok" and state["phase"] == "practising")
    page.keyboard.press("Escape")
    until(page, lambda state: state["phase"] == "stopped" and state["result"] is not None)
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Stopped")
    page.click("#resume")
    until(page, lambda state: state["phase"] == "practising" and state["result"] is None)
    finish(page)
    until(page, lambda state: state["phase"] == "finished" and state["result"] is not None)
    browser.close()
