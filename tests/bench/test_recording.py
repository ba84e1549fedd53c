"""A recorded clip gives exactly what the product makes of it, and what is asked for again is not worked out again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.detect.hands import MediaPipeHands
from coach.domain import HANDS, Frame, HandObservation
from tests.bench import recording, store
from tests.bench.recording import Clip, Memory, raw_hands, watch
from tests.footage import SAMPLE, cut, sample_corners
from tests.footage import watch as product

FRAMES = 45


@pytest.fixture
def clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clip:
    monkeypatch.setattr(store, "FOLDER", tmp_path / "kept")
    return Clip(cut(SAMPLE, tmp_path / "clip.mp4", FRAMES), sample_corners())


def test_a_recording_is_what_the_product_sees(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    direct = product(clip.path, clip.corners)
    first = watch(clip)

    def never(_: MediaPipeHands, frame: Frame) -> tuple[HandObservation, ...]:
        raise AssertionError(f"frame {frame.index} was detected again")

    monkeypatch.setattr(MediaPipeHands, "find", never)
    for watched in (first, watch(clip)):
        tracks = watched.watching.tracks()
        for hand in HANDS:
            np.testing.assert_array_equal(tracks[hand].landmarks, direct.tracks[hand].landmarks)
            np.testing.assert_array_equal(tracks[hand].bridged, direct.tracks[hand].bridged)
        np.testing.assert_array_equal(watched.watching.planes(), direct.planes)
    assert [len(hands) for hands in raw_hands(clip)] == [len(hands) for hands in direct.raw]
    assert {hand.label for hands in raw_hands(clip) for hand in hands} <= {"left", "right"}


def test_flow_is_asked_once(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    before, now = (Frame(index, index / 15.0, recording.NOTHING) for index in (6, 7))
    points = clip.corners[:1] + np.linspace(60.0, 160.0, 21)[:, None]
    memory = Memory.of(clip)
    moved = memory.move(before, now, points)
    memory.close()
    assert moved is not None
    again = Memory.of(clip)
    monkeypatch.setattr(recording, "degraded", degraded_never)
    np.testing.assert_array_equal(again.move(before, now, points), moved)


def degraded_never(*_: object) -> None:
    raise AssertionError("the pictures were decoded again")


def test_other_pictures_another_back_and_another_finder_are_other_recordings(clip: Clip) -> None:
    others = [
        Clip(clip.path, clip.corners, "blur"),
        Clip(clip.path, clip.corners + 1.0),
        Clip(clip.path, clip.corners, finder="0.3"),
    ]
    assert len({clip.motions_key, *(other.motions_key for other in others)}) == 4
    assert len({clip.hands_key, *(other.hands_key for other in others)}) == 4
    assert others[1].flow_key == clip.flow_key != others[0].flow_key
