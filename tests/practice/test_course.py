"""The course of a practice, without a tracker: consent, set-up, pauses, pain, the camera, and what is on the disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.capture.jpeg import encode
from coach.capture.video import open_video
from coach.domain import Floats, Frame, HandObservation
from coach.locate.marks import body_of, corners_of
from coach.practice.eyes import Eyes
from coach.store import Filter
from tests.footage import film
from tests.practice.session import Room, room
from tests.tutor.seen import open_palm

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])
FROM_HER_RIGHT = np.array([[234.5, 104.9], [461.2, 182.9], [379.6, 423.9], [195.4, 345.4]])
FULL_SPEED = float("inf")
PICTURES = 45  # of the clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of a grey wall that grows lighter."""
    images = [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(PICTURES)]
    return film(tmp_path_factory.mktemp("clip") / "clip.mp4", images)


@pytest.fixture
def started(clip: Path, tmp_path: Path) -> Iterator[Room]:
    """In the set-up, with the back marked, before a film at its own pace."""
    with room(tmp_path, Film(str(clip))) as running:
        ready(running)
        running.mark(BACK)
        yield running


def ready(running: Room, **agreed: object) -> None:
    running.until(lambda: running.page.states and running.state["camera"]["state"] == "ok")
    running.until(lambda: running.state["tracker"] == "ok" and running.page.frames)
    running.agree(**agreed)


def test_nothing_starts_before_consent_and_a_marked_back(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip))) as running:
        running.until(lambda: running.page.frames)
        running.say(t="start")
        running.refused("consent_missing")
        running.say(t="consent", checks=["not_pregnant"])
        running.refused("consent_missing")
        ready(running)
        running.say(t="start")
        running.refused("start_unmarked")
        for points, key in (
            ([[0, 0], [5, 0], [5, 5], [0, 5]], "mark_tiny"),
            ([[500, 40], [100, 40], [100, 440], [500, 440]], "mark_mirrored"),
            ([[700, 40], [900, 40], [900, 440], [700, 440]], "mark_outside"),
        ):
            running.say(t="mark", way="drag", kind="corners", points=points)
            running.refused(key)
        running.say(t="mark", way="accept")
        running.refused("mark_no_guess")
        running.say(t="pause")
        running.refused("not_now")


def near(px: list[list[float]] | None, wanted: Floats) -> bool:
    return px is not None and bool(np.abs(np.array(px) - wanted).max() < 2.0)


BODY = [[320, 50], [170, 110], [480, 90], [330, 430]]


def test_body_points_become_a_rectangle_around_the_spine(started: Room) -> None:
    started.say(t="mark", way="drag", points=BODY)
    back = corners_of(np.array(BODY, dtype=np.float64), (640, 480))
    started.until(lambda: near(started.header()["back"], back))
    started.until(lambda: started.state["marking"]["body"] == BODY)


def test_marked_corners_are_shown_as_places_on_the_body(started: Room) -> None:
    body = body_of(BACK, (640, 480))
    started.until(lambda: near(started.state["marking"]["body"], body))


def test_the_mark_is_remembered_for_the_same_camera(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip))) as running:
        ready(running)
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
    with room(tmp_path, Film(str(clip))) as running:
        ready(running)
        running.until(lambda: running.state["marking"]["remembered"])
        assert running.state["marking"]["guess"] == BACK.astype(int).tolist()
        running.say(t="mark", way="accept")
        running.until(lambda: running.state["marking"]["marked"])


def test_pause_resume_pain_and_the_end_of_the_film(started: Room) -> None:
    started.say(t="start")
    started.phase("practising")
    started.say(t="pause")
    started.phase("paused")
    started.say(t="resume")
    started.phase("practising")
    started.say(t="mode", mode="exam")
    started.refused("not_now")
    started.phase("finished")
    assert started.state["camera"]["key"] == "camera_ended"
    started.until(lambda: started.state["result"])
    assert started.state["result"]["segments"] == []


