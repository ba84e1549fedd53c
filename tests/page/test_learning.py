"""The way of a kader: choose a step, see it, follow it, do it alone, prove it, and hear at the end what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coach.web.practise_routes import DEMONSTRATIONS
from tests.page.conftest import Open, agree
from tests.page.fake_practice import marking

MARKED: dict[str, Any] = {"marking": marking(marked=True)}
LEARNED = {
    "steps": {
        "neck_stroke": {"state": "mastered", "in_row": 3, "needed": 3, "stage": "prove", "due": None},
        "neck_points": {"state": "practised", "in_row": 2, "needed": 3, "stage": "prove", "due": None},
        "heart": {"state": "repeat", "in_row": 3, "needed": 3, "stage": "alone", "due": "2026-12-01"},
    },
    "due": ["heart"],
    "left": None,
}
# What lies under the foot, or sticks out at a side, of what has to be seen to go on.
COVERED = """() => {
  const foot = document.querySelector(".foot")?.getBoundingClientRect().top ?? innerHeight;
  const which = "h1, .answer, .prepared li, .flaw .button, .hold .now, .count .big, .voice p";
  const seen = [...document.querySelectorAll(which)];
  return seen.filter((one) => {
    const { left, right, bottom, width } = one.getBoundingClientRect();
    return width && (left < 0 || right > innerWidth + 1 || (bottom > foot + 1 && !one.closest(".foot")));
  }).map((one) => one.className || one.tagName);
}"""

# The share of a canvas that is drawn on.
INKED = """canvas => {
  const [copy, { width, height }] = [document.createElement("canvas"), canvas];
  Object.assign(copy, { width, height });
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  return data.filter((value, n) => n % 4 === 3 && value > 0).length / (width * height);
}"""
# Of each working hand in a close-up: how much is cut off, and how high it is (median), as shares of the close-up.
CLOSE_UPS = """async (shape) => {
  const { closeUps } = await import("/static/js/lib/followed.js");
  const films = await (await fetch("/demonstrations/hands.json")).json();
  const measured = (boxes, cuts) => {
    const off = boxes.map((box, n) => {
      const [l, t, r, b] = box.map((value) => Math.min(1, Math.max(0, value)));
      const { x, y, w, h } = cuts[n];
      return Math.max(0, x - l, y - t, r - x - w, b - y - h);
    });
    const high = boxes.map(([, t, , b], n) => (b - t) / cuts[n].h).sort();
    return { cut: Math.max(...off), height: high[Math.floor(high.length / 2)] };
  };
  const all = (film) => closeUps(film, shape).flatMap(({ cut, sides }) => sides.map((side) => {
    const { boxes } = film.hands[side];
    return measured(boxes, boxes.map((_, n) => cut(n / film.per_s)));
  }));
  return Object.fromEntries(Object.entries(films).map(([name, film]) => [name, all(film)]));
}"""


def test_the_steps_stand_in_their_parts_with_their_states_and_what_is_due_is_offered(visit: Open) -> None:
    here = visit(learned=LEARNED, code="kartu-sun")
    page = here.page
    expect(page.locator(".step-card")).to_have_count(13)
    expect(page.locator(".home-part")).to_have_count(5)
    expect(page.locator("#step-neck_stroke")).to_have_class("step-card mastered")
    expect(page.locator("#step-neck_points")).to_contain_text("2 dari 3 kali benar")
    expect(page.locator(".home-head .lead")).to_have_text("Hari ini: Pola hati")
    page.click("#begin")
    plan = here.told("plan")
    assert (plan.steps, plan.stage) == (("heart",), "alone")


def test_the_laptop_is_checked_with_a_picture_of_each_camera(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#check-up")
    expect(page.locator(".check-up .note")).to_contain_text("Laptop ini belum siap")
    expect(page.locator(".findings li")).to_have_count(4)
    expect(page.locator(".findings .bad")).to_have_count(1)
    seen = page.locator(".findings img")
    expect(seen).to_have_count(2)
    assert seen.first.evaluate("image => image.naturalWidth") == 320
    page.click("#check-up-back")
    expect(page.locator("#begin")).to_be_visible()


def test_a_step_is_seen_with_how_it_goes_and_then_followed(visit: Open) -> None:
    here = visit(films=True)
    page = here.page
    page.click("#step-shoulder_stroke")
    expect(page.locator("#how")).to_have_text(here.practice.protocol.segment("shoulder_stroke").how.id)  # type: ignore[union-attr]
    expect(page.locator(".lesson-film video")).to_be_visible()
    page.click("#stage-trace")
    plan = here.told("plan")
    assert (plan.steps, plan.stage) == (("shoulder_stroke",), "trace")
    agree(page)
    here.told("consent")


def test_a_whole_part_is_begun_by_one_press_and_all_is_watched_first(visit: Open) -> None:
    here = visit(films=True)
    page = here.page
    page.click("#watch-all")
    expect(page.locator(".lesson-words h1")).to_have_text("Usapan leher")
    page.click("#watch-next")
    expect(page.locator(".lesson-words h1")).to_have_text("Titik belakang telinga")
    page.click("#stop-watching")
    page.click("#part-all-back")
    assert here.told("plan").steps == ("spine_circles", "spine_strokes", "heart", "love")


def test_a_mistake_that_lasts_is_no_green_tick_but_is_told_and_repeated_or_left(visit: Open) -> None:
    here = visit(**MARKED)
    page = here.page
    flaw = {"key": "hint_both_hands", "values": {"hand": "left"}, "segment": "shoulder_stroke"}
    here.practice.step("shoulder_stroke", count=5, done=True, flaw=flaw)
    expect(page.locator(".flaw")).to_contain_text("5 kali, tetapi: hanya satu tangan.")
    expect(page.locator(".count.enough, .voice.good")).to_have_count(0)
    page.click("#flaw-repeat")
    here.told("repeat")
    page.click("#flaw-go-on")
    here.told("next")


def test_free_practice_keeps_the_step_between_two(visit: Open) -> None:
    here = visit(mode="free", **MARKED)
    here.practice.step("shoulder_stroke", count=4)
    expect(here.page.locator(".now h1")).to_have_text("Usapan bahu")
    here.show(step=None)
    expect(here.page.locator(".now.waits h1")).to_have_text("Usapan bahu")
    expect(here.page.get_by_text(here.text("free_title"))).to_have_count(0)


def test_one_key_changes_the_places_of_the_film_and_the_camera(visit: Open) -> None:
    here = visit(films=True, frames=True, **MARKED)
    page = here.page
    here.practice.step("heart", count=2)
    expect(page.locator(".stage canvas")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(".stage video")).to_be_visible()
    expect(page.locator(".show canvas")).to_be_visible()
    page.keyboard.press("T")
    expect(page.locator(".stage canvas")).to_be_visible()
    assert not here.practice.heard("pause")


def test_the_film_begins_slowly_and_is_quicker_after_each_right_repetition(visit: Open) -> None:
    here = visit(films=True, **MARKED)
    for count, rate in ((0, 0.6), (2, 0.8), (5, 1.0)):
        here.practice.step("heart", count=count)
        expect(here.page.locator(".show video")).to_have_js_property("playbackRate", rate)


def test_what_is_read_with_busy_hands_is_large(visit: Open) -> None:
    here = visit(films=True, **MARKED)
    here.practice.step("shoulder_points", hold={"point": "hollow_left", "held_s": 1.0, "needed_s": 2.0, "done": []})
    here.show(hint={"key": "hint_hold_longer", "values": {"point": "hollow_left"}, "segment": "shoulder_points"})
    expect(here.page.locator(".voice.hint")).to_be_visible()
    for what in (".now h1", ".now .hands", ".hold .now", ".voice p"):
        size = here.page.locator(what).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert (what, size >= 40) == (what, True)
    ring = here.page.locator(".fill-ring text").bounding_box()
    assert ring
    assert ring["height"] >= 40


def test_the_end_tells_what_went_well_what_comes_first_and_how_far_the_exam_is(visit: Open) -> None:
    here = visit(films=True, phase="finished", learned=LEARNED)
    here.show(result=here.practice.result)
    page = here.page
    expect(page.locator(".first-thing video")).to_be_visible()
    expect(page.locator(".road")).to_contain_text("1 dari 13")
    page.click("#again")
    told = here.told("again")
    assert (told.segment, told.stage) == ("heart", "alone")
    page.click("#to-home")
    page.click("#step-love")
    page.click("#stage-prove")
    told = here.told("again", 2)
    assert (told.segment, told.stage) == ("love", "prove")


@pytest.mark.parametrize(
    ("lang", "width", "height"), [("id", 1366, 625), ("en", 1366, 768), ("en", 390, 844), ("id", 683, 384)]
)
def test_nothing_is_covered_or_sticks_out(visit: Open, lang: str, width: int, height: int) -> None:
    """683 × 384 is 1366 × 768 at 200 %: there the page scrolls, and nothing sticks out at a side."""
    here = visit(lang=lang, films=True)
    page = here.page
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        assert aside(page) == 0
        page.click("#begin")
        page.click("#receiver-mother")
        for _ in range(7):
            assert (aside(page), covered(page, height)) == (0, [])
            page.click("#answer-yes")
            page.wait_for_timeout(60)
        expect(page.locator(".prepared")).to_be_visible()
        assert (aside(page), covered(page, height) if width > 1000 else []) == (0, [])
    finally:
        if before:
            page.set_viewport_size(before)


def aside(page: Page) -> int:
    return int(
        page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")
    )


def covered(page: Page, height: int) -> list[str]:
    return [] if height < 500 else list(page.evaluate(COVERED))


def test_a_trainer_s_film_takes_the_place_of_the_one_that_comes_with_coach(visit: Open, tmp_path: Path) -> None:
    here = visit(films=True)
    page = here.page
    page.click("#step-heart")
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    own = page.locator(".own-film input")
    own.set_input_files(tmp_path / "bad.mp4")
    expect(page.locator(".lesson-words [role=alert]")).to_have_text(here.text("lesson_film_bad"))
    here.faults.clear()  # that the server has refused it
    own.set_input_files(DEMONSTRATIONS / "love.mp4")
    expect(page.locator("#film-back")).to_be_visible()
    served = here.server.served.find("heart")
    assert served is not None
    assert served.read_bytes() == (DEMONSTRATIONS / "love.mp4").read_bytes()
    page.click("#film-back")
    expect(page.locator("#film-back")).to_have_count(0)
    assert here.server.served.find("heart") == DEMONSTRATIONS / "heart.mp4"


def test_one_key_shows_the_fingers_from_near_and_where_they_press(visit: Open) -> None:
    here = visit(films=True)
    page = here.page
    page.click("#step-shoulder_c_grip")
    drawn = page.locator(".lesson-film canvas.pressure")
    expect(drawn).not_to_have_class("near")
    here.until(lambda: 0.0 < drawn.evaluate(INKED) < 0.3, "no ring over the film")
    page.keyboard.press("t")
    expect(page.locator("#near")).to_have_attribute("aria-pressed", "true")
    here.until(lambda: drawn.evaluate(INKED) == 1.0, "the film is not seen from near")
    page.click(".lesson-film")
    expect(page.locator("#near")).to_have_attribute("aria-pressed", "false")


def test_a_close_up_never_cuts_a_working_hand_and_shows_it_large(visit: Open) -> None:
    page = visit().page
    told = page.evaluate(CLOSE_UPS, 800 / 560)
    assert len(told) == 14
    for name, hands in told.items():
        assert [name, *(round(hand["cut"], 3) for hand in hands)] == [name, *(0.0 for _ in hands)]
        assert min(hand["height"] for hand in hands) > 0.45, name


def test_who_is_sent_from_a_training_day_practises_for_it(visit: Open) -> None:
    here = visit()
    event = "0b0e7d2c-5a3f-4e0e-9d34-3d1f7f1c8f10"
    here.page.goto(f"{here.server.address}&code=MEL-02F&event={event}&by=T01&mode=exam")
    said = here.told("learner")
    assert (said.code, said.event, said.visit, said.by) == ("MEL-02F", event, "", "T01")
    assert here.told("mode").mode == "exam"
    expect(here.page.locator("#learner")).to_have_text("MEL-02F")
    expect(here.page.locator(".home-head")).to_contain_text(here.text("occasion_event").replace("{code}", "MEL-02F"))
    assert here.page.url.endswith("/practise")  # and is not asked for again when the page is loaded anew
