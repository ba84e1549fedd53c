"""The desk for those who hear it, who use no mouse, or who press twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.review.conftest import Open
from tests.page.test_once import twice


def test_while_it_plays_a_screen_reader_is_not_told_of_every_picture(visit: Open) -> None:
    here = visit()
    page = here.page
    page.locator("#timeline").focus()
    page.evaluate(
        """() => {
          window.spoken = 0;
          const told = new MutationObserver((changes) => { spoken += changes.length; });
          told.observe(document.getElementById('timeline'), { attributes: true, attributeFilter: ['aria-valuetext'] });
        }"""
    )
    page.keyboard.press("Space")
    here.wait("window.__review.player.time_s > 0.5")
    assert page.evaluate("spoken") <= 1  # the start's
    page.keyboard.press("k")
    here.wait("!window.__review.player.going")
    words = page.get_attribute("#timeline", "aria-valuetext")
    assert words
    assert not words.startswith("0:00,0")


def test_the_bar_of_corrections_keeps_the_focus_where_its_buttons_change(visit: Open) -> None:
    here = visit()
    page = here.page
    for key, left in (("Tab", "#adding"), ("Escape", "#timeline")):
        page.focus("#add-segment")
        page.keyboard.press("Enter")
        bar = page.get_by_role("group", name=here.text("rv_edit"), exact=True)
        expect(bar).to_be_focused()
        told = f"{here.text('rv_add_segment_long')}. {here.text('rv_draw_hint')}"
        expect(bar.get_by_role("status")).to_have_text(told)
        if key == "Tab":
            page.keyboard.press("Tab")
            expect(page.locator(left)).to_be_focused()
            page.focus("#add-cancel")
            page.keyboard.press("Space")
            expect(bar).to_be_focused()
        else:
            page.keyboard.press("Enter")  # adds at the cursor, as from the picture
            here.saved()
            assert here.house.events(here.session)[-1]["do"] == "add_segment"


def test_a_double_click_deletes_one_and_so_does_a_key_that_is_held(visit: Open) -> None:
    here = visit()
    page = here.page
    page.locator("#timeline").focus()
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("]")
    assert here.desk("chosen.kind") == "repetition"
    twice(page, "#delete")
    here.saved()
    page.locator("#timeline").focus()
    assert here.desk("chosen.kind") == "repetition"
    for _ in range(3):
        page.keyboard.down("Delete")
        here.saved()
    page.keyboard.up("Delete")
    assert [event["do"] for event in here.house.events(here.session)] == ["delete_repetition"] * 2


def test_from_picture_to_picture_each_press_counts(visit: Open) -> None:
    here = visit()
    twice(here.page, "#rv-frame_on")
    assert here.desk("player.index") == 2


def test_what_is_said_at_the_foot_comes_in_a_region_that_was_there(visit: Open) -> None:
    here = visit()
    page = here.page
    region = page.locator(".review > [role=status]")
    expect(region).to_have_text("")
    page.evaluate("document.querySelector('.review > [role=status]').dataset.was = 'there'")
    page.locator("#timeline").focus()
    page.keyboard.press("Delete")  # nothing is chosen
    expect(region).to_have_text(here.text("rv_choose_first"))
    expect(region).to_have_attribute("data-was", "there")


@pytest.mark.parametrize("close", ["Escape", "#delete-cancel", "#dialog-close"])
def test_a_window_that_another_one_led_to_gives_the_focus_back_to_what_opened_the_first(
    visit: Open, close: str
) -> None:
    page = visit().page
    page.focus("#more")
    page.keyboard.press("Enter")
    page.focus("#more-delete")
    page.keyboard.press("Space")
    expect(page.locator("#delete-all")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    if close == "Escape":
        page.keyboard.press("Escape")
    else:
        page.focus(close)
        page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#more")).to_be_focused()
