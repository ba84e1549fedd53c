"""The session list: found, chosen, handed out, scored again and deleted."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

import coach
from coach.messages import trainer_texts
from tests.page.conftest import wait
from tests.page.trainer.conftest import Desk, Open

SCROLL = """() => new Promise((done) => {
  const gaps = [];
  let before = performance.now();
  const step = (now) => {
    gaps.push(now - before);
    before = now;
    scrollBy(0, -400);
    if (gaps.length < 40) requestAnimationFrame(step);
    else done(gaps.sort((a, b) => a - b)[36]);
  };
  requestAnimationFrame(step);
})"""
# The list is as high as all its rows.
SETTLED = """(() => {
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const high = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
  const gaps = [...document.querySelectorAll(".gap")].reduce((sum, gap) => sum + gap.getBoundingClientRect().height, 0);
  const all = document.querySelector(".sessions").ariaRowCount - 1;
  return Math.abs(gaps / (all - rows.length) - high / rows.length) < 0.05;
})()"""
# What stands in until the page's own font is there: the test's own, so much wider that rows wrap, whatever fonts the
# machine has.
FONT = Path(coach.__file__).parent / "web/page/vendor/lexend-400.woff2"
WIDE = '@font-face { font-family: "Wide"; size-adjust: 200%; src: url("../vendor/wide.woff2") format("woff2"); }\n'
FEW_ROWS = 60  # in the page at once, however many sessions there are


def test_a_row_tells_whose_when_and_how_good(look: Open, desk: Desk) -> None:
    here = look(desk)
    row = here.page.locator(here.row("s0"))
    for text in (
        "K01",
        "Siti Aminah",
        "Mawar",
        "1 Sep 2026",
        here.text("verdict_state_not_passed"),
        here.text("tr_video_kept"),
    ):
        expect(row).to_contain_text(text)
    expect(here.page.locator(here.row("s1"))).to_contain_text(here.text("tr_corrected"))
    expect(here.page.locator(here.row("s11"))).to_contain_text(here.text("verdict_state_provisional"))
    expect(here.page.locator(".sessions")).to_contain_text(here.text("tr_unfinished"))
    assert row.locator("td.when a").get_attribute("href") == f"/sessions/{desk.ids['s0']}"


def test_a_row_tells_an_exam_a_sample_and_a_stop_for_pain(look: Open, desk: Desk, pane: Page) -> None:
    def told(route: Route) -> None:
        answer = route.fetch().json()
        for row in answer["rows"]:
            if row["id"] == desk.ids["s0"]:
                row |= {"mode": "exam", "source": "sample", "stopped": True, "percent": None, "passed": None}
        route.fulfill(json=answer)

    pane.route("**/api/sessions?*", told)
    here = look(desk, "/sessions?kader=K01")
    page = here.page
    when = page.locator(f"{here.row('s0')} .when")
    expect(when).to_contain_text(f"{here.text('how_sample')} · {here.text('how_exam')}")
    cell = page.locator(f"{here.row('s0')} .verdict")
    expect(cell).to_have_text(here.text("how_pain_ended"))
    room, pill = cell.bounding_box(), cell.locator(".pill").bounding_box()
    assert room is not None
    assert pill is not None
    assert pill["x"] + pill["width"] <= room["x"] + room["width"]
    expect(page.locator(f"{here.row('s6')} .when")).to_contain_text(here.text("how_guided"))
    page.unroute("**/api/sessions?*")


def test_a_row_of_which_hardly_anything_was_seen_says_that_it_is_not_decided(
    look: Open, desk: Desk, pane: Page
) -> None:
    def undecided(route: Route) -> None:
        told = route.fetch().json()
        for row in told["rows"]:
            row["passed"] = row["percent"] = None
            row["verdict"] = "undecided" if row["id"] == desk.ids["s0"] else ""
        route.fulfill(json=told)

    pane.route("**/api/sessions?*", undecided)
    here = look(desk, "/sessions?kader=K01")
    page = here.page
    cell = page.locator(f"{here.row('s0')} .verdict")
    expect(cell).to_have_text(here.text("verdict_state_undecided"))
    expect(cell.locator("[data-icon]")).to_have_attribute("data-icon", "eye_off")
    room, pill = cell.bounding_box(), cell.locator(".pill").bounding_box()
    assert room is not None
    assert pill is not None
    assert pill["x"] + pill["width"] <= room["x"] + room["width"]  # all of it can be read
    expect(page.locator(f"{here.row('s6')} .verdict")).to_have_text("")
    page.unroute("**/api/sessions?*")


def test_filters_are_in_the_address_and_back_undoes_them(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.select_option("[name=kader]", "K01")
    expect(page.locator(here.row("s1"))).to_have_count(0)
    page.select_option("[name=result]", "provisional")
    assert "kader=K01" in page.url
    assert "passed=provisional" in page.url
    expect(page.locator(here.row("s0"))).to_have_count(0)
    expect(page.locator("tr[data-session] .pill.warn, tr[data-session] .pill.stop")).to_have_count(0)
    expect(page.locator(here.row("s6"))).to_contain_text(here.text("verdict_state_provisional"))
    page.reload()
    expect(page.locator("[name=kader]")).to_have_value("K01")
    page.go_back()
    expect(page.locator("[name=result]")).to_have_value("")
    page.fill("[name=text]", "dewi")
    expect(page.locator("tr[data-session]")).to_have_count(0)
    page.click("#filters-clear")
    expect(page.locator(here.row("s1"))).to_be_visible()
    page.select_option("[name=result]", "undecided")
    assert "passed=undecided" in page.url
    expect(page.locator("tr[data-session]")).to_have_count(0)
    page.select_option("[name=result]", "unfinished")
    expect(page.locator("tr[data-session]")).to_have_count(1)
    page.select_option("[name=result]", "")
    page.fill("[name=since]", "2026-09-20")
    page.fill("[name=until]", "2026-09-30")
    expect(page.locator(here.row("s0"))).to_have_count(0)
    expect(page.locator(here.row("s6"))).to_be_visible()


def test_one_click_changes_the_language_and_it_is_remembered(look: Open, desk: Desk) -> None:
    here = look(desk)
    here.page.click("#language")
    english = trainer_texts("en")
    expect(here.page.locator("h1")).to_have_text(english["tr_page_sessions"])
    expect(here.page.locator("html")).to_have_attribute("lang", "en")
    here.page.click("[data-page=people]")
    expect(here.page.locator("h1")).to_have_text(english["tr_page_people"])
    here.page.reload()
    expect(here.page.locator("h1")).to_have_text(english["tr_page_people"])


@pytest.mark.alone
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_ten_thousand_sessions_stay_smooth(look: Open, full_desk: Desk, size: str) -> None:
    here = look(full_desk, size=size)
    page = here.page
    expect(page.locator(".sessions")).to_have_attribute("aria-rowcount", "10001")
    page.wait_for_selector("tr[data-row='0'][data-session]")
    wait(page, "document.fonts.status === 'loaded'")
    wait(page, SETTLED)
    assert page.locator("tr[data-row]").count() < FEW_ROWS
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_selector("tr[data-row='5000'][data-session]")
    assert page.locator("tr[data-row]").count() < FEW_ROWS
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("tr[data-row='9999'][data-session]")).to_be_in_viewport()
    slowest = page.evaluate(SCROLL)
    assert slowest < 120  # ms between two pictures while it scrolls, nine in ten; this machine has no GPU


def test_a_font_that_comes_late_leaves_the_list_as_high_as_its_rows(look: Open, full_desk: Desk) -> None:
    here = look(full_desk, "/people")
    page = here.page
    waiting: list[Route] = []

    def late(route: Route) -> None:
        waiting.append(route)

    def with_wide(route: Route) -> None:
        sheet = route.fetch()
        route.fulfill(response=sheet, body=WIDE + sheet.text().replace('"Lexend", ', '"Lexend", "Wide", '))

    page.route("**/*.woff2", late)
    page.route("**/wide.woff2", lambda route: route.fulfill(path=FONT))
    page.route("**/tokens.css", with_wide)
    page.goto(f"{full_desk.base}/sessions?text=", wait_until="commit")
    page.wait_for_selector("tr[data-row='0'][data-session]")
    page.evaluate("document.fonts.load('16px Wide').then(() => undefined)")  # by itself it waits behind the page's own
    page.evaluate("dispatchEvent(new Event('resize'))")
    wait(page, SETTLED)
    before = page.evaluate("document.querySelector('tr[data-row]').getBoundingClientRect().height")
    assert waiting
    for route in waiting:
        route.continue_()
    for pattern in ("**/*.woff2", "**/tokens.css"):
        page.unroute(pattern)
    wait(page, "document.fonts.status === 'loaded'")
    assert abs(page.evaluate("document.querySelector('tr[data-row]').getBoundingClientRect().height") - before) > 1.0
    wait(page, SETTLED, 5.0)


def test_back_from_a_session_the_list_is_where_it_was(look: Open, full_desk: Desk) -> None:
    page = look(full_desk).page
    page.wait_for_selector("tr[data-row]")
    page.evaluate("scrollTo(0, 2600 * document.querySelector('tr[data-row]').offsetHeight)")
    page.wait_for_selector("tr[data-session][data-row='2608']")
    page.evaluate("location.assign('/people')")
    page.wait_for_selector("h1")
    page.go_back()
    expect(page.locator("tr[data-session][data-row='2608']")).to_be_in_viewport(timeout=5000)


def test_chosen_sessions_are_handed_out(look: Open, desk: Desk, tmp_path: Path) -> None:
    here = look(desk, lang="en")
    page = here.page
    for name in ("s0", "s3"):
        page.check(f"{here.row(name)} input")
    expect(page.locator(".chosen-bar")).to_contain_text(here.text("tr_chosen", count=2))
    page.click("#hand-out")
    begins = {
        "sheet": b"%PDF",
        "recap": b"%PDF",
        "xlsx": b"PK",
        "csv": b"\xef\xbb\xbf",
        "fhir": b"{",
        "json": b"",
        "zip": b"PK",
    }
    page.select_option("[name=sep]", ",")
    for kind, magic in begins.items():
        with page.expect_download() as coming:
            page.click(f"[data-paper={kind}]")
        file = tmp_path / coming.value.suggested_filename
        coming.value.save_as(file)
        data = file.read_bytes()
        assert data.startswith(magic), kind
        if kind == "csv":
            assert data.decode("utf-8-sig").splitlines()[0].count(",") > 10
        if kind in ("fhir", "json"):
            json.loads(data)
        if kind == "zip":
            assert zipfile.is_zipfile(file)
        expect(page.locator("[data-paper=sheet]")).to_be_enabled()


def test_scoring_again_shows_what_changed_and_keeps_the_old_result(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.check(f"{here.row('demonstration')} input")
    page.check(f"{here.row('s2')} input")
    page.click("#rescore")
    page.select_option("[name=rescore-parts]", "some")
    expect(page.locator("#rescore-start")).to_be_disabled()  # nothing is rated by no part
    page.check("[name=part-neck]")
    page.click("#rescore-start")
    expect(page.locator("#rescore-close")).to_be_visible()
    box = page.locator("dialog")
    expect(box.locator(f"[data-anew='{desk.ids['demonstration']}']")).to_be_visible()
    expect(box.locator("[role=alert], .note.warn")).to_have_count(
        1
    )  # that of s2 has no tracks: said, and the rest went on
    page.click("#rescore-close")
    expect(page.locator("dialog")).to_have_count(0)
    answer = page.request.get(f"{desk.base}/api/sessions/{desk.ids['demonstration']}").json()
    assert (len(answer["results"]), answer["row"]["scope"]) == (2, "neck")
    page.goto(f"{desk.base}/sessions/{desk.ids['demonstration']}")
    expect(page.locator(".checklist .out-of-scope")).to_contain_text(here.text("status_out_of_scope"))
    expect(page.locator("[data-item='neck_stroke.performed']")).to_have_count(1)
    expect(page.locator("[data-item='shoulder_stroke.performed']")).to_have_count(0)


def test_deleting_asks_once_and_shows_that_nothing_is_left(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.check(f"{here.row('s9')} input")
    page.click("#remove")
    page.click("#remove-no")
    expect(page.locator(here.row("s9"))).to_be_visible()
    page.click("#remove")
    page.click("#remove-yes")
    expect(page.locator("dialog .note.good")).to_have_text(here.text("tr_deleted_one"))
    page.click("#remove-close")
    expect(page.locator(here.row("s9"))).to_have_count(0)
    assert page.request.get(f"{desk.base}/api/sessions/{desk.ids['s9']}").status == 404


def test_all_that_match_can_be_chosen(look: Open, desk: Desk) -> None:
    here = look(desk, "/sessions?posyandu=Melati")
    page = here.page
    page.check("[name=all]")
    total = page.locator("tr[data-session]").count()
    expect(page.locator(".chosen-bar strong")).to_have_text(here.text("tr_chosen", count=total))
    page.locator("tr[data-session] input").first.uncheck()
    expect(page.locator(".chosen-bar strong")).to_have_text(here.text("tr_chosen", count=total - 1))
    page.click("#unchoose")
    expect(page.locator(".chosen-bar")).to_have_count(0)


def test_rating_blind_hides_scores_until_one_has_rated(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.click("#blind")
    page.fill("[name=rater]", "T02")
    page.click("#blind-begin")
    hidden = page.locator(here.row("s8"))
    expect(hidden).to_contain_text(here.text("tr_blind_hidden"))
    expect(hidden.locator(".nilai")).to_have_text("–")
    rated = page.locator(here.row("s4"))  # by T02, before
    expect(rated.locator(".nilai")).not_to_have_text("–")
    expect(page.locator("[name=result]")).to_have_count(0)
    assert hidden.locator("a").get_attribute("href") == f"/sessions/{desk.ids['s8']}?blind=1&rater=T02"
    page.click("#blind-end")
    expect(hidden.locator(".nilai")).not_to_have_text("–")


def test_an_empty_store_says_where_sessions_come_from(look: Open, empty_desk: Desk) -> None:
    here = look(empty_desk)
    expect(here.page.locator(".empty")).to_contain_text(here.text("tr_empty_live"))
    here.page.click(".empty .button.first")
    expect(here.page).to_have_url(f"{empty_desk.base}/import")


def test_what_a_network_that_comes_and_goes_drops_is_asked_again(look: Open, desk: Desk, pane: Page) -> None:
    dropped = []

    def drop(route: Route) -> None:
        dropped.append(route.request.url)
        if len(dropped) < 3:
            route.abort("connectionreset")
        else:
            route.continue_()

    pane.route("**/api/sessions?*", drop)
    here = look(desk, "/sessions?kader=K01")
    pane.wait_for_selector(here.row("s0"))
    assert len(dropped) == 3
    pane.unroute("**/api/sessions?*")


def test_a_server_that_is_gone_is_told_in_words(look: Open, desk: Desk, pane: Page) -> None:
    pane.route("**/api/sessions?*", lambda route: route.abort("connectionrefused"))
    here = look(desk)
    expect(here.page.get_by_role("alert")).to_have_text(here.text("tr_unreached"))
    here.page.unroute("**/api/sessions?*")


@pytest.mark.parametrize("of_session", [False, True], ids=["list", "session"])
def test_a_page_without_its_first_answer_says_why_and_goes_on(look: Open, desk: Desk, of_session: bool) -> None:
    here = look(desk)
    page, asked = here.page, []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            told = {"key": "store_locked", "values": {}, "text": {"id": "Basis data sedang dipakai.", "en": "In use."}}
            route.fulfill(status=503, json=told)
        else:
            route.continue_()

    page.route("**/api/trainer", refuse)
    page.goto(desk.base + (f"/sessions/{desk.ids['s0']}" if of_session else "/sessions"))
    waiting = page.get_by_role("alert").filter(has_text="coach belum menjawab")
    expect(waiting).to_contain_text("Basis data sedang dipakai.")
    expect(waiting).to_contain_text("In use.")
    page.wait_for_selector("#rv-play" if of_session else here.row("s0"))
    expect(waiting).to_be_hidden()
    page.unroute("**/api/trainer")


def test_days_are_written_as_people_here_write_them_whatever_the_browser_speaks(look: Open, desk: Desk) -> None:
    here = look(desk)
    page = here.page
    page.fill("[name=since]", "20/9/2026")
    page.wait_for_url("**since=2026-09-20*")
    expect(page.locator("[name=since]")).to_have_value("20/9/2026")
    page.fill("[name=until]", "31/9/2026")  # there is no such day
    expect(page.locator("[name=until]")).to_have_attribute("aria-invalid", "true")
    assert "until" not in page.url
    page.fill("[name=until]", "30.09.2026")
    page.wait_for_url("**until=2026-09-30*")
    page.reload()
    expect(page.locator("[name=since]")).to_have_value("20/09/2026")
