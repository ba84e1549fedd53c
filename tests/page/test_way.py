"""The whole way of a kader, view by view: all of it can be read, reached and heard about, in both languages.

A part of it runs with all tests; ``make pages`` goes all of it at each size. With ``PICTURES=folder`` it keeps a
picture of every view.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from coach.protocol.files import load
from tests.page.conftest import Open, Visit
from tests.page.fake_practice import CORNERS, checks, marking
from tests.page.test_axe import violations
from tests.page.whole import faults, hidden, small

# "zoom" is a laptop at 200 %.
SIZES = {"laptop": (1366, 768), "bars": (1366, 625), "phone": (390, 844), "zoom": (683, 384)}
STOPS = {
    "home",
    "first question",
    "prepared",
    "camera",
    "follow",
    "press",
    "mistake",
    "paused",
    "end",
}  # of the short way
PRACTISED = {"state": "practised", "in_row": 1, "needed": 3, "stage": "alone", "due": None}
LEARNED: dict[str, Any] = {
    "steps": {one.id: PRACTISED for one in load("oxytocin").segments}
    | {"heart": {"state": "mastered", "in_row": 3, "needed": 3, "stage": "prove", "due": None}},
    "due": [],
    "left": {"steps": ["love"], "stage": "trace"},
}
FLAW = {"key": "hint_both_hands", "values": {"hand": "left"}, "segment": "shoulder_stroke"}
HOLD = {"point": "6", "held_s": 1.1, "needed_s": 2.2, "done": ["3"]}
HINT = {"key": "hint_hold_longer", "values": {"point": "8"}, "segment": "scapula_left_points"}
SLOW = {"key": "hint_slower", "values": {}, "segment": "spine_strokes"}
TEMPO = {"last_s": 1.6, "shortest_s": 2.4, "longest_s": 16.0, "state": "fast"}


class Way:
    """Goes from view to view and looks at each."""

    def __init__(self, here: Visit, name: str, size: str, *, whole: bool) -> None:
        self.here, self.page, self.name, self.size, self.whole = here, here.page, name, size, whole
        self.found: dict[str, list[str]] = {}

    def look(self, view: str) -> None:
        if not self.whole and view not in STOPS:
            return
        self.page.wait_for_timeout(120)
        keep = os.environ.get("PAGES")
        if keep:
            self.page.screenshot(path=Path(keep) / f"{self.name} {view}.png")
        longer = {"laptop": ("sheet",), "bars": ("end", "sheet")}  # than the screen, which says so by its bar
        at_once = hidden(self.page) if self.size in longer and view not in longer[self.size] else []
        found = [*faults(self.page), *(f"not in view: {what}" for what in at_once), *violations(self.page)]
        if self.size == "laptop":
            found += small(self.page)
        if found:
            self.found[view] = found

    def click(self, what: str) -> None:
        self.page.click(what)


def choose(way: Way) -> None:
    """Home, who she is, all films, one step."""
    way.look("home")
    way.click("#learner")
    way.look("who")
    way.click("#learner-back")
    way.click("#watch-all")
    way.look("watch all")
    way.click("#stop-watching")
    way.click("#step-shoulder_stroke")
    way.look("see strokes")
    way.click("#to-home")
    way.click("#step-scapula_left_points")
    way.look("see presses")
    way.page.keyboard.press("t")
    way.look("see presses, near")
    way.click("#stage-trace")


def answer(way: Way) -> None:
    """Every question of a mother's, the refusal, and the preparation."""
    way.look("first question")
    way.click("#receiver-mother")
    asked = way.page.locator("[data-question]")
    while asked.count():
        name = asked.get_attribute("data-question")
        way.look(f"question {name}")
        if name == "agreed":
            way.click("#answer-no")
            way.look("refused")
            way.click("#to-welcome")
        way.click("#answer-yes")
        expect(way.page.locator(f"[data-question={name}]")).to_have_count(0)
    way.look("prepared")
    way.click("#agree")


