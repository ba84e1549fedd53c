"""The back is marked anew: from the card of a pause, and before a step is practised again with another camera."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from coach.locate.marks import corners_of
from tests.page.conftest import Open, Visit, drawn
from tests.page.fake_practice import BODY, CORNERS, marking
from tests.page.test_palms import takes_a_start
from tests.page.test_setup import CORNER_DRAWN, pixel

CAMERA = {"state": "ok", "key": None, "sample": True, "browser": False}
FITS = "(e) => e.scrollHeight <= e.clientHeight"


def paused(here: Visit, *, changed: bool = False) -> None:
    here.practice.step("heart", count=4)
    drawn(here)
    expect(here.page.locator("#resume")).to_have_count(0)  # nor is the card of an earlier pause taken for this one's
    here.show(phase="paused", camera=CAMERA | {"changed": changed})
    expect(here.page.locator("#resume")).to_be_visible()


def drag(here: Visit, name: str, to: tuple[float, float]) -> None:
    box = here.page.locator(f"[data-point={name}] .ring").bounding_box()
    assert box
    here.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.down()
    here.page.mouse.move(*pixel(here, *to), steps=3)
    here.page.mouse.up()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("changed", [False, True])
def test_the_card_of_a_pause_offers_it_and_fits_on_the_screen(
    visit: Open, size: str, lang: str, *, changed: bool
) -> None:
    here = visit(size, lang=lang, frames=True, marking=marking(marked=True))
    paused(here, changed=changed)
    page = here.page
    expect(page.locator("#mark-anew")).to_have_text(here.text("mark_anew", lang))
    expect(page.locator(".over .note")).to_have_count(1 if changed else 0)
    if changed:
        expect(page.locator(".over .note")).to_have_text(here.text("camera_changed", lang))
        here.show(camera=CAMERA | {"changed": True, "moved": True})
        expect(page.locator(".over .note")).to_have_text(here.text("camera_was_moved", lang))
    for button in ("#mark-anew", "#resume"):  # what is asked for stands out
        first = page.locator(button).evaluate("e => e.classList.contains('first')")
        assert first == (changed == (button == "#mark-anew"))
        expect(page.locator(button)).to_be_in_viewport(ratio=1)
    assert page.locator(".over").evaluate(FITS)
    card = page.locator(".over .trouble").bounding_box()
    stage = page.locator(".stage").bounding_box()
    assert card
    assert stage
    assert card["height"] <= stage["height"] - 10  # so that it fits where a line more is needed, on a smaller phone


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_in_a_pause_the_back_is_marked_by_dragging_and_all_goes_on(visit: Open, size: str) -> None:
    here = visit(size, frames=True, marking=marking(marked=True))
    paused(here)
    page = here.page
    page.click("#mark-anew")
    assert here.told("mark").way == "anew"
    expect(page.locator("h1")).to_have_text(here.text("mark_anew"))
    for name in ("#anew-done", "#anew-cancel", "#stop", ".marker"):
        expect(page.locator(name)).to_be_in_viewport(ratio=1)
    lower_left = corners_of(np.array(BODY), (640, 480))[3]
    if size == "laptop":  # on a phone its lines are thinner than a px
        here.until(lambda: page.evaluate(CORNER_DRAWN, lower_left.tolist()) > 5, "the rectangle is not drawn boldly")
    drag(here, "l5", (340.0, 380.0))
    said = here.told("mark", 2)
    assert (said.way, said.kind) == ("drag", "body")
    wanted = [*BODY[:3], [340.0, 380.0]]  # the others stay where the back was believed to be
    assert np.abs(np.array(said.points) - np.array(wanted)).max() < 2.0
    page.click("#anew-done")
    assert here.told("mark", 3).way == "accept"
    expect(page.locator("#resume")).to_be_visible()
    expect(page.locator(".marker")).to_have_count(0)
    page.click("#resume")
    here.told("resume")


def test_it_is_given_up_and_keys_go_on_with_nothing_meanwhile(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    paused(here)
    page = here.page
    page.click("#mark-anew")
    expect(page.locator(".marker")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("PageDown")
    page.focus("[data-point=left]")
    page.keyboard.press("ArrowRight")
    here.told("mark", 2)
    assert not here.practice.heard("resume")
    page.click("#anew-cancel")
    assert here.told("mark", 3).way == "clear"
    expect(page.locator("#resume")).to_be_visible()
    page.keyboard.press("b")
    here.told("resume")


def test_where_another_camera_looks_neither_a_key_nor_a_palm_goes_on_by_chance(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    paused(here, changed=True)
    here.until(lambda: not takes_a_start(here), "a palm goes on")
    expect(here.page.locator(".gesture")).to_have_count(0)
    here.page.keyboard.press("b")
    here.page.keyboard.press("Escape")
    here.told("stop")  # said after what the other key would have said
    assert here.practice.heard("resume") == []
    paused(here)
    here.until(lambda: takes_a_start(here), "palms stay barred")
    here.page.keyboard.press("b")
    here.told("resume")


def test_without_any_mark_there_is_nothing_to_accept(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    paused(here, changed=True)
    here.show(marking=marking(anew=True))
    expect(here.page.locator("#anew-done")).to_be_disabled()
    expect(here.page.locator(".foot [role=status]")).to_have_text(here.text("mark_first"))
    drag(here, "c7", (300.0, 100.0))
    here.told("mark")
    expect(here.page.locator("#anew-done")).to_be_enabled()


def test_by_touch_too_with_an_open_palm_to_go_on(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    paused(here)
    page = here.page
    page.click("#mark-anew")
    expect(page.locator(".marker")).to_be_visible()
    expect(page.locator(".gesture")).to_have_count(0)  # before all is marked a palm goes on with nothing
    page.click("#mark-touch")
    assert here.told("mark", 2).way == "touch"
    here.show(marking=marking(anew=True, way="touch", point="left", points=[[284, 103]], progress=0.5))
    expect(page.locator("h1")).to_have_text(here.text("touch_left"))
    expect(page.locator(".touched text")).to_have_text(["1"])
    expect(page.locator("#anew-done")).to_be_disabled()
    expect(page.locator(".gesture")).to_have_count(0)
    here.show(marking=marking(anew=True, marked=True, body=BODY))
    expect(page.locator(".marker")).to_be_visible()
    expect(page.locator(".gesture.top_right")).to_have_count(1)
    expect(page.locator("#anew-done")).to_be_enabled()


def test_a_step_again_leads_through_marking_where_another_camera_looks(visit: Open) -> None:
    here = visit(phase="finished", frames=True, camera=CAMERA | {"changed": True}, marking=marking(marked=True))
    here.show(result=here.practice.result)
    page = here.page
    page.click("#again")
    here.told("again")
    for phase in ("finished", "stopped"):
        here.show(phase=phase, marking=marking(anew=True, guess=CORNERS.tolist(), body=BODY))
        expect(page.locator("h1")).to_have_text(here.text("mark_anew"))
        expect(page.locator(".panel .note")).to_have_text(here.text("camera_changed"))
        expect(page.locator(".gesture")).to_have_count(0)  # a palm starts nothing here
        expect(page.locator("#voices")).to_have_count(0)
        page.keyboard.press("Escape")
    here.told("stop", 2)
    page.click("#anew-done")
    assert here.told("mark").way == "accept"


def test_a_camera_that_is_lost_meanwhile_is_told(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    paused(here)
    here.page.click("#mark-anew")
    here.show(camera=CAMERA | {"state": "lost", "key": "camera_lost"})
    expect(here.page.locator(".stage .trouble")).to_contain_text(here.text("camera_lost"))
    expect(here.page.locator("#anew-done")).to_be_disabled()


def test_the_view_begins_at_its_top(visit: Open) -> None:
    here = visit("phone", phase="finished", frames=True, camera=CAMERA | {"changed": True})
    here.show(result=here.practice.result)
    here.page.click("#show-sheet")
    expect(here.page.locator(".segment")).to_have_count(13)
    here.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    here.show(marking=marking(anew=True, guess=CORNERS.tolist(), body=BODY))
    expect(here.page.locator(".marker")).to_be_visible()
    longer = here.page.evaluate("(e => e.scrollHeight - e.clientHeight)(document.documentElement)")
    assert longer > 0
    assert here.page.evaluate("scrollY") == 0
