"""A practice from its first picture to its result, with a film for a camera and the real tracker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach import wiring
from coach.capture.camera import Film
from coach.commands.quiet import quiet_libraries
from coach.protocol import files as protocol_files
from coach.store import Filter
from coach.summary.report import report
from tests.footage import SAMPLE, cut, sample_corners
from tests.practice.session import PROTOCOL, Room, real, room

LOSSLESS = float("inf")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its first 22 seconds, with the first turns of the spine circles."""
    return cut(SAMPLE, tmp_path_factory.mktemp("clip") / "clip.mp4", frames=330)


@pytest.fixture(scope="module")
def reviewed(clip: Path) -> dict[str, Any]:
    with quiet_libraries():
        return report(wiring.review(str(clip), protocol_files.load(PROTOCOL), sample_corners(), None, lambda *_: None))


@pytest.fixture(scope="module")
def practised(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A free practice with that clip, at its end. Consent for tracks only."""
    folder = tmp_path_factory.mktemp("data")
    with quiet_libraries(), room(folder, Film(str(clip), pace=LOSSLESS), real) as running:
        running.until(lambda: running.page.states and running.state["tracker"] == "ok")
        running.say(t="mode", mode="free")
        running.phase("consent")
        running.agree(code="K07")
        running.mark(sample_corners())
        running.say(t="start")
        running.phase("finished", 60)
        running.until(lambda: running.state["result"])
        yield running


def test_the_result_is_the_reviews(practised: Room, reviewed: dict[str, Any]) -> None:
    made = practised.state["result"]
    assert made["schema"] == reviewed["schema"]
    assert made["video"]["frames"] == reviewed["video"]["frames"]
    assert abs(made["video"]["duration_s"] - reviewed["video"]["duration_s"]) < 0.05
    assert [s["id"] for s in made["segments"]] == [s["id"] for s in reviewed["segments"]]
    for live, later in zip(made["segments"], reviewed["segments"], strict=True):
        assert abs(live["count"] - later["count"]) <= 1
        assert abs(live["start_s"] - later["start_s"]) < 0.5
    differing = [a["id"] for a, b in zip(made["items"], reviewed["items"], strict=True) if a["points"] != b["points"]]
    assert len(differing) <= 1


def test_the_result_tells_in_both_languages(practised: Room) -> None:
    made = practised.state["result"]
    assert all(item["text"]["id"] and item["text"]["en"] for item in made["items"])
    assert {"strength", "improve"} <= set(made["feedback"])
    assert made["feedback"]["improve"]["text"]["id"]


def test_the_tutor_spoke_while_it_was_going_on(practised: Room) -> None:
    spoken = {prompt["clip"] for text in practised.page.states for prompt in _say(text)}
    assert "phase_start" in spoken
    assert any(clip.startswith("count_") for clip in spoken)


def _say(text: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = json.loads(text)["say"]
    return said


def test_every_picture_came_with_its_hands(practised: Room) -> None:
    numbers = [number for number, _ in practised.page.frames]
    assert numbers == sorted(set(numbers))
    header = practised.header()
    assert (header["w"], header["h"]) == (640, 480)
    assert len(header["back"]) == 4
    assert all(len(hand["px"]) == 21 for hand in header["hands"])


def test_the_session_is_in_the_store_with_tracks_and_without_pictures(practised: Room) -> None:
    practised.until(lambda: practised.store.sessions(Filter(kader="K07")).rows[0].state == "finished")
    row = practised.store.sessions(Filter(kader="K07")).rows[0]
    assert (row.source, row.mode, row.video) == ("live", "free", "")
    stored = practised.store.session(row.id)
    assert stored.report is not None
    assert stored.report["segments"] == practised.state["result"]["segments"]
    assert sum(len(chunk.time_s) for chunk in practised.store.tracks(row.id)) == stored.report["video"]["frames"]
    assert max(len(chunk.time_s) for chunk in practised.store.tracks(row.id)) <= 16  # a second at 15 a second


def test_one_segment_again(practised: Room) -> None:
    practised.say(t="again", segment="nothing")
    practised.refused("again_unknown")
    practised.say(t="again", segment="spine_circles")
    practised.phase("practising")
    assert not practised.state["result"]
    seen = practised.practice.pictures
    practised.until(lambda: practised.practice.pictures > seen + 30)
    practised.say(t="finish")
    practised.until(lambda: practised.state["result"])
    made = practised.state["result"]
    assert {item["segment"] for item in made["items"]} == {"spine_circles"}
    assert made["score"]["max_points"] <= 2 * len(made["items"])


def test_new_begins_anew(practised: Room) -> None:
    practised.say(t="new")
    practised.phase("welcome")
    state = practised.state
    assert (state["result"], state["step"], state["saved"]) == (None, None, None)
    practised.say(t="start")
    practised.refused("consent_missing")
