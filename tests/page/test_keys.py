"""Keys and pedals: any key does what the view offers, and what has the focus keeps the keys with which it is worked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Open, Visit
from tests.page.fake_practice import marking


def meant(here: Visit, *kinds: str) -> list[str]:
    """What of these the page has said by now, in order."""
    count = len(here.practice.heard("mute")) + 1
    here.page.evaluate(
        "document.querySelector('.tools [aria-pressed]').click()"
    )  # comes after whatever was said before
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
