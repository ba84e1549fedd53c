"""Windows that are low because the page is zoomed in, and a system's own colours: what counts is still to be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.conftest import SIZES, Open, Visit
from tests.page.test_axe import HINT, HOLD, MARKED, TEMPO

# px of a window on 1366 × 768 below the browser's own bars, at 150 %, 175 % and 200 %; and a phone on its side
LOW = {"150": (911, 433), "150, whole screen": (911, 512), "175": (780, 371), "200": (683, 325), "phone": (844, 390)}
SEEN = """element => {
  const box = element.getBoundingClientRect();
  const foot = document.querySelector(".foot").getBoundingClientRect();
  const bottom = element.closest(".foot") ? innerHeight : foot.top;
  return box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= bottom + 1;
}"""


@pytest.fixture
def low(visit: Open, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The page in a low window, in the middle of a massage."""
    here = visit(hint=HINT, **MARKED)
    width, height = LOW[request.param]
    here.page.set_viewport_size({"width": width, "height": height})
    yield here
    width, height = SIZES["laptop"]
    here.page.set_viewport_size({"width": width, "height": height})


def seen(page: Page, what: str) -> bool:
    found: bool = page.locator(what).first.evaluate(SEEN)
    return found


def tall(found: Locator) -> float:
    box = found.bounding_box()
    return 0.0 if box is None else box["height"]


@pytest.mark.parametrize("low", LOW, indirect=True)
def test_counts_and_what_ends_it_are_seen_in_a_low_window(low: Visit) -> None:
    low.practice.step("spine_strokes", count=4, tempo=TEMPO)
    page = low.page
    page.wait_for_selector(".count .big")
    for what in (".count .big", ".now h1", ".voice p", "#stop", "#pause", "#finish"):
        low.until(lambda what=what: seen(page, what), f"{what} is out of sight")  # type: ignore[misc]
    assert tall(page.locator(".count .big")) >= 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    low.practice.step("scapula_left_points", hold=HOLD)
    page.wait_for_selector(".hold .fill-ring")
    low.until(lambda: seen(page, ".hold .fill-ring"), "the hold is out of sight")
    low.until(lambda: seen(page, ".stage"), "the picture is out of sight")
    low.show(phase="paused")
    low.until(lambda: seen(page, "#resume"), "there is no way on")


def test_seconds_and_points_are_seen_in_the_systems_own_colours(visit: Open) -> None:
    here = visit(context={"forced_colors": "active", "color_scheme": "dark"}, **MARKED)
    here.practice.step("scapula_left_points", hold=HOLD)
    colour = "element => getComputedStyle(element).fill"
    ink = here.page.locator(".hold .fill-ring text").first.evaluate(colour)
    assert ink == here.page.evaluate("getComputedStyle(document.querySelector('.now h1')).color")
    here.show(phase="finished", result=here.practice.result)
    here.page.click("#show-sheet")
    on, off = (here.page.locator(f".dots circle{which}").first for which in (".on", ":not(.on)"))
    assert on.evaluate(colour) != off.evaluate(colour)
    assert on.evaluate(colour) == ink


def test_a_slow_machine_is_told_where_nothing_matters_more(visit: Open) -> None:
    here = visit(slow=6, **MARKED)
    voice = here.page.locator(".voice p")
    for mode in ("guided", "exam"):
        here.show(mode=mode)
        here.practice.step("spine_strokes", count=2)
        expect(voice).to_have_text(here.text("slow_laptop").replace("{fps:.0f}", "6"))
    here.show(mode="guided", hint=HINT)
    expect(voice).not_to_contain_text("6")
    here.show(hint=None, slow=None)
    expect(voice).to_have_text(here.text("follow_ghost"))
