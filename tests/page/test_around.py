"""Around the practice: the result, the languages, the sound, a second window, and what is in view on every screen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from coach.domain import HANDS, BackInfo, PracticeInfo
from coach.practice.reader import Whole
from coach.practice.result import session as result
from coach.practice.result import shown
from coach.protocol.files import load
from coach.score.session import read
from tests.fakes.hands import track
from tests.fakes.session import tracks
from tests.fakes.simulated import played
from tests.page.conftest import BEEPS_MS, Open
from tests.page.fake_practice import CORNERS, marking
from tests.simulator.script import SessionScript, Step
from tests.summary.example import hardly_seen
from tests.summary.example import session as example

TIME_S = np.arange(30) / 15
STILL = {hand: track(hand, TIME_S, np.full((30, 2), 3.0)) for hand in HANDS}  # far from the back
WHOLE = Whole(STILL, read(STILL, load("oxytocin")))


def test_after_a_stop_the_practice_may_go_on_and_the_result_is_there_to_see(visit: Open) -> None:
    here = visit(phase="stopped")
    here.show(result=here.practice.result)
    here.page.click("#resume")
    here.told("resume")
    here.page.click("#see-result")
    here.page.click("#show-sheet")
    expect(here.page.locator(".segment")).to_have_count(13)
    here.page.click("#new")
    here.told("new")


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "id"), ("phone", "en")])
def test_the_stop_is_always_in_view_and_nothing_sticks_out(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang, marking=marking(marked=True))
    for phase in ("welcome", "consent", "setup", "practising", "paused", "finished"):
        if phase == "practising":
            here.practice.step("heart", count=4)
        here.show(phase=phase, result=here.practice.result if phase == "finished" else None)
        here.page.wait_for_timeout(60)
        if phase == "setup":
            here.page.click("#to-mode")
        expect(here.page.locator("#stop")).to_be_in_viewport(ratio=1)
        wide = here.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.documentElement)")
        assert (phase, wide) == (phase, 0)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_pause_and_finish_are_in_view_beside_the_stop(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang, marking=marking(marked=True))
    tempo = {"last_s": 1.6, "shortest_s": 2.4, "longest_s": 16.0, "state": "fast"}
    before = {"segment": "scapula_right_circles", "count": 3, "low": 5}
    here.show(hint={"key": "hint_more_before", "values": before, "segment": "scapula_right_circles"})  # a long one
    here.practice.step("spine_strokes", count=4, tempo=tempo)
    for change in ({}, {"phase": "paused"}, {"phase": "practising", "mode": "free"}, {"mode": "exam", "step": None}):
        here.show(**change)
        here.page.wait_for_timeout(60)
        for button in ("#pause", "#finish", "#stop"):
            expect(here.page.locator(button)).to_be_in_viewport(ratio=1)
            seen = here.page.locator(button).evaluate(ON_TOP)
            assert (change, button, seen) == (change, button, True)


# Nothing lies over the button's middle.
ON_TOP = """(e) => {
  const { left, top, width, height } = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def test_the_language_changes_by_one_click(visit: Open) -> None:
    here = visit(phase="setup")
    page = here.page
    page.click("#language")
    expect(page.locator("h1")).to_have_text(here.text("setup_title", "en"))
    assert here.told("lang").lang == "en"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#language")
    expect(page.locator("h1")).to_have_text(here.text("setup_title"))


def test_a_result_of_which_hardly_anything_was_seen_is_neither_passed_nor_failed(visit: Open) -> None:
    here = visit(phase="finished", saved={"session": "x", "video": True})
    here.show(result=shown(hardly_seen(here.practice.protocol), here.practice.protocol))
    score = here.page.locator(".score")
    expect(score.locator(".verdict")).to_have_text(here.text("verdict_state_undecided"))
    sign = score.locator(".verdict [data-icon]")
    expect(sign).to_have_attribute("data-icon", "eye_off")
    expect(score.locator(".percent")).to_have_count(0)
    expect(score).to_contain_text("Hanya 2 dari 61 butir gerakan")
    here.show(result=here.practice.result)
    expect(score.locator(".verdict")).to_have_text(here.text("verdict_state_not_passed"))
    expect(sign).to_have_attribute("data-icon", "up")
    expect(score).to_contain_text("Butir wajib belum dilakukan: Pola hati")
    here.show(result=shown(hardly_seen(here.practice.protocol, rated=0), here.practice.protocol))
    expect(score.locator(".verdict")).to_have_text(here.text("verdict_state_undecided"))
    expect(sign).to_have_attribute("data-icon", "eye_off")


def test_the_result_is_the_checklist_with_one_strength_and_one_thing_to_practise(visit: Open) -> None:
    here = visit(phase="finished", saved={"session": "x", "video": True})
    here.show(result=here.practice.result)
    page = here.page
    expect(page.locator(".score .verdict")).to_have_text(here.text("verdict_state_not_passed"))
    expect(page.locator(".score .percent")).to_have_text("77,6")
    expect(page.locator(".segment")).to_have_count(0)  # the checklist is behind one tap
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(13)
    expect(page.locator("[data-segment=heart]")).to_have_class("segment skipped")
    expect(page.locator("[data-segment=shoulder_c_grip]")).to_have_class("segment not_visible")
    expect(page.locator("[data-segment=scapula_left_circles]")).to_have_class("segment right")
    expect(page.locator("[data-segment=love]")).to_contain_text("Kiri 2 kali, kanan 8 kali.")
    expect(page.locator(".debrief .good")).to_contain_text("Putaran belikat kiri")
    expect(page.locator(".first-thing")).to_contain_text("Pola hati")
    expect(page.locator(".saved")).to_have_text(here.text("saved_video"))
    here.show(saved=here.practice.state["saved"] | {"no_person": True})  # nobody agreed to anything
    expect(page.locator(".saved")).to_have_text(here.text("saved_video_pillow"))
    here.show(saved={"session": "x", "video": False, "video_lost": True, "no_person": False})
    expect(page.locator(".saved")).to_have_text(here.text("saved_video_lost"))
    here.show(saved={"session": "x", "key": "store_full", "values": {"path": "tracks.bin"}})
    expect(page.locator(".note.warn[role=status]")).to_contain_text(here.text("saved_not"))
    expect(page.locator(".saved")).to_have_count(0)  # one that begins but is not kept whole is not "saved"
    page.click("[data-segment=love] summary")
    expect(page.locator("[data-segment=love] .items li")).to_have_count(6)
    page.click("#again")
    assert here.told("again").segment == "heart"
    page.click("#new")
    here.told("new")


def test_one_step_practised_again_has_a_sheet_of_its_own(visit: Open) -> None:
    here = visit(phase="finished")
    items = [item for item in here.practice.result["items"] if item["segment"] == "love"]
    here.show(result=here.practice.result | {"items": items})
    here.page.click("#show-sheet")
    expect(here.page.locator(".segment")).to_have_count(1)
    expect(here.page.locator(".part")).to_have_count(1)


def test_one_step_again_has_no_verdict_and_a_way_back_to_the_checklist(visit: Open) -> None:
    here = visit(phase="finished", sheet=True)
    again = PracticeInfo("again", "love")
    made = shown(replace(example(here.practice.protocol), practice=again), here.practice.protocol)
    made["items"] = [item for item in made["items"] if item["segment"] == "love"]
    here.show(result=made | {"segment": "love"})
    page = here.page
    expect(page.locator(".about")).to_contain_text(here.text("how_again"))
    page.click("#show-sheet")
    expect(page.locator(".segment")).to_have_count(1)
    expect(page.locator(".score")).to_have_count(0)
    page.click("#again")
    assert here.told("again").segment == "love"
    page.click("#to-sheet")
    here.told("sheet")
    here.show(sheet=False)
    expect(page.locator("#to-sheet")).to_have_count(0)


def test_who_practises_one_part_is_judged_by_that_part(visit: Open) -> None:
    here = visit()
    page, rules = here.page, here.practice.protocol
    page.click("#part-all-neck")
    steps = here.told("plan").steps
    assert steps == ("neck_stroke", "neck_points")
    made = played(SessionScript((Step(steps[0], 6), Step(steps[1])), name="neck"), 4)
    found = tracks(made.observations, made.corners_px)
    info = PracticeInfo("guided", ",".join(steps))
    judged = result(Whole(found, read(found, rules)), rules, BackInfo("given", CORNERS), info)
    here.show(phase="finished", result=shown(judged, rules) | {"segment": info.segment})
    score = page.locator(".score")
    expect(score.locator(".verdict")).to_have_text(here.text("verdict_state_provisional"))
    expect(score.locator(".percent")).to_have_text("100,0")
    expect(score).to_contain_text("Yang dinilai hanya: Leher.")
    # No step of another part is among those that are told to be missing.
    expect(score).to_contain_text(here.text("score_left_out").replace("{count}", str(len(rules.manual))))
    page.click("#show-sheet")
    expect(page.locator(".segment.right")).to_have_count(2)
    expect(page.locator(".segment")).to_have_count(2)


@pytest.mark.parametrize("phase", ["finished", "stopped"])
def test_while_the_result_is_made_nothing_leads_away_from_it(visit: Open, phase: str) -> None:
    here = visit(phase=phase, busy=True)
    expect(here.page.locator("#new")).to_be_disabled()
    here.show(busy=False, result=here.practice.result)
    expect(here.page.locator("#new")).to_be_enabled()


def test_who_stopped_for_pain_reads_no_verdict(visit: Open) -> None:
    here = visit(phase="stopped")
    made = result(WHOLE, here.practice.protocol, BackInfo("given", CORNERS), PracticeInfo("exam", pain="ended"))
    here.show(result=shown(made, here.practice.protocol))
    page = here.page
    page.click("#see-result")
    expect(page.locator(".score .verdict")).to_have_text(here.text("verdict_state_undecided"))
    expect(page.locator(".score")).to_contain_text(here.text("verdict_pain"))
    page.click("#show-sheet")
    expect(page.locator(".percent, .first-thing, .segment.skipped")).to_have_count(0)
    expect(page.locator(".segment.not_reached")).to_have_count(13)
    expect(page.locator("[data-segment=heart] .word")).to_have_text(here.text("status_not_reached"))


def test_the_result_tells_how_and_when_and_whose(visit: Open) -> None:
    here = visit(phase="finished", code="K07")
    about = PracticeInfo("exam", None, 2, 40.4, "over")
    made = shown(replace(example(here.practice.protocol), practice=about), here.practice.protocol)
    here.show(result=made | {"began": "2026-11-24T09:30:00"})
    told = here.page.locator(".about")
    for words in (here.text("how_exam"), "jeda 2×, 40 detik", here.text("how_pain_over"), "K07", "24 November 2026"):
        expect(told).to_contain_text(words)
    expect(here.page.locator("main")).not_to_contain_text(here.text("result_sample"))
    here.show(camera=here.practice.state["camera"] | {"sampled": True})
    expect(here.page.locator("main")).to_contain_text(here.text("result_sample"))


def test_a_prompt_is_played_once_and_not_when_muted(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    page = here.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(".ogg") else None)
    here.practice.step("heart", count=4)

    def played() -> list[str]:
        """What the page has played, once it has been told of it anew."""
        here.show(say=[{"id": 5, "clip": "count_4"}])
        names: list[str] = page.evaluate("window.__coach.said")
        return names

    here.until(lambda: bool(played()), "nothing was played")
    page.wait_for_timeout(1000)  # the clip is over by then, and would be played again
    assert played() == ["count_4"]
    page.click(".tools [aria-pressed]")
    assert here.told("mute").on
    here.show(say=[{"id": 6, "clip": "count_5"}])
    here.until(lambda: page.evaluate("window.__coach.state.say[0].id") == 6, "the page never heard of it")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__coach.said") == ["count_4"]
    assert [url.rpartition("/clips/")[2] for url in asked] == ["id/count_4.ogg"]


def test_a_second_window_takes_over_and_the_first_may_take_it_back(visit: Open) -> None:
    first = visit(phase="setup")
    second = first.page.context.new_page()
    second.goto(first.server.address)
    second.wait_for_selector(".shell")
    expect(first.page.locator("#here")).to_be_visible()
    first.page.click("#here")
    expect(second.locator("#here")).to_be_visible()
    expect(first.page.locator(".veil")).to_have_count(0)


def test_once_the_second_window_is_closed_the_first_goes_on_by_itself(visit: Open) -> None:
    first = visit(phase="setup")
    second = first.page.context.new_page()
    second.goto(first.server.address)
    second.wait_for_selector(".shell")
    expect(first.page.locator("#here")).to_be_visible()
    second.reload()
    second.wait_for_selector(".shell")
    first.page.wait_for_timeout(1800)  # longer than the first waits where the other is only loaded anew
    expect(first.page.locator("#here")).to_be_visible()
    second.close()
    expect(first.page.locator(".veil")).to_have_count(0)


def test_a_page_of_an_earlier_run_takes_nothing_over_by_itself(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    old = visit(phase="setup")
    monkeypatch.setattr(old.server.desk, "run", "started-anew")
    new = old.page.context.new_page()
    new.goto(old.server.address)
    new.wait_for_selector(".shell")
    expect(old.page.locator("#here")).to_be_visible()
    old.page.evaluate("window.loaded = 1")
    old.page.click("#here")  # it is loaded anew, for its words may be of another version
    expect(new.locator("#here")).to_be_visible()
    old.page.wait_for_selector(".shell")
    assert old.page.evaluate("window.loaded") is None
    expect(old.page.locator(".veil")).to_have_count(0)


def test_pain_is_heard_by_key_where_the_result_is_shown(visit: Open) -> None:
    here = visit(phase="finished", result=None, busy=True)
    here.page.keyboard.press("Escape")
    here.told("stop")


def test_a_trainer_records_a_clip_hears_it_and_deletes_it(visit: Open) -> None:
    here = visit()
    page, kept = here.page, here.server.clips
    page.click("#voices")
    row = page.locator("[data-clip=count_4]")
    row.get_by_role("button", name=here.text("voices_record")).click()
    expect(row).to_have_class("now")
    page.wait_for_timeout(BEEPS_MS)
    row.get_by_role("button", name=here.text("voices_stop")).click()
    expect(row.locator(".pill")).to_have_text(here.text("voices_own"))
    found = kept.find("id", "count_4")
    assert found
    assert found[0].is_relative_to(kept.own)
    page.reload()
    page.click("#voices")
    expect(row.locator(".pill")).to_be_visible()
    row.get_by_role("button", name=here.text("voices_delete").split(":")[0]).click()
    expect(row.locator(".pill")).to_have_count(0)
    expect(row.get_by_role("button").first).to_be_focused()  # the one that was pressed has gone
    assert kept.recorded("count_4") == []


def test_the_view_takes_the_focus_so_that_it_is_read_out(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    here.practice.step("heart")
    expect(here.page.locator(".count")).to_be_visible()
    expect(here.page.locator("#main")).to_be_focused()
    here.page.keyboard.press("Space")
    here.told("pause")
