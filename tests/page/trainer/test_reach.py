"""The trainer's pages for those who hear them, who use no mouse, or who press twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.page.test_once import twice
from tests.page.trainer.conftest import Desk, Open
from tests.page.trainer.made import short_film
from tests.page.trainer.test_import import choose, forget


def test_how_many_were_found_is_told_where_something_was_before(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.wait_for_selector(here.row("s0"))
    page.evaluate("for (const one of document.querySelectorAll('[role=status]')) one.dataset.was = 'there'")
    count = page.evaluate(
        "fetch('/api/sessions?text=Siti&limit=1').then((told) => told.json()).then((told) => told.total)"
    )
    assert count > 0  # however many other tests have left
    page.fill("[name=text]", "Siti")
    expect(page.locator(".top [data-was]")).to_have_text(here.text("tr_found", count=count))
    page.fill("[name=text]", "xyz")
    expect(page.locator("[data-was]", has_text=here.text("tr_found_none"))).to_be_visible()


def test_taking_the_filters_away_leaves_the_focus_with_them(look: Open, desk: Desk) -> None:
    here = look(desk, "/sessions?kader=K01")
    page = here.page
    page.focus("#filters-clear")
    page.keyboard.press("Enter")
    expect(page.get_by_role("search")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=text]")).to_be_focused()


def test_a_view_within_a_page_takes_the_focus_and_says_what_it_is(look: Open, desk: Desk) -> None:
    here = look(desk, "/protocols")
    page = here.page
    numbers = page.get_by_role("button", name=here.text("tr_numbers_change")).first
    numbers.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".number-group")
    expect(page.get_by_role("main")).to_be_focused()
    title = page.locator("h1").inner_text()
    expect(page.get_by_role("main", name=title, exact=True)).to_be_focused()


def test_a_double_click_ticks_a_session(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    twice(page, f"{here.row('s11')} .pick label")
    expect(page.locator(f"{here.row('s11')} input")).to_be_checked()
    expect(page.locator(".chosen-bar")).to_be_visible()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_how_far_a_file_is_is_told_once_each_time(look: Open, desk: Desk, tmp_path: Path, size: str) -> None:
    here = look(desk, "/import", size)
    page = here.page
    told = page.locator(".import > [role=status]")
    expect(told).to_have_text("")
    bad = tmp_path / "catatan.mp4"
    bad.write_text("no film")
    film = short_film(tmp_path / "kader 7.mp4")
    choose(page, bad, film)
    page.locator("#mark-later").click()
    expect(told).to_have_text(f"kader 7.mp4: {here.text('tr_state_marking')}")
    expect(page.locator(".entry.failed [role=alert]")).to_be_visible()
    row = page.locator(".entry.failed")
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    expect(page.locator("section[aria-labelledby=queue-title]")).to_be_focused()
    forget(here)


def test_a_button_that_is_off_while_it_works_has_the_focus_again(look: Open, desk: Desk) -> None:
    here = look(desk, "/papers")
    page = here.page
    paper = page.locator("[data-paper=blank]")
    paper.focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    expect(paper).to_be_enabled()
    page.wait_for_timeout(100)  # the browser takes the focus away with the next picture
    expect(paper).to_be_focused()
