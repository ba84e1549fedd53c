"""A palm that is held before the camera, seen by the real tracker, and massage, in which none is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.capture.video import open_video
from coach.detect.hands import MediaPipeHands
from coach.practice.asking import Asking

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PALMS = SAMPLES / "p01_palms.mp4"
LATE_S = 2.0  # a palm is held for 1.2 s, once it has come


@pytest.fixture(scope="module")
def answers() -> list[tuple[float, str]]:
    """When which side has answered, asked all the time."""
    asking = Asking()
    asking.ask("no_fever")
    told: list[tuple[float, str]] = []
    with open_video(PALMS) as video, MediaPipeHands() as finder:
        for frame in video.frames():
            asking.see(frame, finder.find(frame), None)
            given = asking.shown(None)["answer"]
            if given is not None and given["n"] > len(told):
                told.append((frame.time_s, given["side"]))
    return told


def test_an_open_palm_answers_once_on_its_side_soon_after_it_has_come(answers: list[tuple[float, str]]) -> None:
    visits = json.loads(PALMS.with_suffix(".truth.json").read_text("utf-8"))["visits"]
    assert [side for _, side in answers] == [f"top_{visit['side']}" for visit in visits]
    for (time_s, _), visit in zip(answers, visits, strict=True):
        assert visit["start_s"] + 1.2 < time_s < min(visit["end_s"], visit["start_s"] + 1.2 + LATE_S)