def set_up(way: Way) -> None:
    here = way.here
    here.show(phase="setup", setup=checks(light="setup_light_dark", angle="setup_angle"), place={"layout": None})
    way.look("place")
    here.show(place={"layout": "behind", "mirrored": False}, marking=marking())
    way.look("camera")
    here.show(marking=marking(guess=CORNERS.tolist()))
    way.look("guess")
    here.show(marking=marking(way="touch", point="left", progress=0.4))
    way.look("touch")
    here.show(marking=marking(marked=True))
    way.click("#to-mode")
    way.look("mode")
    here.show(plan={"steps": [], "stage": "trace"})
    way.look("modes")
    way.click("#start")
    here.told("start")


def practise(way: Way) -> None:
    here = way.here
    here.practice.step("spine_strokes", count=3, tempo=TEMPO)
    here.show(hint=SLOW)
    way.look("follow")
    here.practice.step("scapula_left_points", hold=HOLD)
    here.show(hint=HINT)
    way.look("press")
    way.page.keyboard.press("t")
    way.look("press, changed")
    way.page.keyboard.press("t")
    here.show(hint=None)
    here.practice.step("shoulder_stroke", count=5, done=True)
    way.look("enough")
    here.practice.step("shoulder_stroke", count=5, done=True, flaw=FLAW)
    way.look("mistake")
    here.practice.step("love", count=2, side={"left": 2, "right": 5}, hands="alternating")
    here.show(stage="alone")
    way.look("alone")
    here.show(stage="prove")
    way.look("prove")
    here.show(stage="alone", unseen={"key": "unseen_dark", "since_s": 2.0})
    way.look("unseen")
    here.show(unseen=None, phase="paused")
    way.look("paused")
    here.show(phase="practising", mode="free", step=None)
    way.look("free")
    here.show(phase="stopped", mode="guided")
    way.look("stopped")


def end(way: Way) -> None:
    here = way.here
    here.show(phase="finished", saved={"session": "x"}, learned=LEARNED, result=here.practice.result)
    way.look("end")
    way.click("#show-sheet")
    way.look("sheet")
    one = here.practice.result | {"segment": "love", "verdict": here.practice.result["verdict"] | {"scope": {}}}
    here.show(result=one, code="kartu-sun")
    way.click("#show-sheet")
    way.look("end of one step")
    way.click("#to-home")
    here.show(phase="welcome", result=None, saved=None, step=None, learned=LEARNED, code="kartu-sun")
    expect(way.page.locator("#begin")).to_be_visible()
    way.look("home, again")
    way.click("#begin")
    plan = here.told("plan", 2)
    assert (plan.steps, plan.stage) == (("love",), "trace")  # what she had left, as herself


LEGS: tuple[Callable[[Way], None], ...] = (choose, answer, set_up, practise, end)


def gone(visit: Open, lang: str, size: str, *, whole: bool) -> dict[str, list[str]]:
    """The faults of each view on the way."""
    here = visit(lang=lang, films=True, frames=True, learners=["K-07", "kartu-moon"])
    before = here.page.viewport_size
    width, height = SIZES[size]
    here.page.set_viewport_size({"width": width, "height": height})
    try:
        way = Way(here, f"{size} {lang}", size, whole=whole)
        for leg in LEGS:
            leg(way)
        return way.found
    finally:
        if before:
            here.page.set_viewport_size(before)


@pytest.mark.parametrize(("lang", "size"), [("id", "bars"), ("en", "phone")])
def test_what_matters_most_on_the_way_can_be_read_and_reached(visit: Open, lang: str, size: str) -> None:
    assert gone(visit, lang, size, whole=False) == {}


@pytest.mark.pages
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_whole_way_can_be_read_and_reached(visit: Open, lang: str, size: str) -> None:
    assert gone(visit, lang, size, whole=True) == {}


def test_what_is_covered_cut_or_small_would_be_found(visit: Open) -> None:
    page = visit().page
    assert faults(page) == []
    page.evaluate(
        """() => {
          const cover = document.createElement("div");
          cover.style = "position:fixed;inset:0 0 50% 0;background:#fff;z-index:9";
          document.body.append(cover);
          document.querySelector("h1").style = "width:40px;overflow:hidden;white-space:nowrap";
        }"""
    )
    found = faults(page)
    assert any(one.startswith("is covered by div") for one in found)
    assert any(one.startswith("text is cut: h1") for one in found)
