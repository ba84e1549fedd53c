"""The back is marked anew in a pause, and before a segment is practised again with another camera."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import pytest

from coach import archive
from coach.capture.camera import Film, Pictures
from coach.capture.jpeg import encode
from coach.domain import Floats, Frame, HandObservation, Image, InputError
from coach.pipeline import Watching
from coach.practice.memory import Memory
from coach.recording import replay
from coach.store import Filter
from coach.store.model import StoredSession
from coach.tutor import gestures
from tests.practice.session import NoHands, Room, room
from tests.practice.test_course import BACK, ready
from tests.tutor.seen import open_palm

SIZE = (640, 480)
ELSEWHERE = np.array([[200.0, 90], [430, 70], [470, 400], [180, 390]])
GREY = np.full((480, 640, 3), 90, dtype=np.uint8)  # in which nothing can be followed: a mark stays where it is
WIDE = np.full((720, 1280, 3), 90, dtype=np.uint8)


@dataclass(slots=True)
class Cable:
    """A camera that gives pictures while it is plugged in."""

    name: str = "cable"
    real_time: bool = True
    film: Film | None = None
    image: Image = field(default_factory=lambda: GREY)
    plugged: threading.Event = field(default_factory=threading.Event)

    def pictures(self) -> Pictures:
        if not self.plugged.is_set():
            raise InputError("camera_none")
        while self.plugged.is_set():
            yield self.image, time.monotonic()
            time.sleep(0.02)


@pytest.fixture
def cable() -> Cable:
    plugged = Cable()
    plugged.plugged.set()
    return plugged


@pytest.fixture
def practising(cable: Cable, tmp_path: Path) -> Iterator[Room]:
    """In the middle of a massage before that camera, which is filmed."""
    with room(tmp_path, cable) as running:
        start(running)
        yield running


def start(running: Room) -> None:
    ready(running, video=True)
    running.mark(BACK)
    running.say(t="start")
    running.phase("practising")
    watched(running)


def watched(running: Room, pictures: int = 6) -> None:
    seen = running.practice.pictures
    running.until(lambda: running.practice.pictures > seen + pictures)


def paused(running: Room) -> None:
    running.say(t="pause")
    running.phase("paused")


def mark_anew(running: Room, corners: Floats) -> None:
    """Up to what is marked and not yet accepted."""
    running.say(t="mark", way="anew")
    running.until(lambda: running.state["marking"]["anew"])
    drag(running, corners)


def drag(running: Room, corners: Floats) -> None:
    running.say(t="mark", way="drag", kind="corners", points=corners.tolist())
    running.until(lambda: running.state["marking"]["marked"])


def accept(running: Room) -> None:
    running.say(t="mark", way="accept")
    running.until(lambda: not running.state["marking"]["anew"])


def drawn(running: Room, wanted: Floats) -> None:
    """Waits until the back is drawn there."""
    watched(running, 2)
    running.until(lambda: (back := running.header()["back"]) and np.abs(np.array(back) - wanted).max() < 2.0)


def result(running: Room) -> None:
    running.say(t="finish")
    running.until(lambda: running.state["phase"] == "finished" and running.state["result"])


def stored(running: Room) -> list[tuple[StoredSession, Watching]]:
    """All that is kept, the oldest first, with what a later reading makes of it."""
    running.say(t="new")
    running.phase("welcome")
    rows = sorted(running.store.sessions(Filter()).rows, key=lambda row: row.created)
    sessions = [running.store.session(row.id) for row in rows]
    return [(one, replay(running.store.tracks(one.row.id), np.array(one.corners), one.size)) for one in sessions]


def other_camera(running: Room, cable: Cable, image: Image = GREY) -> None:
    """The page's camera takes over, since the first is lost."""
    cable.plugged.clear()
    running.until(lambda: running.state["camera"]["state"] != "ok")
    running.say(t="browser_camera", on=True)
    running.until(lambda: running.state["camera"]["browser"])
    film(running, image)


