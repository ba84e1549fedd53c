"""The back is marked anew in a pause."""

from __future__ import annotations

import time
from pathlib import Path

import av
import numpy as np
import pytest

from coach import archive
from coach.domain import Floats, Frame, HandObservation
from coach.parameters.gestures import SIGN_S
from coach.tutor import gestures
from tests.practice.cable import Cable
from tests.practice.marking_anew import (
    ELSEWHERE,
    accept,
    drag,
    drawn,
    mark_anew,
    paused,
    result,
    start,
    stored,
    watched,
)
from tests.practice.session import NoHands, Room, room
from tests.practice.test_course import BACK
from tests.tutor.seen import open_palm


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
    for points, key in (([[0, 0], [5, 0], [5, 5], [0, 5]], "mark_tiny"), (ELSEWHERE[::-1].tolist(), "mark_mirrored")):
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


def test_an_open_palm_goes_on_once_the_back_is_marked_anew(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gestures, "SIGN_GAP_S", 5.0)  # on a busy machine pictures come seldom
    Palm.shown = False
    with room(tmp_path, cable, Palm) as running:
        start(running)
        paused(running)
        running.say(t="mark", way="anew")
        running.until(lambda: running.state["marking"]["anew"])
        Palm.shown = True
        time.sleep(1.5 * SIGN_S)
        watched(running, 2)
        assert running.state["phase"] == "paused"
        drag(running, ELSEWHERE)
        running.phase("practising")
        drawn(running, ELSEWHERE)
        assert not running.state["marking"]["anew"]