@pytest.mark.alone  # the pictures that a busy machine leaves out are not told from a pause
def test_a_pause_is_no_part_of_the_session(started: Room) -> None:
    before = started.practice.pictures
    started.say(t="start")
    started.phase("practising")
    seen = started.practice.pictures
    started.until(lambda: started.practice.pictures > seen + 8)
    started.say(t="pause")
    started.phase("paused")
    seen = started.practice.pictures
    started.until(lambda: started.practice.pictures > seen + 12)
    started.say(t="resume")
    started.phase("finished")
    started.until(lambda: started.state["result"])
    made = started.state["result"]["video"]
    assert made["frames"] < 38
    let_go_s = max(0, PICTURES - (started.practice.pictures - before)) / 15  # by a busy machine: time without pictures
    assert made["duration_s"] == pytest.approx((made["frames"] - 1) / 15, abs=0.3 + let_go_s)
    stored = started.store.sessions(Filter()).rows[0].id
    times = [float(t) for chunk in started.store.tracks(stored) for t in chunk.time_s]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(made["duration_s"], abs=0.01)


def test_pain_stops_everything_at_once(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip), forever=True)) as started:
        ready(started)
        started.mark(BACK)
        started.say(t="stop")
        started.phase("stopped")
        started.say(t="next")
        started.refused("not_now")
        started.say(t="resume")
        started.phase("setup")
        started.say(t="start")
        started.phase("practising")
        started.say(t="stop")
        started.phase("stopped")
        started.until(lambda: started.state["result"])
        started.say(t="resume")
        started.phase("practising")
        started.until(lambda: started.state["result"] is None)
        started.say(t="stop")
        started.phase("stopped")
        started.say(t="finish")
        started.phase("finished")
        started.until(lambda: started.state["result"])
        started.say(t="new")
        started.phase("welcome")


def test_the_set_up_tells_of_a_step_that_the_picture_does_not_show(clip: Path, tmp_path: Path) -> None:
    def back() -> dict[str, Any]:
        return next(line for line in running.state["setup"] if line["id"] == "back")

    with room(tmp_path, Film(str(clip), forever=True)) as running:
        ready(running)
        running.mark(0.7 * BACK + (96.0, 120.0))
        running.until(lambda: back()["state"] == "ok")
        running.mark(BACK)  # the neck's knob is a tenth of the back below the picture's upper edge
        running.until(lambda: back()["key"] == "setup_back_cut")
        assert back()["values"] == {"segment": "neck_points"}
        running.mark(FROM_HER_RIGHT)
        running.until(lambda: back()["key"] != "setup_back_cut")
        assert running.state["unseen_steps"] == []  # nobody has said where the camera stands
        running.say(t="layout", layout="behind")
        running.until(lambda: "scapula_left_circles" in running.state["unseen_steps"])


