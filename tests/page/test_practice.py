"""The practice itself: step, count, speed, hint, ghost, and the stop that is always in reach."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Open, drawn
from tests.page.fake_practice import marking


def test_a_guided_step_shows_count_hands_speed_and_one_hint(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    tempo = {"last_s": 1.6, "shortest_s": 2.4, "longest_s": 16.0, "state": "fast"}
    here.practice.step("spine_strokes", count=4, tempo=tempo)
    here.show(hint={"key": "hint_slower", "values": {}, "segment": "spine_strokes"})
    page = here.page
    expect(page.locator(".count .big")).to_have_text("4")
    expect(page.locator(".count .of")).to_have_text("/ 6")
    expect(page.locator(".now h1")).to_have_text("Usapan di sisi tulang belakang")
    expect(page.locator(".now .hands")).to_contain_text("Kedua tangan bersama")
    expect(page.locator(".tempo strong")).to_have_text(here.text("speed_fast"))
    expect(page.locator(".voice")).to_have_text(here.text("hint_slower"))
    height = page.locator(".count .big").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert height >= 80  # px: read from two metres


@pytest.mark.parametrize(
    ("segment", "words", "signs"),
    [("shoulder_stroke", "kedua tangan bersama", ["left", "right"]), ("scapula_left_circles", "satu tangan", ["one"])],
)
def test_there_are_as_many_hands_as_the_step_wants(visit: Open, segment: str, words: str, signs: list[str]) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step(segment)
    hands = here.page.locator(".now .hands")
    expect(hands).to_contain_text(words, ignore_case=True)
    expect(hands.locator("svg")).to_have_count(len(signs))
    for sign in signs:
        assert hands.locator(f".{sign}").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_hint_names_points_by_their_titles(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    hold = {"point": "6", "held_s": 1.1, "needed_s": 2.2, "done": ["3"]}
    here.practice.step("scapula_left_points", hold=hold)
    here.show(
        hint={"key": "hint_point_instead", "values": {"point": "6", "instead": "12"}, "segment": "scapula_left_points"}
    )
    expect(here.page.locator(".voice")).to_have_text("Tekan jam 6, bukan jam 12.")
    expect(here.page.locator(".hold .done")).to_have_count(1)
    expect(here.page.locator(".hold .fill-ring .fill")).to_have_attribute("stroke-dasharray", "50 100")


def test_a_hint_about_the_step_before_names_it(visit: Open) -> None:
    here = visit(marking=marking(marked=True), mode="free")
    here.practice.step("shoulder_stroke", count=2)
    here.show(
        hint={
            "key": "hint_more_before",
            "values": {"segment": "neck_stroke", "count": 3, "low": 5},
            "segment": "neck_stroke",
        }
    )
    expect(here.page.locator(".now h1")).to_have_text("Usapan bahu")
    expect(here.page.locator(".voice.hint")).to_have_text("Usapan leher: baru 3 dari 5 kali.")


def test_a_hint_about_a_point_of_another_step_names_that_step(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("scapula_right_points", hold={"point": "6", "held_s": 0.0, "needed_s": 2.0, "done": []})
    hint: dict[str, Any] = {"key": "hint_missing_point", "values": {"point": "6"}, "segment": "scapula_left_points"}
    here.show(hint=hint)
    expect(here.page.locator(".voice.hint")).to_have_text("Titik jam 3, 6, 8 (kiri). Belum ditekan: jam 6.")
    here.show(hint=hint | {"segment": "scapula_right_points"})
    expect(here.page.locator(".voice.hint")).to_have_text("Belum ditekan: jam 6.")


def test_the_two_sides_are_counted_apart(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("love", count=2, side={"left": 2, "right": 5})
    expect(here.page.locator(".sides .left .big")).to_have_text("2")
    expect(here.page.locator(".sides .right.enough .big")).to_have_text("5")


ROOM = """(box) => {
  const [name, number] = [...box.children].map((part) => part.getBoundingClientRect());
  const high = box.querySelector(".big").getBoundingClientRect().height;
  return {
    between: number.left - name.right,
    beside: box.getBoundingClientRect().right - number.right,
    lines: Math.round(number.height / high),
  };
}"""


@pytest.mark.parametrize("size", ["phone", "low", "laptop"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_each_side_s_name_and_count_have_room_on_one_line(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang, marking=marking(marked=True))
    here.practice.step("love", count=10, side={"left": 10, "right": 12})
    expect(here.page.locator(".sides .right .big")).to_have_text("12")
    for box in here.page.locator(".sides > div").all():
        room = box.evaluate(ROOM)
        assert room["between"] >= 2
        assert room["beside"] >= 2
        assert room["lines"] == 1


INSIDE = """(card) => {
  const parts = [...card.querySelectorAll("li, li *, .fill-ring")].map((part) => part.getBoundingClientRect());
  const { left, right } = card.getBoundingClientRect();
  return Math.min(...parts.map((part) => Math.min(part.left - left, right - part.right)));
}"""

FONT_SIZE = "(row) => parseFloat(getComputedStyle(row).fontSize)"  # px


@pytest.mark.parametrize("size", ["phone", "low", "laptop"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_points_names_have_room_in_their_card(visit: Open, size: str, lang: str) -> None:
    here = visit(size, films=True, lang=lang, marking=marking(marked=True))
    now = {"neck_points": "ear_left", "shoulder_points": "hollow_left", "shoulder_c_grip": "c_right"}
    card = here.page.locator(".hold")
    for segment, point in (now | {"scapula_left_points": "3"}).items():
        here.practice.step(segment, hold={"point": point, "held_s": 1.0, "needed_s": 2.0, "done": []})
        expect(here.page.locator(".hold .now")).to_be_visible()
        expect(here.page.locator(".show video")).to_be_visible()
        here.until(lambda: card.evaluate(INSIDE) >= 6, segment)  # a card that is being replaced has no size
        if size == "laptop":  # read from afar
            here.until(lambda: card.locator(".now").evaluate(FONT_SIZE) >= 40, segment)
        assert card.evaluate("(card) => card.scrollHeight - card.clientHeight") <= 0, segment


def test_unseen_hands_are_a_state_of_their_own(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart", count=3)
    here.show(
        hint={"key": "hint_slower", "values": {}, "segment": "heart"}, unseen={"key": "unseen_dark", "since_s": 2.0}
    )
    expect(here.page.locator(".voice.unseen")).to_have_text(here.text("unseen_dark"))
    here.show(unseen=None)
    expect(here.page.locator(".voice.hint")).to_be_visible()


@pytest.mark.parametrize("key", ["hint_direction", "hint_slower", "hint_together"])
def test_a_step_that_is_done_is_told_to_be_though_a_hint_about_it_is_left(visit: Open, key: str) -> None:
    here = visit(marking=marking(marked=True))
    hint = {"key": key, "values": {}, "segment": "spine_strokes"}
    here.practice.step("spine_strokes", count=4)
    here.show(hint=hint)
    expect(here.page.locator(".voice.hint")).to_be_visible()
    here.practice.step("spine_strokes", count=5, done=True)
    expect(here.page.locator(".voice.good")).to_have_text(here.text("step_done"))
    here.show(hint=hint | {"segment": "heart"})  # of another step
    expect(here.page.locator(".voice.hint")).to_be_visible()
    here.show(hint=hint, mode="free")  # she goes on with it as long as she likes
    expect(here.page.locator(".voice.hint")).to_have_text(here.text(key))


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("hint_missing_point", {"point": "blade_6"}),
        ("hint_more", {"count": 3, "low": 5}),
        ("hint_order", {"expected": ""}),
    ],
)
def test_what_was_left_out_is_told_of_a_step_that_is_done_too(visit: Open, key: str, values: dict[str, Any]) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("scapula_left_points", done=True)
    here.show(hint={"key": key, "values": values, "segment": "scapula_left_points"})
    expect(here.page.locator(".voice.hint")).to_be_visible()


def test_exam_shows_no_hint_no_step_and_no_ghost(visit: Open) -> None:
    here = visit(marking=marking(marked=True), mode="exam")
    here.practice.step("heart", count=3)
    here.show(hint=None)
    expect(here.page.locator(".panel h1")).to_have_text(here.text("exam_title"))
    expect(here.page.locator(".count")).to_have_count(0)
    expect(here.page.locator(".milestones")).to_have_count(0)


def test_pain_stops_by_click_and_by_key_and_nothing_goes_on_by_itself(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart")
    page = here.page
    page.click("#stop")
    here.told("stop")
    page.keyboard.press("Escape")
    here.told("stop", 2)
    here.show(phase="stopped")
    expect(page.locator("h1")).to_have_text(here.text("stopped_title"))
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert not here.practice.heard("resume")
    page.click("#resume")
    here.told("resume")


def test_a_guided_run_goes_from_step_to_step_to_the_result(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    titles = [segment.title.id for segment in here.practice.protocol.segments]
    for number, (segment, title) in enumerate(zip(here.practice.protocol.segments, titles, strict=True)):
        spec = segment.hold
        hold = spec and {"point": spec.points[0].id, "held_s": 0.4, "needed_s": spec.long_enough_s, "done": []}
        here.practice.step(segment.id, count=0, hold=hold)
        expect(here.page.locator(".now h1")).to_have_text(title)
        expect(here.page.locator(".milestones .done")).to_have_count(number)
    here.show(phase="finished", step=None, busy=True)
    expect(here.page.locator("#main")).to_contain_text(here.text("result_wait"))
    here.show(result=here.practice.result, busy=False)
    expect(here.page.locator(".score")).to_be_visible()


def test_any_key_starts_pauses_and_resumes(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    page = here.page
    expect(page.locator("#to-mode")).to_be_enabled()  # before, the page does not know yet that the back is marked
    page.keyboard.press("PageDown")  # as a pedal sends
    here.told("start")
    here.practice.step("heart")
    expect(page.locator(".count")).to_be_visible()
    page.keyboard.press("b")
    here.told("pause")
    here.show(phase="paused")
    expect(page.locator("#resume")).to_be_visible()
    page.keyboard.press("Space")
    here.told("resume")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+c")
    page.wait_for_timeout(100)
    assert len(here.practice.heard("pause")) == 1


def test_the_palm_s_ring_fills_in_its_corner(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart")
    here.show(gesture={"kind": "pause", "corner": "top_right", "progress": 0.6})
    expect(here.page.locator(".gesture.top_right.active .fill")).to_have_attribute("stroke-dasharray", "60 100")
    here.show(gesture={"kind": "stop", "corner": "both", "progress": 0.5})
    expect(here.page.locator(".gesture.active")).to_have_count(2)


def test_only_where_steps_are_asked_for_a_corner_repeats_one(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart")
    expect(here.page.locator(".gesture.top_left")).to_have_count(1)
    here.show(mode="free")
    expect(here.page.locator(".gesture.top_left")).to_have_count(0)
    expect(here.page.locator(".gesture.top_right")).to_have_count(1)


def test_out_of_a_pause_a_corner_ends_what_asks_for_no_steps(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.show(mode="exam", phase="paused", step=None)
    expect(here.page.locator(".gesture.top_left .word")).to_have_text(here.text("gesture_finish"))
    expect(here.page.locator(".gesture.top_right .word")).to_have_text(here.text("gesture_resume"))
    assert here.page.locator(".gesture.top_left").evaluate(SHOWN)
    expect(here.page.locator(".paused")).to_contain_text(here.text("paused_finish"))
    here.show(mode="guided")
    expect(here.page.locator(".gesture.top_left .word")).to_have_text(here.text("gesture_repeat"))
    expect(here.page.locator(".paused")).not_to_contain_text(here.text("paused_finish"))


def test_to_finish_what_is_under_way_is_asked_about_in_a_pause(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.show(phase="practising", mode="exam", step=None)
    here.page.click("#finish")
    here.told("pause")
    assert here.practice.heard("finish") == []
    here.show(phase="paused")
    expect(here.page.get_by_role("alertdialog")).to_contain_text(here.text("finishing_title"))
    here.page.keyboard.press("b")  # any key goes on: it was a mistake
    here.told("resume")
    here.show(phase="practising")
    here.page.click("#pause")  # a later pause is none to finish in
    here.show(phase="paused")
    expect(here.page.get_by_text(here.text("paused_how"))).to_be_visible()
    expect(here.page.get_by_role("alertdialog")).to_have_count(0)
    here.page.click("#finish")  # out of a pause it ends at once
    here.told("finish")


def test_the_end_is_meant_where_it_is_said_twice(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart", count=3)
    here.page.click("#finish")
    here.show(phase="paused")
    assert here.practice.heard("finish") == []
    here.page.click("#finish-sure")
    here.told("finish")


def test_without_a_camera_there_is_nothing_to_go_on_with_and_finish_ends(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart", count=3)
    here.show(camera={"state": "lost", "key": "camera_lost", "sample": True})
    here.page.click("#finish")
    here.told("finish")
    assert here.practice.heard("pause") == []


# The ring lies over the card of the pause: it takes no clicks, so what is at its place is asked for where it would.
SHOWN = """(e) => {
  e.style.pointerEvents = "auto";
  const { left, top, width, height } = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


def test_on_a_phone_only_a_ring_that_fills_covers_the_words_of_the_pause(visit: Open) -> None:
    here = visit("phone", marking=marking(marked=True))
    here.show(mode="exam", phase="paused", step=None)
    expect(here.page.locator(".paused")).to_be_visible()
    expect(here.page.locator(".gesture")).to_have_count(0)
    here.show(gesture={"kind": "resume", "corner": "top_right", "progress": 0.6})
    expect(here.page.locator(".gesture.top_right.active")).to_be_visible()


@pytest.mark.parametrize("size", ["laptop", "low"])
@pytest.mark.parametrize("mode", ["guided", "exam"])
def test_in_a_pause_the_words_under_the_rings_lie_beside_the_card(visit: Open, size: str, mode: str) -> None:
    here = visit(size, marking=marking(marked=True))
    here.show(mode=mode, phase="paused", step=None)
    card = here.page.locator(".paused .trouble").bounding_box()
    assert card
    words = [word.bounding_box() for word in here.page.locator(".gesture .word").all()]
    assert len(words) == 2
    for box in words:
        assert box
        over = box["y"] + box["height"] <= card["y"]
        assert over or box["x"] + box["width"] <= card["x"] or box["x"] >= card["x"] + card["width"]


def test_a_lost_camera_is_told_and_the_practice_stays(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart", count=3)
    here.show(camera={"state": "lost", "key": "camera_lost", "sample": True})
    expect(here.page.locator(".over")).to_contain_text(here.text("camera_lost"))
    expect(here.page.locator(".voice")).to_have_text(here.text("camera_wait"))
    expect(here.page.locator(".count .big")).to_have_text("3")
    here.show(camera={"state": "ok", "key": None, "sample": True})
    expect(here.page.locator(".over")).to_have_count(0)
    expect(here.page.locator(".voice")).to_have_text(here.text("follow_ghost"))


def test_every_frame_is_drawn_in_time(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    here.practice.step("heart")
    drawn(here, 20)
    frames: list[dict[str, Any]] = here.page.evaluate("window.__coach.frames")
    numbers = [frame["n"] for frame in frames]
    assert numbers == sorted(set(numbers))
    spent = sorted(frame["drawn_ms"] - frame["received_ms"] for frame in frames)
    assert spent[len(spent) // 2] < 60


COLOURED = """() => {
  const { width, height } = window.__coach.canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(window.__coach.canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  let found = 0;
  for (let k = 0; k < data.length; k += 4) {
    if (Math.abs(data[k] - 92) + Math.abs(data[k + 1] - 200) + Math.abs(data[k + 2] - 255) < 12) found += 1;
  }
  return found;
}"""


def test_the_ghost_is_drawn_where_guided_and_not_in_an_exam(visit: Open) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    here.practice.step("heart")
    drawn(here, 8)
    here.until(lambda: here.page.evaluate(COLOURED) > 150, "no ghost was drawn")  # px in the left hand's blue
    here.show(mode="exam")
    here.until(lambda: here.page.evaluate(COLOURED) < 10, "the ghost stayed")


def test_reduced_motion_moves_nothing(visit: Open) -> None:
    here = visit(context={"reduced_motion": "reduce"}, marking=marking(marked=True))
    here.practice.step("heart")
    expect(here.page.locator(".show .diagram")).to_be_visible()
    expect(here.page.locator("animateMotion")).to_have_count(0)
