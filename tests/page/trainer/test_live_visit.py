"""A home visit practised live: from today's list by the safety questions to the form that its session fills in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from coach.programme.bodies import Mother, Person, Visit
from coach.programme.visiting import from_items
from coach.protocol.files import load
from coach.register import Register
from coach.store import open_store
from tests.page.conftest import agree
from tests.page.fake_practice import SAMPLE
from tests.page.runs import drag, finish, until
from tests.page.test_real import PLACES
from tests.page.trainer.conftest import Desk, Open
from tests.page.trainer.made import serving


def test_a_visit_is_practised_live_and_its_session_fills_in_the_form(
    look: Open, practise: Callable[..., str], tmp_path: Path
) -> None:
    practice = practise(str(SAMPLE))
    with open_store(tmp_path) as store, serving(store, lambda: practice) as address:
        register = Register(store)
        kader = register.add(Person(code="MEL-02F"), "T01").subject
        mother = register.add(Mother(code="IBU-MEL-001B"), "T01").subject
        planned = Visit(kader=kader, mother=mother, date=date.today().isoformat(), ordinal=2)
        visit = register.add(planned, "T01").subject
        here = look(Desk(address, {}), "/programme")
        page = here.page
        page.fill("[name=author]", "T01")
        page.click(f"[data-visit='{visit}'] button")
        asked = page.locator("dialog .question:not([data-item])")
        expect(asked).not_to_have_count(0)
        for question in asked.all():
            question.get_by_text(here.text("pr_no"), exact=True).click()
        with page.expect_popup() as opened:
            page.click("#visit-live")
        _massage(opened.value)
        page.evaluate("dispatchEvent(new Event('focus'))")  # as when one comes back to this window
        expect(page.locator("dialog [data-item] .current")).not_to_have_count(0)
        page.click("dialog button[type=submit]")
        expect(page.locator("dialog")).to_have_count(0)

        done = register.state().all(Visit)[visit].body
        [(row, items, _)] = store.lines([done.session])
        assert (done.state, done.form, set(done.screening.values())) == ("done", "live", {False})
        assert done.ratings == from_items(items, [segment.id for segment in load("oxytocin").segments])
        assert (row.kader, row.mother, row.visit, row.occasion) == ("MEL-02F", "IBU-MEL-001B", 2, "visit")
        assert not row.video  # she was asked, and nobody said yes


def _massage(page: Page) -> None:
    """What the kader does: all is agreed to, the back marked, the massage begun, and ended."""
    expect(page.locator("#learner")).to_contain_text("MEL-02F")
    page.click("#begin")
    agree(page, "mother")
    until(page, lambda state: state["phase"] == "setup")
    page.click("#place-behind")
    page.locator("#mark-drag").wait_for()
    drag(page, PLACES)
    page.click("#to-mode")
    page.click("#start")
    until(page, lambda state: state["phase"] == "practising" and bool(state["step"]))
    finish(page)
    until(page, lambda state: state["result"] is not None and not state["busy"])
    page.close()
