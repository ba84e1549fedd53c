"""What is read from two metres has its room, and what a finger takes hold of is large enough."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.page.conftest import Open
from tests.page.fake_practice import marking
from tests.page.test_keys import TEMPO

LONG = "Usapan panjang di sisi kiri dan kanan tulang belakang, dari pangkal leher sampai pinggang"
POINT = "cekungan di belakang daun telinga sebelah kiri"
MARKED: dict[str, Any] = {"marking": marking(marked=True)}
BETWEEN = """(inner) => [...document.querySelectorAll(inner)].every((one) => {
  const [box, around] = [one, one.closest('.hold')].map((each) => each.getBoundingClientRect());
  return box.top >= around.top && box.bottom <= around.bottom && box.right <= around.right;
})"""


def longer(page: Page) -> None:
    """A protocol of somebody who likes long names."""

    def told(route: Route) -> None:
        answer = route.fetch()
        config = answer.json()
        for segment in config["protocol"]["segments"]:
            segment["title"] = {"id": LONG, "en": LONG}
            for point in (segment["hold"] or {"points": []})["points"]:
                point["title"] = {"id": POINT, "en": POINT}
        route.fulfill(response=answer, json=config)

    page.route("**/api/practise*", told)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_longest_names_of_points_have_room_on_a_low_screen(visit: Open, lang: str) -> None:
    here = visit("low", lang=lang, **MARKED)
    hold = {"point": "hollow_right", "held_s": 1.1, "needed_s": 2.2, "done": ["hollow_left"]}
    here.practice.step("shoulder_points", hold=hold)
    expect(here.page.locator(".hold .now")).to_be_visible()
    assert here.page.evaluate(BETWEEN, ".hold li, .hold svg")


def test_long_names_leave_the_count_its_room_and_lie_on_no_button(visit: Open) -> None:
    here = visit(**MARKED)
    page = here.page
    longer(page)
    try:
        page.reload()
        here.practice.step("spine_strokes", count=4, tempo=TEMPO)
        expect(page.locator(".now h1")).to_have_text(LONG)
        big = page.locator(".count .big").bounding_box()
        assert big
        assert big["height"] > 120  # px of its line
        hold = {"point": "6", "held_s": 1.1, "needed_s": 2.2, "done": ["3"]}
        here.practice.step("scapula_left_points", hold=hold)
        expect(page.locator(".hold .now")).to_be_visible()
        box, buttons = (page.locator(one).bounding_box() for one in (".hold", "#pause"))
        assert box
        assert buttons
        assert box["y"] + box["height"] <= buttons["y"]
        assert page.evaluate("getComputedStyle(document.querySelector('.hold')).overflowY") == "auto"
    finally:
        page.unroute_all()


def test_a_finger_takes_hold_of_the_points_on_a_phone(visit: Open) -> None:
    here = visit("phone", phase="setup")
    here.page.click("#mark-drag")
    for name in ("c7", "left", "right", "l5"):
        reach = here.page.locator(f"[data-point={name}] .reach").bounding_box()
        assert reach
        assert min(reach["width"], reach["height"]) >= 44