def film(running: Room, image: Image = GREY) -> None:
    """A few pictures of the page's camera."""
    jpeg, _ = encode(image, image.shape[1])
    for _ in range(4):
        seen = running.practice.pictures
        running.practice.picture(time.monotonic(), jpeg)
        running.until(lambda seen=seen: running.practice.pictures > seen)  # type: ignore[misc]


# ------------------------------------------------------------------ in a pause
def test_from_a_pause_on_all_uses_the_new_mark_and_a_later_reading_agrees(practising: Room) -> None:
    paused(practising)
    mark_anew(practising, ELSEWHERE)
    practising.say(t="mark", way="accept")
    drawn(practising, ELSEWHERE)
    assert practising.state["phase"] == "paused"
    practising.say(t="resume")
    practising.phase("practising")
    drawn(practising, ELSEWHERE)
    watched(practising)
    lesson = practising.practice.lesson
    live = lesson._watching if lesson else None
    assert live is not None
    result(practising)
    planes = live.planes()
    assert practising.state["result"]["back"]["corners_px"] == BACK.tolist()
    ((session, again),) = stored(practising)
    assert np.array(session.corners) == pytest.approx(BACK)
    assert again.back() == pytest.approx(ELSEWHERE, abs=0.01)
    np.testing.assert_allclose(again.planes(), planes, atol=1e-4)
    later = archive.score_again(practising.store, session.row.id)
    assert session.report is not None
    assert [i["points"] for i in later.report["items"]] == [i["points"] for i in session.report["items"]]
    assert [len(views) for views in (again.views(), again.eyes(), live.views())] == [2, 2, 2]
    (path,) = practising.store.folder.rglob("video.mp4")  # one film, as the consent says; of the pause it has nothing
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) == len(again.time_s)


def test_what_is_not_accepted_changes_nothing(practising: Room) -> None:
    paused(practising)
    mark_anew(practising, ELSEWHERE)
    drawn(practising, ELSEWHERE)
    practising.say(t="mark", way="clear")
    drawn(practising, BACK)
    assert not practising.state["marking"]["anew"]
    for points, key in (([[0, 0], [5, 0], [5, 5], [0, 5]], "mark_tiny"), (ELSEWHERE[::-1].tolist(), "mark_crossed")):
        practising.say(t="mark", way="anew")
        practising.until(lambda: practising.state["marking"]["anew"])
        practising.say(t="mark", way="drag", kind="corners", points=points)
        practising.refused(key)
        practising.say(t="mark", way="accept")  # what is shown is refused: no other place may be taken for it
        practising.refused("mark_no_guess")
        practising.say(t="mark", way="clear")
    drawn(practising, BACK)


def test_the_back_is_marked_anew_only_in_a_pause(practising: Room) -> None:
    for way in ("anew", "accept", "touch", "clear"):
        practising.say(t="mark", way=way)
        practising.refused("not_now")
    paused(practising)
    practising.say(t="mark", way="drag", kind="corners", points=ELSEWHERE.tolist())
    practising.refused("not_now")
    mark_anew(practising, ELSEWHERE)
    practising.say(t="mark", way="anew")
    practising.refused("not_now")
    practising.say(t="stop")
    practising.phase("stopped")
    practising.until(lambda: not practising.state["marking"]["anew"])
    practising.say(t="resume")
    practising.phase("practising")
    drawn(practising, BACK)


def test_a_practice_that_is_finished_meanwhile_is_over(practising: Room) -> None:
    paused(practising)
    mark_anew(practising, ELSEWHERE)
    result(practising)
    assert not practising.state["marking"]["anew"]


def test_it_begins_where_the_back_is_believed_to_be(practising: Room) -> None:
    paused(practising)
    practising.say(t="mark", way="anew")
    practising.until(lambda: practising.state["marking"]["anew"])
    marking = practising.state["marking"]
    assert (marking["marked"], marking["guess"]) == (False, BACK.astype(int).tolist())
    accept(practising)
    drawn(practising, BACK)
    lesson = practising.practice.lesson
    assert lesson is not None
    lesson.mark(ELSEWHERE + np.array([900.0, 0.0]))  # it has run out of the picture
    practising.say(t="mark", way="anew")
    practising.until(lambda: practising.state["marking"]["anew"])
    assert practising.state["marking"]["body"] is None
    practising.say(t="mark", way="accept")
    practising.refused("mark_no_guess")


