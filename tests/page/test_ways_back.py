"""Ways back on the page: from the sample, a mark, what was agreed and a result; and what a stop does there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from coach.web.said import BrowserCamera
from tests.page.conftest import Open, Visit, agree, drawn
from tests.page.fake_practice import CORNERS, checks, marking
from tests.page.test_devices import LIVE, WATCHED
from tests.page.test_setup import BODY

NONE = {"state": "none", "key": "camera_none", "sample": True, "browser": False}
BROWSER = {"state": "ok", "key": None, "sample": True, "browser": True}
OWN = {"state": "ok", "key": None, "sample": True, "browser": False}
GUESS = {"guess": CORNERS.tolist(), "body": BODY, "remembered": True}


def through_the_browser(visit: Open) -> Visit:
    """The page's own camera is on."""
    here = visit(phase="setup", camera=NONE)
    here.page.evaluate(WATCHED)
    here.page.click("#browser-camera")
    here.told("browser_camera")
    here.show(camera=BROWSER)
    sending(here)
    return here


def sending(here: Visit) -> None:
    sent = len(here.practice.sent_pictures)
    here.until(lambda: len(here.practice.sent_pictures) >= sent + 3, "no picture came")


@pytest.mark.parametrize("view", ["camera", "mode"])
def test_while_the_sample_plays_ones_own_camera_is_offered(visit: Open, view: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    if view == "mode":
        here.page.click("#to-mode")
    expect(here.page.locator("#own-camera")).to_have_count(0)
    here.show(camera=OWN | {"sampled": True})
    expect(here.page.locator(".panel")).to_contain_text(here.text("sample_plays"))
    here.page.click("#own-camera")
    assert here.told("browser_camera") == BrowserCamera(t="browser_camera", on=False)


def test_the_browsers_camera_is_off_while_the_sample_plays(visit: Open) -> None:
    here = through_the_browser(visit)
    here.show(camera=BROWSER | {"state": "lost", "key": "camera_silent"})
    here.page.click("#sample")
    here.told("sample")
    here.until(lambda: here.page.evaluate(LIVE) == ["ended"], "it stayed on")
    here.show(camera=BROWSER)  # told before the server had heard of it
    here.page.wait_for_timeout(300)
    assert here.page.evaluate(LIVE) == ["ended"]


def test_a_remembered_mark_takes_no_way_to_mark_away(visit: Open) -> None:
    here = visit(phase="setup", frames=True, marking=marking(**GUESS))
    for count, way in enumerate(("touch", "pose"), 1):
        here.page.click(f"#mark-{way}")
        assert here.told("mark", count).way == way
    drawn(here)
    expect(here.page.locator("#accept")).to_be_visible()
    expect(here.page.locator("#mark-drag")).to_have_text(here.text("mark_move"))
    here.page.click("#mark-drag")
    expect(here.page.locator(".marker")).to_be_visible()


@pytest.mark.parametrize("told", [GUESS, {}])
def test_points_of_which_none_had_to_be_moved_are_a_mark(visit: Open, told: dict[str, Any]) -> None:
    here = visit(phase="setup", frames=True, marking=marking(**told))
    drawn(here)
    here.page.click("#mark-drag")
    expect(here.page.locator(".marker")).to_be_visible()
    here.page.click("#drag-done")
    said = here.told("mark")
    assert (said.way, said.kind) == ("drag", "body")
    if told:
        assert [list(point) for point in said.points] == BODY
    expect(here.page.locator("#to-mode")).to_be_enabled()


def test_a_mark_that_is_there_already_is_not_sent_again(visit: Open) -> None:
    here = visit(phase="setup", frames=True, marking=marking(marked=True, body=BODY))
    drawn(here)
    here.page.click("#mark-drag")
    here.page.click("#drag-done")
    expect(here.page.locator("#mark-drag")).to_be_visible()
    assert here.practice.heard("mark") == []


def test_a_browsers_camera_that_has_gone_silent_is_opened_anew(visit: Open) -> None:
    here = through_the_browser(visit)
    here.show(camera=BROWSER | {"state": "lost", "key": "camera_silent"})
    here.page.click("#browser-camera")
    here.told("browser_camera", 2)
    assert here.page.evaluate(LIVE) == ["ended", "live"]
    sending(here)


def test_the_browsers_camera_is_off_until_the_next_person_has_agreed(visit: Open) -> None:
    here = through_the_browser(visit)
    here.show(phase="finished", result=here.practice.result)
    here.show(phase="welcome", result=None)
    here.until(lambda: here.page.evaluate(LIVE) == ["ended"], "it stayed on")
    here.page.click("#begin")
    assert here.page.evaluate(LIVE) == ["ended"]
    agree(here.page)  # sooner than the server misses its pictures
    here.told("browser_camera", 2)
    sending(here)
    here.show(phase="consent")
    here.until(lambda: here.page.evaluate(LIVE) == ["ended", "ended"], "it stayed on")


@pytest.mark.parametrize("key", [True, False])
def test_pain_where_the_result_is_seen_after_a_stop_shows_what_to_do(visit: Open, key: bool) -> None:
    here = visit(phase="stopped")
    here.show(result=here.practice.result)
    page = here.page
    page.click("#see-result")
    expect(page.locator("h1.verdict")).to_be_visible()
    if key:
        page.keyboard.press("Escape")
    else:
        page.click("#stop")
    expect(page.locator("h1")).to_have_text(here.text("stopped_title"))
    page.click("#see-result")
    page.click("#resume")
    here.told("resume")
    here.show(phase="finished")
    expect(page.locator("#resume")).to_have_count(0)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_on_a_phone_the_stop_is_in_view_beside_all_that_the_result_offers(visit: Open, lang: str) -> None:
    here = visit("phone", lang=lang, phase="stopped", result=None)
    here.show(result=here.practice.result)
    here.page.click("#see-result")
    for button in ("#stop", "#new", "#resume"):
        expect(here.page.locator(button)).to_be_in_viewport(ratio=1)
    wide = here.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.documentElement)")
    assert wide == 0


