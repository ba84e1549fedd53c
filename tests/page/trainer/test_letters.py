"""Pages that are zoomed in, or whose letters the browser is set to make larger: all is there, and can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.page.trainer.conftest import Desk, Open

USUAL_PX = 16
# px of a window on 1366 × 768 below the browser's bars, and of its usual letters: as they are, at 110, 125 and 150 %,
# and with letters that are set large and very large; and a phone's
WINDOWS = {
    "usual": (1366, 650, USUAL_PX),
    "110": (1242, 591, USUAL_PX),
    "125": (1093, 520, USUAL_PX),
    "150": (911, 433, USUAL_PX),
    "large": (1366, 650, 20),
    "very large": (1366, 650, 24),
    "phone, very large": (390, 760, 24),
}
PATHS = ("/sessions", "/import", "/progress", "/agreement", "/people", "/protocols", "/papers")
PICTURE_PX = 150  # of a stage where hands can be seen
COVERED = """() => [...document.querySelectorAll(".controls button, .controls select")].filter((one) => {
  one.scrollIntoView({ block: "center" });
  const box = one.getBoundingClientRect();
  return !one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}).map((one) => one.ariaLabel ?? one.outerHTML)"""


Letters = Callable[[int], None]


@pytest.fixture
def letters(pane: Page) -> Iterator[Letters]:
    """Sets how large letters usually are, px, as a person does in the browser's settings."""
    browser = pane.context.new_cdp_session(pane)

    def usual(px: int) -> None:
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": px, "fixed": px - 3}})

    yield usual
    usual(USUAL_PX)
    browser.detach()


def wider(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found


def windows(page: Page, letters: Letters) -> Iterator[str]:
    """Makes them of the page's window, one after the other."""
    for name, (width, height, px) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        letters(px)
        yield name


def test_no_page_is_wider_than_its_window(look: Open, desk: Desk, letters: Letters) -> None:
    here = look(desk)
    found = []
    for path in PATHS:
        here.go(path)
        here.page.wait_for_selector("main h1")
        found += [(path, name) for name in windows(here.page, letters) if wider(here.page)]
    assert found == []


def test_a_session_s_picture_is_seen_and_what_moves_it_is_covered_by_nothing(
    look: Open, desk: Desk, letters: Letters
) -> None:
    here = look(desk)
    page = here.page
    page.goto(f"{desk.base}/sessions/{desk.ids['s0']}")
    page.wait_for_selector(".edit .add")
    for name in windows(page, letters):
        assert not wider(page), name
        box = page.locator(".picture").bounding_box()
        assert box
        assert box["height"] >= PICTURE_PX, name
        assert page.evaluate(COVERED) == [], name


def test_letters_are_as_large_as_the_browser_is_set_to_make_them(look: Open, desk: Desk, letters: Letters) -> None:
    page = look(desk).page
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    for path in ("/sessions", f"/sessions/{desk.ids['s0']}"):
        page.goto(desk.base + path)
        page.wait_for_selector("h1")
        found = []
        for px in (USUAL_PX, 24):
            letters(px)
            found.append(page.evaluate(size))
        assert found[1] == pytest.approx(1.5 * found[0])
