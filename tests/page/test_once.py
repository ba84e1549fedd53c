"""Who presses twice means it once, by mouse, finger or key; what had the focus leaves it in a sensible place."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coach.web.said import Said
from tests.page.conftest import Open, Visit, wait
from tests.page.fake_practice import CORNERS, marking
from tests.page.test_keys import meant

MARKED: dict[str, Any] = {"marking": marking(marked=True)}


def twice(page: Page, what: str, apart_ms: int = 120) -> None:
    """A double click at one place, whatever lies there by then."""
    box = page.locator(what).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(apart_ms)


def at(page: Page, time_ms: float) -> None:
    """Keys are pressed at this time, however busy the machine is."""
    page.evaluate(
        "(ms) => Object.defineProperty(KeyboardEvent.prototype, 'timeStamp', {configurable: true, get: () => ms})",
        time_ms,
    )


def answers(here: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice pauses and goes on as it is told."""
    take = here.practice.take

    def taken(said: Said) -> None:
        take(said)
        if said.t in ("pause", "resume"):
            here.show(phase="paused" if said.t == "pause" else "practising")

    monkeypatch.setattr(here.practice, "take", taken)


def test_a_double_click_on_begin_does_not_lead_back_to_where_it_was(visit: Open) -> None:
    page = visit().page
    twice(page, "#begin")
    expect(page.locator("#receiver-mother")).to_be_visible()
    twice(page, "#receiver-mother")
    expect(page.locator("[data-question=agreed]")).to_be_visible()
    twice(page, "#answer-yes")
    expect(page.locator("[data-question=not_pregnant]")).to_be_visible()


def test_a_double_tap_is_one_as_well(visit: Open) -> None:
    page = visit("phone", context={"has_touch": True}).page
    box = page.locator("#begin").bounding_box()
    assert box
    for _ in range(2):
        page.touchscreen.tap(box["x"] + 30, box["y"] + 20)
        page.wait_for_timeout(90)
    expect(page.locator("#receiver-mother")).to_be_visible()


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_what_was_pressed_twice_to_go_on_does_not_start_unasked(visit: Open, by: str) -> None:
    here = visit(phase="setup", **MARKED)
    page = here.page
    if by == "mouse":
        twice(page, "#to-mode")
    else:
        page.focus("#to-mode")
        at(page, 1000.0)
        page.keyboard.press("Enter")
        expect(page.locator("#start")).to_be_visible()
        at(page, 1400.0)
        page.keyboard.press("Enter")
    expect(page.locator("input[value=exam]")).to_be_visible()
    assert meant(here, "start") == []


