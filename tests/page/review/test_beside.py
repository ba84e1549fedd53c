"""The back diagram, and side by side with an example or an earlier session, moved by one player."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.review.conftest import House, Open, Visit


def seen(here: Visit, segment: str) -> None:
    """Puts the cursor into a segment."""
    here.page.evaluate(
        "(id) => { const desk = window.__review; desk.choose(desk.acts.find((act) => act.segment === id), true); }",
        segment,
    )


def test_the_back_shows_the_ways_the_target_and_what_is_off_in_words(visit: Open) -> None:
    here = visit()
    page = here.page
    seen(here, "heart")
    for hand in ("left", "right"):
        expect(page.locator(f".on .{hand} .goal").first).to_be_attached()
        count = len(
            [one for one in here.desk("session.stands.segments[2].repetitions") if one["hand"] in (hand, "both")]
        )
        expect(page.locator(f".on .{hand} .done")).to_have_count(count)
        expect(page.locator(f".fact.{hand}")).to_contain_text("daerahnya tersentuh")
    expect(page.locator(".beside h3")).to_have_text("Pola hati")
    one = next(r for r in here.desk("session.stands.segments[2].repetitions") if r["hand"] in ("left", "both"))
    page.evaluate(f"window.__review.player.go({one['start_s'] + 0.4})")
    expect(page.locator(".on .left .done.now")).to_have_count(1)  # the one under the cursor is strong
    seen(here, "scapula_right_points")
    expect(page.locator(".on .point")).to_have_count(3)
    expect(page.locator(".on .press-mark")).to_have_count(len(here.desk("session.stands.segments[1].holds")))
    expect(page.locator(".facts")).to_contain_text("jam 9")
    expect(page.locator(".facts")).to_contain_text("jam 4Belum ditekan")  # the point that was left out


def test_a_part_that_is_off_is_crossed_and_numbered(visit: Open) -> None:
    here = visit()
    page = here.page
    page.route("**/back/heart", lambda route: route.fulfill(json=OFF))
    seen(here, "heart")
    expect(page.locator(".on .left .off .cross")).to_have_count(1)
    expect(page.locator(".fact.left")).to_contain_text("Perlu diperbaiki di bagian 2 dari 2")
    expect(page.locator(".fact.right")).to_contain_text(here.text("rv_sectors_right"))


LINE = [[0.5, 0.1], [0.3, 0.2], [0.5, 0.6]]
SIDE = {"lines": [LINE], "points": []}
DONE = [{"start_s": 0, "end_s": 1, "whole": True, "path": LINE}]
OFF = {
    "segment": "heart", "target": {"left": SIDE, "right": SIDE}, "done": {"left": DONE, "right": DONE}, "presses": [],
    "coverage": {"left": 0.5, "right": 1.0},
    "sectors": {
        "left": [{"line": LINE, "off": 0.01, "wrong": False}, {"line": LINE, "off": 0.2, "wrong": True}],
        "right": [{"line": LINE, "off": 0.01, "wrong": False}],
    },
}  # fmt: skip


def test_the_example_follows_the_phase_of_each_repetition(visit: Open) -> None:
    here = visit(video=True)
    page = here.page
    seen(here, "heart")
    page.click("#tab-side")
    here.wait("document.querySelector('#example')?.readyState >= 2")
    length = page.evaluate("document.querySelector('#example').duration")
    starts = [here.act("repetition", k)["start_s"] for k in range(-5, 0)]
    for share in (0.25, 0.75):
        for first, after in ((starts[0], starts[1]), (starts[2], starts[3])):
            page.evaluate(f"window.__review.player.go({first + share * (after - first)})")
            at = here.desk("player.time_s")
            wanted = (at - first) / (after - first) * length
            here.wait(f"Math.abs(document.querySelector('#example').currentTime - {wanted}) < 0.06")
    page.locator("#timeline").focus()
    page.keyboard.press("Space")
    here.wait("!document.querySelector('#example').paused")
    page.keyboard.press("Space")
    here.wait("document.querySelector('#example').paused")


def test_an_earlier_session_runs_beside_this_one_repetition_by_repetition(visit: Open, house: House) -> None:
    earlier = house.session(kader="K77", seed=4, video=False)
    here = visit(kader="K77", video=True)
    page = here.page
    seen(here, "heart")
    page.click("#tab-side")
    expect(page.locator("#reference option")).to_have_count(2)
    page.select_option("#reference", earlier)
    canvas = page.locator("#other canvas")
    expect(canvas).to_be_visible()
    asked = f"/api/sessions/{here.session}/align?segment=heart&other={earlier}&other_segment=heart"
    pairs = page.evaluate("(asked) => fetch(asked).then((answer) => answer.json())", asked)["pairs"]
    assert len(pairs) >= 4
    middle = (pairs[0][0] + pairs[1][0]) / 2
    mapped = page.evaluate(
        "async ([pairs, at]) => (await import('/static/js/review/phase.js')).alongPairs(pairs, at)", [pairs, middle]
    )
    assert mapped == pytest.approx((pairs[0][1] + pairs[1][1]) / 2)
    picture = "document.querySelector('#other canvas').toDataURL()"
    page.evaluate(f"window.__review.player.go({pairs[0][0]})")
    page.wait_for_timeout(100)
    before = page.evaluate(picture)
    page.evaluate(f"window.__review.player.go({middle})")
    here.wait(f"{picture} !== {before!r}")


def test_the_moment_along_a_loop(visit: Open) -> None:
    match = {
        "start_s": 1.0,
        "end_s": 9.0,
        "repetitions": [
            {"start_s": s, "end_s": s + 1.5, "hand": "right", "returned_s": s + 2} for s in (2.0, 4.0, 6.0)
        ],
        "partial": [],
    }
    along = "async ([match, at]) => (await import('/static/js/review/phase.js')).alongLoop([match], 4, at)"
    page = visit().page
    moments = [page.evaluate(along, [match, at]) for at in (0.5, 2.0, 3.0, 4.5, 7.0, 9.5)]
    assert moments == pytest.approx([0, 0, 2, 1, 2, 3.996])
