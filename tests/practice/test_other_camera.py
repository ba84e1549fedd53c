"""Another camera looks: the back is marked anew in its picture, before a segment is practised again too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.domain import Floats, Frame, HandObservation
from coach.practice.memory import Memory
from coach.tutor import gestures
from tests.practice.cable import Cable
from tests.practice.marking_anew import (
    ELSEWHERE,
    SIZE,
    WIDE,
    accept,
    drag,
    film,
    mark_anew,
    other_camera,
    paused,
    result,
    start,
    stored,
)
from tests.practice.session import NoHands, Room, room
from tests.practice.test_course import BACK
from tests.tutor.seen import open_palm


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
    monkeypatch.setattr(gestures, "SIGN_GAP_S", 5.0)  # on a busy machine pictures come seldom
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