@pytest.mark.parametrize("by", ["mouse", "key", "held", "any"])
def test_a_pause_pressed_twice_is_a_pause(visit: Open, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    here = visit(**MARKED)
    here.practice.step("heart")
    page = here.page
    expect(page.locator("#pause")).to_have_text("Jeda")
    answers(here, monkeypatch)
    if by == "mouse":
        twice(page, "#pause")
    elif by == "held":
        page.focus("#pause")
        for _ in range(4):  # as a key repeats
            page.keyboard.down("Enter")
            page.wait_for_timeout(60)
        page.keyboard.up("Enter")
    else:
        if by == "key":
            page.focus("#pause")
        for time_ms in (1000.0, 1400.0):
            at(page, time_ms)
            page.keyboard.press("Enter")
            page.wait_for_timeout(120)
    expect(page.locator(".paused")).to_be_visible()
    assert meant(here, "pause", "resume") == ["pause"]


def test_a_key_pressed_again_after_a_while_is_meant_again(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    here = visit(**MARKED)
    here.practice.step("heart")
    expect(here.page.locator("#pause")).to_have_text("Jeda")
    answers(here, monkeypatch)
    at(here.page, 1000.0)
    here.page.keyboard.press("PageDown")
    expect(here.page.locator(".paused")).to_be_visible()
    at(here.page, 1600.0)
    here.page.keyboard.press("PageDown")
    here.told("resume")


@pytest.mark.parametrize("held", [False, True])
def test_no_exam_ends_because_a_key_was_pressed_too_long_or_twice(
    visit: Open, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    here = visit(phase="practising", mode="exam", **MARKED)
    page = here.page
    expect(page.locator("#finish")).to_be_visible()
    answers(here, monkeypatch)
    page.focus("#finish")
    for count in range(5 if held else 2):
        at(page, 1000.0 + 100.0 * count)
        page.keyboard.down("Enter")
        if not held:
            page.keyboard.up("Enter")
        page.wait_for_timeout(100)
    page.keyboard.up("Enter")
    expect(page.get_by_role("alertdialog")).to_have_accessible_description(
        "Pijat dijeda. Kalau belum, tekan tombol apa saja untuk lanjut."
    )
    expect(page.locator("#resume")).to_be_focused()
    assert meant(here, "finish") == []
    at(page, 2500.0)
    page.keyboard.press("Enter")
    here.told("resume")
    expect(page.locator("main")).to_be_focused()  # not on what ends it: a pedal may press Enter
    assert meant(here, "finish") == []


def test_no_exam_ends_by_a_pedal_after_a_double_click(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second click has no effect, and leaves the focus where a pedal's Enter presses nothing."""
    here = visit(phase="practising", mode="exam", **MARKED)
    page = here.page
    expect(page.locator("#finish")).to_be_visible()
    answers(here, monkeypatch)
    twice(page, "#finish")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press("Enter")
    here.told("resume")
    assert meant(here, "finish") == []


def test_from_step_to_step_each_press_counts_and_for_pain_every_one(visit: Open) -> None:
    here = visit(**MARKED)
    here.practice.step("heart")
    twice(here.page, "#next")
    twice(here.page, "#previous")
    twice(here.page, "#stop")
    assert meant(here, "next", "previous", "stop") == ["next"] * 2 + ["previous"] * 2 + ["stop"] * 2


VIEWS = [("#to-mode", "Pilih latihan"), ("#mark-drag", "Tandai punggung")]


@pytest.mark.parametrize(("to", "title"), VIEWS)
def test_a_view_within_the_set_up_takes_the_focus_and_says_what_it_is(visit: Open, to: str, title: str) -> None:
    page = visit(phase="setup", **MARKED).page
    page.focus(to)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main", name=title)).to_be_focused()
    page.keyboard.press("Tab")
    within = page.evaluate("document.activeElement.closest('main') !== null")
    assert within, "Tab began at the top"


def test_no_button_that_has_the_focus_becomes_another(visit: Open) -> None:
    here = visit(phase="setup", **MARKED)
    page = here.page
    page.focus("#mark-drag")
    page.keyboard.press("Enter")
    page.focus("#drag-done")
    page.keyboard.press("Space")
    expect(page.get_by_role("main", name="Siapkan kamera")).to_be_focused()  # not what begins to mark by touch
    here.show(phase="paused")
    page.focus("#resume")
    here.show(camera=here.practice.state["camera"] | {"changed": True})
    expect(page.locator("#mark-anew.first")).to_be_visible()
    expect(page.locator("#resume")).to_be_focused()


def test_who_is_quicker_than_the_view_that_comes_keeps_the_focus(visit: Open) -> None:
    here = visit(phase="setup", **MARKED)
    page = here.page
    page.evaluate(
        """() => new MutationObserver((_, seen) => {
             const button = document.getElementById("resume");
             if (!button) return;
             button.focus(); // before it is even drawn
             seen.disconnect();
             requestAnimationFrame(() => setTimeout(() => setTimeout(() => { window.drawnSince = true; }, 200)));
           }).observe(document.body, { childList: true, subtree: true })"""
    )
    here.show(phase="paused")
    wait(page, "window.drawnSince")
    expect(page.locator("#resume")).to_be_focused()


def test_what_vanishes_by_itself_leaves_the_focus_in_the_view(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(guess=CORNERS.tolist()))
    page = here.page
    page.focus("#accept")
    here.show(marking=marking(way="touch", point="left", progress=0.4))
    expect(page.get_by_role("main", name="Sentuh ujung bahu kiri ibu")).to_be_focused()
    page.focus("#touch-again")
    here.show(**MARKED)
    expect(page.get_by_role("main", name="Siapkan kamera")).to_be_focused()
    page.click("#language")
    expect(page.get_by_role("main", name="Set up the camera")).to_be_attached()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_tab_leads_to_nothing_that_lies_under_the_foot(visit: Open, size: str) -> None:
    here = visit(size, phase="finished")
    here.show(result=here.practice.result)
    page = here.page
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(13)
    page.evaluate("document.getElementById('main').focus()")
    rows = 0
    while page.evaluate("document.activeElement.closest('.foot') === null"):
        page.keyboard.press("Tab")
        ends, foot = page.evaluate(
            """[document.activeElement, document.querySelector('.foot')].map((one) => one.getBoundingClientRect())
               .map(({ top, bottom }, k) => (k ? top : bottom))"""
        )
        if page.evaluate("document.activeElement.closest('.foot') === null"):
            assert ends <= foot
            rows += 1
    assert rows >= 13
