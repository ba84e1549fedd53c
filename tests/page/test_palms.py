"""A palm held up before the real practice while the page shows something that takes no start."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from coach.capture.camera import Film
from coach.domain import Floats, Frame, HandObservation
from coach.messages import safety_ids
from coach.practice.live import Practice
from coach.web import spoken
from coach.web.about import about
from coach.web.app import create_app
from coach.web.clips import Clips
from coach.web.desk import Desk
from coach.web.films import Films
from coach.web.guard import Door, new_token
from coach.web.practise_routes import PractisePages
from coach.web.said import Asks, Occupied
from coach.web.serve import Server, listening
from tests.footage import film
from tests.page.conftest import Open, Visit
from tests.page.fake_practice import CORNERS, marking
from tests.page.runs import drag, enter, until, wait_for_picture
from tests.page.test_touch import Pace, give_up
from tests.practice.session import NoHands, room
from tests.tutor.seen import open_palm

PLACES = {"c7": (320.0, 80.0), "left": (220.0, 110.0), "right": (420.0, 110.0), "l5": (320.0, 400.0)}
LONGER_MS = 2000  # a ring is full in 1.2 s


@dataclass
class Palm(NoHands):
    """An open palm in the corner that starts, while it is up."""

    up: bool = False

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        at = (0.93 * frame.image.shape[1], 0.2 * frame.image.shape[0])
        return (HandObservation(frame.time_s, open_palm(at, 60.0), 0.9),) if self.up else ()


@contextmanager
def served(practice: Practice, folder: Path) -> Iterator[str]:
    """The real server before a practice; its address."""
    protocol = practice.settings.protocol
    clips, desk = Clips(folder / "clips", spoken.names(protocol)), Desk(practice)
    films = Films(folder / "films", frozenset(), {})
    with listening(0) as listener:
        door = Door(listener.getsockname()[1], new_token())
        pages = PractisePages(desk, lambda: about(protocol, practice.lang, clips, films), clips, films)
        server = Server(create_app(door, pages.routes()), desk.close)
        thread = threading.Thread(target=server.run, args=(listener,), daemon=True)
        thread.start()
        try:
            yield door.address
        finally:
            server.stop()
            thread.join()


def nothing_starts(page: Page, palm: Palm, practice: Practice) -> None:
    """Holds the palm up for longer than a ring takes, once the practice knows of the view; leaves it up."""
    until(page, lambda _: practice.occupied)
    palm.up = True
    for _ in range(LONGER_MS // 100):
        page.wait_for_timeout(100)
        state = page.evaluate("window.__coach.state")
        assert (state["phase"], state["gesture"]) == ("setup", None)


@pytest.mark.alone
def test_no_palm_starts_while_points_are_dragged_or_voices_recorded(browser: Browser, tmp_path: Path) -> None:
    palm = Palm()
    pictures = film(tmp_path / "wall.mp4", [np.full((480, 640, 3), 90, dtype=np.uint8)] * 45)
    with (
        room(tmp_path / "data", Film(str(pictures), forever=True), lambda: palm) as running,
        served(running.practice, tmp_path) as address,
    ):
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        enter(page, address)
        until(page, lambda state: state["camera"]["state"] == "ok" and state["tracker"] == "ok")
        wait_for_picture(page)
        drag(page, PLACES)
        page.click("#mark-drag")
        nothing_starts(page, palm, running.practice)
        palm.up = False
        page.click("#drag-done")
        page.click("#voices")
        nothing_starts(page, palm, running.practice)
        page.reload()  # the set-up is shown again, and the palm is still up
        wait_for_picture(page, "window.__coach?.count")
        pace = Pace(page)
        try:
            until(page, lambda state: state["phase"] == "practising")
        except AssertionError:  # a palm that is seen less than four times a second is no sign
            give_up("the palm never started", pace.fps())
        page.context.close()


def takes_a_start(here: Visit) -> bool:
    """As the practice has it: a page is taken to take one until it says otherwise."""
    said = here.practice.heard("occupied")
    return not (said and isinstance(said[-1], Occupied) and said[-1].on)


@pytest.mark.parametrize(("to", "back"), [("#voices", "#voices-close"), ("#mark-drag", "#drag-done")])
def test_the_page_says_when_it_takes_no_start(visit: Open, to: str, back: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    here.page.click("#mark-touch")  # what was said at the opening has arrived before this
    here.told("mark")
    assert takes_a_start(here)
    here.page.click(to)
    here.until(lambda: not takes_a_start(here), "the page takes a start all the same")
    here.page.click(back)
    here.until(lambda: takes_a_start(here), "the page never took a start again")


def test_a_page_that_takes_the_practice_back_says_again_that_it_takes_no_start(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    here.page.click("#voices")
    here.until(lambda: not takes_a_start(here), "the page takes a start all the same")
    other = here.page.context.new_page()
    other.goto(here.server.address)
    expect(here.page.locator("#here")).to_be_visible()
    here.practice.said.clear()
    here.page.click("#here")
    here.until(lambda: not takes_a_start(here), "the page did not say it again")


def asked(here: Visit) -> str:
    said = here.practice.heard("asks")
    return said[-1].question if said and isinstance(said[-1], Asks) else ""


def answer(here: Visit, number: int, side: str) -> None:
    """What the server tells once a palm was held long enough."""
    here.show(answer={"n": number, "question": asked(here), "side": side}, gesture=None)


def test_once_the_camera_was_agreed_to_palms_answer_the_questions(visit: Open) -> None:
    here = visit(frames=True)
    page = here.page
    page.click("#begin")
    page.click("#receiver-mother")
    expect(page.locator("[data-question=agreed]")).to_be_visible()
    assert asked(here) == ""
    page.keyboard.press("1")
    first, second, *_ = safety_ids()
    expect(page.locator(f"[data-question={first}]")).to_be_visible()
    here.until(lambda: asked(here) == first, "palms are not asked")
    here.show(gesture={"kind": "answer", "corner": "top_left", "progress": 0.5})
    expect(page.locator("#answer-yes .held span")).to_have_attribute("style", "width: 50%;")
    expect(page.locator("#answer-no .held")).to_have_count(0)
    answer(here, 1, "top_left")
    expect(page.locator(f"[data-question={second}]")).to_be_visible()
    here.show(answer={"n": 2, "question": first, "side": "top_left"})  # too late: something else is asked
    here.until(lambda: asked(here) == second, "palms are not asked")
    expect(page.locator(f"[data-question={second}]")).to_be_visible()
    answer(here, 3, "top_right")
    expect(page.get_by_text(here.text("refused_title"))).to_be_visible()
    here.until(lambda: asked(here) == "", "palms still answer")


@pytest.mark.parametrize(("side", "word"), [("top_left", "repeat"), ("top_right", "next")])
def test_a_palm_repeats_a_step_with_a_mistake_or_goes_on(visit: Open, side: str, word: str) -> None:
    here = visit(frames=True, marking=marking(marked=True))
    flaw = {"key": "hint_both_hands", "values": {"hand": "left"}, "segment": "shoulder_stroke"}
    here.practice.step("shoulder_stroke", count=5, done=True, flaw=flaw)
    here.until(lambda: asked(here) == "flaw", "palms are not asked")
    answer(here, 1, side)
    here.told(word)


def test_a_palm_takes_the_guess(visit: Open) -> None:
    here = visit(frames=True, phase="setup", marking=marking(guess=CORNERS.tolist()))
    here.until(lambda: asked(here) == "guess", "palms are not asked")
    answer(here, 1, "top_right")
    assert here.told("mark").way == "accept"


def test_who_practises_with_a_pillow_answers_by_palm_from_the_first_question_on(visit: Open) -> None:
    here = visit(frames=True)
    here.page.click("#begin")
    here.page.click("#receiver-pillow")
    here.until(lambda: asked(here) == "video", "palms are not asked")
    expect(here.page.locator(".asked-picture .gesture")).to_have_count(2)
    answer(here, 1, "top_right")
    here.until(lambda: asked(here) == "prepare", "palms are not asked")
    expect(here.page.locator(".prepared li", has_text=here.text("prepare_pillow"))).to_be_visible()
    expect(here.page.locator(".asked-picture .gesture")).to_have_count(1)
    answer(here, 2, "top_left")  # there is no such answer
    answer(here, 3, "top_right")
    assert not here.told("consent").video


def test_no_palm_answers_before_the_camera_was_agreed_to(visit: Open) -> None:
    here = visit(frames=True)
    here.page.click("#begin")
    for key in ("#receiver-mother", "#answer-yes", "#to-welcome"):
        here.page.click(key)
    expect(here.page.locator("[data-question=agreed]")).to_be_visible()
    here.until(lambda: asked(here) == "", "palms still answer")
    expect(here.page.locator(".asked-picture")).to_have_count(0)


def test_the_right_hand_answers_whether_the_picture_is_mirrored(visit: Open) -> None:
    place = {"layout": "behind", "before": None, "asks_mirrored": True, "cameras": None}
    here = visit(frames=True, phase="setup", place=place, marking=marking(guess=CORNERS.tolist()))
    here.until(lambda: asked(here) == "mirrored", "palms are not asked")
    answer(here, 1, "top_left")  # the right hand, seen at the left as in a mirror
    assert here.told("mirrored").on
    here.show(place=place | {"asks_mirrored": False})
    here.until(lambda: asked(here) == "guess", "palms are not asked")


def test_a_palm_changes_the_practice_and_starts_it(visit: Open) -> None:
    here = visit(frames=True, phase="setup", marking=marking(marked=True), plan={"steps": [], "stage": "trace"})
    here.page.click("#to-mode")
    here.until(lambda: asked(here) == "mode", "palms are not asked")
    answer(here, 1, "top_left")
    assert here.told("mode").mode == "free"
    answer(here, 2, "top_left")
    assert here.told("mode", 2).mode == "exam"
    answer(here, 3, "top_right")
    here.told("start")


def test_at_the_end_a_palm_begins_what_is_to_be_practised_first_or_shows_the_steps(visit: Open) -> None:
    here = visit(frames=True, phase="finished", busy=True, marking=marking(marked=True))
    assert asked(here) == ""  # the result is not there yet
    here.show(busy=False, result=here.practice.result)
    here.until(lambda: asked(here) == "end", "palms are not asked")
    answer(here, 1, "top_left")
    assert here.told("again").segment == here.practice.result["feedback"]["improve"]["segment"]
    answer(here, 2, "top_right")
    expect(here.page.locator("#begin")).to_be_visible()
    here.until(lambda: asked(here) == "", "palms still answer")
