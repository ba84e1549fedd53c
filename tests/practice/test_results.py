"""What becomes of a result: none is lost, none is counted that says nothing of the trainee, and all can be had back."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import archive
from coach.capture.camera import Film
from coach.domain import BackInfo, PracticeInfo
from coach.practice import result
from coach.practice.reader import Reader, Whole
from coach.programme.bodies import Event, Person, Practice
from coach.protocol import files as protocol_files
from coach.register import Register
from coach.score.session import read
from coach.store import Filter
from tests.fakes.session import tracks
from tests.fakes.simulated import played
from tests.footage import film
from tests.practice.cable import plugged_in
from tests.practice.session import PROTOCOL, NoHands, Room, room
from tests.practice.test_course import BACK, ready
from tests.practice.test_interruptions import watched
from tests.simulator.standard import d03_like

KADER, EVENT = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("kader", "event"))
DAY = Event(type="training", date="2026-11-02")


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[Room]:
    """In the middle of an exam before a camera, of a laptop that is never too slow, however busy this one is."""
    cable = plugged_in()
    with room(tmp_path, cable) as running:
        cable.looked_at = lambda: running.practice.pictures
        Register(running.store).add_all([(Person(code="K07"), KADER, ""), (DAY, EVENT, "")], "T01")
        running.say(t="learner", code="K07", event=EVENT, by="T01")
        ready(running, code="K07")
        running.say(t="mode", mode="exam")
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        watched(running, 12)
        yield running


@pytest.fixture(scope="module")
def whole() -> Whole:
    """A massage that is over after the spine circles."""
    played_one = played(d03_like(), 3)
    found = tracks(played_one.observations[:330], played_one.corners_px)
    return Whole(found, read(found, protocol_files.load(PROTOCOL)))


def over(running: Room, word: str, phase: str) -> dict[str, Any]:
    """Ends it; returns the result."""
    running.say(t=word)
    running.until(lambda: running.state["phase"] == phase and running.state["result"])
    made: dict[str, Any] = running.state["result"]
    return made


def test_nothing_else_begins_while_the_result_is_made(practising: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a new practice nor one step again: the exam's result would never be."""
    assert practising.state["occasion"] == "event"
    may = threading.Event()
    ask = Reader.ask_whole
    monkeypatch.setattr(Reader, "ask_whole", lambda self, tracks: may.is_set() and ask(self, tracks))
    practising.say(t="finish")
    practising.say(t="new")  # at once, as by a double click
    practising.refused("result_busy")
    practising.until(lambda: practising.state["busy"])
    practising.say(t="again", segment="heart")
    practising.refused("result_busy")
    may.set()
    practising.until(lambda: practising.state["result"])
    assert not practising.state["busy"]
    practising.say(t="new")
    practising.phase("welcome")
    (row,) = practising.store.sessions(Filter()).rows
    assert (row.state, row.mode, len(practising.store.session(row.id).results)) == ("finished", "exam", 1)
    (held,) = Register(practising.store).state().all(Practice).values()  # it is where the training day asked for it
    assert (held.body.person, held.body.event, held.body.exam) == (KADER, EVENT, True)
    assert (held.body.session, held.entry.author, row.occasion) == (row.id, "T01", "exam")


def test_one_step_again_is_no_exam_and_the_exams_sheet_is_had_back(practising: Room) -> None:
    exam = over(practising, "finish", "finished")
    assert (exam["practice"]["mode"], exam["practice"]["segment"]) == ("exam", None)
    practising.say(t="sheet")
    practising.refused("not_now")  # it is there
    practising.say(t="again", segment="heart")
    practising.phase("practising")
    practising.say(t="sheet")
    practising.refused("not_now")  # not in the middle
    watched(practising, 12)
    again = over(practising, "finish", "finished")
    assert practising.state["sheet"]
    assert {item["segment"] for item in again["items"]} == {again["segment"]} == {"heart"}
    assert (again["score"]["percent"], again["score"]["passed"]) == (None, None)
    practising.until(lambda: [row.state for row in practising.store.sessions(Filter()).rows] == ["finished"] * 2)
    newest, oldest = practising.store.sessions(Filter()).rows
    assert (newest.segment, newest.mode, newest.percent, newest.counts) == ("heart", "again", None, False)
    assert (oldest.segment, oldest.mode, oldest.counts) == ("", "exam", True)
    practising.say(t="sheet")
    practising.until(lambda: practising.state["result"] == exam)
    assert not practising.state["sheet"]


