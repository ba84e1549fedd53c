"""The last stretch of a session is the same without the rest, and packing it changes nothing."""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
import pytest

from coach.domain import HANDS, Frame
from coach.locate.recent import pack
from coach.pipeline import Watching
from tests.fakes.session import NO_PICTURE, watching
from tests.fakes.simulated import played
from tests.simulator import SimulatedSession, random_script


@cache
def session() -> SimulatedSession:
    """Hands that are lost, doubled and exchanged as the detector does it."""
    return played(random_script(np.random.default_rng(7), 1, hard=True), 7)


def folded(frames: int | None = None, packed: bool = True) -> Watching:
    fold = watching(session().observations, session().corners_px)
    for number, (time_s, found) in enumerate(session().observations[:frames]):
        fold.observe(Frame(number, time_s, NO_PICTURE), found)
        if packed and number % 50 == 0:
            pack(fold.tracker)
    return fold


def test_packing_changes_no_track() -> None:
    plain, small = folded(packed=False).tracks(), folded().tracks()
    for hand in HANDS:
        np.testing.assert_array_equal(plain[hand].landmarks, small[hand].landmarks)
        np.testing.assert_array_equal(plain[hand].seen, small[hand].seen)


def test_what_is_packed_is_small() -> None:
    fold = folded()
    done = fold.tracker.done
    assert all(t.proven and not t.seen for t in done[: len(done) // 2])
    taken = sum(sys.getsizeof(t.landmarks) for t in done if isinstance(t.landmarks, np.ndarray))
    kept = sum(len(t.frames) for t in done if isinstance(t.landmarks, np.ndarray))
    assert kept > 1000
    assert taken / kept < 21 * 2 * 8 + 60


@pytest.mark.parametrize("back_s", [20.0, 45.0])
def test_the_tracks_of_the_last_stretch_are_the_end_of_all_tracks(back_s: float) -> None:
    fold = folded()
    since_s = fold.time_s[-1] - back_s
    whole, part = fold.tracks(), fold.tracks(since_s)
    differing = 0
    for hand in HANDS:
        first = int(np.searchsorted(whole[hand].time_s, since_s))
        np.testing.assert_array_equal(whole[hand].time_s[first:], part[hand].time_s)
        same = np.isclose(whole[hand].landmarks[first:], part[hand].landmarks, atol=1e-6, equal_nan=True)
        differing += int((~same.all(axis=(1, 2))).sum())
    assert differing <= 0.03 * 2 * len(part["left"].time_s)


def test_the_newest_hands_are_those_of_the_tracks() -> None:
    fold = watching(session().observations, session().corners_px)
    right, total = 0, 0
    for number, (time_s, found) in enumerate(session().observations[:600]):
        fold.observe(Frame(number, time_s, NO_PICTURE), found)
        if number % 8 == 0:
            fold.tracks(time_s - 30.0)
        hands = fold.hands()
        assert len(hands) <= 2
        assert len({h.hand for h in hands if h.hand}) == len([h for h in hands if h.hand])
        if number % 20 == 19:
            tracks = fold.tracks()
            for hand in hands:
                total += 1
                right += hand.hand is not None and np.allclose(tracks[hand.hand].landmarks[-1], hand.landmarks)
    assert total > 20
    assert right / total > 0.9


def test_before_the_first_frame_there_is_no_hand() -> None:
    assert watching([], session().corners_px).hands() == ()
