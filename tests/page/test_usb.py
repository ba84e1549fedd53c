"""A practice before a USB camera whose cable is pulled: real tracker and browser, OpenCV's own way to the camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from coach.capture.video import VideoFile
from coach.domain import Image
from coach.messages import page_texts
from tests.capture.usb import NUMBER, UsbCamera
from tests.page import runs
from tests.page.fake_practice import SAMPLE

FROM_S, TO_S = 8.5, 22.0  # of the sample, which has 15 pictures a second: circles beside the spine


def circles() -> Iterator[Image]:
    return (frame.image for frame in VideoFile(SAMPLE).frames() if FROM_S <= frame.time_s < TO_S)


@pytest.mark.alone
def test_a_cable_pulled_out_and_in_again_costs_nothing(
    browser: Browser, practise: Callable[..., str], tmp_path: Path
) -> None:
    said = page_texts("id")
    (tmp_path / "usb").mkdir()
    camera = UsbCamera(tmp_path / "usb", circles(), each=2)
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    runs.enter(page, practise(str(NUMBER), surroundings=camera.surroundings))
    runs.until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
    runs.wait_for_picture(page)
    runs.drag(page, runs.body(runs.corners("d03")))
    page.click("#to-mode")
    page.click("input[value=free]")
    runs.until(page, lambda state: state["mode"] == "free")
    page.click("#start")
    runs.until(page, lambda state: state["phase"] == "practising")
    page.wait_for_timeout(3000)  # what is filmed until now is not to be lost
    camera.is_now("unplugged")
    lost = runs.until(page, lambda state: state["camera"]["state"] == "lost")
    assert (lost["phase"], lost["camera"]["key"]) == ("practising", "camera_lost")
    expect(page.locator(".over")).to_contain_text(said["camera_lost"])
    expect(page.locator(".voice")).to_have_text(said["camera_wait"])
    camera.is_now("plugged")
    runs.until(page, lambda state: state["camera"]["state"] == "ok")
    drawn = page.evaluate("window.__coach.count")
    runs.wait_for_picture(page, f"window.__coach.count > {drawn + 20}")
    expect(page.locator(".over")).to_have_count(0)
    runs.finish(page)
    result = runs.until(page, lambda state: state["result"] is not None and not state["busy"])["result"]
    assert result["video"]["duration_s"] > 3.0  # from before the cable was pulled to the end
    assert result["video"]["frames"] > 20 + 20
    expect(page.locator(".saved")).to_be_visible()
    assert faults == []
    page.context.close()
