"""axe finds nothing serious on any page of the trainer, in either language and size; nothing is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.test_axe import violations
from tests.page.trainer.conftest import Desk, Open

CLOSE = "Escape"  # what is asked in a dialog
K01 = "/sessions?kader=K01"
NUMBERS = "/protocols?numbers=oxytocin"
SHOWN = "/protocols?demonstrate=oxytocin"
HEART = "[data-group='segments/heart']"
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {  # the address, what is there, and the way from the page before
    "sessions": ("/sessions", ".chosen-bar", ("[name=all]",)),
    "hand out": (K01, "dialog", (K01, "[name=all]", "#hand-out")),
    "remove": (K01, "dialog", (CLOSE, "#remove")),
    "rescore": (K01, "dialog", (CLOSE, "#rescore")),
    "import": ("/import", "#choose-files", (CLOSE, "[data-page=import]")),
    "progress": ("/progress", "[data-kader=K01]", ("[data-page=progress]",)),
    "kader": ("/progress?kader=K01", ".course circle", ("[data-kader=K01] a",)),
    "agreement": ("/agreement", "[data-item]", ("[data-page=agreement]",)),
    "people": ("/people", "dialog", ("[data-page=people]", "#person-new")),
    "protocols": ("/protocols", "[data-protocol=oxytocin]", (CLOSE, "[data-page=protocols]")),
    "numbers": (NUMBERS, f"{HEART}[open]", ("[data-protocol=oxytocin] .button.first", f"{HEART} summary")),
    "demonstrate": (SHOWN, "[name=session]", (SHOWN,)),
    "papers": ("/papers", "[data-paper=blank]", ("[data-page=papers]",)),
}


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "en")])
def test_nothing_serious_and_nothing_wider_than_the_screen(look: Open, desk: Desk, size: str, lang: str) -> None:
    here = look(desk, size=size, lang=lang)
    page = here.page
    found: dict[str, list[str]] = {}
    for name, (path, there, way) in PAGES.items():
        for step in way:
            if step == CLOSE:
                page.keyboard.press(CLOSE)
                expect(page.locator("dialog")).to_have_count(0)
            elif step.startswith("/"):
                here.go(step)
            else:
                page.click(step)
        expect(page).to_have_url(desk.base + path)
        page.wait_for_selector("main h1")
        page.wait_for_selector(there)
        expect(page.locator(".waiting")).to_have_count(0)
        found[name] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[name].append("wider than the screen")
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_page_can_be_reached_and_used_by_keyboard(look: Open, desk: Desk) -> None:
    page = look(desk).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("[data-page=progress]")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator("[data-page=people]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(".page-people")
    expect(page.locator("#main")).to_be_focused()  # where the new page begins
