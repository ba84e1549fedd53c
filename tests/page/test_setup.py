"""Before the practice: safety, consent, the camera's check, marking the back, and a camera that is not there."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from coach.locate.marks import body_of, corners_of
from coach.messages import safety_ids
from coach.web.said import BrowserCamera
from tests.page.conftest import Open, Visit, drawn
from tests.page.fake_practice import CORNERS, checks, marking

NAMES = ("c7", "left", "right", "l5")
BODY = body_of(CORNERS, (640, 480)).round(1).tolist()


def pixel(visit: Visit, x: float, y: float) -> tuple[float, float]:
    """Where a px of the picture lies on the page."""
    box = visit.page.locator(".preview canvas").bounding_box()
    assert box
    scale = min(box["width"] / 640, box["height"] / 480)
    left = box["x"] + (box["width"] - 640 * scale) / 2
    top = box["y"] + (box["height"] - 480 * scale) / 2
    return left + x * scale, top + y * scale


def test_from_the_steps_over_one_question_at_a_time_to_the_camera(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#begin")
    plan = here.told("plan")
    assert (plan.steps, plan.stage) == ((), "trace")
    page.click("#receiver-mother")
    expect(page.locator("h1")).to_have_text(here.text("consent_agreed"))
    expect(page.locator(".preview")).to_have_count(0)
    page.keyboard.press("1")  # a key answers as well
    for name in safety_ids():
        expect(page.locator("h1")).to_have_text(here.text(f"safety_{name}"))
        page.click("#answer-yes")
    expect(page.locator("[data-question=video]")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator(".prepared li")).to_have_count(6)
    page.click("#agree")
    said = here.told("consent")
    assert set(said.checks) == {*safety_ids(), "agreed"}
    assert not said.video
    expect(page.locator("h1")).to_have_text(here.text("setup_title"))


def test_a_pillow_is_asked_nothing_of_a_mother_and_its_video_is_kept_only_where_it_was_allowed(visit: Open) -> None:
    here = visit(phase="consent")
    here.page.click("#receiver-pillow")
    expect(here.page.locator("[data-question=video]")).to_be_visible()
    here.page.click("#answer-yes")
    here.page.click("#agree")
    said = here.told("consent")
    assert said.video
    assert said.checks == ("no_person", "pillow")


@pytest.mark.parametrize(("name", "title"), [("no_fever", "refused_title"), ("agreed", "refused_camera")])
def test_what_is_not_safe_or_not_agreed_to_goes_no_further_but_with_a_pillow(
    visit: Open, name: str, title: str
) -> None:
    here = visit(phase="consent")
    page = here.page
    page.click("#receiver-friend")
    while page.locator(f"[data-question={name}]").count() == 0:
        page.click("#answer-yes")
        page.wait_for_timeout(30)
    page.click("#answer-no")
    expect(page.locator("h1")).to_have_text(here.text(title))
    expect(page.locator("#agree")).to_have_count(0)
    page.click("#use-pillow")
    page.click("#answer-no")
    page.click("#agree")
    assert here.told("consent").checks == ("no_person", "pillow")


def test_the_stop_among_the_questions_shows_nothing_as_done_and_going_on_loses_no_answer(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#begin")
    page.click("#receiver-mother")
    page.click("#answer-yes")
    page.click("#answer-yes")
    expect(page.locator("[data-question=no_wounds]")).to_be_visible()
    page.click("#stop")
    here.told("stop")
    here.show(phase="stopped", agreed=False)
    expect(page.locator(".steps .was")).to_have_count(0)
    page.click("#resume")
    here.told("resume")
    here.show(phase="welcome")
    expect(page.locator("[data-question=no_wounds]")).to_be_visible()
    page.click("#to-welcome")
    expect(page.locator("#answer-yes.given")).to_be_visible()


def test_each_check_is_green_or_says_what_to_change(visit: Open) -> None:
    here = visit(phase="setup", setup=checks(light="setup_light_dark", back="setup_back_outside"))
    page = here.page
    for name in ("light", "back"):
        expect(page.locator(f"[data-check={name}]")).to_have_class("bad asks")
    expect(page.locator("[data-check=light]")).to_contain_text(here.text("setup_light_dark"))
    expect(page.locator("[data-check=back]")).to_contain_text("64%")  # the value is filled in
    expect(page.locator("[data-check=angle] .todo")).to_have_count(0)
    expect(page.locator("#to-mode")).to_be_disabled()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_back_is_marked_by_dragging(visit: Open, size: str) -> None:
    here = visit(size, phase="setup", frames=True)
    page = here.page
    drawn(here)
    page.click("#mark-drag")
    goals = [(284.1, 103.8), (154.4, 132.2), (413.8, 75.4), (357.0, 420.0)]
    for name, goal in zip(("c7", "left", "right", "l5"), goals, strict=True):
        box = page.locator(f"[data-point={name}] .ring").bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(*pixel(here, *goal), steps=3)
        page.mouse.up()
    said = here.told("mark", 4)
    assert (said.way, said.kind) == ("drag", "body")
    off = np.abs(np.array(said.points) - np.array(goals)).max()
    assert off < 2.0  # px of the picture
    page.click("#drag-done")
    expect(page.locator("#to-mode")).to_be_enabled()


def test_the_points_move_with_the_keys_and_start_where_the_mark_is(visit: Open) -> None:
    here = visit(phase="setup", frames=True, marking=marking(marked=True, body=BODY))
    page = here.page
    drawn(here)
    page.click("#mark-drag")
    page.focus("[data-point=left]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    x, y = here.told("mark", 2).points[1]
    assert (x - BODY[1][0], y - BODY[1][1]) == (pytest.approx(2), pytest.approx(20))


CORNER_DRAWN = """([x, y]) => {
  const canvas = document.querySelector(".preview canvas");
  const scale = canvas.width / 640;
  const copy = new OffscreenCanvas(8 * scale, 8 * scale).getContext("2d");
  copy.drawImage(canvas, (4 - x) * scale, (4 - y) * scale);
  const { data } = copy.getImageData(0, 0, 8 * scale, 8 * scale);
  let white = 0;
  for (let k = 0; k < data.length; k += 4) white += Math.min(data[k], data[k + 1], data[k + 2]) > 225;
  return white / (scale * scale);
}"""


def test_the_rectangle_that_goes_with_the_points_is_drawn_while_they_are_dragged(visit: Open) -> None:
    here = visit(phase="setup", frames=True)
    page = here.page
    drawn(here)
    page.click("#mark-drag")
    box = page.locator("[data-point=l5] .ring").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*pixel(here, 357.0, 380.0), steps=3)  # and is not let go of
    grips = [str(page.locator(f"[data-point={name}]").get_attribute("transform")) for name in NAMES]
    body = np.array([[float(number) for number in re.findall(r"[-.\d]+", grip)] for grip in grips])
    lower_left = corners_of(body, (640, 480))[3]
    here.until(lambda: page.evaluate(CORNER_DRAWN, lower_left.tolist()) > 5, "no rectangle was drawn")
    assert here.practice.heard("mark") == []
    assert page.evaluate(CORNER_DRAWN, (lower_left + np.array([30.0, 12.0])).tolist()) < 3
    page.mouse.up()
    here.told("mark")


def test_marking_by_touch_shows_one_place_at_a_time(visit: Open) -> None:
    here = visit(phase="setup")
    page = here.page
    page.click("#mark-touch")
    assert here.told("mark").way == "touch"
    for point in ("c7", "left", "right", "l5"):
        here.show(marking=marking(way="touch", point=point, progress=0.5))
        expect(page.locator("h1")).to_have_text(here.text(f"touch_{point}"))
        expect(page.locator(".panel .fill-ring .fill")).to_have_attribute("stroke-dasharray", "50 100")
    here.show(marking=marking(marked=True))
    expect(page.locator("#to-mode")).to_be_enabled()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_was_touched_and_what_is_seen_of_the_hand_is_shown(visit: Open, lang: str) -> None:
    here = visit(lang=lang, phase="setup", frames=True)
    page = here.page
    drawn(here)
    here.show(marking=marking(way="touch", point="c7", hand="nothing"))
    told = page.locator(".touch-hand")
    expect(told).to_have_text(here.text("touch_hand_nothing", lang))
    expect(page.locator("#touch-again")).to_have_count(0)
    here.show(marking=marking(way="touch", point="right", hand="nothing", points=[[284, 103], [154, 132]]))
    expect(told).to_have_text(here.text("touch_hand_side", lang))
    for hand in ("open", "pointing"):
        here.show(marking=marking(way="touch", point="right", hand=hand, points=[[284, 103], [154, 132]]))
        expect(told).to_have_text(here.text(f"touch_hand_{hand}", lang))
    expect(page.locator(".touched text")).to_have_text(["1", "2"])
    ring = page.locator(".touched circle").nth(1).bounding_box()
    assert ring
    middle = (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    assert middle == pytest.approx(pixel(here, 154, 132), abs=2)
    page.click("#touch-again")
    assert here.told("mark").way == "touch"


def test_a_guess_is_confirmed_or_moved(visit: Open) -> None:
    here = visit(phase="setup", marking=marking(guess=CORNERS.tolist(), remembered=True))
    expect(here.page.locator(".guess polygon")).to_be_visible()
    expect(here.page.locator(".panel")).to_contain_text(here.text("mark_remembered"))
    here.page.click("#accept")
    assert here.told("mark").way == "accept"


@pytest.mark.parametrize("mode", ["guided", "free", "exam"])
def test_a_practice_is_chosen_and_started(visit: Open, mode: str) -> None:
    here = visit(phase="setup", marking=marking(marked=True))
    here.page.click("#to-mode")
    here.page.check(f"input[value={mode}]")
    if mode != "guided":
        assert here.told("mode").mode == mode
    here.page.click("#start")
    here.told("start")


def test_keys_in_a_field_are_letters(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.page.click("#learner")
    here.page.type("input[name=code]", "r b")
    expect(here.page.locator("input[name=code]")).to_have_value("r b")
    assert not here.practice.heard("start")


def test_without_a_camera_there_are_two_ways_on(visit: Open) -> None:
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True})
    page = here.page
    expect(page.locator(".trouble")).to_contain_text(here.text("camera_none"))
    page.click("#sample")
    here.told("sample")
    page.click("#browser-camera")
    assert here.told("browser_camera").on
    here.until(lambda: len(here.practice.sent_pictures) >= 3, "no picture came")
    times = [time_s for time_s, _ in here.practice.sent_pictures]
    assert times == sorted(times)
    assert all(jpeg.startswith(b"\xff\xd8\xff") for _, jpeg in here.practice.sent_pictures)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("NotReadableError", "browser_camera_busy"),
        ("NotFoundError", "browser_camera_missing"),
        ("NotAllowedError", "browser_camera_denied"),
    ],
)
def test_why_the_browser_gives_no_camera_is_told(visit: Open, word: str, key: str) -> None:
    """On Windows a camera that another program uses is refused."""
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True})
    refusing = f"async () => {{ throw new DOMException('no', '{word}'); }}"
    here.page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = {refusing}; }}")
    here.page.click("#browser-camera")
    expect(here.page.locator(".note.warn", has_text=here.text(key))).to_be_visible()


def test_from_the_browsers_camera_there_is_a_way_back(visit: Open) -> None:
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True, "browser": False})
    page = here.page
    expect(page.locator("#own-camera")).to_have_count(0)
    page.click("#browser-camera")
    here.told("browser_camera")
    here.show(camera={"state": "lost", "key": "camera_silent", "sample": True, "browser": True})
    page.click("#own-camera")
    assert here.told("browser_camera", 2) == BrowserCamera(t="browser_camera", on=False)


def test_nobody_is_seen_before_the_consent(visit: Open) -> None:
    lost = {"state": "lost", "key": "camera_silent", "sample": True, "browser": True}
    here = visit(phase="welcome", camera=lost)
    here.show(phase="consent")
    here.page.wait_for_timeout(300)
    assert not here.practice.heard("browser_camera")
    here.show(phase="setup")
    here.told("browser_camera")


def test_a_page_that_is_loaded_anew_takes_up_its_camera_again(visit: Open) -> None:
    here = visit(phase="practising", camera={"state": "lost", "key": "camera_silent", "sample": True, "browser": True})
    assert here.told("browser_camera").on
    here.until(lambda: len(here.practice.sent_pictures) >= 3, "no picture came")


def test_a_camera_that_was_unplugged_is_opened_again(visit: Open) -> None:
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True})
    streams = "(() => { const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
    streams += "navigator.mediaDevices.getUserMedia = async (of) => window.stream = await own(of); })()"
    here.page.evaluate(streams)
    here.page.click("#browser-camera")
    here.told("browser_camera")
    here.page.evaluate("window.stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    here.told("browser_camera", 2)
    sent = len(here.practice.sent_pictures)
    here.until(lambda: len(here.practice.sent_pictures) >= sent + 3, "no picture came afterwards")
    assert here.practice.heard("browser_camera") == [BrowserCamera(t="browser_camera", on=True)] * 2


def test_a_refusal_is_told(visit: Open) -> None:
    here = visit(phase="setup")
    here.practice.refuse("mark_no_guess")
    expect(here.page.locator(".toast")).to_have_text(here.text("mark_no_guess"))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("key", ["mark_no_guess", "mark_outside"])
def test_what_is_told_in_passing_covers_no_heading(visit: Open, key: str, lang: str) -> None:
    told = {"layout": "behind", "before": None, "asks_mirrored": False, "cameras": None}
    here = visit(phase="setup", place=told, marking=marking(vain=True), lang=lang)
    page = here.page

    def free() -> None:
        here.practice.refuse(key)
        expect(page.locator(".toast")).to_be_visible()
        toast = page.locator(".toast").bounding_box()
        assert toast
        for one in page.locator("h1, h2, .ways .button, .place-row .button").all():
            box = one.bounding_box()
            assert box
            assert box["y"] >= toast["y"] + toast["height"], one.text_content()

    free()
    page.click("#outline-fits")
    free()
    here.practice.show(marking=marking(marked=True, body=BODY))
    page.click("#drag-done")
    page.click("#to-mode")
    free()


@pytest.mark.parametrize(("mirrored", "ways"), [(False, 3), (True, 2)])
def test_what_is_told_in_passing_covers_no_way_on(visit: Open, mirrored: bool, ways: int) -> None:
    here = visit(phase="setup", place={"layout": "behind", "before": None, "asks_mirrored": mirrored, "cameras": None})
    here.practice.refuse("mark_mirrored")
    expect(here.page.locator(".toast")).to_be_visible()
    toast = here.page.locator(".toast").bounding_box()
    assert toast
    buttons = here.page.locator(".ways .button, #mirror-yes, #mirror-no").all()
    assert len(buttons) >= ways
    for button in [*buttons, *here.page.locator(".foot .button").all()]:
        box = button.bounding_box()
        assert box
        apart = box["y"] >= toast["y"] + toast["height"] or box["x"] >= toast["x"] + toast["width"]
        assert apart, button.text_content()
