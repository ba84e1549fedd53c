"""Keys and pedals: any key does what the view offers, and what has the focus keeps the keys with which it is worked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Open, Visit
from tests.page.fake_practice import marking

TEMPO = {"last_s": 1.6, "shortest_s": 2.4, "longest_s": 16.0, "state": "fast"}


def meant(here: Visit, *kinds: str) -> list[str]:
    """What of these the page has said by now, in order."""
    count = len(here.practice.heard("mute")) + 1
    here.page.evaluate("document.querySelector('.tools [aria-pressed]').click()")  # after whatever was said before
    here.told("mute", count)
    return [said.t for said in here.practice.said if said.t in kinds]


@pytest.mark.parametrize("key", ["b", "Enter", "PageDown"])
def test_a_key_starts_though_a_mode_was_just_chosen(visit: Open, key: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    page = here.page
    page.click("#to-mode")
    page.focus("input[value=guided]")
    page.keyboard.press("ArrowDown")  # chooses the next one
    assert here.told("mode").mode == "free"
    page.keyboard.press("Space")
    assert meant(here, "start") == []
    expect(page.locator("input[value=free]")).to_be_focused()
    page.keyboard.press(key)
    here.told("start")


@pytest.mark.parametrize(("to", "back"), [("#voices", "#voices-close"), ("#mark-drag", "#drag-done")])
def test_no_key_starts_where_the_view_offers_no_start(visit: Open, to: str, back: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    page = here.page
    page.click(to)
    expect(page.locator(back)).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("PageDown")
    assert meant(here, "start") == []
    page.click(back)
    expect(page.locator("#to-mode")).to_be_enabled()
    page.keyboard.press("b")
    here.told("start")


@pytest.mark.parametrize(("mode", "word"), [("guided", "repeat"), ("free", "pause"), ("exam", "pause")])
def test_the_letter_r_repeats_only_where_a_step_may_be_repeated(visit: Open, mode: str, word: str) -> None:
    here = visit(mode=mode, marking=marking(marked=True))
    here.practice.step("heart")
    expect(here.page.locator("#finish")).to_be_visible()
    here.page.keyboard.press("r")
    here.told(word)


def press(here: Visit, name: str, code: int) -> None:
    """A key that Playwright does not know."""
    key = {"key": name, "code": name, "windowsVirtualKeyCode": code}
    devtools = here.page.context.new_cdp_session(here.page)
    for kind in ("rawKeyDown", "keyUp"):
        devtools.send("Input.dispatchKeyEvent", {"type": kind, **key})
    devtools.detach()


def practising(visit: Open, size: str = "laptop", **state: Any) -> Visit:
    here = visit(size, marking=marking(marked=True), **state)
    here.practice.step("spine_strokes", tempo=TEMPO)
    expect(here.page.locator("#next")).to_be_visible()
    return here


@pytest.mark.parametrize(("name", "code"), [("F13", 124), ("F24", 135)])
def test_the_keys_that_only_pedals_have_are_any_key_and_the_browsers_are_not(visit: Open, name: str, code: int) -> None:
    here = practising(visit)
    press(here, "F8", 119)
    assert meant(here, "pause") == []
    press(here, name, code)
    here.told("pause")


MACHINES = {"AudioVolumeUp": 175, "AudioVolumeMute": 173, "MediaPlayPause": 179, "BrowserBack": 166, "LaunchMail": 180}
OTHERS = {"BrightnessUp": 0, "PrintScreen": 44, "ScrollLock": 145, "Fn": 0, "WakeUp": 0, "Power": 0}


def test_the_keys_for_loudness_light_and_power_are_the_laptops(visit: Open) -> None:
    here = practising(visit)
    for name, code in (MACHINES | OTHERS).items():
        press(here, name, code)
        assert (name, meant(here, "pause")) == (name, [])
    here.page.keyboard.press("b")
    here.told("pause")


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_a_pedal_does_not_press_the_button_that_was_clicked_last(visit: Open, key: str) -> None:
    here = practising(visit)
    page = here.page
    page.click("#next")
    here.told("next")
    page.keyboard.press(key)
    here.told("pause")
    assert meant(here, "next") == ["next"]
    page.keyboard.press("Tab")  # goes on from where the click was
    expect(page.locator("#finish")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press(key)
    assert meant(here, "next", "pause") == ["next", "pause", "next"]
    expect(page.locator("#next")).to_be_focused()


def test_a_pedal_starts_after_a_mode_was_clicked(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    here.page.click("#to-mode")
    here.page.click(".mode:has([value=exam])")
    assert here.told("mode").mode == "exam"
    here.page.keyboard.press("Space")
    here.told("start")


def test_what_scrolls_the_page_is_no_key_for_the_practice_but_a_pedals_pages_are(visit: Open) -> None:
    here = practising(visit, "phone")
    page = here.page
    for key in ("ArrowDown", "Home", "End", "ArrowUp"):
        page.keyboard.press(key)
    assert meant(here, "pause") == []
    page.keyboard.press("End")
    here.until(lambda: page.evaluate("window.scrollY > 0"), "End did not scroll")
    page.keyboard.press("PageUp")
    here.told("pause")


def test_where_all_is_in_view_an_arrow_is_any_key(visit: Open) -> None:
    here = practising(visit)
    here.page.keyboard.press("ArrowDown")
    here.told("pause")
