"""Runs to the end: real tracker, real clock, real browser; nobody touches anything between "start" and the result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.page.runs import body, corners, cut, drag, enter, of_segments, run, until, wait_for_picture

pytestmark = pytest.mark.alone
NAME = "r21_shoulders_left25"
ENOUGH_FPS = 8.0  # on a machine that is busy with other things pictures are dropped, and with them counts
STEP = "shoulder_stroke"
STROKES = 2.0, 11.2  # s of the sample: six strokes over the shoulders


def counted(result: dict[str, object], segment: str) -> list[int]:
    segments = result["segments"]
    assert isinstance(segments, list)
    return [found["count"] for found in segments if found["id"] == segment]


def window(browser: Browser) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page, faults


def test_a_guided_run_before_chromium_s_camera_ends_by_itself(
    tmp_path: Path, playwright: Playwright, practise: Callable[..., str]
) -> None:
    film = cut(NAME, *STROKES, tmp_path / "camera.mjpeg")
    arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, headless=False)
    page, faults = window(browser)
    enter(page, practise("63", protocol=of_segments(tmp_path, STEP)))  # no such camera
    until(page, lambda state: state["camera"]["state"] == "none")
    page.click("#browser-camera")
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    wait_for_picture(page)
    drag(page, body(corners(NAME)))
    seen = run(page, "guided", 90.0)
    assert seen.counts[STEP] >= 5
    assert seen.ghosts > 0
    # It began somewhere in the film, which then jumps to its start.
    assert sum(counted(seen.result, STEP)) >= 4
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(1)
    assert faults == []
    browser.close()


def test_an_exam_before_a_film_shows_nothing_and_ends_in_the_result(
    tmp_path: Path, browser: Browser, practise: Callable[..., str]
) -> None:
    film = cut(NAME, *STROKES, tmp_path / "camera.avi")
    page, faults = window(browser)
    enter(page, practise(str(film), protocol=of_segments(tmp_path, STEP)))
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    drag(page, body(corners(NAME)))
    seen = run(page, "exam", 60.0)
    assert seen.hints == []
    assert seen.ghosts == 0
    assert seen.fps < ENOUGH_FPS or counted(seen.result, STEP)[0] in (5, 6)
    assert faults == []
    page.context.close()
