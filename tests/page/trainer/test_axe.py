"""axe finds nothing serious on any page of the trainer, in either language and size; nothing is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.test_axe import violations
from tests.page.trainer.conftest import Desk, Open

PAGES: dict[str, tuple[str, str]] = {  # the address, and what is clicked there
    "sessions": ("/sessions", "[name=all]"),
    "hand out": ("/sessions?kader=K01", "[name=all] >> #hand-out"),
    "remove": ("/sessions?kader=K01", "[name=all] >> #remove"),
    "rescore": ("/sessions?kader=K01", "[name=all] >> #rescore"),
    "import": ("/import", ""),
    "progress": ("/progress", ""),
    "kader": ("/progress?kader=K01", ""),
    "agreement": ("/agreement", ""),
    "people": ("/people", "#person-new"),
    "protocols": ("/protocols", ""),
    "numbers": ("/protocols?numbers=oxytocin", "[data-group='segments/heart'] summary"),
    "demonstrate": ("/protocols?demonstrate=oxytocin", ""),
    "papers": ("/papers", ""),
}


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "en")])
def test_nothing_serious_and_nothing_wider_than_the_screen(look: Open, desk: Desk, size: str, lang: str) -> None:
    here = look(desk, size=size, lang=lang)
    page = here.page
    found: dict[str, list[str]] = {}
    for name, (path, clicks) in PAGES.items():
        here.go(path)
        page.wait_for_selector("main h1")
        for click in filter(None, clicks.split(" >> ")):
            page.click(click)
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
