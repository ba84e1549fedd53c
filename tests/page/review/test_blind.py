"""Rating before seeing coach's score: nothing of it is on the page or on its way to it, until the rating was sent."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Response, expect

from tests.page.review.conftest import House, Open, Visit
from tests.page.test_axe import violations

FILL = """(every) => [...document.querySelectorAll(".blind .item")].forEach((item, k) => {
  if (k % every === 0) item.querySelector('[value="2"]').click();
})"""


def rate(here: Visit, every: int = 1) -> None:
    """Fills in each so-many-th item with a 2."""
    here.page.evaluate(FILL, every)


def test_a_trainer_scores_first_and_then_sees_both(visit: Open, house: House) -> None:
    session = house.session(video=True)
    found = house.store.session(session).report
    assert found is not None
    told: list[str] = []
    asked: list[str] = []

    def note(response: Response) -> None:
        asked.append(response.url.split("?")[0].rsplit("/", 1)[-1])
        if f"/api/sessions/{session}" in response.url and "json" in response.headers.get("content-type", ""):
            told.append(response.text() if "frames" not in response.url else "")

    here = visit(session=session, query="?blind=1", wait=False)
    page = here.page
    page.on("response", note)
    page.reload()  # what the page was told before anybody listened is told again
    page.fill("#rater", "T02")
    page.click("#rater-go")
    here.ready()
    before = "".join(told)
    assert before
    for word in ('evidence":[{', f'percent":{json.dumps(found["score"]["percent"])}', "fit", "count_few"):
        assert word not in before.replace(" ", "")
    assert {name for name in asked if "." not in name} <= {"trainer", session, "tracks", "frames", "video"}
    assert here.desk("acts") == []
    assert here.desk("session.machine") is None
    expect(page.locator(".nilai")).to_have_count(0)
    expect(page.locator("#tab-back")).to_have_count(0)
    body = page.inner_text("body")
    assert not re.search(r"Baru 3 kali|Lulus|Belum lulus", body)
    page.keyboard.press("Space")  # the recording plays as ever
    here.until("desk.player.time_s > 0.4")
    page.keyboard.press("Space")
    rate(here)
    page.click("#rate")
    expect(page.locator("#compared")).to_be_visible()
    (rating,) = house.store.session(session).ratings
    assert (rating.rater, rating.blind, set(rating.items.values())) == ("T02", True, {2})
    points = {item["id"]: item["points"] for item in found["items"] if item["points"] is not None}
    differing = {name for name, value in points.items() if value != 2}
    marked = page.evaluate("[...document.querySelectorAll('.compared .differs')].map((row) => row.dataset.item)")
    assert set(marked) == differing != set()
    expect(page.locator(".compared .sum")).to_contain_text(f"{len(points) - len(differing)} dari {len(points)}")
    expect(page.locator(".nilai")).to_be_visible()
    assert here.desk("acts.length") > 5


def test_a_second_rater_rates_the_same_way_and_a_rating_is_never_blind_twice(visit: Open, house: House) -> None:
    session = house.session()
    points = {item["id"]: 1 for item in (house.store.session(session).report or {})["items"]}
    house.store.rate(session, "T01", points, True)
    here = visit(session=session, query="?blind=1", wait=False)
    here.page.fill("#rater", "T02")
    here.page.click("#rater-go")
    here.ready()
    assert here.desk("session.ratings") == []  # not even the other's
    rate(here, 2)
    here.page.click("#rate")
    expect(here.page.locator("#compared thead th")).to_contain_text(["Butir", "Anda", "T01", "coach", "berbeda"])
    here = visit(session=session, query="?blind=1", wait=False)
    here.page.fill("#rater", "T02")
    here.page.click("#rater-go")
    here.ready()
    assert here.desk("blind") is False
    expect(here.page.locator("#compared")).to_be_visible()


def test_a_half_filled_sheet_survives_a_reload(visit: Open) -> None:
    here = visit(query="?blind=1", wait=False)
    page = here.page
    page.click("#rater-go")
    here.ready()
    rate(here, 3)
    done = page.locator(".submit [role=status]").inner_text()
    page.reload()
    page.click("#rater-go")
    here.ready()
    expect(page.locator(".submit [role=status]")).to_have_text(done)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_serious_and_no_key_is_left(visit: Open, lang: str) -> None:
    here = visit(query="?blind=1", wait=False, lang=lang)
    page = here.page
    expect(page.locator("#rater")).to_have_value("T01")
    page.click("#rater-go")
    here.ready()
    found = violations(page) if lang == "id" else []
    rate(here, 2)
    page.click("#rate")
    expect(page.locator("#compared")).to_be_visible()
    found += violations(page) if lang == "id" else []
    assert found == []
    assert not re.search(r"\b(rv|tr)_[a-z_]+|undefined|NaN|\{[a-z_]+\}", page.inner_text("body"))
