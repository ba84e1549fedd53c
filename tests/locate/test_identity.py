"""Whose hand a tracklet is: by forearm, neighbour and continuity, never by the detector's label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from coach.domain import Floats, Hand, HandObservation
from coach.locate.identity import Piece, owners, untangled
from tests.fakes.hands import own_skeleton, skeleton

FPS = 15.0


def piece(place: Floats, hand: Hand | None = None, begin: int = 0) -> Piece:
    """A hand whose wrist goes along ``place`` (n, 2); without a hand, its fingers point straight up."""
    marks = skeleton() if hand is None else own_skeleton(hand)
    if hand is None:
        marks[:, 0] = 0.0
    frames = np.arange(begin, begin + len(place))
    landmarks = place[:, None, :] + marks[None]
    return Piece(frames, frames / FPS, landmarks, np.zeros(len(place), dtype=np.bool_))


def sides(pieces: Sequence[Piece]) -> list[Hand | None]:
    return [owner.hand if owner is not None else None for owner in owners(pieces)]


def staying(x: float, y: float = 0.4, frames: int = 60) -> Floats:
    return np.tile([x, y], (frames, 1))


def going(start: float, end: float, y: float = 0.4, frames: int = 60) -> Floats:
    return np.stack([np.linspace(start, end, frames), np.full(frames, y)], axis=1)


def test_an_observation_carries_no_side() -> None:
    assert {field.name for field in fields(HandObservation)} == {"time_s", "landmarks", "confidence", "bridged"}


def test_two_hands_side_by_side_are_left_and_right() -> None:
    assert sides([piece(staying(0.7)), piece(staying(0.3))]) == ["right", "left"]


@pytest.mark.parametrize("x", [0.1, 0.3, 0.5])
def test_the_left_of_two_is_the_left_hand_wherever_both_are(x: float) -> None:
    assert sides([piece(staying(x)), piece(staying(x + 0.3))]) == ["left", "right"]


@pytest.mark.parametrize("hand", ["left", "right"])
def test_a_hand_alone_is_known_by_its_forearm(hand: Hand) -> None:
    """At the spine, where its place says nothing."""
    marks = own_skeleton(hand)
    assert sides([piece(staying(0.5 - float((marks[0, 0] + marks[9, 0]) / 2)), hand)]) == [hand]


@pytest.mark.parametrize(("x", "hand"), [(0.1, "left"), (0.9, "right")])
def test_a_hand_alone_without_a_forearm_is_known_by_its_half(x: float, hand: Hand) -> None:
    assert sides([piece(staying(x))]) == [hand]


def test_a_hand_that_reaches_over_stays_itself() -> None:
    """The right hand works on her left shoulder blade for a while; the left one waits still farther left."""
    over = np.concatenate([going(0.7, 0.4), staying(0.4), going(0.4, 0.7)])
    assert sides([piece(staying(0.15, frames=180), "left"), piece(over, "right")]) == ["left", "right"]


def test_a_short_piece_takes_up_the_hand_that_ended_there() -> None:
    before = piece(staying(0.45, frames=90), "right")
    partner = piece(staying(0.2, frames=90), "left")
    after = piece(staying(0.45, frames=12), None, begin=95)
    assert sides([before, partner, after])[2] == "right"


def test_a_third_hand_at_the_same_time_is_nobodys() -> None:
    given = sides(
        [piece(staying(0.3), "left"), piece(staying(0.7), "right"), piece(staying(0.9, 0.1, 30), "right", 10)]
    )
    assert given == ["left", "right", None]


@pytest.mark.parametrize(("aside", "whose"), [(0.05, "right"), (0.3, None)])
def test_what_flow_carries_on_keeps_no_hand_from_the_piece_that_goes_on_there(aside: float, whose: Hand | None) -> None:
    """The right hand is lost and detected anew a moment later, while flow goes on with it for ten frames more.

    Farther from there, what is detected meanwhile beside two hands is nobody's.
    """
    tail = piece(staying(0.7, frames=60), "right")
    before = Piece(tail.frames, tail.time_s, tail.landmarks, np.arange(60) >= 50)
    left = piece(staying(0.3, frames=160), "left")
    anew = piece(staying(0.7 - aside, frames=108), "right", begin=52)
    assert sides([left, before, anew]) == ["left", whose, "right"]


def test_each_hand_is_given_once_at_a_time() -> None:
    given = sides([piece(staying(0.6)), piece(staying(0.65, 0.1))])
    assert sorted(map(str, given)) == ["left", "right"]


# ------------------------------------------------------------------ hands that were exchanged
def exchanged() -> tuple[Piece, Piece]:
    """Two hands meet and part again; the tracker followed each to the other's side."""
    meet = [(0.3, 0.5), (0.7, 0.5)]
    left, right = (going(start, end, frames=40) for start, end in meet)
    landmarks = [piece(left, "left").landmarks, piece(right, "right").landmarks]
    back = [piece(right[::-1], "right").landmarks, piece(left[::-1], "left").landmarks]
    frames = np.arange(80)
    one, other = (
        Piece(frames, frames / FPS, np.concatenate([landmarks[k], back[k]]), np.zeros(80, dtype=np.bool_))
        for k in (0, 1)
    )
    return one, other


