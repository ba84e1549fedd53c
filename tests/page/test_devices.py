"""The browser's microphone and camera are on only while they are used.

A prompt is kept in the language in which its recording was begun.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.page.conftest import BEEPS_MS, Open, Visit

# Keeps at hand what the browser gives; it is given once it is `allowed`.
WATCHED = """() => {
  const devices = navigator.mediaDevices;
  const given = devices.getUserMedia.bind(devices);
  window.streams = [];
  window.allowed = Promise.resolve();
  devices.getUserMedia = async (wanted) => {
    window.asked = true;
    await window.allowed;
    const stream = await given(wanted);
    window.streams.push(stream);
    return stream;
  };
}"""
CLIP = "count_7"
HELD = "() => { window.allowed = new Promise((allow) => { window.allow = allow; }); }"
LIVE = "window.streams.flatMap((s) => s.getTracks()).map((track) => track.readyState)"


def voices(visit: Open) -> tuple[Visit, Locator]:
    """The view of the prompts, and the row of one."""
    here = visit()
    here.page.evaluate(WATCHED)
    here.page.click("#voices")
    return here, here.page.locator(f"[data-clip={CLIP}]")


def record(here: Visit, row: Locator) -> None:
    row.get_by_role("button", name=here.text("voices_record")).click()
    expect(row).to_have_class("now")
    assert here.page.evaluate(LIVE) == ["live"]


def ended(here: Visit) -> None:
    here.until(lambda: here.page.evaluate(LIVE) == ["ended"], "it stayed on")


def taken_over(here: Visit) -> None:
    """Another window is opened."""
    here.page.context.new_page().goto(here.server.address)
    expect(here.page.locator("#here")).to_be_visible()


def test_leaving_the_view_ends_a_recording_and_keeps_nothing(visit: Open) -> None:
    here, row = voices(visit)
    record(here, row)
    here.page.click("#voices-close")
    ended(here)
    here.page.click("#voices")
    expect(row).to_be_visible()
    expect(row).not_to_have_class("now")
    assert here.server.clips.recorded(CLIP) == []


def test_a_microphone_that_is_allowed_too_late_is_let_go(visit: Open) -> None:
    here, row = voices(visit)
    here.page.evaluate(HELD)
    row.get_by_role("button", name=here.text("voices_record")).click()
    here.until(lambda: here.page.evaluate("window.asked === true"), "nothing was asked for")
    here.page.click("#voices-close")
    here.page.evaluate("window.allow()")
    ended(here)


def test_another_window_ends_a_recording(visit: Open) -> None:
    here, row = voices(visit)
    record(here, row)
    taken_over(here)
    ended(here)
    assert here.server.clips.recorded(CLIP) == []


@pytest.mark.parametrize(("lang", "other", "clip"), [("id", "en", "count_8"), ("en", "id", "count_9")])
def test_a_prompt_is_kept_in_the_language_in_which_it_was_begun(visit: Open, lang: str, other: str, clip: str) -> None:
    here = visit(lang=lang)
    page = here.page
    page.click("#voices")
    row = page.locator(f"[data-clip={clip}]")
    sentence = here.text(clip, lang)
    row.get_by_role("button", name=here.text("voices_record", lang)).click()
    expect(row).to_have_class("now")
    page.click("#language")
    expect(page.locator("h1")).to_have_text(here.text("voices_title", other))
    page.wait_for_timeout(BEEPS_MS)
    expect(row.locator(".grow")).to_contain_text(sentence)
    with page.expect_request(f"**/clips/*/{clip}.ogg") as played:
        row.get_by_role("button", name=here.text("voices_stop", other)).click()
    assert f"/clips/{lang}/" in played.value.url  # is what was just spoken
    assert here.server.clips.recorded(clip) == [lang]
    expect(row.locator(".pill")).to_have_count(0)  # of the other language there is none


HEARD = """async clips => {
  const answers = await Promise.all(clips.map((clip) => fetch(`/clips/id/${clip}.ogg`)));
  return answers.map((answer) => answer.status);
}"""


def test_the_script_is_read_sentence_by_sentence_with_the_level_in_view(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#voices")
    clips = [row.get_attribute("data-clip") or "" for row in page.locator(".clips li").all()]
    assert set(page.evaluate(HEARD, clips)) == {200}  # none is missing: what is not recorded the computer says
    before = page.locator(".clips .pill").count()
    for count, clip in enumerate(clips[:2], before + 1):
        page.click("#voices-next")
        row = page.locator(f"[data-clip={clip}]")
        expect(row).to_have_class("now")
        expect(row).to_be_in_viewport(ratio=1)
        here.until(lambda: page.evaluate("document.querySelector('.clips meter').value > 0.08"), "nothing is heard")
        page.click(".clips .now .stop")
        expect(row.locator(".pill")).to_be_visible()
        expect(page.locator("[role=status] strong")).to_contain_text(f"{count} dari {len(clips)}")
    for clip in clips[:2]:
        here.server.clips.remove("id", clip)


SILENCE = """() => {
  navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream;
}"""


@pytest.mark.parametrize("last_ms", [0, 1500])
def test_a_recording_in_which_nothing_is_heard_takes_no_prompt_away(visit: Open, last_ms: int) -> None:
    """A microphone that is off, or a trainer who pressed too early."""
    here, row = voices(visit)
    here.page.evaluate(SILENCE)
    row.get_by_role("button", name=here.text("voices_record")).click()
    expect(row).to_have_class("now")
    here.page.wait_for_timeout(last_ms)
    row.get_by_role("button", name=here.text("voices_stop")).click()
    expect(here.page.get_by_role("alert")).to_contain_text(here.text("clip_silent"))
    expect(row.locator(".pill")).to_have_count(0)
    assert here.server.clips.recorded(CLIP) == []
    assert [fault for fault in here.faults if "422" not in fault] == []  # Chromium tells of each refusal
    here.faults.clear()


def test_a_microphone_that_is_refused_is_told_where_the_trainer_looks(visit: Open) -> None:
    here = visit()
    here.page.evaluate("() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error('denied'); }; }")
    here.page.click("#voices")
    row = here.page.locator(".clips li").last
    row.get_by_role("button", name=here.text("voices_record")).click()
    told = row.get_by_role("alert")
    expect(told).to_have_text(here.text("voices_no_mic"))
    expect(told).to_be_in_viewport(ratio=1)
    here.page.locator(".clips li").first.get_by_role("button", name=here.text("voices_record")).click()
    expect(told).to_have_count(0)


def test_a_browser_that_cannot_record_lets_the_microphone_go(visit: Open) -> None:
    here, row = voices(visit)
    here.page.evaluate("() => { window.MediaRecorder = class { constructor() { throw new Error('no'); } }; }")
    row.get_by_role("button", name=here.text("voices_record")).click()
    expect(row.get_by_role("alert")).to_have_text(here.text("voices_no_mic"))
    ended(here)


AWAKE = """() => {
  window.held = new Set();
  const request = async () => {
    const lock = { released: false, release: async () => { lock.released = true; window.held.delete(lock); } };
    window.held.add(lock);
    return lock;
  };
  Object.defineProperty(navigator, "wakeLock", { value: { request } });
}"""
TAKEN_BACK = """() => {
  for (const lock of window.held) lock.released = true;
  window.held.clear();
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_the_screen_stays_on_from_the_set_up_to_the_result(visit: Open) -> None:
    """A laptop turns its screen off after a few minutes without a key, and sleeps."""
    here = visit()
    here.page.evaluate(AWAKE)

    def held(locks: int) -> None:
        here.until(lambda: here.page.evaluate("window.held.size") == locks, f"it should hold {locks}")

    held(0)
    here.show(phase="setup")
    held(1)
    here.page.evaluate("(() => { const now = performance.now(); performance.now = () => now + 1_300_000; })()")
    here.show(muted=True)
    held(0)  # it was left alone
    here.practice.step("heart")
    expect(here.page.locator(".count")).to_be_visible()
    held(1)
    here.page.evaluate(TAKEN_BACK)  # it was hidden for a while
    held(1)
    here.show(phase="finished")
    held(0)
    here.show(phase="setup")
    held(1)
    taken_over(here)
    held(0)


def test_another_window_turns_the_camera_off_until_this_one_takes_over_again(visit: Open) -> None:
    lost = {"state": "lost", "key": "camera_silent", "sample": True, "browser": True}
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True, "browser": False})
    here.page.evaluate(WATCHED)
    here.page.click("#browser-camera")
    assert here.told("browser_camera").on
    taken_over(here)
    ended(here)
    here.show(camera=lost)
    here.told("browser_camera", 2)  # the other one's
    here.page.click("#here")
    here.told("browser_camera", 3)
    assert here.page.evaluate(LIVE) == ["ended", "live"]


def test_a_camera_that_is_allowed_after_another_window_took_over_is_let_go(visit: Open) -> None:
    here = visit(phase="setup", camera={"state": "none", "key": "camera_none", "sample": True, "browser": False})
    here.page.evaluate(WATCHED)
    here.page.evaluate(HELD)
    here.page.click("#browser-camera")
    here.until(lambda: here.page.evaluate("window.asked === true"), "nothing was asked for")
    taken_over(here)
    here.page.evaluate("window.allow()")
    ended(here)
    assert not here.practice.heard("browser_camera")