def test_a_look_at_the_voices_costs_no_answer(visit: Open) -> None:
    page = visit().page
    page.click("#begin")
    page.click("#receiver-mother")
    page.click("#answer-yes")
    page.click("#answer-yes")
    expect(page.locator("[data-question=no_wounds]")).to_be_visible()
    page.click("#voices")
    page.click("#voices-close")
    expect(page.locator("[data-question=no_wounds]")).to_be_visible()
    for _ in range(4):  # to the one before, to who is massaged, and to the steps
        page.click("#to-welcome")
        page.wait_for_timeout(600)  # else it would be a second press
    page.click("#begin")  # and it may be somebody else who comes next
    expect(page.locator("#receiver-mother")).to_be_visible()


def test_from_the_camera_there_is_a_way_back_to_what_was_agreed(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#learner")
    page.click("[data-code=kartu-sun]")
    assert here.told("learner").code == "kartu-sun"
    expect(page.locator("#learner")).to_have_text(here.text("card_sun"))
    page.click("#begin")
    agree(page)
    page.click("#to-consent")
    here.told("back")
    here.show(phase="consent")
    expect(page.locator(".prepared")).to_be_visible()
    page.click("#agree")
    assert here.told("consent", 2).code == "kartu-sun"


@pytest.mark.parametrize("code", ["K-07", ""])
def test_an_exam_without_a_code_is_told_to_be_in_no_recap(visit: Open, code: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True), code=code)
    here.page.click("#to-mode")
    told = here.page.get_by_text(here.text("mode_exam_uncoded"))
    expect(told).to_have_count(0 if code else 1)


def test_without_its_tracker_nothing_is_started(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(marked=True), tracker="failed")
    here.page.click("#to-mode")
    expect(here.page.get_by_role("alert")).to_contain_text(here.text("tracker_failed"))
    expect(here.page.locator("#start")).to_be_disabled()


def test_under_the_veil_nothing_is_reached_by_keys(visit: Open) -> None:
    first = visit(phase="setup", marking=marking(marked=True))
    first.page.focus("#to-mode")
    second = first.page.context.new_page()
    second.goto(first.server.address)
    second.wait_for_selector(".shell")
    first.page.bring_to_front()
    expect(first.page.locator("#here")).to_be_focused()
    for _ in range(3):
        first.page.keyboard.press("Tab")
        assert first.page.evaluate("document.activeElement.closest('.view')") is None
    first.page.click("#here")
    expect(first.page.locator("#to-mode")).to_be_focused()


SIGN = "(row) => getComputedStyle(row.querySelector('svg')).backgroundColor"


def test_what_needs_something_comes_first_in_the_check(visit: Open) -> None:
    told = checks(rate="setup_rate_slow", angle="setup_angle_side")
    told[0] |= {"state": "unknown", "key": "setup_back_unmarked"}
    told[1] |= {"state": "unknown", "key": "setup_hands_unseen"}
    here = visit(phase="setup")
    rows = here.page.locator(".checks li")
    expect(rows).to_have_class(["ok"] * 6)
    green = rows.first.evaluate(SIGN)
    here.show(setup=told)
    expect(rows).to_have_class(["bad asks", "bad asks", "unknown", "unknown asks", "ok", "ok"])
    names = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.check)")
    assert names == ["angle", "rate", "back", "hands", "light", "sharpness"]
    assert [rows.nth(k).evaluate(SIGN) == green for k in range(6)] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_point_to_press_is_read_from_afar(visit: Open, lang: str) -> None:
    here = visit(lang=lang)
    here.practice.step("shoulder_points", hold={"point": "hollow_left", "held_s": 1.1, "needed_s": 2.2, "done": []})
    now = here.page.locator(".hold .now")
    assert now.evaluate("(row) => parseFloat(getComputedStyle(row).fontSize)") >= 32
    assert here.page.locator(".hold").evaluate("(card) => card.scrollHeight <= card.clientHeight")


def test_for_a_camera_at_an_address_no_cable_is_spoken_of(visit: Open) -> None:
    lost = {"state": "lost", "key": "camera_lost", "sample": True, "browser": False}
    here = visit(phase="practising", camera=lost | {"name": "stream http://10.0.0.2/video"})
    trouble = here.page.locator(".trouble")
    expect(trouble.locator("li")).to_have_text([here.text("tip_stream_on"), here.text("tip_stream_wifi")])
    expect(trouble.locator(".lead")).to_have_text(here.text("camera_lost_stream"))
    here.show(camera=lost | {"name": "device 0"})
    expect(trouble.locator("li")).to_have_text([here.text("tip_plug")])
