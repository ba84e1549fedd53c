"""What comes between: a stop that was a mistake, a camera that is lost or changed, a page that is closed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from coach.capture.camera import Film
from coach.capture.jpeg import encode
from coach.domain import Floats, Frame, HandObservation
from coach.practice import eyes, minding, preview
from coach.store import Filter
from tests.footage import film
from tests.practice.cable import GREY, Cable
from tests.practice.session import SAFETY, NoHands, Room, room
from tests.practice.test_course import BACK, FULL_SPEED, PICTURES, ready

JPEG, _ = encode(GREY, 640)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    images = [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(PICTURES)]
    return film(tmp_path_factory.mktemp("clip") / "clip.mp4", images)


@pytest.fixture
def practising(cable: Cable, tmp_path: Path) -> Iterator[Room]:
    """In the middle of a massage before that camera."""
    with room(tmp_path, cable) as running:
        begun(running, video=True)
        yield running


def begun(running: Room, *, video: bool = False) -> None:
    """In the middle of a massage."""
    ready(running, video=video)
    running.mark(BACK)
    running.say(t="start")
    running.phase("practising")


def watched(running: Room, pictures: int = 6) -> None:
    seen = running.practice.pictures
    running.until(lambda: running.practice.pictures > seen + pictures)


# ------------------------------------------------------------------ consent
def test_consent_is_what_was_ticked(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip))) as running:
        for short in ([*SAFETY], ["agreed"], [*SAFETY[1:], "agreed"]):
            running.say(t="consent", checks=short, video=True)
            running.refused("consent_missing")
        running.say(t="consent", checks=["no_person"])  # a pillow is asked for nothing
        running.phase("setup")
        assert running.practice.agreed.checks == ("no_person",)


@pytest.mark.parametrize(("checks", "nobody"), [(["no_person", "pillow"], True), ([*SAFETY, "agreed"], False)])
def test_the_page_is_told_whether_somebody_agreed_to_what_is_kept(
    cable: Cable, tmp_path: Path, checks: list[str], nobody: bool
) -> None:
    with room(tmp_path, cable) as running:
        running.until(lambda: running.page.states and running.state["camera"]["state"] == "ok")
        running.until(lambda: running.state["tracker"] == "ok")
        running.say(t="consent", checks=checks, video=True)
        running.phase("setup")
        running.mark(BACK)
        running.say(t="start")
        running.until(lambda: running.state["saved"])
        assert (running.state["saved"]["video"], running.state["saved"]["no_person"]) == (True, nobody)
        assert running.store.session(running.state["saved"]["session"]).pillow is nobody


# ------------------------------------------------------------------ stops
def test_a_stop_by_mistake_is_taken_back_and_the_film_is_whole(practising: Room) -> None:
    watched(practising)
    practising.say(t="stop")
    practising.until(lambda: practising.state["phase"] == "stopped" and practising.state["result"])
    first = practising.state["result"]["video"]["frames"]
    practising.say(t="resume")
    practising.phase("practising")
    watched(practising)
    practising.say(t="finish")
    practising.until(lambda: practising.state["phase"] == "finished" and practising.state["result"])
    frames = practising.state["result"]["video"]["frames"]
    assert frames > first
    practising.say(t="new")
    practising.phase("welcome")
    (row,) = practising.store.sessions(Filter()).rows
    stored = practising.store.session(row.id)
    assert [made.report["video"]["frames"] for made in stored.results] == [first, frames]
    (path,) = practising.store.folder.rglob("video.mp4")
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) > first


def test_a_film_that_ends_after_the_result_is_told_to_the_store(practising: Room) -> None:
    watched(practising)
    practising.say(t="stop")
    practising.until(lambda: practising.state["phase"] == "stopped" and practising.state["result"])
    practising.say(t="new")
    practising.phase("welcome")
    (row,) = practising.store.sessions(Filter()).rows
    assert row.video
    assert practising.store.video(row.id) is not None


def test_pain_is_heard_when_the_result_is_shown_too(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip), pace=FULL_SPEED)) as running:
        ready(running)
        running.mark(BACK)
        running.say(t="start")
        running.until(lambda: running.state["phase"] == "finished" and running.state["result"])
        running.say(t="stop")
        running.phase("stopped")
        assert running.state["result"]
        assert any(said["clip"] == "phase_stopped" for said in running.state["say"])
        running.say(t="resume")
        running.phase("finished")
        running.say(t="stop")
        running.phase("stopped")
        running.say(t="again", segment="heart")
        running.phase("practising")


def test_a_segment_is_practised_again_with_guidance_after_an_exam_too(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip))) as running:
        ready(running)
        running.say(t="mode", mode="exam")
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        assert (running.state["mode"], running.state["step"]) == ("exam", None)
        running.until(lambda: running.state["phase"] == "finished" and running.state["result"])
        running.say(t="again", segment="heart")
        running.phase("practising")
        running.until(lambda: running.state["step"])
        assert (running.state["mode"], running.state["step"]["segment"]) == ("guided", "heart")


# ------------------------------------------------------------------ cameras
def test_a_camera_that_is_lost_is_spoken_of_and_comes_back(practising: Room, cable: Cable) -> None:
    cable.plugged.clear()
    practising.until(lambda: practising.state["camera"]["state"] != "ok")
    practising.until(lambda: "phase_camera_lost" in [said["clip"] for said in practising.state["say"]])
    seen = practising.practice.pictures
    cable.plugged.set()
    practising.until(lambda: practising.practice.pictures > seen and practising.state["camera"]["state"] == "ok")
    assert practising.state["phase"] == "practising"


def test_a_camera_that_hangs_is_lost_until_its_pictures_change(
    practising: Room, cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "FROZEN_S", 0.5)
    monkeypatch.setattr(eyes, "SILENT_S", 0.3)
    watched(practising, 50)  # all of one colour, as through a lid: that is dark, and no camera that hangs
    assert practising.state["camera"]["state"] == "ok"
    noise = np.random.default_rng(2)
    cable.image = noise.integers(0, 255, GREY.shape).astype(np.uint8)
    practising.until(lambda: practising.state["camera"]["key"] == "camera_silent")
    practising.until(lambda: "phase_camera_lost" in [said["clip"] for said in practising.state["say"]])
    seen = practising.practice.pictures
    time.sleep(0.3)
    assert practising.practice.pictures == seen  # what it shows is not what is done
    cable.image = noise.integers(0, 255, GREY.shape).astype(np.uint8)
    practising.until(lambda: practising.state["camera"]["state"] == "ok")
    assert practising.state["phase"] == "practising"


def test_the_browsers_camera_may_hang_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "FROZEN_PAGE_S", 0.5)
    monkeypatch.setattr(eyes, "SILENT_S", 0.3)
    noise = np.random.default_rng(2)
    still, other = (encode(noise.integers(0, 255, GREY.shape).astype(np.uint8), 640)[0] for _ in range(2))
    with room(tmp_path, None) as running:
        running.say(t="browser_camera", on=True)
        running.until(lambda: running.page.states and running.state["camera"]["browser"])

        def sent(jpeg: bytes) -> str:
            running.practice.picture(time.monotonic(), jpeg)
            return str(running.state["camera"]["state"])

        running.until(lambda: sent(still) == "ok")
        running.until(lambda: sent(still) == "lost")
        told = len(running.page.states)
        for _ in range(100):
            sent(still)
            time.sleep(0.01)
        assert {json.loads(text)["camera"]["state"] for text in running.page.states[told:]} == {"lost"}
        running.until(lambda: sent(other) == "ok")


class Slow(NoHands):
    """A tracker that is still busy with the last picture when its film is over."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        time.sleep(0.12)
        return super().find(frame, back)


