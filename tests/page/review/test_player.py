"""The player: exact frames, keys, speed, loops."""

from __future__ import annotations

from urllib.parse import quote

import av
import numpy as np
import pytest
from playwright.sync_api import expect

from tests.bench.barcode import READ
from tests.page.review.conftest import House, Open
from tests.page.review.made import TICKS, clip, jittered

FRAMES, SMALL, LATE = 240, (320, 240), 350
SEEKS = 100
SEEK = """async (wanted) => {
  const { player } = window.__review, read = %s, numbers = [];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [player.video.videoWidth, player.video.videoHeight];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  for (const index of wanted) {
    player.show(index);
    for (let k = 0; k < 300 && (player.shown !== index || player.video.seeking); k++) {
      await new Promise(requestAnimationFrame);
    }
    pen.drawImage(player.video, 0, 0);
    numbers.push(read(canvas, canvas.width));
  }
  return numbers;
}"""
LOSES = """if (location.search === "%s") {
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  let no = 0;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    const told = (...given) => {
      no += 1;
      if (%s) requestVideoFrameCallback.call(this, told);
      else callback(...given);
    };
    return requestVideoFrameCallback.call(this, told);
  };
}"""  # a browser that does not tell of all frames
PENCIL = "document.querySelector('.picture canvas').getContext('2d')"
PIXELS = """() => {
  const { video } = window.__review.player, canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0);
  return Array.from(pen.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, k) => k % 4 === 1));
}"""


def test_a_hundred_of_a_hundred_seeks_show_the_very_frame_of_jittered_times(visit: Open, house: House) -> None:
    ticks = [tick + LATE for tick in jittered(FRAMES)]  # and, as from some phones, the first is not at nought
    film = clip(house.folder / "jittered.mp4", ticks, SMALL)
    here = visit(film=film)
    np.testing.assert_allclose(here.desk("player.times"), (np.array(ticks) - LATE) / TICKS, atol=1e-6)
    here.until("desk.player.shown >= 0")
    wanted = np.random.default_rng(11).integers(0, FRAMES, SEEKS).tolist()
    assert here.page.evaluate(SEEK % READ, wanted) == wanted
    assert here.desk("player.misses") == 0
    with av.open(str(film)) as file:  # and the last one is that picture, pixel by pixel
        decoded = [frame.to_ndarray(format="rgb24")[..., 1].astype(float) for frame in file.decode(video=0)]
    drawn = np.array(here.page.evaluate(PIXELS), dtype=float).reshape(SMALL[1], SMALL[0])
    away = [float(np.abs(drawn - one).mean()) for one in decoded]
    assert int(np.argmin(away)) == wanted[-1]
    assert away[wanted[-1]] < 3 < sorted(away)[1]


def test_frames_keys_and_the_ends(visit: Open) -> None:
    here = visit(video=True)
    page, last = here.page, here.desk("player.times.length") - 1
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    here.until("desk.player.shown === 2")
    before = here.desk("player.time_s")
    page.keyboard.press("Shift+ArrowRight")
    assert here.desk("player.time_s") - before == pytest.approx(1, abs=0.1)
    page.keyboard.press("End")
    here.until(f"desk.player.shown === {last}")
    page.keyboard.press("Home")
    here.until("desk.player.shown === 0")
    expect(page.locator("#rv-clock strong")).to_have_text("0:00,00")


@pytest.mark.parametrize("lost", ["no < 3", "no > 1", "true"])
def test_frames_of_which_the_browser_does_not_tell_are_asked_for_again(visit: Open, lost: str) -> None:
    """It tells of most frames at best: the first ones, all but the first, or all are lost."""
    query = f"?lost={quote(lost)}"
    visit().page.add_init_script(LOSES % (query, lost))
    here = visit(video=True, query=query)
    page, last = here.page, here.desk("player.times.length") - 1
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    here.until("desk.player.shown === 3 && desk.player.lost > 0 && !desk.player.video.seeking")
    page.keyboard.press("End")
    here.until(f"desk.player.shown === {last} && !desk.player.video.seeking")
    shown_s = here.desk("player.video.currentTime") - here.desk("player.offset_s")
    assert shown_s == pytest.approx(here.desk(f"player.times[{last}]"), abs=0.04)


def test_j_k_l_and_the_speeds(visit: Open) -> None:
    here = visit(video=True)
    page = here.page
    page.select_option("#rv-rate", "2")
    page.locator("#main").focus()
    page.keyboard.press("l")
    here.until("desk.player.time_s > 1.5 && desk.player.video.playbackRate === 2")
    page.keyboard.press("k")
    here.until("!desk.player.going && desk.player.video.paused && desk.player.shown === desk.player.index")
    stopped = here.desk("player.time_s")
    page.keyboard.press("j")
    here.until(f"desk.player.time_s < {stopped} - 0.5")
    page.keyboard.press("Space")
    assert here.desk("player.going") == 0
    assert [page.locator("#rv-rate option").first.inner_text(), here.desk("player.rate")] == ["0,1×", 2]


def test_a_repetition_is_looped(visit: Open) -> None:
    here = visit(video=True)
    page, one = here.page, here.act("repetition", 1)
    page.mouse.click(*here.at((one["start_s"] + one["end_s"]) / 2, "left"))
    page.keyboard.press("r")
    page.select_option("#rv-rate", "2")
    page.locator("#main").focus()
    page.keyboard.press("Space")
    page.evaluate("window.seen = []")
    page.evaluate("void window.__review.player.listen(() => window.seen.push(window.__review.player.time_s))")
    here.wait("window.seen.filter((time_s, k) => k && time_s < window.seen[k - 1] - 0.2).length >= 2", 8)
    seen = np.array(page.evaluate("window.seen"))
    assert one["start_s"] - 0.2 <= seen.min()
    assert seen.max() <= one["end_s"] + 0.25
    page.keyboard.press("Space")
    page.keyboard.press("r")
    assert here.desk("player.loop") is None


def test_without_a_video_the_hands_move_over_a_drawn_back(visit: Open) -> None:
    here = visit()
    page = here.page
    assert page.locator("video").count() == 0
    levels = f"() => new Set({PENCIL}.getImageData(0, 0, 640, 480).data).size"
    assert page.evaluate(levels) > 40
    page.keyboard.press("Space")
    here.until("desk.player.time_s > 0.5")
    page.keyboard.press("Space")
    assert here.desk("player.times.length") == here.desk("tracks.n")


def test_the_skeleton_over_the_video_can_be_put_away(visit: Open) -> None:
    here = visit(video=True)
    inked = f"() => {PENCIL}.getImageData(0, 0, 4000, 4000).data.some((level) => level)"
    here.wait(f"({inked})()")
    here.page.click("#rv-eye")
    here.wait(f"!({inked})()")
    here.page.click("#rv-eye_off")
    here.wait(f"({inked})()")
