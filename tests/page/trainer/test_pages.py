"""Progress, agreement, people, protocols and papers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from coach.messages import Catalogue, Lang
from tests.page.trainer.conftest import Desk, Open

NUMBER = re.compile(r"−?\d+(,\d+)?")


def test_progress_tells_who_needs_what(look: Open, desk: Desk) -> None:
    here = look(desk, "/progress")
    page = here.page
    line = page.locator("[data-kader=K01]")
    expect(line).to_contain_text("Siti Aminah")
    expect(line.locator(".spark")).to_have_attribute("aria-label", re.compile("K01.*, "))
    (kader,) = page.request.get(f"{desk.base}/api/progress?kader=K01").json()["kaders"]
    expect(line.locator(".from-to")).to_contain_text(f"{kader['scores'][0]:.0f}")
    expect(page.locator("[data-step=heart] td").nth(4 - 1)).to_be_visible()
    line.locator("a").click()
    expect(page).to_have_url(f"{desk.base}/progress?kader=K01")
    expect(page.locator(".course circle")).to_have_count(len(kader["sessions"]))
    expect(page.locator(".visits a").first).to_have_attribute("href", f"/sessions/{kader['sessions'][0]['session']}")
    with page.expect_download() as coming:
        page.click("#print-recap")
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    page.go_back()
    expect(page.locator("[data-kader=K02]")).to_be_visible()


def test_agreement_shows_both_comparisons_and_how_little_they_rest_on(look: Open, desk: Desk) -> None:
    here = look(desk, "/agreement")
    page = here.page
    told = page.request.get(f"{desk.base}/api/agreement").json()
    expect(page.locator(".note.warn")).to_contain_text(here.text("tr_agreement_few", count=told["sessions"]))
    for side in ("coach", "trainers"):
        box = page.locator(f"section[data-side={side}]")
        total = told["total"][side]
        for value, low, high, digits in ((*total["percent"], 0), (*total["linear"], 2), (*told["icc"][side], 2)):
            for each in (value, low, high):
                expect(box).to_contain_text(f"{each + 0.0:.{digits}f}".replace(".", ",").replace("-", "−"))
        expect(page.locator(f"figure[data-side={side}] circle")).to_have_count(len(told["blandaltman"][side]["points"]))
    expect(page.locator("[data-item]")).to_have_count(len(told["items"]))
    expect(page.locator(".meaning")).to_contain_text(here.text("tr_meaning_kappa_name"))
    with page.expect_download() as coming:
        page.click("#print-agreement")
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")


def test_agreement_of_nothing_says_how_to_get_it(look: Open, desk: Desk) -> None:
    here = look(desk, "/agreement?since=2031-01-01", lang="en")
    expect(here.page.locator("main")).to_contain_text(here.text("tr_agreement_how"))


def test_people_get_names_and_new_ones_come(look: Open, desk: Desk) -> None:
    here = look(desk, "/people")
    page = here.page
    page.click("[data-person=K03] button")
    page.fill("[name=name]", "Rina Wati")
    page.click("#person-save")
    expect(page.locator("[data-person=K03]")).to_contain_text("Rina Wati")
    page.click("#person-new")
    page.click("#person-save")
    expect(page.locator("dialog [role=alert]")).to_have_text(here.text("tr_code_missing"))
    page.fill("[name=code]", "T03")
    page.select_option("[name=role]", "trainer")
    page.click("#person-save")
    expect(page.locator("[data-person=T03]")).to_contain_text(here.text("tr_role_trainer"))
    page.click("#person-new")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#person-new")).to_be_focused()


def test_numbers_are_checked_at_their_place_and_saved_with_the_comments(look: Open, desk: Desk) -> None:
    here = look(desk, "/protocols")
    page = here.page
    page.click("[data-protocol=oxytocin] .button.first")
    page.click("[data-group='segments/neck_stroke'] summary")
    shortest = page.locator("[id='number-segments/neck_stroke/tempo/shortest_s']")
    few = page.locator("[id='number-segments/neck_stroke/count/partial_from']")
    expect(page.locator("[data-number='segments/neck_stroke/tempo/shortest_s']")).to_contain_text(
        here.text("tr_about_shortest_s")  # the file's own comment is English
    )
    expect(page.locator("[data-number='segments/neck_stroke/tempo/shortest_s'] .unit")).to_have_text(
        here.text("tr_unit_s")
    )
    shortest.fill("12")
    few.fill("9")
    page.click("#numbers-check")
    page.click("#protocol-save")
    for place in ("tempo/shortest_s", "count/partial_from"):
        expect(page.locator(f"[data-number='segments/neck_stroke/{place}'] .error")).to_be_visible()
    expect(page.locator(".mistakes li")).to_have_count(2)
    page.locator(".mistakes a").first.click()
    expect(few).to_be_focused()
    few.fill("3")
    shortest.fill("1,5")
    page.click("#numbers-check")
    expect(page.locator("[name=version]")).to_have_value("1.1")
    page.fill("[name=file]", "posyandu-mawar")
    page.click("#protocol-save")
    expect(page.locator("[data-protocol=posyandu-mawar]")).to_contain_text(here.text("tr_protocol_own"))
    text = page.request.get(f"{desk.base}/api/protocols/posyandu-mawar/text").text()
    assert "shortest_s = 1.5" in text
    assert "[+] down and up together" in text
    assert tomllib.loads(text)["version"] == "1.1"
    page.click("[data-page=sessions]")
    page.check(f"{here.row('demonstration')} input")
    page.click("#rescore")
    expect(page.locator("[name=rescore-protocol] option[value=posyandu-mawar]")).to_have_count(1)


def test_a_demonstration_becomes_a_protocol(look: Open, desk: Desk) -> None:
    here = look(desk, "/protocols?demonstrate=oxytocin", lang="en")
    page = here.page
    page.wait_for_selector(f"option[value='{desk.ids['demonstration']}']", state="attached")
    page.select_option("[name=session]", desk.ids["demonstration"])
    page.wait_for_selector("option[value=heart]", state="attached")
    page.select_option("[name=segment]", "heart")
    page.fill("[name=from]", "0")
    page.fill("[name=to]", "0.2")
    page.click("#demonstrate-ask")
    expect(page.locator(".demonstrate [role=alert]")).to_be_visible()  # nothing was shown there
    page.fill("[name=from]", "")
    page.fill("[name=to]", "")
    page.select_option("[name=segment]", "shoulder_stroke")
    page.click("#demonstrate-ask")
    expect(page.locator(".proposal .target").first).to_be_visible(timeout=15_000)
    assert page.locator(".proposal .one").count() >= 5
    page.click("#proposal-accept")
    page.fill("[name=file]", "bidan-ratna")
    page.click("#protocol-save")
    expect(page.locator("[data-protocol=bidan-ratna]")).to_be_visible()
    rules = tomllib.loads(page.request.get(f"{desk.base}/api/protocols/bidan-ratna/text").text())
    given = tomllib.loads(page.request.get(f"{desk.base}/api/protocols/oxytocin/text").text())
    changed = [a["id"] for a, b in zip(rules["segments"], given["segments"], strict=True) if a != b]
    assert changed == ["shoulder_stroke"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_papers_come_in_the_chosen_language(look: Open, desk: Desk, lang: Lang, tmp_path: Path) -> None:
    here = look(desk, "/papers", lang="en" if lang == "id" else "id")
    page = here.page
    page.select_option("[name=paper-lang]", lang)
    page.select_option("[name=kader]", "K01")
    with page.expect_download() as coming:
        page.click("[data-paper=xlsx]")
    file = tmp_path / "table.xlsx"
    coming.value.save_as(file)
    assert openpyxl.load_workbook(file).sheetnames[0] == Catalogue(lang).text("table_sheet_sessions")
    for kind in ("blank", "form"):
        expect(page.locator(f"[data-paper={kind}]")).to_be_enabled()
        with page.expect_download() as coming:
            page.click(f"[data-paper={kind}]")
        assert Path(coming.value.path()).read_bytes()[:2] in (b"%P", b"PK")


def test_a_page_that_was_open_before_loads_no_script_again(look: Open, desk: Desk) -> None:
    page = look(desk, "/people").page
    page.goto(desk.base + "/progress")
    page.wait_for_selector(".page-progress")
    loaded: dict[str, int] = page.evaluate(
        "Object.fromEntries(performance.getEntriesByType('resource').map((one) => [one.name, one.transferSize]))"
    )
    own = {name: size for name, size in loaded.items() if "/static-" in name}
    assert len(own) > 30
    assert set(own.values()) == {0}


def test_a_refusal_is_told_in_words(look: Open, desk: Desk) -> None:
    here = look(desk, "/papers?since=2031-01-01")
    here.page.click("[data-paper=recap]")
    expect(here.page.locator(".toast")).to_have_text(here.text("tr_refused_paper_nothing"))


def test_the_files_own_comments_stand_on_the_english_page(look: Open, desk: Desk) -> None:
    here = look(desk, "/protocols", lang="en")
    here.page.click("[data-protocol=oxytocin] .button.first")
    here.page.click("[data-group='segments/neck_stroke'] summary")
    field = here.page.locator("[data-number='segments/neck_stroke/tempo/shortest_s']")
    expect(field).to_contain_text("down and up together")


def test_a_page_of_a_server_that_was_started_anew_says_so(look: Open, desk: Desk) -> None:
    here = look(desk, "/import")
    page = here.page
    jar = page.context.cookies()
    page.context.clear_cookies()
    try:
        page.click("[data-page=sessions]")
        page.click("[data-page=import]")
        expect(page.locator("#page-over")).to_have_text(here.text("tr_restarted"))
    finally:
        page.context.add_cookies(jar)  # type: ignore[arg-type]