def test_a_film_that_ends_is_no_lost_camera(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip)), Slow) as running:
        ready(running)
        running.mark(BACK)
        running.say(t="start")
        running.phase("finished")
        running.until(lambda: "phase_finished" in [one["clip"] for one in running.state["say"]])
        said = [one["clip"] for text in running.page.states for one in json.loads(text)["say"]]
        assert "phase_camera_lost" not in said


def test_the_browsers_camera_keeps_the_mark_while_it_is_unplugged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.practice.eyes.SILENT_S", 0.4)
    with room(tmp_path, None) as running:
        running.say(t="browser_camera", on=True)
        running.until(lambda: running.page.states and running.state["camera"]["browser"])
        running.practice.picture(0.0, JPEG)
        ready(running)
        running.mark(BACK)
        for phase in ("setup", "practising"):
            running.until(lambda: running.state["camera"]["key"] == "camera_silent")
            running.say(t="browser_camera", on=True)
            running.practice.picture(1.0, JPEG)
            running.until(lambda: running.state["camera"]["state"] == "ok")
            running.say(t="browser_camera", on=True)  # said by a page that is loaded anew
            assert running.state["marking"]["marked"]
            running.practice.picture(1.1, JPEG)
            running.say(t="start" if phase == "setup" else "pause")
            running.phase("practising" if phase == "setup" else "paused")
        assert running.page.refusals == []