class Palms:
    """Finds two open hands in the picture's upper corners."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        width, height = frame.image.shape[1], frame.image.shape[0]
        places = ((0.1 * width, 0.2 * height), (0.9 * width, 0.2 * height))
        return tuple(HandObservation(frame.time_s, open_palm(at), 0.9) for at in places)

    def close(self) -> None:
        return


def test_both_palms_stop_in_the_set_up_too_before_the_back_is_marked(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip), forever=True), Palms) as running:
        ready(running)
        running.phase("stopped")
        assert not running.state["marking"]["marked"]
        assert any(said["clip"] == "phase_stopped" for said in running.state["say"])
        running.say(t="resume")
        running.phase("setup")


def test_what_was_over_before_a_picture_came_leaves_nothing(tmp_path: Path) -> None:
    with room(tmp_path, None) as running:
        running.say(t="browser_camera", on=True)
        jpeg, _ = encode(np.full((480, 640, 3), 90, dtype=np.uint8), 640)
        running.until(lambda: running.page.states and running.state["camera"]["browser"])
        running.practice.picture(0.0, jpeg)
        ready(running)
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        running.say(t="finish")
        running.until(lambda: (running.state["result"] or {}).get("error") == "result_nothing")
        running.until(lambda: not running.store.sessions(Filter()).rows)


def test_without_consent_for_video_no_picture_touches_the_disk(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for video in (False, True):
        data, temporary = tmp_path / f"data{video}", tmp_path / f"tmp{video}"
        temporary.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(temporary))
        with room(data, Film(str(clip), pace=FULL_SPEED)) as running:
            ready(running, video=video)
            running.mark(BACK)
            running.say(t="start")
            running.phase("finished")
            running.until(lambda told=running: told.state["result"])  # type: ignore[misc]
            assert running.state["saved"]["video"] is video
        films = list(data.rglob("*.mp4"))
        assert len(films) == int(video)
        assert list(temporary.iterdir()) == []
        size = sum(file.stat().st_size for file in data.rglob("*") if file.is_file() and file not in films)
        assert size < 400_000  # 45 pictures of a wall are more than the store's tables
    with open_video(films[0]) as kept:
        assert len(list(kept.frames())) == 45


def test_a_film_begins_with_its_first_picture_and_ends_with_its_last(clip: Path) -> None:
    eyes = Eyes(Film(str(clip), pace=FULL_SPEED))
    try:
        early = next(shot for shot in (eyes.look(1.0) for _ in range(20)) if shot is not None)
        assert eyes.from_the_start()
        assert not eyes.current(early)  # fetched before the order, looked at after it
        deadline, shots = time.monotonic() + 20, 0
        while shots < 44 and time.monotonic() < deadline:
            shots += eyes.look(0.1) is not None
        while eyes.key != "camera_ended" and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not eyes.ended  # the last picture waits
        assert eyes.look(5.0) is not None
        assert eyes.ended
    finally:
        eyes.close()


def test_no_camera_is_a_friendly_state_and_the_browsers_own_helps(tmp_path: Path) -> None:
    with room(tmp_path, None) as running:
        running.until(lambda: running.page.states and running.state["camera"]["state"] == "none")
        running.agree()
        running.say(t="mark", way="touch")
        running.refused("mark_no_camera")
        running.say(t="sample")
        running.refused("sample_missing")
        running.say(t="browser_camera", on=True)
        running.until(lambda: running.state["camera"]["state"] == "opening")
        jpeg, _ = encode(np.full((240, 320, 3), 90, dtype=np.uint8), 640)
        for k in range(5):
            running.practice.picture(k / 15, jpeg)
        running.until(lambda: running.page.frames and running.state["camera"]["state"] == "ok")
        assert running.header()["w"] == 320
        assert running.page.frames[-1][1].endswith(jpeg)
        for harm in (b"\xff\xd8\xff", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3" + b"\0" * 99, jpeg[:200]):
            running.practice.picture(1.0, harm)
        seen = running.practice.pictures
        running.practice.picture(1.2, jpeg)
        running.until(lambda: running.practice.pictures > seen)


def test_a_picture_of_another_size_in_the_middle_does_no_harm(tmp_path: Path) -> None:
    with room(tmp_path, None) as running:
        running.say(t="browser_camera", on=True)
        large, _ = encode(np.full((480, 640, 3), 90, dtype=np.uint8), 640)
        small, _ = encode(np.full((100, 64, 3), 90, dtype=np.uint8), 640)
        running.until(lambda: running.page.states and running.state["camera"]["browser"])
        running.practice.picture(0.0, large)
        ready(running)
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        for k in range(1, 9):
            seen = running.practice.pictures
            running.practice.picture(k / 10, small if k % 2 else large)
            running.until(lambda seen=seen: running.practice.pictures > seen)  # type: ignore[misc]


def test_the_sample_brings_its_own_mark(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, None, sample=lambda: (Film(str(clip), called="sample"), BACK)) as running:
        running.agree()
        running.say(t="sample")
        running.until(lambda: running.state["marking"]["guess"])
        assert not running.state["marking"]["remembered"]
        running.until(lambda: running.state["camera"]["state"] == "ok")


def test_a_page_that_comes_later_sees_the_same(started: Room) -> None:
    page, before = type(started.page)(), started.state
    started.practice.listen(page)
    started.until(lambda: page.states)
    started.page = page
    assert {k: v for k, v in started.state.items() if k not in ("setup",)} == {
        k: v for k, v in before.items() if k not in ("setup",)
    }
    started.practice.listen(None)


def test_language_and_sound_are_remembered_by_the_program(started: Room) -> None:
    started.say(t="lang", lang="en")
    started.say(t="mute", on=True)
    started.until(lambda: (started.state["lang"], started.state["muted"]) == ("en", True))


def test_a_pages_slowness_costs_no_pictures(started: Room) -> None:
    started.page.hungry = False
    sent, seen = len(started.page.frames), started.practice.pictures
    started.until(lambda: started.practice.pictures > seen + 5)
    assert len(started.page.frames) <= sent + 1
