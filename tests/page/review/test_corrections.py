"""Corrections on the timeline by mouse and by keyboard, undone and brought again; nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.page.conftest import wait
from tests.page.review.conftest import Open, Visit


def last(here: Visit) -> dict[str, Any]:
    here.saved()
    event: dict[str, Any] = here.house.events(here.session)[-1]
    return event


def middle(act: dict[str, Any]) -> float:
    return float(act["start_s"] + act["end_s"]) / 2


def test_an_edge_of_a_segment_is_dragged_and_the_score_follows(visit: Open) -> None:
    here = visit()
    act = here.act("segment", 0)
    here.drag(here.at(act["end_s"], "band"), here.at(act["end_s"] + 2, "band"))
    event = last(here)
    assert (event["do"], event["segment"]) == ("move_segment", "shoulder_stroke")
    assert event["start_s"] == pytest.approx(act["start_s"], abs=0.01)
    assert event["end_s"] == pytest.approx(act["end_s"] + 2, abs=0.15)
    assert here.act("segment", 0)["end_s"] == pytest.approx(event["end_s"])
    assert here.desk("session.machine.segments[0].end_s") == act["end_s"]  # the machine's own stays


def test_a_repetition_is_moved_renamed_made_partial_and_deleted(visit: Open) -> None:
    here = visit()
    page, one = here.page, here.act("repetition", 1)
    here.drag(here.at(one["start_s"], "left"), here.at(one["start_s"] + 0.3, "left"))
    assert last(here)["do"] == "move_repetition"
    page.select_option("#hand", "left")
    event = last(here)
    assert (event["do"], event["hand"], event["whole"]) == ("change_repetition", "left", True)
    page.click("#whole")
    assert last(here)["whole"] is False
    here.until("desk.session.stands.segments[0].partial.length === 1")
    expect(page.locator(".chosen")).to_have_attribute("data-kind", "repetition")
    page.locator("#timeline").focus()
    page.keyboard.press("Delete")
    assert last(here)["do"] == "delete_repetition"
    here.until("desk.session.stands.segments[0].partial.length === 0")


def test_a_segment_is_renamed_split_and_deleted_by_keyboard(visit: Open) -> None:
    here = visit()
    page = here.page
    page.locator("#timeline").focus()
    page.keyboard.press("Home")
    page.keyboard.press("]")
    assert here.desk("chosen.kind") == "segment"
    page.select_option("#rename", "heart")
    assert last(here) | {"at_s": 0} == {"do": "rename_segment", "segment": "shoulder_stroke", "to": "heart", "at_s": 0}
    act = here.act("segment", 0)
    assert act["segment"] == "heart"
    page.evaluate(f"window.__review.player.go({middle(act)})")
    page.locator("#timeline").focus()
    page.keyboard.press("s")
    assert last(here)["do"] == "split_segment"
    here.until("desk.acts.filter((act) => act.kind === 'segment').length === 4")
    page.keyboard.press("]")
    page.keyboard.press("Delete")
    assert last(here)["do"].startswith("delete_")


def test_a_hold_is_added_moved_renamed_and_deleted(visit: Open) -> None:
    here = visit()
    page, segment = here.page, here.act("segment", 1)
    page.evaluate(f"window.__review.player.go({middle(segment)})")
    page.click("#add-hold")
    page.select_option("#adding", "4")
    start = segment["end_s"] - 1.6
    here.drag(here.at(start, "hold"), here.at(segment["end_s"] - 0.1, "hold"))
    event = last(here)
    assert (event["do"], event["segment"], event["point"]) == ("add_hold", "scapula_right_points", "4")
    assert here.desk("chosen.point") == "4"
    page.select_option("#rename", "6")
    assert last(here)["to"] == "6"
    chosen = here.desk("chosen.start_s")
    page.evaluate(f"window.__review.player.go({chosen + 0.5})")
    page.locator("#timeline").focus()
    page.keyboard.press("i")
    event = last(here)
    assert (event["do"], event["start_s"]) == ("move_hold", pytest.approx(chosen + 0.5, abs=0.1))
    page.click("#delete")
    assert last(here)["do"] == "delete_hold"


def test_segments_and_repetitions_are_added_by_keyboard_alone(visit: Open) -> None:
    here = visit()
    page = here.page
    page.locator("#timeline").focus()
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("1")
    page.select_option("#adding", "love")
    page.locator("#timeline").focus()
    page.keyboard.press("Enter")
    assert last(here) | {"start_s": 0, "end_s": 0} == {"do": "add_segment", "segment": "love", "start_s": 0, "end_s": 0}
    page.keyboard.press("2")
    page.select_option("#adding", "right")
    page.click("#add-here")
    event = last(here)
    assert (event["do"], event["segment"], event["hand"]) == ("add_repetition", "love", "right")


def test_undo_and_redo_are_events_too(visit: Open) -> None:
    here = visit()
    page, count = here.page, here.desk("acts.length")
    for at in (3, 2):
        page.evaluate(f"window.__review.choose(window.__review.acts[{at}])")
        page.keyboard.press("Delete")
        here.saved()
    assert here.desk("acts.length") == count - 2
    for expected in (count - 1, count):
        page.keyboard.press("Control+z")
        here.until(f"desk.acts.length === {expected}")
    expect(page.locator("#undo")).to_be_disabled()
    for expected in (count - 1, count - 2):
        page.keyboard.press("Control+Shift+z")
        here.until(f"desk.acts.length === {expected}")
    expect(page.locator("#redo")).to_be_disabled()
    page.click("#tab-events")
    expect(page.locator(".event")).to_have_count(2)
    page.locator(".event button").last.click()
    here.until(f"desk.acts.length === {count - 1}")
    expect(page.locator(".event.taken")).to_have_count(1)
    expect(page.locator(".event").first).to_contain_text("Bidan Ratna (T01)")
    assert [e["do"] for e in here.house.events(here.session)[2:]] == ["undo"] * 5


def test_what_the_server_does_not_take_is_told_and_sent_again(visit: Open) -> None:
    here = visit()
    page = here.page
    here.expected.append("Failed to load resource")
    page.route("**/events", lambda route: route.abort())
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")
    expect(page.locator(".unsent")).to_contain_text("1 perubahan belum tersimpan.")
    assert here.house.events(here.session) == []
    page.evaluate("window.__review.choose(window.__review.acts[2])")
    page.keyboard.press("Delete")
    expect(page.locator(".unsent")).to_contain_text("2 perubahan belum tersimpan.")
    page.unroute("**/events")
    page.dispatch_event("#send-again", "click")  # at once: the page tries again by itself, and the button goes
    here.saved()
    expect(page.locator(".unsent")).to_have_count(0)
    assert [event["do"] for event in here.house.events(here.session)] == ["delete_repetition"] * 2


def test_a_change_whose_answer_is_lost_is_kept_once(visit: Open) -> None:
    here = visit()
    page = here.page
    here.expected.append("Failed to load resource")
    answers: list[int] = []

    def lose(route: Route) -> None:
        answers.append(route.fetch().status)  # the server has it, the page does not hear of it
        route.abort()

    page.route("**/events", lose)
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")
    expect(page.locator(".unsent")).to_contain_text("1 perubahan belum tersimpan.")
    assert answers[0] == 200
    page.unroute("**/events")
    page.dispatch_event("#send-again", "click")
    here.saved()
    assert [event["do"] for event in here.house.events(here.session)] == ["delete_repetition"]


def test_nothing_is_changed_before_it_is_said_who_corrects(visit: Open) -> None:
    here = visit(author="")
    page = here.page
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")
    expect(page.locator("dialog")).to_contain_text(here.text("rv_author_who"))
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("Delete")
    page.fill("#author-code", "T02")
    page.click("#author-go")
    here.until("(desk.session.events ?? []).length > 0")
    assert [c.author for c in here.house.store.session(here.session).corrections] == ["T02"]
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")  # not asked again today
    here.saved()
    assert len(here.house.events(here.session)) == 2
    page.evaluate("localStorage.setItem('coach.trainer.day', 'Mon Jan 01 2024')")
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")
    expect(page.locator("#author-code")).to_have_value("T02")


def test_undo_takes_back_ones_own_and_another_window_sees_it(visit: Open) -> None:
    here = visit()
    here.house.store.correct(here.session, {"do": "tick_item", "item": "oil", "points": 2}, "T01")
    here.house.store.correct(here.session, {"do": "tick_item", "item": "oil", "points": 1}, "T02")
    other = here.page.context.new_page()
    try:
        other.goto(here.page.url)
        wait(other, "window.__review && !window.__review.loading")
        here.until("desk.session.events.length === 2")  # asked for every few seconds
        here.page.keyboard.press("Control+z")
        here.saved()
        mine = here.house.store.session(here.session).corrections
        assert mine[2].event == {"do": "undo", "event": mine[0].id}
        wait(other, "window.__review.session.events.length === 3")
        other.evaluate("window.__review.change({do: 'tick_item', item: 'oil', points: 0})")
        here.until("desk.session.events.length === 4")
    finally:
        other.close()


def test_what_the_server_refuses_is_told_in_words_and_may_be_discarded(visit: Open) -> None:
    here = visit()
    page = here.page
    here.expected.append("Failed to load resource")
    text = {"id": "Perubahan ini tidak dapat disimpan.", "en": "This change cannot be saved."}

    def refuse(route: Route) -> None:
        route.fulfill(status=400, json={"key": "correction_bad", "values": {}, "text": text})

    page.route("**/events", refuse)
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    page.keyboard.press("Delete")
    expect(page.locator(".unsent")).to_contain_text(text["id"])
    page.click("#send-drop")
    expect(page.locator(".unsent")).to_have_count(0)
    assert here.desk("queue.waiting") == []


def test_the_timeline_zooms_and_pans(visit: Open) -> None:
    here = visit()
    page, length = here.page, here.desk("view.length_s")
    x, y = here.at(length / 2, "ruler")
    page.mouse.move(x, y)
    page.mouse.wheel(0, -600)
    here.until(f"desk.view.span_s < {length / 2}")
    assert here.desk("view.from_s + window.__review.view.span_s / 2") == pytest.approx(length / 2, rel=0.1)
    before = here.desk("view.from_s")
    page.locator("#timeline").focus()
    page.keyboard.press("PageDown")
    assert here.desk("view.from_s") > before
    page.keyboard.press("0")
    assert here.desk("view.span_s") == pytest.approx(length)
    page.mouse.click(*here.at(2.0, "ruler"))
    assert here.desk("player.time_s") == pytest.approx(2.0, abs=0.1)


def test_two_undos_in_a_breath_take_back_two_changes(visit: Open) -> None:
    here = visit()
    count = here.desk("acts.length")
    here.page.evaluate("(() => { const d = window.__review; d.choose(d.acts[2]); d.remove(); d.choose(d.acts[3]); })()")
    here.saved()
    here.page.evaluate("(() => { const d = window.__review; d.remove(); d.undo(); d.undo(); })()")
    here.until(f"desk.acts.length === {count}")
    assert len(here.house.events(here.session)) == 4


def test_what_is_under_the_pointer_is_told_in_words(visit: Open) -> None:
    here = visit()
    told = "async (at) => (await import('/static/js/review/line/curves.js')).valuesAt(window.__review, at)"
    act = here.act("repetition", 0)
    left, right, distance = here.page.evaluate(told, middle(act))
    assert (left[:12], right[:13], distance[:12]) == ("Kiri: tinggi", "Kanan: tinggi", "Jarak tangan")
    name = here.page.evaluate("window.__review.nameOf(window.__review.acts[1])")
    assert name == "Gerakan, kedua tangan"