def test_another_camera_in_the_middle_pauses_and_says_why(practising: Room, cable: Cable) -> None:
    practising.say(t="browser_camera", on=True)
    practising.refused("not_now")
    cable.plugged.clear()
    practising.until(lambda: practising.state["camera"]["state"] != "ok")
    practising.say(t="browser_camera", on=True)
    practising.phase("paused")
    assert practising.state["camera"]["changed"]
    practising.say(t="finish")
    practising.until(lambda: practising.state["phase"] == "finished" and practising.state["result"])
    practising.say(t="new")
    practising.phase("welcome")
    assert not practising.state["camera"]["changed"]


# ------------------------------------------------------------------ the page
def test_a_page_that_is_closed_pauses_and_one_that_is_loaded_anew_does_not(
    practising: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minding, "ALONE_S", 0.6)
    practising.practice.listen(None)
    time.sleep(0.1)
    practising.practice.listen(practising.page)
    time.sleep(0.8)
    practising.until(lambda: practising.state["phase"] == "practising")
    practising.practice.listen(None)
    practising.until(lambda: practising.practice.phase == "paused")
    practising.practice.listen(practising.page)
    practising.say(t="resume")
    practising.phase("practising")


def test_who_has_paused_by_chance_is_reminded_now_and_then(practising: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minding, "REMINDED_S", (0.3, 0.6))
    practising.say(t="pause")
    practising.phase("paused")

    def said() -> list[int]:
        told = [one for text in practising.page.states for one in json.loads(text)["say"]]
        return sorted({one["id"] for one in told if one["clip"] == "phase_still_paused"})

    practising.until(lambda: len(said()) == 2)
    practising.say(t="mark", way="anew")
    practising.until(lambda: practising.state["marking"]["anew"])
    time.sleep(0.5)
    assert len(said()) == 2  # who marks the back has not paused by chance
    practising.say(t="mark", way="clear")
    practising.until(lambda: len(said()) == 3)


# ------------------------------------------------------------------ the machine
class Sleeper(NoHands):
    """A tracker whose machine falls asleep once, in the middle of a massage."""

    sleeps_s = 0.0

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        if back is not None:
            asleep_s, Sleeper.sleeps_s = Sleeper.sleeps_s, 0.0
            time.sleep(asleep_s)
        return super().find(frame, back)


def test_a_machine_that_slept_has_paused_and_the_sleep_is_no_part_of_the_massage(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minding, "ASLEEP_S", 1.0)
    with room(tmp_path, cable, Sleeper) as running:
        begun(running)
        watched(running)
        lesson = running.practice.lesson
        assert lesson is not None
        assert lesson._watching is not None
        Sleeper.sleeps_s = 3.0
        running.phase("paused")
        assert any(said["clip"] == "phase_paused" for said in running.state["say"])
        before_s = lesson._watching.time_s[-1]
        running.say(t="resume")
        running.phase("practising")
        watched(running)
        (pause,) = lesson.tutor.pauses
        assert pause.start_s == pytest.approx(before_s, abs=0.1)  # from the last picture on
        assert pause.end_s - pause.start_s > 2.5
        times = lesson._watching.time_s
        (cut,) = lesson._cuts
        assert cut.total_s == pytest.approx(pause.end_s - pause.start_s, abs=0.5)
        assert times[-1] - times[0] > cut.total_s > 2.0


def test_a_film_needs_no_pause_where_the_machine_slept(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minding, "ASLEEP_S", 0.5)
    with room(tmp_path, Film(str(clip)), Sleeper) as running:
        ready(running)
        running.mark(BACK)
        Sleeper.sleeps_s = 1.0
        running.say(t="start")
        running.phase("finished")
        assert Sleeper.sleeps_s == 0.0
        running.until(lambda: "phase_finished" in [one["clip"] for one in running.state["say"]])
        said = [one["clip"] for text in running.page.states for one in json.loads(text)["say"]]
        assert "phase_paused" not in said


class Busy(NoHands):
    """A tracker on a machine that does other things."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        time.sleep(0.2)
        return super().find(frame, back)


def test_a_machine_that_is_too_slow_is_told_while_the_massage_goes_on(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LOW_S", 0.5)
    with room(tmp_path, cable, Busy) as running:
        ready(running)
        watched(running, 15)
        assert running.state["slow"] is None  # before it begins the check tells
        running.mark(BACK)
        running.say(t="start")
        running.until(lambda: running.state["slow"] in range(2, 8))  # told by half a second's pictures here
        running.say(t="pause")
        running.until(lambda: running.state["phase"] == "paused" and running.state["slow"] is None)


def test_the_clock_of_sleep_grows_with_the_time() -> None:
    before = minding.awake_s(), time.monotonic()
    time.sleep(0.05)
    assert minding.awake_s() - before[0] == pytest.approx(time.monotonic() - before[1], abs=0.05)