def lengths(pieces: list[Piece]) -> list[int]:
    return [len(part.frames) for part in pieces]


def test_exchanged_hands_are_cut_where_they_met_and_told_apart_again() -> None:
    pieces = untangled(exchanged())
    assert len(pieces) == 4
    for part, hand in zip(pieces, sides(pieces), strict=True):
        middle = float(np.median(part.palm[:, 0]))
        assert hand == ("left" if middle < 0.5 else "right")
        assert part.frames[0] in (0, pytest.approx(40, abs=6))


def test_a_cut_loses_no_frame() -> None:
    whole = exchanged()
    frames = sorted(int(f) for part in untangled(whole) for f in part.frames)
    assert frames == sorted([*range(80), *range(80)])


def test_hands_that_never_met_are_left_alone() -> None:
    apart = [piece(going(0.2, 0.45), "left"), piece(going(0.8, 0.55), "right")]
    assert lengths(untangled(apart)) == [60, 60]
    later = [piece(going(0.2, 0.8), "left"), piece(going(0.8, 0.2), "right", begin=200)]
    assert lengths(untangled(later)) == [60, 60]


def test_hands_that_pass_far_above_each_other_are_left_alone() -> None:
    passing = [piece(going(0.2, 0.8, y=0.0), "left"), piece(going(0.8, 0.2, y=0.8), "right")]
    assert lengths(untangled(passing)) == [60, 60]


def test_how_sure_it_is_grows_with_what_tells_the_hands_apart() -> None:
    """Two beside each other are sure; one without a forearm at the spine is a guess, and so is what follows on it."""
    pair = owners([piece(staying(0.7)), piece(staying(0.3))])
    assert all(owner is not None and owner.sure > 0.99 for owner in pair)
    guess, after = owners([piece(staying(0.52, frames=80)), piece(staying(0.52), begin=85)])
    assert guess is not None
    assert after is not None
    assert guess.sure < 0.8
    assert after.sure < 0.8
    sided = owners([piece(staying(0.9))])[0]
    assert sided is not None
    assert guess.sure < sided.sure


def test_what_flow_kept_does_not_tell_whose_a_detected_hand_is() -> None:
    """Two skeletons on the left hand: one is detected, the other one is longer there, but mostly carried by flow."""
    ghost = piece(staying(0.2, frames=120), "left", begin=30)
    carried = replace(ghost, bridged=np.arange(120) >= 40)
    hands = [piece(staying(0.35, frames=60), "left"), piece(staying(0.8, frames=120), "right")]
    assert sides([*hands, carried]) == ["left", "right", None]
    assert sides([*hands, ghost])[0] is None
