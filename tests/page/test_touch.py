"""The back marked by touch in a real Chromium with the real tracker: before a film, and before Chromium's camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from coach.messages import page_texts
from coach.practice.marking import POINTS
from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.page.runs import SAMPLES, corners, cut, enter, until, wait_for_picture

pytestmark = pytest.mark.alone
NAME = "t03_touch_left_shirt"
CHECKS = ("back", "hands", "light", "sharpness", "angle")  # and the rate, which is this machine's
AGAIN = 2  # turns of the film: on a machine that is busy with other things pictures are dropped, and with them a touch
ENOUGH_FPS = 5.0  # every third picture of the film is enough (tests/practice/test_touch.py); the film waits for nobody
LOOK = """() => {
  window.seen = { unseen: 0, back: null };
  window.__coach.onDrawn = (frame) => {
    window.seen = { unseen: frame.hands.length ? 0 : window.seen.unseen + 1, back: frame.back };
  };
}"""


def window(browser: Browser) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page, faults


class Pace:
    """How many pictures a second are drawn, from now on."""

    def __init__(self, page: Page) -> None:
        self._page, self._drawn, self._began_s = page, page.evaluate("window.__coach.count"), time.monotonic()

    def fps(self) -> float:
        drawn: int = self._page.evaluate("window.__coach.count") - self._drawn
        return drawn / (time.monotonic() - self._began_s)


def at_the_start(page: Page, patience_s: float = 40.0) -> None:
    """Waits until the film shows no hand: it has just begun, and the finger is still on its way."""
    ends_s, pace = time.monotonic() + patience_s, Pace(page)
    while page.evaluate("window.seen.unseen") < 3:
        if time.monotonic() > ends_s:
            give_up("there is always a hand", pace.fps())
        page.wait_for_timeout(20)


def give_up(what: str, fps: float) -> NoReturn:
    """A failure, unless this machine has no time for pictures."""
    if fps < ENOUGH_FPS:
        pytest.skip(f"this machine is too busy: {fps:.1f} pictures a second")
    raise AssertionError(what)


def marked_by_touch(page: Page) -> tuple[list[str], list[str]]:
    """Marks the back as a person does; returns the places that were asked for, and the titles that were shown."""
    page.evaluate(LOOK)
    failed, fastest = [], 0.0
    for _ in range(AGAIN):
        at_the_start(page)
        page.click("#mark-touch")
        pace, shown = Pace(page), list[tuple[str, str]]()

        def over(state: dict[str, Any], shown: list[tuple[str, str]] = shown) -> bool:
            if state["marking"]["point"]:
                title = page.evaluate("document.querySelector('.panel h1')?.textContent")
                shown.append((state["marking"]["point"], title))
            return bool(state["marking"]["marked"])

        try:
            until(page, over, 14.0)
        except AssertionError:
            failed.append([point for point, _ in groupby(p for p, _ in shown)])
            fastest = max(fastest, pace.fps())
            page.click("#mark-clear")
            continue
        return [point for point, _ in groupby(p for p, _ in shown)], [text for text, _ in groupby(t for _, t in shown)]
    give_up(f"the four places were never taken, only {failed}", fastest)


def spoken(page: Page, last: str, patience_s: float = 10.0) -> list[str]:
    """What was said since the last beginning, once this has been said; of what is said again and again, the first."""
    ends_s = time.monotonic() + patience_s
    while (said := [clip for clip in page.evaluate("window.__coach.said") if clip.startswith("mark_")])[-1:] != [last]:
        assert time.monotonic() < ends_s, said
        page.wait_for_timeout(50)
    first = f"mark_{POINTS[0]}"
    began = max(k for k, clip in enumerate(said) if clip == first and said[k - 1 : k] != [first])
    return [clip for clip, _ in groupby(said[began:])]


def judged(page: Page, places: list[str], titles: list[str]) -> None:
    """What has to be so after the touches, up to the green check."""
    assert places == list(POINTS)
    texts = page_texts("id")
    wanted = [texts[f"touch_{point}"] for point in POINTS]
    assert [title for title in titles if title in wanted] == wanted
    until(page, lambda state: all(c["state"] == "ok" for c in state["setup"] if c["id"] in CHECKS))
    for name in CHECKS:
        expect(page.locator(f"[data-check={name}].ok")).to_be_visible()
    wait_for_picture(page, "window.seen.back !== null")  # the state is told before the next picture is drawn
    back, true = np.array(page.evaluate("window.seen.back")), corners(NAME)
    off = np.hypot(*(back - true).T) / np.hypot(*(true[1] - true[0]))
    assert off.max() < 0.18  # the four places alone, marked exactly, give 0.09; and the back is followed meanwhile
    said = spoken(page, "mark_done")
    assert said == [f"mark_{point}" for point in POINTS] + ["mark_done"]
    expect(page.locator("#to-mode")).to_be_enabled()


def test_the_back_is_marked_by_touch_before_a_film(browser: Browser, practise: Callable[..., str]) -> None:
    page, faults = window(browser)
    enter(page, practise(str(SAMPLES / f"{NAME}.mp4")))
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    wait_for_picture(page)
    judged(page, *marked_by_touch(page))
    page.click("#to-mode")
    expect(page.locator("#start")).to_be_enabled()
    assert faults == []
    page.context.close()


def test_the_back_is_marked_by_touch_before_chromium_s_camera(
    tmp_path: Path, playwright: Playwright, practise: Callable[..., str]
) -> None:
    film = cut(NAME, 0.0, 60.0, tmp_path / "camera.mjpeg")
    arguments = [*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, headless=False)
    page, faults = window(browser)
    enter(page, practise("63"))  # no such camera
    until(page, lambda state: state["camera"]["state"] == "none")
    page.click("#browser-camera")
    until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    wait_for_picture(page)
    judged(page, *marked_by_touch(page))
    assert faults == []
    browser.close()
