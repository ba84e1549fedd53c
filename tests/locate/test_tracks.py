"""Tracklets and planes become one track for each hand."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand
from coach.locate.plane import homography
from coach.locate.tracklets import Tracker
from coach.locate.tracks import hand_tracks
from tests.fakes.hands import observation

CORNERS = np.array([[100.0, 100.0], [500.0, 100.0], [500.0, 580.0], [100.0, 580.0]])
FPS = 30.0


def seen(frames: int, lost: range = range(0)) -> tuple[Tracker, Floats, Floats]:
    tracker = Tracker()
    for k in range(frames):
        hands = [observation(k / FPS, (220.0, 300.0), hand="left")]
        if k not in lost:
            hands.append(observation(k / FPS, (380.0, 340.0)))
        tracker.step(k, k / FPS, hands, lambda *_: 400.0)
    return tracker, np.arange(frames) / FPS, np.tile(homography(CORNERS), (frames, 1, 1))


def test_tracks_cover_all_frames_in_back_coordinates() -> None:
    tracker, time_s, planes = seen(40)
    tracks = hand_tracks(tracker.tracklets(), time_s, planes)
    assert set(tracks) == set(HANDS)
    palms: dict[Hand, tuple[float, float]] = {"left": (0.3, 200 / 480), "right": (0.7, 240 / 480)}
    for hand, palm in palms.items():
        track = tracks[hand]
        assert track.hand == hand
        assert track.landmarks.shape == (40, 21, 2)
        assert track.seen.all()
        assert not track.bridged.any()
        assert track.landmarks[:, [0, 9]].mean(axis=1) == pytest.approx(np.tile(palm, (40, 1)), abs=1e-9)


def test_where_a_hand_was_not_seen_is_nan() -> None:
    tracker, time_s, planes = seen(60, lost=range(20, 30))
    right = hand_tracks(tracker.tracklets(), time_s, planes)["right"]
    assert np.flatnonzero(~right.seen).tolist() == list(range(20, 30))
    assert np.isnan(right.landmarks[20:30]).all()
    assert np.isfinite(right.landmarks[right.seen]).all()


def test_the_plane_of_each_frame_is_used() -> None:
    """The back moves to the right and the hands with it: on the back they stay."""
    tracker, frames = Tracker(), 40
    planes = np.array([homography(CORNERS + np.array([2.0 * k, 0.0])) for k in range(frames)])
    for k in range(frames):
        tracker.step(k, k / FPS, [observation(k / FPS, (380.0 + 2.0 * k, 340.0))], lambda *_: 400.0)
    right = hand_tracks(tracker.tracklets(), np.arange(frames) / FPS, planes)["right"]
    assert np.ptp(right.landmarks, axis=0).max() < 1e-9


def test_nothing_seen_is_two_empty_tracks() -> None:
    tracks = hand_tracks((), np.arange(5) / FPS, np.tile(np.eye(3), (5, 1, 1)))
    for hand in HANDS:
        assert not tracks[hand].seen.any()
        assert np.isnan(tracks[hand].landmarks).all()


@pytest.mark.parametrize(
    ("x", "gap", "detected", "believed"),
    [
        (60.0, 0, 0.3, False),  # a leap away, and hardly detected there
        (60.0, 0, 0.8, True),  # surely seen: the hand was lost on its way there
        (230.0, 0, 0.3, True),  # where it was
        (60.0, 12, 0.3, True),  # it may have got there meanwhile
        (60.0, 24, 0.3, True),
    ],
)
def test_what_is_hardly_seen_a_leap_away_from_a_lost_hand_is_a_ghost(
    x: float, gap: int, detected: float, believed: bool
) -> None:
    """The left hand is lost at one second, and stays; a second later something begins at another place.

    :param gap: so many frames before, nothing is seen of it any more
    """
    tracker, frames = Tracker(), 120
    for k in range(frames):
        hands = [observation(k / FPS, (380.0, 340.0))]
        if k < 30:
            hands.append(observation(k / FPS, (220.0, 300.0), hand="left"))
        elif 60 <= k < 60 + detected * 30:
            hands.append(observation(k / FPS, (x, 380.0), hand="left"))
        for lost in tracker.step(k, k / FPS, hands, lambda *_: 400.0):
            if k < 60 - gap or 60 <= k < 90:
                tracker.bridge(lost, k, k / FPS, lost.landmarks[-1])
    tracks = hand_tracks(tracker.tracklets(), np.arange(frames) / FPS, np.tile(homography(CORNERS), (frames, 1, 1)))
    assert tracks["left"].seen[:30].all()
    assert bool(tracks["left"].seen[75]) is believed
    assert tracks["right"].seen.all()
