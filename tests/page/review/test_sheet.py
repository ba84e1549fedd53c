"""The checklist beside the picture, notes with drawings, and what is done with the session as a whole."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Route, expect

from coach.domain import Reason, Verdict
from coach.score.verdict import conclude
from coach.summary.report import report
from tests.page.review.conftest import Open
from tests.page.review.made import rules
from tests.summary.example import hardly_seen

COUNT = "shoulder_stroke.count"
MANUAL = "hands_washed"


def test_an_item_leads_to_its_moment_and_is_looped_by_a_second_click(visit: Open) -> None:
    here = visit()
    page, segment = here.page, here.act("segment", 0)
    item = page.locator(f"[data-item='{COUNT}']")
    expect(item).to_contain_text("Hitungan")
    expect(item).to_contain_text("Baru 3 kali. Seharusnya 5–\u20606 kali.")
    item.click()
    assert here.desk("player.time_s") == pytest.approx(segment["start_s"], abs=0.1)
    assert here.desk("player.loop") is None
    item.click()
    assert here.desk("player.loop.start_s") == segment["start_s"]
    here.until("desk.player.going === 1")
    item.click()
    assert here.desk("player.loop") is None


def test_points_are_changed_with_a_reason_and_the_machine_s_stay_visible(visit: Open) -> None:
    here = visit()
    page = here.page
    before = page.locator(".nilai .percent").inner_text()
    page.locator(f"[data-item='{COUNT}']").click()
    page.locator(f"[id='item-{COUNT}'] .choice label").nth(2).click()
    expect(page.locator("#override-save")).to_be_disabled()  # not without a reason
    page.fill("#override-reason", "Dua usapan tertutup lengan.")
    page.click("#override-save")
    here.saved()
    assert here.house.events(here.session) == [
        {"do": "override_item", "item": COUNT, "points": 2, "reason": "Dua usapan tertutup lengan."}
    ]
    expect(page.locator(f"[id='item-{COUNT}'] .was")).to_have_text("Coach memberi: 1. Diubah pelatih.")
    expect(page.locator(f"[id='item-{COUNT}'] .score-box")).to_have_text("2")
    expect(page.locator(".nilai .percent")).not_to_have_text(before)
    expect(page.locator(".nilai")).to_contain_text("semula")
    page.click("#tab-events")
    expect(page.locator(".event")).to_contain_text("Dua usapan tertutup lengan.")


def test_a_session_of_which_hardly_anything_was_seen_is_decided_once_a_trainer_has_rated_it(visit: Open) -> None:
    here = visit(found=report(hardly_seen(rules())))
    score = here.page.locator(".nilai")
    expect(score.locator("strong")).to_have_text(here.text("verdict_state_undecided"))
    sign = score.locator("strong [data-icon]")
    expect(sign).to_have_attribute("data-icon", "eye_off")
    expect(score.locator(".percent")).to_have_text("–")
    expect(score).to_contain_text("Hanya 2 dari 61 butir gerakan")
    asked = [f"{s.id}.{kind}" for s in rules().segments for kind in s.items]
    for item in asked[2:]:
        here.change({"do": "override_item", "item": item, "points": 2, "reason": "terlihat"})
    expect(score.locator("strong")).to_have_text(here.text("verdict_state_provisional"))
    expect(sign).to_have_attribute("data-icon", "dots")
    for item in [one.id for one in rules().manual]:
        here.change({"do": "tick_item", "item": item, "points": 2})
    expect(score.locator("strong")).to_have_text(here.text("verdict_state_passed"))
    expect(sign).to_have_attribute("data-icon", "tick")
    expect(score).not_to_contain_text("Hanya 2")


def test_a_film_of_one_part_is_rated_by_that_part_with_one_click_and_by_all_where_they_are_ticked(visit: Open) -> None:
    seen = hardly_seen(rules())
    flaw = Verdict("undecided", Reason("verdict_part_only", {"parts": "back"}))
    total, verdict = conclude(seen.items, rules(), flaw)
    here = visit(found=report(replace(seen, total=total, verdict=verdict)))
    page = here.page
    expect(page.locator("#rate-parts")).to_have_text("Nilai hanya: Punggung")
    page.click("#rate-parts")
    expect(page.locator("#rate-parts")).to_have_count(0)
    expect(page.locator(".nilai")).to_contain_text("Yang dinilai hanya: Punggung.")
    assert here.house.store.session(here.session).row.scope == "back"
    page.click("#more")
    page.click("#more-results")
    ticks = page.locator("[name^=part-]")
    assert [ticks.nth(k).is_checked() for k in range(ticks.count())] == [False, False, False, False, True]
    for k in range(4):
        ticks.nth(k).check()
    page.click("#rescore")
    expect(page.locator(".note.calm")).to_be_visible()
    stored = here.house.store.session(here.session)
    assert stored.report
    assert (stored.row.scope, stored.report["scope_named"], len(stored.results)) == ("", True, 3)


def test_a_session_of_which_nothing_was_seen_has_no_score(visit: Open) -> None:
    here = visit(found=report(hardly_seen(rules(), rated=0)))
    score = here.page.locator(".nilai")
    expect(score.locator("strong")).to_have_text(here.text("verdict_state_undecided"))
    expect(score.locator(".percent")).to_have_text("–")
    expect(score.locator("strong [data-icon]")).to_have_attribute("data-icon", "eye_off")


def test_manual_items_and_outcomes_are_ticked(visit: Open) -> None:
    here = visit()
    page = here.page
    left_out = here.desk("session.stands.score.left_out")
    page.locator(f"[id='item-{MANUAL}'] .choice label").nth(2).click()
    here.saved()
    assert here.desk("session.stands.score.left_out") == left_out - 1
    page.locator("[name^='outcome-']").first.check(force=True)
    here.saved()
    assert [event["do"] for event in here.house.events(here.session)] == ["tick_item", "tick_outcome"]
    assert list(here.desk("session.outcomes").values()) == [True]
    page.locator(f"[name='{MANUAL}'][value='2']").focus()
    page.keyboard.press("ArrowRight")  # radio buttons: arrows belong to them, not to the player
    here.saved()
    assert here.house.events(here.session)[-1]["points"] is None
    assert here.desk("player.index") == 0


def test_an_older_answer_that_comes_late_does_not_take_back_a_newer_one(visit: Open) -> None:
    here = visit()
    page = here.page
    held: list[tuple[Route, APIResponse]] = []
    address = f"**/api/sessions/{here.session}"
    left_out = here.desk("session.stands.score.left_out")

    def late(route: Route) -> None:
        """Fetches at once, and answers the first time only when told to."""
        answer = route.fetch()
        if held:
            route.fulfill(response=answer)
        held.append((route, answer))

    page.route(address, late)
    page.evaluate("window.refreshed = window.__review.refresh(); null")
    while not held:
        page.wait_for_timeout(20)
    here.change({"do": "tick_item", "item": MANUAL, "points": 2})
    assert here.desk("session.stands.score.left_out") == left_out - 1
    route, answer = held[0]
    route.fulfill(response=answer)
    page.evaluate("window.refreshed")
    assert here.desk("session.stands.score.left_out") == left_out - 1
    assert len(held) == 2  # it was asked for again


def test_a_note_is_drawn_on_the_picture_and_shown_again_at_its_moment(visit: Open) -> None:
    here = visit()
    page = here.page
    page.evaluate("window.__review.player.go(3)")
    page.keyboard.press("d")
    box = page.locator(".picture").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    here.drag((x, y), (x + 40, y + 30))
    page.fill("#note-text", "Tekan di sini")
    page.click("#note-save")
    here.saved()
    event = here.house.events(here.session)[-1]
    assert (event["do"], event["text"], event["at_s"]) == ("note", "Tekan di sini", pytest.approx(3, abs=0.1))
    (line,) = event["drawing"]
    assert line[0] == pytest.approx([320, 240], abs=2)  # the middle of the picture, in its own px
    scale = 480 / box["height"]
    assert line[-1] == pytest.approx([320 + 40 * scale, 240 + 30 * scale], abs=3)
    yellow = f"""() => {{
      const canvas = document.querySelector(".picture canvas"), at = canvas.width / 640;
      const [r, g, b] = canvas.getContext("2d").getImageData({line[0][0]} * at, {line[0][1]} * at, 1, 1).data;
      return r > 200 && g > 180 && b < 140;
    }}"""
    here.wait(f"({yellow})()")
    page.evaluate("window.__review.player.go(6)")
    here.wait(f"!({yellow})()")
    page.click(".note-row .to")
    here.wait(f"({yellow})()")
    page.click(".note-row .button")
    here.saved()
    here.until("desk.session.notes.length === 0")


def test_scoring_again_tells_what_changed_and_keeps_the_old_result(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#more")
    page.click("#more-results")
    page.click("#rescore")
    expect(page.locator(".window .note")).to_contain_text("Nilai coach")
    assert len(here.house.store.session(here.session).results) == 2
    expect(page.locator(".window tbody tr")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_consent_withdrawn_takes_the_video_with_it(visit: Open) -> None:
    here = visit(video=True)
    page = here.page
    page.click("#more")
    page.click("#more-consent")
    page.click("#consent-withdraw")
    expect(page.locator(".toast")).to_have_text(here.text("rv_withdrawn"))
    assert here.house.store.video(here.session) is None
    expect(page.locator(".picture video")).to_have_count(0)


def test_a_deleted_session_leaves_nothing(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#more")
    page.click("#more-delete")
    page.click("#delete-cancel")
    assert here.house.store.session(here.session).row.id == here.session
    page.click("#more")
    page.click("#more-delete")
    page.click("#delete-all")
    expect(page.locator(".window")).to_contain_text(here.text("rv_deleted"))
    assert not here.house.store.traces(here.session)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # nothing is asked of it any more
    page.click("#to-list")


def test_papers_and_files_come_in_the_page_s_language(visit: Open) -> None:
    here = visit(lang="en", video=True)
    page = here.page
    with page.expect_download() as sheet:
        page.click("#sheet")
    assert f"sessions={here.session}&lang=en" in sheet.value.url
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")
    page.click("#more")
    for entry in ("zip", "json"):
        with page.expect_download() as file:
            page.click(f"#more-{entry}")
        assert Path(file.value.path()).stat().st_size > 1000


def test_what_was_not_sent_is_sent_after_a_reload(visit: Open) -> None:
    here = visit()
    page = here.page
    event = {"do": "tick_item", "item": MANUAL, "points": 2}
    sent = {"id": str(uuid.uuid4()), "author": "T01", "event": event}
    page.evaluate(f"sessionStorage.setItem('coach.unsent.{here.session}', {json.dumps(json.dumps([sent]))})")
    page.reload()
    here.ready()
    here.saved()
    assert here.house.events(here.session) == [event]


def test_date_visit_and_mothers_code_are_changed_and_stand_in_the_head(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#more")
    page.click("#more-about")
    page.fill("[name=day]", "1/9/2026")
    page.select_option("[name=occasion]", "visit")
    page.fill("[name=visit]", "2")
    page.fill("[name=mother]", "I07")
    page.click("#about-save")
    expect(page.locator("dialog")).to_have_count(0)
    head = page.locator(".who p")
    expect(head).to_contain_text("1 Sep 2026")
    for text in ("Kunjungan rumah", "kunjungan ke-2", "ibu I07"):
        expect(head).to_contain_text(text)
