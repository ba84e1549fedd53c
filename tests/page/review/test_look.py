"""Both languages, both sizes: everything in view, nothing serious for axe, the same words in both."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from coach.locate.turn import turned, turned_size
from tests.page.conftest import SIZES
from tests.page.review.conftest import Open
from tests.page.review.made import SIZE, clip, made
from tests.page.test_axe import violations

VIEWS = {
    "sheet": ("[data-item='shoulder_stroke.count']",),
    "notes": ("#tab-notes", "#tab-side", "#add-segment", "#legend"),
    "events": ("#tab-events",),
}
DIALOGS = ("keys", "more", "delete", "consent", "results")


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "en")])
def test_nothing_serious(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang, video=True)
    page, found = here.page, {}
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    here.change({"do": "tick_item", "item": "oil", "points": 1})
    for view, clicks in VIEWS.items():
        for click in clicks:
            page.click(click)
        page.wait_for_timeout(60)
        if serious := violations(page):
            found[view] = serious
    for dialog in DIALOGS if size == "laptop" else ():
        page.evaluate(f"window.__review.go({{ dialog: '{dialog}' }})")
        page.wait_for_timeout(60)
        if serious := violations(page):
            found[dialog] = serious
        page.evaluate("window.__review.go({ dialog: null })")
        page.wait_for_timeout(30)
    assert found == {}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_on_a_laptop_all_is_in_view_without_scrolling(visit: Open, lang: str) -> None:
    here = visit(lang=lang, video=True)
    page = here.page
    width, height = SIZES["laptop"]
    page.evaluate("window.__review.choose(window.__review.acts[1])")
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        height,
    ]
    for place in (".picture", "#timeline", ".checklist", ".nilai", "#rv-play", ".chosen", "#delete", "#undo", "#more"):
        box = page.locator(place).first.bounding_box()
        assert box is not None, place
        assert box["x"] >= 0, place
        assert box["x"] + box["width"] <= width, place
        assert box["y"] + min(box["height"], 400) <= height, place
    picture = page.locator(".picture").first.bounding_box()
    assert picture is not None
    assert picture["height"] >= 270
    overlaps = page.evaluate(
        """() => {
          const all = ".edit button, .edit select, .controls button, .session-head button";
          const boxes = [...document.querySelectorAll(all)]
            .map((one) => one.getBoundingClientRect());
          return boxes.filter((a, k) => boxes.slice(k + 1).some((b) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
        }"""
    )
    assert overlaps == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Open, lang: str) -> None:
    here = visit("phone", lang=lang)
    here.page.evaluate("window.__review.choose(window.__review.acts[1])")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]


def test_the_language_changes_everywhere_and_no_key_is_left(visit: Open) -> None:
    here = visit()
    page = here.page
    seen = {}
    for lang in ("id", "en"):
        if lang == "en":
            page.click("#language")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        words = [page.inner_text("body"), page.title()]
        for click in ("#tab-notes", "#tab-events", "#tab-side", "#tab-back", "#tab-list"):
            page.click(click)
            words.append(page.inner_text("main"))
        words += page.evaluate(
            "[...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label'))"
        )
        seen[lang] = " ".join(words)
        assert not re.search(r"\b(rv|tr)_[a-z_]+|undefined|NaN|\{[a-z_]+\}", seen[lang])
    assert "Daftar tilik" in seen["id"]
    assert "Checklist" in seen["en"]
    assert "Salah" not in seen["id"]


def test_no_style_is_written_into_the_page(visit: Open) -> None:
    here = visit(video=True)
    assert here.page.evaluate("document.querySelectorAll('[style]:not(#timeline)').length") == 0


def test_a_session_that_is_not_there_is_told(visit: Open) -> None:
    here = visit()
    here.expected.append("Failed to load resource")
    here.page.goto(f"http://127.0.0.1:{here.house.door.port}/sessions/00000000-0000-4000-8000-000000000000")
    expect(here.page.locator("[role=alert] h1")).not_to_be_empty()
    expect(here.page.locator("main a.button")).to_have_attribute("href", "/sessions")


def test_all_can_be_reached_by_keyboard_and_single_letters_can_be_switched_off(visit: Open) -> None:
    here = visit()
    page = here.page
    page.keyboard.press("?")
    page.locator("[name=keys-off]").check()
    page.keyboard.press("Escape")
    page.locator("#main").focus()
    page.keyboard.press("l")
    page.keyboard.press("Delete")
    assert here.desk("player.going") == 0
    page.keyboard.press("ArrowRight")
    assert here.desk("player.index") == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize(("size", "cut"), [("laptop", True), ("phone", False)])
def test_a_long_head_ends_in_dots_and_is_whole_under_the_pointer(visit: Open, size: str, cut: bool) -> None:
    here = visit(size)
    here.house.store.belongs(here.session, "K01", "Posyandu Mawar Melati Indah Permai Rukun Warga 12 " * 2)
    here.page.reload()
    here.ready()
    line = here.page.locator(".who p")
    shown = "(p) => [p.scrollHeight > p.clientHeight, p.title === p.textContent, getComputedStyle(p).webkitLineClamp]"
    assert line.evaluate(shown) == [cut, True, "2"]
    assert line.evaluate("(p) => getComputedStyle(p).display") == ("flow-root" if cut else "block")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_back_is_shown_upright_and_the_pen_draws_where_it_is(visit: Open, tmp_path: Path, turn: int) -> None:
    size = turned_size((320, 240), turn)
    film = clip(tmp_path / "lying.mp4", range(0, 400, 40), size)
    here = visit(video=True, film=film, turn=turn)
    page = here.page
    expect(page.locator(".picture video").first).to_have_js_property("videoWidth", size[0])
    stage, video = page.locator(".picture").first.bounding_box(), page.locator(".picture video").first.bounding_box()
    assert stage
    assert video
    assert list(video.values()) == pytest.approx(list(stage.values()), abs=1.0)
    rotated = page.eval_on_selector(".picture video", "(one) => getComputedStyle(one).rotate")
    assert rotated == f"{-90 * turn}deg"
    page.evaluate("window.__review.go({ pen: true })")
    scale = min(stage["width"] / SIZE[0], stage["height"] / SIZE[1])
    left = stage["x"] + (stage["width"] - SIZE[0] * scale) / 2
    top = stage["y"] + (stage["height"] - SIZE[1] * scale) / 2
    shown = made().corners[:2]  # her left shoulder is at the left, whatever the picture's turn
    start, end = [(left + x * scale, top + y * scale) for x, y in shown.tolist()]
    here.drag(start, end)
    stroke = np.array(here.desk("local.strokes")[0])
    where = turned(shown, -turn, SIZE)
    assert np.abs(stroke[[0, -1]] - where).max() < 2.0


def test_a_later_mark_of_the_back_is_taken_away_again(visit: Open) -> None:
    found = made().report
    later = [{"from_s": 13.2, "corners_px": made().corners.tolist()}]
    here = visit("laptop", video=True, found=found | {"back": found["back"] | {"later": later}}, lang="en")
    page, asked = here.page, []

    def answer(route: Route) -> None:
        asked.append((route.request.method, route.request.url.rpartition("?")[2]))
        route.fulfill(json={"before": 80.0, "after": 77.5, "changed": 3, "missed": 1})

    page.route("**/marks?*", answer)
    page.click("#more")
    page.get_by_role("button", name=here.text("rv_more_unmark", "en").format(at="0:13")).click()
    expect(page.locator("h1")).to_contain_text("0:13")
    assert not violations(page)
    page.click("#away-go")
    expect(page.locator("#anew-done")).to_contain_text("77.5")
    assert asked == [("DELETE", "from_s=13.2")]
    page.unroute("**/marks?*")


def test_a_camera_that_was_moved_is_told_and_the_back_marked_from_there(visit: Open) -> None:
    found = made().report
    moved = [{"start_s": 3.0, "end_s": 9.0, "followed": False}]
    here = visit("laptop", video=True, found=found | {"video": found["video"] | {"moved": moved}})
    page, notice = here.page, here.page.locator("#moved-camera")
    expect(notice).to_contain_text("0:03")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert not violations(page)
    page.click("#moved-look")
    here.until("Math.abs(desk.player.time_s - 3.0) < 0.1")
    page.click("#moved-mark")
    expect(page.locator("input[name=at_s]")).to_have_value("4")
    expect(page.locator("#marked")).to_be_enabled()
    page.click("#marked")
    expect(page.locator("input[name=anew-since]")).to_be_checked()
    expect(page.locator(".marking-side")).to_contain_text("0:04")
