"""axe finds nothing serious on any view, in either language, on a laptop and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.page.conftest import Open
from tests.page.fake_practice import CORNERS, checks, fresh, marking

HOLD = {"point": "6", "held_s": 1.1, "needed_s": 2.2, "done": ["3"]}
TEMPO = {"last_s": 1.6, "shortest_s": 2.4, "longest_s": 16.0, "state": "fast"}
HINT = {"key": "hint_slower", "values": {}, "segment": "spine_strokes"}
MARKED: dict[str, Any] = {"marking": marking(marked=True)}
FLAW = {"key": "hint_both_hands", "values": {"hand": "left"}, "segment": "shoulder_stroke"}
LOST = {"state": "lost", "key": "camera_lost", "sample": True}
NONE = {"state": "none", "key": "camera_none", "sample": True}

VIEWS: dict[str, tuple[dict[str, Any], tuple[str, dict[str, Any]] | None, str]] = {
    "welcome": ({}, None, ""),
    "consent": ({"phase": "consent"}, None, ""),
    "question": ({"phase": "consent"}, None, "#receiver-mother"),
    "who": ({"learners": ["K-07"]}, None, "#learner"),
    "step": ({"phase": "welcome"}, None, "#step-heart"),
    "flaw": ({**MARKED}, ("shoulder_stroke", {"count": 5, "done": True, "flaw": FLAW}), ""),
    "prove": ({"stage": "prove", **MARKED}, ("heart", {"count": 2}), ""),
    "setup": ({"phase": "setup", "setup": checks(light="setup_light_dark")}, None, ""),
    "drag": ({"phase": "setup"}, None, "#mark-drag"),
    "touch": ({"phase": "setup", "marking": marking(way="touch", point="left", progress=0.4)}, None, ""),
    "guess": ({"phase": "setup", "marking": marking(guess=CORNERS.tolist())}, None, ""),
    "sample": (
        {"phase": "setup", "camera": NONE | {"state": "ok", "key": None, "sampled": True}, "tracker": "failed"},
        None,
        "",
    ),
    "mode": ({"phase": "setup", **MARKED}, None, "#to-mode"),
    "strokes": ({"hint": HINT, **MARKED}, ("spine_strokes", {"count": 4, "tempo": TEMPO}), ""),
    "hold": (MARKED, ("scapula_left_points", {"hold": HOLD}), ""),
    "sides": (MARKED, ("love", {"count": 2, "side": {"left": 2, "right": 5}}), ""),
    "unseen": ({"unseen": {"key": "unseen_dark", "since_s": 2.0}, **MARKED}, ("heart", {"count": 6, "done": True}), ""),
    "paused": ({"phase": "paused", **MARKED}, None, ""),
    "lost": ({"phase": "paused", "camera": LOST, **MARKED}, None, ""),
    "exam": ({"phase": "practising", "mode": "exam", **MARKED}, None, ""),
    "none": ({"phase": "setup", "camera": NONE}, None, ""),
    "stopped": ({"phase": "stopped"}, None, ""),
    "result after a stop": ({"phase": "stopped"}, None, "#see-result"),
    "finished": ({"phase": "finished", "saved": {"session": "x"}}, None, ""),
    "voices": ({}, None, "#voices"),
}
UNDO = {"question": "#to-welcome", "who": "#learner-back", "step": "#to-home"} | {
    "result after a stop": "#stop",
    "drag": "#drag-done",
    "mode": "#back",
    "voices": "#voices-close",
}


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "en")])
def test_nothing_serious(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang)
    found = {}
    for view, (state, step, click) in VIEWS.items():
        here.practice.state = fresh() | {"lang": lang} | state
        if step is not None:
            here.practice.step(step[0], **step[1])
        here.show(result=here.practice.result if view in ("finished", "result after a stop") else None)
        if click:
            here.page.click(click)
        here.page.wait_for_timeout(60)
        if serious := violations(here.page):
            found[view] = serious
        if click:
            here.page.click(UNDO[view])
    assert found == {}


@pytest.mark.parametrize(("size", "lang"), [("laptop", "en"), ("phone", "id")])
def test_nothing_serious_where_the_end_is_asked_about(visit: Open, size: str, lang: str) -> None:
    here = visit(size, lang=lang, **MARKED)
    here.show(phase="practising", mode="exam")
    here.page.click("#finish")
    here.show(phase="paused")
    here.page.wait_for_selector("#finish-sure")
    assert violations(here.page) == []


def test_axe_would_find_it(visit: Open) -> None:
    page = visit().page
    page.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('button'))"
    )
    assert len(violations(page)) == 2


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What it would load before serves an experimental rule, which is not asked for, and one that is never serious.
    told = page.evaluate(
        "axe.run({ resultTypes: ['violations'], preload: false }).then(({ violations }) => violations)"
    )
    return [
        f"{entry['id']}: {entry['help']} {[node['target'] for node in entry['nodes']][:3]}"
        for entry in told
        if entry["impact"] in ("serious", "critical")
    ]