def test_the_exams_sheet_is_had_back_though_the_step_was_stopped_and_gone_on_with(practising: Room) -> None:
    exam = over(practising, "finish", "finished")
    practising.say(t="again", segment="heart")
    practising.phase("practising")
    watched(practising, 12)
    over(practising, "stop", "stopped")
    practising.say(t="sheet")
    practising.until(lambda: practising.state["result"] == exam)
    practising.say(t="resume")
    practising.phase("practising")
    over(practising, "finish", "finished")
    practising.say(t="sheet")
    practising.until(lambda: practising.state["result"] == exam)


def test_who_stops_for_pain_has_not_failed(practising: Room) -> None:
    made = over(practising, "stop", "stopped")
    assert made["practice"]["pain"] == "ended"
    assert (made["score"]["percent"], made["score"]["passed"]) == (None, None)
    assert {item["reason"]["key"] for item in made["items"] if item["segment"]} == {"not_reached"}
    practising.until(lambda: practising.store.sessions(Filter()).rows[0].state == "finished")
    row = practising.store.sessions(Filter()).rows[0]
    assert (row.percent, row.passed, row.stopped, row.counts) == (None, None, True, False)


def test_pauses_and_a_stop_that_was_taken_back_leave_a_trace(practising: Room) -> None:
    for word, phase in (("pause", "paused"), ("stop", "stopped")):
        practising.say(t=word)
        practising.phase(phase)
        practising.say(t="resume")
        practising.phase("practising")
    about = over(practising, "finish", "finished")["practice"]
    assert (about["mode"], about["pauses"], about["pain"]) == ("exam", 2, "over")
    assert about["paused_s"] > 0.0

    def kept() -> tuple[str, bool]:  # the stop's own result is kept first
        row = practising.store.sessions(Filter()).rows[0]
        return row.state, row.stopped

    practising.until(lambda: kept() == ("finished", False))
    row = practising.store.sessions(Filter()).rows[0]
    assert row.counts
    assert practising.store.session(row.id).results[-1].report["practice"] == about


@pytest.mark.parametrize("stopped", [False, True])
def test_where_no_hand_was_seen_nothing_is_rated_and_nothing_is_kept(tmp_path: Path, stopped: bool) -> None:
    with room(tmp_path, plugged_in(), NoHands) as running:
        ready(running, video=True)
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        watched(running, 12)
        if stopped:
            assert over(running, "stop", "stopped")["error"] == "result_no_hands"
            running.say(t="resume")  # it may go on, and is still being kept
            running.phase("practising")
            watched(running)
            assert running.store.sessions(Filter()).total == 1
            over(running, "stop", "stopped")
        else:
            assert over(running, "finish", "finished")["error"] == "result_no_hands"
        running.say(t="new")
        running.phase("welcome")
        running.until(lambda: running.store.sessions(Filter()).total == 0)
        assert not list(running.store.folder.rglob("video.mp4"))


def test_the_sample_is_marked_as_one(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(45)])
    data = tmp_path / "data"
    with room(data, None, sample=lambda: (Film(str(clip), called="sample d03"), BACK)) as running:
        running.agree(code="K07")
        running.say(t="sample")
        running.until(lambda: running.state["camera"]["sampled"])
        running.until(lambda: running.state["tracker"] == "ok" and running.state["camera"]["state"] == "ok")
        running.mark(BACK)
        running.say(t="start")
        running.until(lambda: running.state["phase"] == "finished" and running.state["result"])
        running.until(lambda: running.store.sessions(Filter()).rows[0].state == "finished")
        row = running.store.sessions(Filter()).rows[0]
        assert (row.source, row.counts) == ("sample", False)
        assert running.store.history("K07", PROTOCOL) == {}
        archive.score_again(running.store, row.id)
        again = running.store.session(row.id)
        assert (again.row.source, again.row.mode) == ("sample", "guided")


def test_what_was_not_reached_is_told_from_what_was_left_out(whole: Whole) -> None:
    """The steps before the last one that was done and not seen are left out, whatever ended it."""
    protocol = protocol_files.load(PROTOCOL)
    stopped = result.session(whole, protocol, BackInfo("given", BACK), PracticeInfo("exam", pain="ended"))
    done = {match.segment_id for match in stopped.segments}
    assert done
    last = max(protocol.rank[segment] for segment in done)
    for item in stopped.items:
        if item.segment_id is not None:
            assert (item.reason.key == "not_reached") == (protocol.rank[item.segment_id] > last), item.item_id
    finished = result.session(whole, protocol, BackInfo("given", BACK), PracticeInfo("exam", pain="over"))
    assert not any(item.reason.key == "not_reached" for item in finished.items)
    assert finished.total.percent is not None
    told = result.shown(stopped, protocol)
    assert {i["text"]["id"] for i in told["items"] if i["reason"]["key"] == "not_reached"} == {
        "Latihan dihentikan sebelum langkah ini."
    }
