"""A practice in whose middle another camera takes over: marked anew, what follows is read as if nothing had been."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from coach.domain import HANDS, BackMark, Floats, Frame, Moved, Span, TrackChunk
from coach.locate.following import Following, MarkedFollowing
from coach.locate.framing import framing
from coach.locate.plane import SQUARE, to_back
from coach.locate.relief import eye
from coach.locate.scale import scale
from coach.moves.trace import trace
from coach.pipeline import Watching
from coach.recording import Recorder, replay
from coach.score.session import read
from coach.store import chunks
from coach.trainer.seen import Seen
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.protocols import shipped
from tests.fakes.session import SIZE, frames_of
from tests.fakes.simulated import played
from tests.fakes.watcher import DriftingWatcher
from tests.simulator import SimulatedSession
from tests.simulator.standard import d01_like

# px of the one camera to the other's: one that looks from elsewhere, one that is merely shifted, one that is far away
CAMERAS = {
    "elsewhere": np.array([[0.9, 0.12, 40.0], [-0.08, 0.95, 25.0], [3e-4, -2e-4, 1.0]]),
    "far": np.array([[0.3, 0.0, 200.0], [0.0, 0.3, 150.0], [0.0, 0.0, 1.0]]),
    "aside": np.array([[1.0, 0.0, 90.0], [0.0, 1.0, 20.0], [0.0, 0.0, 1.0]]),
}


MARKED = np.array([[200.0, 90.0], [430.0, 70.0], [470.0, 400.0], [180.0, 390.0]])


@dataclass
class Practised:
    """What was seen of it."""

    watching: Watching
    kept: list[TrackChunk]
    plain: Watching  # the same before one camera
    middle: int  # the first frame of the other
    corners: tuple[Floats, Floats]  # each (4, 2) px, of the two marks


@pytest.fixture(scope="module")
def session() -> SimulatedSession:
    return played(d01_like(), 3)


@pytest.fixture(scope="module", params=CAMERAS)
def practised(session: SimulatedSession, request: pytest.FixtureRequest) -> Practised:
    other, first, seen = CAMERAS[request.param], session.corners_px, session.observations
    finder, mover, middle = ReplayingFinder([]), CarryingMover(None), len(seen) // 2
    plain = Watching(finder, mover, DriftingWatcher(), first, SIZE)
    following = Following(first, lambda _: DriftingWatcher())
    recorder = Recorder(finder, mover, following)
    watching = Watching(recorder, recorder, recorder, first, SIZE)
    for frame, (_, found) in zip(frames_of(seen), seen, strict=True):
        plain.observe(frame, found)
        if frame.index == middle:
            following.mark(to_back(first, other))
            np.testing.assert_allclose(following.back, to_back(first, other))
        there = tuple(replace(hand, landmarks=to_back(hand.landmarks, other)) for hand in found)
        watching.observe(frame, there if frame.index >= middle else found)
    chunk = recorder.take()
    assert chunk is not None
    data = chunks.encode(chunk)[len(chunks.framed(b"")) :]
    return Practised(watching, [chunks.decode(data)], plain, middle, (first, to_back(first, other)))


def test_the_hands_are_where_they_were_on_the_back(practised: Practised) -> None:
    since_s = practised.plain.time_s[practised.middle] - 5.0
    for since in (None, since_s):  # of live readings, the last stretch
        made, wanted = practised.watching.tracks(since), practised.plain.tracks(since)
        for hand in HANDS:
            both = made[hand].seen & wanted[hand].seen
            assert both.sum() > 0.95 * wanted[hand].seen.sum()
            np.testing.assert_allclose(made[hand].landmarks[both], wanted[hand].landmarks[both], atol=1e-6)


def test_a_later_reading_of_what_was_kept_agrees_with_the_live_one(practised: Practised) -> None:
    rules = shipped("oxytocin")
    again = replay(practised.kept, practised.corners[0], SIZE)
    live, later = read(practised.watching.tracks(), rules), read(again.tracks(), rules)
    assert [(m.segment_id, len(m.whole)) for m in live[0]] == [(m.segment_id, len(m.whole)) for m in later[0]] != []
    assert [item.points for item in live[1]] == [item.points for item in later[1]]
    planes = np.abs(practised.watching.planes() - again.planes()).max()
    assert planes < 1e-4


def test_the_marks_are_told_with_their_times_and_may_be_changed_later(practised: Practised) -> None:
    (mark,) = practised.watching.later()
    assert mark.from_s == practised.watching.time_s[practised.middle]
    np.testing.assert_allclose(mark.corners, practised.corners[1], atol=1e-6)
    first = practised.corners[0] + 5.0
    again = replay(practised.kept, first, SIZE, later=[replace(mark, corners=MARKED)])
    for there, plane in zip((first, MARKED), again.planes()[[0, -1]], strict=True):
        np.testing.assert_allclose(to_back(there, plane), SQUARE, atol=1e-3)
    (changed,) = again.later()
    np.testing.assert_allclose(changed.corners, MARKED, atol=1e-3)


def test_a_film_goes_on_from_its_marks_once_their_time_has_come(session: SimulatedSession) -> None:
    first, marks = session.corners_px, [BackMark(0.3, MARKED), BackMark(0.5, MARKED + 9.0), BackMark(99.0, MARKED)]
    marked = MarkedFollowing(first, marks, lambda _: DriftingWatcher())
    for frame in frames_of(session.observations[:12]):  # 15 a second
        there = to_back(first, marked.watch(frame, ()))
        holds = first if frame.time_s < 0.3 else MARKED if frame.time_s < 0.5 else MARKED + 9.0
        np.testing.assert_allclose(there, holds, atol=1e-6)
    assert [mark.from_s for mark in marked.waiting] == [99.0]


def test_where_each_camera_is_goes_with_its_frames(practised: Practised) -> None:
    middle, watching = practised.middle, practised.watching
    eyes = [eye(corners, SIZE) for corners in practised.corners]
    assert np.abs(eyes[0] - eyes[1]).max() > 0.02
    newest = watching.eye()
    assert newest == pytest.approx(eyes[1])
    for found in (watching, replay(practised.kept, practised.corners[0], SIZE)):
        track = found.tracks()["right"]
        assert track.eye is not None
        np.testing.assert_allclose(track.eye[[0, middle - 1]], [eyes[0]] * 2, atol=1e-3)
        np.testing.assert_allclose(track.eye[[middle, -1]], [eyes[1]] * 2, atol=1e-3)
    late = watching.tracks(watching.time_s[middle] - 1.0)["right"]
    assert late.eye is not None
    assert len(late.eye) == len(late.time_s)
    assert late.eye[0] == pytest.approx(eyes[0])
    assert late.eye[-1] == pytest.approx(eyes[1])


def test_presses_are_placed_on_the_skin_as_the_camera_of_the_moment_sees_them(practised: Practised) -> None:
    track, at_s = practised.watching.tracks()["right"], practised.watching.time_s[practised.middle]
    made = trace(track, 0.0, practised.watching.time_s[-1], "back")
    for corners, of in zip(practised.corners, (made.time_s < at_s, made.time_s >= at_s), strict=True):
        alone = trace(replace(track, eye=eye(corners, SIZE)), 0.0, practised.watching.time_s[-1], "back")
        np.testing.assert_allclose(made.skin["fingertips"][of], alone.skin["fingertips"][of], atol=1e-3)
        assert made.eye_at(int(np.flatnonzero(of)[0])) == pytest.approx(eye(corners, SIZE))


def test_what_one_of_the_cameras_did_not_see_was_perhaps_done_unseen(practised: Practised) -> None:
    views = [framing(corners, SIZE) for corners in practised.corners]
    *_, sight = read(practised.watching.tracks(), shipped("oxytocin"))
    assert sight.view is not None
    np.testing.assert_allclose(sight.view, views, atol=1e-6)
    places = [(x, y) for x in (0.0, 0.5, 1.0) for y in (0.0, 0.5, 1.0, 1.2)]
    each = [replace(sight, view=view).framed(places) for view in views]
    assert sight.framed(places) == min(each)


def test_what_is_as_large_as_a_hand_is_told_by_the_newest_mark(practised: Practised) -> None:
    for watching, corners in ((practised.plain, practised.corners[0]), (practised.watching, practised.corners[1])):
        middle = corners.mean(axis=0).tolist()
        assert watching._scale(*middle) == pytest.approx(scale(corners)(*middle), rel=1e-3)


def test_a_trainer_is_shown_both_marks(practised: Practised) -> None:
    watching = replay(practised.kept, practised.corners[0], SIZE)
    seen = Seen.read(Seen.of(watching).bytes())
    assert seen is not None
    shown = seen.arrays["corners"][[0, practised.middle - 1, practised.middle, -1]]
    first, other = practised.corners
    np.testing.assert_allclose(shown, [first, first, other, other], atol=0.01)
    for hand, track in watching.tracks().items():
        assert track.eye is not None
        assert track.view is not None
        told = seen.tracks()[hand]
        np.testing.assert_array_equal(told.eye, track.eye)
        np.testing.assert_array_equal(told.view, track.view)


# ------------------------------------------------------------------ a camera that is moved
def test_a_camera_that_is_moved_leads_astray_until_the_back_is_marked_anew() -> None:
    made: list[DriftingWatcher] = []

    def watcher(_: Floats) -> DriftingWatcher:
        made.append(DriftingWatcher())
        return made[-1]

    def see(time_s: float) -> None:
        following.watch(Frame(round(time_s * 10), time_s, np.zeros((2, 2, 3), dtype=np.uint8)), ())

    following = Following(MARKED, watcher)
    see(10.0)
    assert not following.astray
    moved = Moved(Span(8.0, 10.0), followed=False)
    for told, astray in (
        (replace(moved, followed=True), False),
        (replace(moved, span=Span(9.0, 10.0)), False),
        (moved, True),
    ):
        made[0].moved = (told,)
        assert following.astray == astray
    following.mark(MARKED + 10.0)
    assert not following.astray
    assert following.moved == (moved,)
    made[0].moved = ()
    assert following.moved == (moved,)


def test_a_camera_that_was_put_back_leads_nobody_astray() -> None:
    watcher = DriftingWatcher()
    following = Following(MARKED, lambda _: watcher)
    watcher.moved = (Moved(Span(3.0, 8.0), followed=False),)
    for time_s, astray in ((8.5, True), (9.5, False)):
        following.watch(Frame(0, time_s, np.zeros((2, 2, 3), dtype=np.uint8)), ())
        assert following.astray == astray
