"""A session too long for the memory: its beginning is let go, and its result comes from the store's recording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.domain import TrackChunk
from coach.locate.tracklets import Tracker, Tracklet
from coach.practice import lesson
from coach.practice.past import Cut, forget, without_pauses
from coach.store import chunks
from tests.bench.recorded import RecordedHands, barcoded
from tests.footage import sample_corners
from tests.practice.session import Room, room
from tests.practice.test_parts import tracks

FRAMES, FPS = 420, 15.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return barcoded(tmp_path_factory.mktemp("clip") / "clip.mp4", FRAMES, FPS)


def practised(running: Room) -> dict[str, Any]:
    running.until(lambda: running.page.states and running.state["tracker"] == "ok")
    running.agree()
    running.mark(sample_corners())
    running.say(t="start")
    running.phase("finished", 60)
    running.until(lambda: running.state["result"])
    result: dict[str, Any] = running.state["result"]
    return result


def test_the_result_is_the_same_whether_the_beginning_was_let_go_or_not(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name, long_s in (("whole", 1e6), ("forgetful", 8.0)):
        monkeypatch.setattr(lesson, "LONG_S", long_s)
        monkeypatch.setattr(lesson, "RECENT_S", 4.0)
        with room(tmp_path / name, Film(str(clip), pace=float("inf")), RecordedHands) as running:
            made.append(practised(running))
            watching = running.practice.lesson._watching if running.practice.lesson else None
            assert watching is not None
            frames = sum(len(t.frames) for t in (*watching.tracker.done, *watching.tracker.live))
            assert (frames < FRAMES) == (name == "forgetful")
    whole, replayed = made
    assert [s["id"] for s in replayed["segments"]] == [s["id"] for s in whole["segments"]] != []
    assert [s["count"] for s in replayed["segments"]] == [s["count"] for s in whole["segments"]]
    assert [i["points"] for i in replayed["items"]] == [i["points"] for i in whole["items"]]
    assert replayed["video"]["frames"] == whole["video"]["frames"] == FRAMES


def test_what_the_disk_refuses_stays_in_memory(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with room(tmp_path, Film(str(clip), pace=float("inf")), RecordedHands) as running:
        practised(running)
        keeping = running.practice.lesson.keeping if running.practice.lesson else None
        assert keeping is not None
        kept = keeping.whole()
        assert sum(len(chunk.time_s) for chunk in kept) == FRAMES
        monkeypatch.setattr(chunks, "encode", _full)
        keeping.chunk(kept[-1])
        assert len(keeping.whole()) == len(kept) + 1
        assert keeping.problem is not None
        assert keeping.problem.key == "fault"
        running.until(lambda: (running.state["saved"] or {}).get("key") == "fault")


def _full(_chunk: TrackChunk) -> bytes:
    raise OSError(28, "no space left")


def test_pauses_are_cut_out_of_the_tracks() -> None:
    moved = without_pauses(tracks(), [Cut(1.0, 0.5), Cut(1.5, 0.7)])["left"].time_s
    known = tracks()["left"].time_s
    assert moved[known < 1.0] == pytest.approx(known[known < 1.0])
    middle = (known >= 1.0) & (known < 1.5)
    assert moved[middle] == pytest.approx(known[middle] - 0.5)
    assert moved[known >= 1.5] == pytest.approx(known[known >= 1.5] - 0.7)


def test_what_is_forgotten_is_what_was_before() -> None:
    old, live = (
        Tracklet(
            frames=[*r], time_s=[k / 15 for k in r], landmarks=[np.zeros((21, 2))] * len(r), bridged=[False] * len(r)
        )
        for r in (range(10), range(5, 50))
    )
    tracker = Tracker(live=[live], done=[old])
    forget(tracker, 20)
    assert tracker.done == []
    assert (live.frames[0], len(live.frames), len(live.time_s), len(live.landmarks), len(live.bridged)) == (
        20,
        30,
        30,
        30,
        30,
    )
    forget(tracker, 1000)
    assert live.frames == [48, 49]