def test_by_touch_too_and_back_to_dragging(practising: Room) -> None:
    paused(practising)
    practising.say(t="mark", way="anew")
    practising.say(t="mark", way="touch")
    practising.until(lambda: practising.state["marking"]["point"] == "c7")
    practising.until(lambda: "mark_c7" in [said["clip"] for said in practising.state["say"]])
    practising.until(lambda: practising.header()["back"] is None)
    practising.say(t="mark", way="clear")
    practising.until(lambda: practising.state["marking"]["way"] is None)
    assert practising.state["marking"]["anew"]
    assert practising.state["marking"]["guess"] == BACK.astype(int).tolist()
    practising.say(t="mark", way="clear")
    practising.until(lambda: not practising.state["marking"]["anew"])


class Palm(NoHands):
    """An open palm in the top right corner, while it is shown."""

    shown = False

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        if not Palm.shown:
            return ()
        return (HandObservation(frame.time_s, open_palm((0.86 * 640, 0.25 * 480)), 0.9),)


def test_a_step_again_after_a_stop_leads_through_marking_that_sees_the_hands(practising: Room, cable: Cable) -> None:
    """Her back is touched there: a stop is taken back by then, and can be called again."""
    other_camera(practising, cable)
    result(practising)
    practising.say(t="stop")
    practising.phase("stopped")
    practising.say(t="again", segment="heart")
    practising.until(lambda: practising.state["marking"]["anew"])
    assert (practising.state["phase"], practising.practice.halted) == ("finished", False)
    film(practising)
    assert practising.practice.lesson is not None
    assert practising.practice.lesson.tutor.touching
    practising.say(t="mark", way="drag", kind="corners", points=[[-90, -90], [900, -90], [900, 900], [-90, 900]])
    practising.refused("mark_outside")  # of the picture, whose size is known


class Palms(NoHands):
    """Open palms in both upper corners, while they are shown."""

    shown = False

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return tuple(HandObservation(frame.time_s, open_palm((x, 120.0)), 0.9) for x in (90.0, 550.0) if Palms.shown)


def test_both_palms_stop_while_the_back_is_marked_before_a_step_again(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gestures, "GAP_S", 5.0)  # on a busy machine pictures come seldom
    Palms.shown = False
    with room(tmp_path, cable, Palms) as running:
        start(running)
        other_camera(running, cable)
        running.say(t="finish")
        running.until(lambda: running.state["phase"] == "finished" and running.state["result"])
        running.say(t="again", segment="heart")
        running.until(lambda: running.state["marking"]["anew"])
        Palms.shown = True
        for _ in range(200):
            film(running)
            if running.state["phase"] == "stopped":
                break
        running.phase("stopped")
        assert not running.state["marking"]["anew"]


def test_an_open_palm_goes_on_once_the_back_is_marked_anew(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gestures, "GAP_S", 5.0)  # on a busy machine pictures come seldom
    Palm.shown = False
    with room(tmp_path, cable, Palm) as running:
        start(running)
        paused(running)
        running.say(t="mark", way="anew")
        running.until(lambda: running.state["marking"]["anew"])
        Palm.shown = True
        time.sleep(1.5 * gestures.HOLD_S)
        watched(running, 2)
        assert running.state["phase"] == "paused"
        drag(running, ELSEWHERE)
        running.phase("practising")
        drawn(running, ELSEWHERE)
        assert not running.state["marking"]["anew"]


# ------------------------------------------------------------------ another camera
def test_another_cameras_mark_is_told_until_the_back_is_marked_anew(
    practising: Room, cable: Cable, tmp_path: Path
) -> None:
    other_camera(practising, cable)
    practising.phase("paused")
    assert practising.state["camera"]["changed"]
    mark_anew(practising, ELSEWHERE)
    film(practising)
    accept(practising)
    practising.until(lambda: not practising.state["camera"]["changed"])
    for name, mark in (("cable", BACK), ("browser", ELSEWHERE)):
        kept = Memory(tmp_path).mark(name, SIZE)
        assert kept == pytest.approx(mark)
    result(practising)
    practising.say(t="again", segment="heart")
    practising.phase("practising")
    film(practising)
    assert practising.header()["back"] == ELSEWHERE.astype(int).tolist()


