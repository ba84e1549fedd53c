"""Where the camera stands and which it is: drawings to tap, a question where left and right are exchanged."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from coach.practice.setup_check import LAYOUTS
from tests.page.conftest import Open
from tests.page.fake_practice import BODY, CORNERS, marking

SEEN = {"state": "ok", "key": None, "sample": True, "browser": False}


def place(**change: Any) -> dict[str, Any]:
    return {"layout": None, "before": None, "asks_mirrored": False, "cameras": None} | change


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_drawing_is_tapped_and_the_outline_waits_to_be_filled(visit: Open, lang: str) -> None:
    here = visit(phase="setup", place=place(before="far"), lang=lang)
    page = here.page
    for layout in LAYOUTS:
        drawn = page.locator(f"#place-{layout} img")
        assert drawn.evaluate("img => img.decode().then(() => img.naturalWidth > 0)")
    expect(page.locator("#place-far")).to_contain_text(here.text("place_before", lang=lang))
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.click("#place-beside")
    assert here.told("layout").layout == "beside"
    here.practice.show(place=place(layout="beside"))
    expect(page.locator(".outline")).to_be_visible()
    page.click("#outline-fits")
    expect(page.locator(".grip")).to_have_count(4)  # what a body fills so roughly is asked about
    page.click("#drag-done")
    points = here.told("mark").points
    assert points is not None
    assert all(0 <= x <= 640 and 0 <= y <= 480 for x, y in points)


def test_a_guess_in_vain_is_told_for_as_long_as_it_matters(visit: Open) -> None:
    here = visit(phase="setup", place=place(layout="behind"), marking=marking(vain=True))
    expect(here.page.locator("[role=status]", has_text=here.text("mark_vain"))).to_be_visible()
    here.practice.show(marking=marking(guess=CORNERS.tolist(), body=BODY))
    expect(here.page.locator("#accept")).to_be_visible()
    expect(here.page.locator("[role=status]", has_text=here.text("mark_vain"))).to_have_count(0)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_guess_is_asked_about_before_all_else(visit: Open, lang: str) -> None:
    here = visit("phone", phase="setup", place=place(layout="far"), lang=lang)
    here.practice.show(marking=marking(guess=CORNERS.tolist(), body=BODY))
    for way in ("#accept", "#mark-drag"):
        expect(here.page.locator(way)).to_be_in_viewport(ratio=1.0)
    order = here.page.locator(".panel > *").evaluate_all("(all) => all.map((one) => one.className)")
    assert next(k for k, kind in enumerate(order) if "stack" in kind) < order.index("checks")


def test_while_the_guess_is_made_no_way_is_urged(visit: Open) -> None:
    here = visit(phase="setup", place=place(layout="far"), marking=marking(way="pose"))
    expect(here.page.locator("#mark-touch")).to_be_visible()
    expect(here.page.locator(".ways .first")).to_have_count(0)


def test_the_outline_is_that_of_the_side_where_the_camera_stands(visit: Open) -> None:
    here = visit(phase="setup", place=place(layout="beside"))
    page, line = here.page, ".outline line"
    middle = here.page.locator(".outline").evaluate("(svg) => svg.viewBox.baseVal.width / 2")
    ends = [float(page.get_attribute(line, name) or 0) - middle for name in ("x1", "x2")]
    page.click("#other-side")
    expect(page.locator("#other-side")).to_have_attribute("aria-pressed", "true")
    assert [float(page.get_attribute(line, name) or 0) - middle for name in ("x1", "x2")] == pytest.approx(
        [-x for x in ends], abs=0.2
    )
    page.click("#outline-fits")
    page.click("#drag-done")
    points = here.told("mark").points
    assert points is not None
    assert points[1][0] < points[2][0]  # her left shoulder is still at the left
    assert points[1][1] > points[2][1]
    assert here.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_what_is_marked_exchanged_is_asked_about(visit: Open) -> None:
    here = visit(phase="setup", place=place(layout="behind", asks_mirrored=True))
    here.page.click("#mirror-yes")
    assert here.told("mirrored").on


def test_a_palms_ring_lies_where_the_cameras_corner_is_shown(visit: Open) -> None:
    here = visit(phase="setup", place=place(layout="far"), marking=marking(marked=True, body=BODY), camera=SEEN)
    expect(here.page.locator(".gesture.top_right")).to_be_visible()
    here.practice.show(camera=SEEN | {"turn": 2})
    ring, stage = here.page.locator(".gesture.bottom_left"), here.page.locator(".preview")
    expect(ring).to_be_visible()
    low, whole = ring.bounding_box(), stage.bounding_box()
    assert low
    assert whole
    assert low["y"] > whole["y"] + whole["height"] / 2
    assert low["x"] < whole["x"] + whole["width"] / 2


def test_a_camera_is_chosen_by_its_picture(visit: Open) -> None:
    told = [
        {"which": 0, "name": "Built in", "state": "ok", "used": True},
        {"which": 2, "name": "On a cable", "state": "ok", "used": False},
        {"which": 4, "name": "Taken", "state": "none", "used": False},
    ]
    here = visit(phase="setup", place=place())
    page = here.page
    page.click("#cameras")
    assert here.told("cameras").on
    here.practice.show(place=place(cameras=told))
    expect(page.locator("#camera-4")).to_be_disabled()
    page.click("#camera-2")
    assert here.told("camera").which == 2
    expect(page.locator("#place-far")).to_be_visible()


def test_where_no_camera_is_found_nothing_is_spoken_of_that_is_not_there(visit: Open) -> None:
    here = visit(phase="setup", place=place())
    here.page.click("#cameras")
    expect(here.page.locator("[role=status]", has_text=here.text("camera_opening"))).to_be_visible()
    here.practice.show(place=place(cameras=[]))
    expect(here.page.locator("[role=status]", has_text=here.text("cameras_missing"))).to_be_visible()


def test_steps_that_will_not_be_seen_from_there_are_told_beforehand(visit: Open) -> None:
    here = visit(
        phase="setup",
        place=place(layout="behind"),
        marking=marking(marked=True, body=BODY),
        unseen_steps=["spine_strokes", "heart"],
    )
    told = here.page.locator("#unseen-steps")
    expect(told).to_contain_text(here.text("unseen_steps").format(count=2))
    here.page.click("#unseen-steps summary")
    expect(told).to_contain_text(here.text("unseen_steps_behind"))
    assert here.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    here.page.click("#to-mode")
    expect(told).to_be_in_viewport(ratio=1.0)
    assert here.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    here.practice.show(unseen_steps=[])
    expect(told).to_have_count(0)
