"""A recorded session folds again into what it was, without its pictures."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Frame, Hand, TrackChunk
from coach.moves.trace import trace
from coach.pipeline import Watching
from coach.recording import Recorder, replay
from coach.score.session import read
from coach.store import chunks
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.protocols import shipped
from tests.fakes.session import SIZE, frames_of
from tests.fakes.simulated import played
from tests.fakes.watcher import DriftingWatcher
from tests.simulator import SimulatedSession
from tests.simulator.standard import d01_like


@pytest.fixture(scope="module")
def session() -> SimulatedSession:
    return played(d01_like(), 3)


@pytest.fixture(scope="module")
def fold(session: SimulatedSession) -> tuple[Watching, list[TrackChunk]]:
    """The fold as it went, and what was kept of it in chunks of 15 frames, the last one shorter."""
    finder = ReplayingFinder([found for _, found in session.observations])
    recorder = Recorder(finder, CarryingMover((0.4, 0.2)), DriftingWatcher((0.01, 0.0)))
    watching = Watching(recorder, recorder, recorder, session.corners_px, SIZE)
    kept: list[TrackChunk | None] = []
    for frame in frames_of(session.observations):
        watching.step(frame)
        if len(kept) * 15 + 14 == frame.index:
            assert 0.8 < recorder.waiting_s < 1.2
            kept.append(recorder.take())
    kept.append(recorder.take())
    assert recorder.take() is None
    return watching, [chunk for chunk in kept if chunk is not None]


def test_folds_into_the_very_same_tracks(session: SimulatedSession, fold: tuple[Watching, list[TrackChunk]]) -> None:
    watching, kept = fold
    assert any(chunk.bridged.any() for chunk in kept)
    before, after = watching.tracks(), replay(kept, session.corners_px, SIZE).tracks()
    for hand in HANDS:
        np.testing.assert_array_equal(before[hand].time_s, after[hand].time_s)
        np.testing.assert_array_equal(before[hand].seen, after[hand].seen)
        np.testing.assert_array_equal(before[hand].bridged, after[hand].bridged)
        np.testing.assert_allclose(before[hand].landmarks, after[hand].landmarks)


def test_a_pillow_has_no_camera_by_which_fingertips_would_be_placed_on_a_body(
    session: SimulatedSession, fold: tuple[Watching, list[TrackChunk]]
) -> None:
    pillow = replay(fold[1], session.corners_px, SIZE, flat=True)
    assert fold[0].eye() is not None
    assert pillow.eye() is None
    for hand in HANDS:
        body, flat = (trace(watching.tracks()[hand], 0.0, 20.0, "back") for watching in (fold[0], pillow))
        assert np.nanmax(np.abs(body.skin["fingertips"] - body.places["fingertips"])) > 0.01
        np.testing.assert_array_equal(flat.skin["fingertips"], flat.places["fingertips"])


def test_reads_the_same_after_it_was_on_the_disk(
    session: SimulatedSession, fold: tuple[Watching, list[TrackChunk]]
) -> None:
    watching, kept = fold
    data = [chunks.encode(chunk)[len(chunks.framed(b"")) :] for chunk in kept]
    again = replay([chunks.decode(one) for one in data], session.corners_px, SIZE)
    rules = shipped("oxytocin")
    before, after = read(watching.tracks(), rules)[0], read(again.tracks(), rules)[0]
    assert [(m.segment_id, len(m.whole)) for m in before] == [(m.segment_id, len(m.whole)) for m in after]
    assert max(abs(a.span.start_s - b.span.start_s) for a, b in zip(before, after, strict=True)) < 0.1
    seconds = sum(float(chunk.time_s[-1] - chunk.time_s[0]) for chunk in kept)
    assert sum(map(len, data)) / seconds < 16_000  # bytes: ten minutes stay below 10 MB


def test_what_was_cut_off_is_the_beginning_of_the_whole(
    session: SimulatedSession, fold: tuple[Watching, list[TrackChunk]]
) -> None:
    _, kept = fold
    some = replay(kept[:20], session.corners_px, SIZE)
    assert len(some.time_s) == 300
    assert len(replay([], session.corners_px, SIZE).tracks()["left"].time_s) == 0


def test_takes_each_moment_once(session: SimulatedSession, fold: tuple[Watching, list[TrackChunk]]) -> None:
    _, kept = fold
    times = list(itertools.chain.from_iterable(chunk.time_s for chunk in kept))
    assert times == [time_s for time_s, _ in session.observations]
    assert all(chunk.frame.max(initial=0) < len(chunk.time_s) for chunk in kept)


class OneHandMover:
    """Flow that follows the hand on one side of the picture's middle, and loses the other."""

    def __init__(self, side: Hand, middle_px: float) -> None:
        self.side, self.middle_px = side, middle_px

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:  # noqa: ARG002
        return points + 0.3 if (points[0, 0] < self.middle_px) == (self.side == "left") else None


@pytest.mark.parametrize("followed", HANDS)
def test_a_hand_that_flow_had_lost_does_not_take_the_other_one_s_place(
    session: SimulatedSession, followed: Hand
) -> None:
    both = next(found for _, found in session.observations if len(found) == 2)
    middle_px = float(np.mean([hand.landmarks[0, 0] for hand in both]))
    hands = [tuple(replace(h, time_s=k / 15.0) for h in both) if k < 15 else () for k in range(20)]
    recorder = Recorder(ReplayingFinder(hands), OneHandMover(followed, middle_px), DriftingWatcher((0.0, 0.0)))
    watching = Watching(recorder, recorder, recorder, session.corners_px, SIZE)
    for frame in frames_of([(k / 15.0, found) for k, found in enumerate(hands)]):
        watching.step(frame)
    chunk = recorder.take()
    assert chunk is not None
    kept = chunks.decode(chunks.encode(chunk)[len(chunks.framed(b"")) :])
    before, after = watching.tracks(), replay([kept], session.corners_px, SIZE).tracks()
    for hand in HANDS:
        assert before[hand].seen[15:].any() == (hand == followed)
        np.testing.assert_array_equal(before[hand].seen, after[hand].seen)
        np.testing.assert_allclose(before[hand].landmarks, after[hand].landmarks, atol=0.01)