def test_with_the_first_camera_again_the_first_mark_is_its_own(practising: Room, cable: Cable) -> None:
    other_camera(practising, cable)
    assert practising.state["camera"]["changed"]
    practising.until(lambda: practising.state["camera"]["key"] == "camera_silent")
    cable.plugged.set()
    practising.say(t="browser_camera", on=False)
    practising.until(lambda: not practising.state["camera"]["browser"])
    assert not practising.state["camera"]["changed"]


def test_a_segment_again_leads_through_marking_where_another_camera_looks(practising: Room, cable: Cable) -> None:
    other_camera(practising, cable)
    result(practising)
    practising.say(t="again", segment="heart")
    practising.until(lambda: practising.state["marking"]["anew"])
    assert practising.state["phase"] == "finished"
    practising.say(t="mark", way="clear")
    practising.until(lambda: not practising.state["marking"]["anew"])
    assert practising.state["phase"] == "finished"
    practising.say(t="again", segment="heart")
    practising.until(lambda: practising.state["marking"]["anew"])
    film(practising)
    drag(practising, ELSEWHERE)
    practising.say(t="mark", way="accept")
    practising.phase("practising")
    film(practising)
    assert practising.header()["back"] == ELSEWHERE.astype(int).tolist()
    assert practising.state["step"]["segment"] == "heart"
    result(practising)
    assert practising.state["result"]["back"]["corners_px"] == ELSEWHERE.tolist()
    first, second = stored(practising)
    assert np.array(first[0].corners) == pytest.approx(BACK)
    assert np.array(second[0].corners) == pytest.approx(ELSEWHERE)


def test_pain_stops_the_marking_before_a_segment_too(practising: Room, cable: Cable) -> None:
    other_camera(practising, cable)
    result(practising)
    practising.say(t="again", segment="heart")
    practising.until(lambda: practising.state["marking"]["anew"])
    practising.say(t="stop")
    practising.phase("stopped")
    practising.until(lambda: not practising.state["marking"]["anew"])
    practising.say(t="again", segment="heart")
    practising.until(lambda: practising.state["marking"]["anew"])
    assert practising.state["phase"] == "finished"  # who begins a step has taken the stop back
    practising.say(t="stop")
    practising.until(lambda: not practising.state["marking"]["anew"])


def test_what_was_marked_in_one_cameras_picture_is_not_taken_for_anothers(practising: Room, cable: Cable) -> None:
    paused(practising)
    mark_anew(practising, ELSEWHERE)
    other_camera(practising, cable)
    practising.until(lambda: not practising.state["marking"]["marked"])
    assert practising.state["marking"]["anew"]
    assert practising.state["camera"]["changed"]


def test_another_cameras_last_mark_is_offered(practising: Room, cable: Cable, tmp_path: Path) -> None:
    Memory(tmp_path).keep("browser", SIZE, ELSEWHERE)
    other_camera(practising, cable)
    practising.say(t="mark", way="anew")
    practising.until(lambda: practising.state["marking"]["anew"])
    assert practising.state["marking"]["guess"] == ELSEWHERE.astype(int).tolist()
    accept(practising)
    practising.until(lambda: not practising.state["camera"]["changed"])


def test_a_camera_with_larger_pictures_is_shown_and_marked_as_its_pictures_are_worked_with(
    practising: Room, cable: Cable, tmp_path: Path
) -> None:
    other_camera(practising, cable, WIDE)
    header = practising.header()
    assert (header["w"], header["h"]) == SIZE
    mark_anew(practising, ELSEWHERE)
    film(practising, WIDE)
    accept(practising)
    practising.say(t="resume")
    practising.phase("practising")
    film(practising, WIDE)
    assert practising.header()["back"] == ELSEWHERE.astype(int).tolist()
    assert Memory(tmp_path).mark("browser", SIZE) is None  # its own pictures are not that large
