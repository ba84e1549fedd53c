"""What is heard: one clip at a time, a stop at once, and nothing whose moment has passed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from coach.web.spoken import names
from tests.page.conftest import Open, Visit
from tests.page.fake_practice import marking

# Clips that go on until the test ends them, and how many are heard at once.
LISTENING = """() => {
  window.heard = [];
  HTMLMediaElement.prototype.play = function () {
    this.sounding = true;
    this.pause = () => { this.sounding = false; };
    window.heard.push(this);
    return Promise.resolve();
  };
  const now = () => window.heard.filter((clip) => clip.sounding);
  window.sounding = () => now().map((clip) => clip.src.split("/").pop().split(".")[0]);
  window.over = () => now().forEach((clip) => { clip.sounding = false; clip.onended(); });
}"""


def listening(visit: Open, **state: Any) -> Visit:
    here = visit(marking=marking(marked=True), **state)
    here.page.evaluate(LISTENING)
    return here


def practising(visit: Open) -> Visit:
    here = listening(visit)
    here.practice.step("heart", count=3)
    expect(here.page.locator("#pause")).to_be_visible()
    return here


def say(here: Visit, *clips: str, **change: Any) -> None:
    """Tells the page of the clips, and waits until it has heard of them."""
    first = (here.practice.state["say"] or [{"id": 0}])[-1]["id"] + 1
    told = [{"id": first + k, "clip": clip} for k, clip in enumerate(clips)]
    here.show(say=told, **change)
    here.until(
        lambda: bool(here.page.evaluate("window.__coach.state.say.at(-1)?.id") == told[-1]["id"]), "it was not told"
    )


def sounding(here: Visit) -> list[str]:
    clips: list[str] = here.page.evaluate("window.sounding()")
    return clips


def over(here: Visit) -> None:
    """What is heard comes to its end."""
    here.page.evaluate("window.over()")


@pytest.mark.parametrize("clip", ["phase_stopped", "phase_paused", "phase_camera_lost"])
def test_a_stop_cuts_short_what_is_being_said_and_all_that_waits(visit: Open, clip: str) -> None:
    here = practising(visit)
    say(here, "unseen_covered")
    say(here, "hint_slower", "segment_heart")
    assert sounding(here) == ["unseen_covered"]
    say(here, clip)
    assert sounding(here) == [clip]
    over(here)
    assert sounding(here) == []


def test_a_stop_is_said_however_long_the_page_has_been_speaking(visit: Open) -> None:
    here = practising(visit)
    say(here, "hint_in_turn")
    here.page.wait_for_timeout(2600)
    say(here, "phase_stopped", phase="stopped")
    assert sounding(here) == ["phase_stopped"]
    here.page.wait_for_timeout(200)
    assert sounding(here) == ["phase_stopped"]


@pytest.mark.parametrize("phase", ["stopped", "paused", "finished"])
def test_what_is_said_of_the_massage_ends_with_it(visit: Open, phase: str) -> None:
    here = practising(visit)
    say(here, "hint_in_turn")
    here.show(phase=phase)
    here.until(lambda: not sounding(here), "it went on speaking")


def test_a_count_waits_for_less_than_a_second_and_the_name_of_a_step_for_as_long_as_it_takes(visit: Open) -> None:
    here = practising(visit)
    say(here, "hint_in_turn")
    say(here, "count_3", "hint_slower", "segment_love")
    here.page.wait_for_timeout(3000)
    over(here)
    assert sounding(here) == ["segment_love"]
    over(here)
    assert sounding(here) == []


def test_what_waits_is_said_in_its_turn_the_newest_of_its_sort(visit: Open) -> None:
    here = practising(visit)
    say(here, "hint_slower")
    say(here, "segment_heart", "count_1")
    say(here, "count_2")
    over(here)
    assert sounding(here) == ["segment_heart"]
    over(here)
    assert sounding(here) == ["count_2"]


def test_nothing_but_a_stop_is_said_into_a_recording(visit: Open) -> None:
    here = listening(visit)
    here.page.click("#voices")
    row = here.page.locator("[data-clip=count_4]")
    row.get_by_role("button", name=here.text("voices_record")).click()
    expect(row).to_have_class("now")
    say(here, "hint_in_turn")
    assert sounding(here) == []
    say(here, "phase_stopped", phase="stopped")
    assert sounding(here) == ["phase_stopped"]
    over(here)
    expect(row).to_have_count(0)  # with the view the recording has ended
    say(here, "hint_slower")
    assert sounding(here) == ["hint_slower"]


def test_a_trainer_hears_one_recording_at_a_time(visit: Open) -> None:
    here = listening(visit)
    here.page.click("#voices")
    for clip in ("hint_in_turn", "count_4"):
        play = here.page.locator(f"[data-clip={clip}]").get_by_role(
            "button", name=here.text("voices_play").split(":")[0]
        )
        play.click()
        assert sounding(here) == [clip]


def test_a_clip_that_hangs_with_the_sounds_device_does_not_keep_all_others_waiting(visit: Open) -> None:
    here = listening(visit)
    here.page.evaluate("""() => {
      const later = window.setTimeout;
      window.setTimeout = (done, wait_ms, ...more) => later(done, wait_ms === 9000 ? 600 : wait_ms, ...more);
    }""")
    here.practice.step("heart", count=3)
    expect(here.page.locator("#pause")).to_be_visible()
    say(here, "hint_slower")
    say(here, "segment_heart")
    assert sounding(here) == ["hint_slower"]
    here.until(lambda: sounding(here) == ["segment_heart"], "what waits is never said")  # though none has ended


def test_while_a_sentence_is_recorded_the_microphone_is_seen_to_hear(visit: Open) -> None:
    here = visit()
    page = here.page
    page.click("#voices")
    spoken = names(here.server.protocol)
    count = sum("id" in here.server.clips.recorded(clip) for clip in spoken)  # of other tests before the same server
    expect(page.get_by_text(here.text("voices_done").format(count=count, of=len(spoken)))).to_be_visible()
    page.locator("[data-clip=count_1]").get_by_role("button", name="Rekam").click()
    level = page.locator("[data-clip=count_1] meter")
    expect(level).to_be_visible()
    here.until(lambda: float(level.evaluate("e => e.value")) > 0.05, "the beeps of the microphone were not shown")
    page.click("#voices-close")
    expect(level).to_have_count(0)
