"""Real hands and real ghosts: at most one steady track for each hand, none on what is no hand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from coach.capture.video import open_video
from coach.detect.hands import MediaPipeHands
from coach.domain import HANDS, Floats
from coach.protocol.files import load
from coach.score.session import read
from tests.footage import FOOTAGE, Watched, WholePictures, needs_footage, watch

pytestmark = needs_footage

REAL = FOOTAGE / "real"
WALKER = "pose2sim_single_cam04.mp4"
TWO_HANDS = ("victordibia_compare_right.mp4", *(f"victordibia_hand{n}.gif" for n in (1, 2, 3)))
WALKERS_BACK = np.array([[125.0, 430.0], [310.0, 430.0], [325.0, 610.0], [165.0, 610.0]])  # px, in the first picture
WALKERS_WIDTH = 185.0  # px
JUMP, SOON_S = 1.5, 0.15  # palm lengths between neighbouring frames
APART = 0.5  # palm lengths between two hands: nearer, both tracks sit on one


@cache
def seen(name: str) -> Watched:
    if name == WALKER:  # whole, as the cut to the back hardly has the ghost any more that the core is to refuse
        return watch(REAL / name, WALKERS_BACK, WholePictures)
    with open_video(REAL / name) as video:
        width, height = video.size
    low, high = 0.05, 0.95  # the table top is marked in the back's place
    corners = np.array([[low, low], [high, low], [high, high], [low, high]]) * (width, height)
    return watch(REAL / name, corners)


def palms(landmarks: Floats) -> tuple[Floats, Floats]:
    """(n, 2) px the middle, (n,) px the length (across the knuckles where that is longer) of hands (n, 21, 2) px."""
    lengths = np.hypot(*(landmarks[:, 0] - landmarks[:, 9]).T), np.hypot(*(landmarks[:, 5] - landmarks[:, 17]).T)
    return (landmarks[:, 0] + landmarks[:, 9]) / 2, np.maximum(*lengths)


@pytest.mark.parametrize("name", TWO_HANDS)
def test_both_hands_are_tracked_in_most_frames(name: str) -> None:
    watched = seen(name)
    assert (watched.hands == 2).mean() > 0.8
    assert (watched.hands >= 1).mean() > 0.94


@pytest.mark.parametrize("name", TWO_HANDS)
def test_the_left_hand_is_the_one_on_the_left(name: str) -> None:
    both = seen(name).hands == 2
    left, right = (palms(seen(name).pixels(hand)[both])[0][:, 0] for hand in HANDS)
    assert (left < right).mean() > 0.95


@pytest.mark.parametrize("name", [*TWO_HANDS, WALKER])
def test_no_track_jumps(name: str) -> None:
    watched, steps = seen(name), 0
    for hand in HANDS:
        track = watched.tracks[hand]
        frames = np.flatnonzero(track.seen)
        middle, length = palms(watched.pixels(hand)[frames])
        soon = np.diff(track.time_s[frames]) < SOON_S
        jumps = np.hypot(*np.diff(middle, axis=0).T) / np.maximum(length[1:], length[:-1])
        assert not (jumps[soon] > JUMP).any(), track.time_s[frames[1:]][soon & (jumps > JUMP)]
        steps += int(soon.sum())
    assert steps > 50


@pytest.mark.parametrize("name", [*TWO_HANDS, WALKER])
def test_there_are_never_more_tracks_than_hands(name: str) -> None:
    """Each seen hand is one that the detector gave in that frame, or one that flow carried; no two are the same."""
    watched = seen(name)
    pixels = {hand: watched.pixels(hand) for hand in HANDS}
    for frame, given in enumerate(watched.raw):
        used: list[int] = []
        for hand in HANDS:
            track = watched.tracks[hand]
            if track.seen[frame] and not track.bridged[frame]:
                off = [float(np.abs(g - pixels[hand][frame]).max()) for g in given]
                assert min(off) < 0.01
                used.append(int(np.argmin(off)))
        assert len(set(used)) == len(used)
    both = watched.hands == 2
    (left, length), (right, other) = (palms(pixels[hand][both]) for hand in HANDS)
    assert (np.hypot(*(left - right).T) > APART * np.minimum(length, other)).all()


def sizes(hands: Floats) -> Floats:
    """(n,) px the diagonals of the boxes around hands (n, 21, 2) px."""
    diagonals: Floats = np.hypot(*(hands.max(axis=1) - hands.min(axis=1)).T)
    return diagonals


def test_a_hand_as_large_as_the_back_is_refused() -> None:
    watched = seen(WALKER)
    raw = sizes(np.array([hand for given in watched.raw for hand in given]))
    assert (raw > WALKERS_WIDTH).sum() >= 10  # the detector does see that ghost
    for hand in HANDS:
        kept = watched.pixels(hand)[watched.tracks[hand].seen]
        assert len(kept) > 0  # the walker's own hands
        assert sizes(kept).max() < WALKERS_WIDTH


@pytest.mark.parametrize("finder", [WholePictures, MediaPipeHands])
def test_nothing_of_the_massage_is_found_where_nobody_massages(finder: type[MediaPipeHands]) -> None:
    watched = seen(WALKER) if finder is WholePictures else watch(REAL / WALKER, WALKERS_BACK, finder)
    found, items, _ = read(watched.tracks, load("oxytocin"))
    assert found == ()
    assert not any(item.points for item in items)
