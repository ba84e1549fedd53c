"""Turns: how many, which way round, wherever they begin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Floats
from coach.moves.circling import CircleTurn, _comes_round, circle_turns
from coach.moves.trace import trace
from coach.parameters.circles import TREMBLE_TURN, WHOLE_TURN
from tests import naive
from tests.fakes.hands import Path, circling, frames, shuttling, staying, traced, track
from tests.fakes.protocols import CIRCLE, STROKE, only

ROUND = only(CIRCLE)
CENTRE, RADII = (0.7, 0.3), (0.1, 0.14)


def of(path: Path, length_s: float, fps: float = 30.0) -> list[CircleTurn]:
    return circle_turns(traced("right", path, length_s, fps=fps), ROUND)


def whole(found: list[CircleTurn]) -> list[CircleTurn]:
    return [turn for turn in found if abs(turn.turn) >= WHOLE_TURN]


@settings(max_examples=40, deadline=None)
@given(
    turns=st.integers(2, 8),
    start=st.floats(0.0, 1.0),
    clockwise=st.booleans(),
    turn_s=st.floats(1.2, 3.5),
    fps=st.sampled_from([10.0, 15.0, 30.0, 60.0]),
)
def test_n_turns_are_n_turns(turns: int, start: float, clockwise: bool, turn_s: float, fps: float) -> None:
    path = circling(CENTRE, RADII, turns=turns, start=start, clockwise=clockwise, turn_s=turn_s)
    length_s = 2.0 + turns * turn_s
    found = of(path, length_s, fps)
    assert len(whole(found)) == turns
    assert {np.sign(turn.turn) for turn in found} == {1.0 if clockwise else -1.0}
    time_s = np.arange(0.0, length_s, 0.01)
    summed = naive.turned(path(time_s), np.array(CENTRE), np.array(RADII))
    assert sum(turn.turn for turn in found) == pytest.approx(summed, abs=0.35)


@pytest.mark.parametrize("start", [0.0, 0.2, 0.45, 0.7])
@pytest.mark.parametrize(("turns", "expected"), [(4.3, 4), (4.9, 5), (3.55, 3)])
def test_a_broken_off_turn_does_not_count(turns: float, expected: int, start: float) -> None:
    found = of(circling(CENTRE, RADII, turns=turns, start=start), 2.0 + 2.0 * turns)
    assert len(whole(found)) == expected


@pytest.mark.parametrize("since_s", [1.6, 2.2, 4.9, 6.3])
def test_a_hand_that_is_hidden_for_a_third_of_a_turn_goes_on_with_its_circles(since_s: float) -> None:
    path, time_s = circling(CENTRE, RADII, turns=5), frames(12.0)
    seen = ~((time_s > since_s) & (time_s < since_s + 0.66))
    found = circle_turns(trace(track("right", time_s, path(time_s), seen=seen), 0.0, 11.9), ROUND)
    assert len(whole(found)) == 5
    assert found[0].start_s == pytest.approx(1.0, abs=0.35)


def test_turns_have_their_place_size_and_times() -> None:
    found = of(circling(CENTRE, RADII, turns=5), 12.0)
    for number, turn in enumerate(found):
        assert turn.centre == pytest.approx(CENTRE, abs=0.01)
        assert turn.radii == pytest.approx(RADII, abs=0.012)
        assert turn.start_s == pytest.approx(1.0 + 2.0 * number, abs=0.25)
        assert turn.end_s == pytest.approx(3.0 + 2.0 * number, abs=0.25)
        assert turn.hand == "right"


def test_a_change_of_direction_begins_anew() -> None:
    there, back = (
        circling(CENTRE, RADII, turns=3, clockwise=way, begin_s=begin) for way, begin in ((True, 1.0), (False, 8.0))
    )

    def path(time_s: Floats) -> Floats:
        return np.where(time_s[:, None] < 7.5, there(time_s), back(time_s))

    assert [round(turn.turn) for turn in whole(of(path, 15.0))] == [1, 1, 1, -1, -1, -1]


def pressed_flat(half: int, to: float, wide: float = RADII[0], turns: int = 3) -> Path:
    """Circles from the top, 2 s each, one of whose half turns is so much less round."""

    def path(time_s: Floats) -> Floats:
        gone = np.clip(time_s - 1.0, 0.0, 2.0 * turns) * np.pi
        reach = np.where(np.floor(gone / np.pi) == half, to, 1.0) * wide
        return np.stack((CENTRE[0] + reach * np.sin(gone), CENTRE[1] - RADII[1] * np.cos(gone)), axis=-1)

    return path


@pytest.mark.parametrize(("to", "wide"), [(0.25, RADII[0]), (0.4, 0.055)])
@pytest.mark.parametrize("half", range(6))
def test_a_half_turn_that_the_tracker_cuts_flat_is_one_of_its_circles(half: int, to: float, wide: float) -> None:
    """Wherever in the run it is: a foreshortened hand is seen nearer to the circle's middle on that side."""
    found = whole(of(pressed_flat(half, to, wide), 9.0))
    assert [round(turn.turn, 1) for turn in found] == [1.0] * 3
    assert found[0].start_s == pytest.approx(1.0, abs=0.3)
    assert found[-1].end_s == pytest.approx(7.0, abs=0.3)


@pytest.mark.parametrize("half", [0, 5])
def test_a_straight_way_to_circles_or_from_them_is_no_half_turn(half: int) -> None:
    found = whole(of(pressed_flat(half, 0.0), 9.0))
    assert len(found) == 2
    assert sum(turn.duration_s for turn in found) == pytest.approx(4.5, abs=0.6)


def test_the_way_to_circles_from_farther_off_is_no_half_turn() -> None:
    """It bulges as little, but begins elsewhere than where they turn."""

    def path(time_s: Floats) -> Floats:
        way, gone = np.clip(time_s - 1.0, 0.0, 1.0)[:, None], np.clip(time_s - 2.0, 0.0, 4.0)
        aside = np.stack((CENTRE[0] - 0.06 * np.sin(np.pi * way[:, 0]), 0.75 - 0.59 * way[:, 0]), axis=-1)
        round_ = circling(CENTRE, RADII, turns=2, begin_s=2.0, start=0.75)(time_s)
        return np.where((gone > 0.0)[:, None], round_, aside)

    assert len(whole(of(path, 8.0))) == 2


@pytest.mark.parametrize(
    "path",
    [
        staying(CENTRE),
        shuttling((0.7, 0.15), (0.7, 0.45), times=5),
        shuttling((0.6, 0.2), (0.8, 0.4), times=5),
        circling(CENTRE, (0.02, 0.03), turns=5),
    ],
    ids=["still", "down and up", "to and fro", "far too small"],
)
def test_what_does_not_turn_is_no_circle(path: Path) -> None:
    assert of(path, 14.0) == []


@pytest.mark.parametrize("seed", range(5))
def test_strokes_that_wobble_are_no_circles(seed: int) -> None:
    time_s = frames(20.0)
    place = shuttling((0.7, 0.15), (0.7, 0.45), times=7)(time_s)
    place += np.random.default_rng(seed).normal(0.0, 0.015, place.shape)
    assert circle_turns(trace(track("right", time_s, place), 0.0, 19.9), ROUND) == []


def test_a_segment_without_a_circle_cannot_be_circled() -> None:
    with pytest.raises(ValueError, match="down has no circle"):
        circle_turns(traced("right", staying(CENTRE), 2.0), only(STROKE))


@pytest.mark.parametrize("turns", [1, 3, 5])
def test_the_way_on_after_the_last_turn_does_not_take_it_away(turns: int) -> None:
    """The hand leaves upward from the top of its last circle, so that it never turns there."""
    drawn = circling(CENTRE, RADII, turns=turns, start=0.5)
    leaving_s = 1.0 + 2.0 * turns

    def path(time_s: Floats) -> Floats:
        place = drawn(time_s)
        gone = np.clip((time_s - leaving_s) / 1.2, 0.0, 1.0)
        place[:, 1] += 0.35 * gone
        return place

    found = of(path, leaving_s + 4.0)
    assert len(whole(found)) == turns
    assert found[-1].end_s == pytest.approx(leaving_s, abs=0.4)


@pytest.mark.parametrize("turns", [2, 3])
@pytest.mark.parametrize("clockwise", [True, False])
def test_few_turns_between_two_ways_from_farther_off_are_as_many(turns: int, clockwise: bool) -> None:
    """Both ends lie as far out: neither tells where the hand turns otherwise."""
    begin_s, far = 2.5, np.array([1.12, 0.54])
    drawn = circling(CENTRE, RADII, turns=turns, begin_s=begin_s, start=0.5, clockwise=clockwise)
    end_s = begin_s + 2.0 * turns

    def path(time_s: Floats) -> Floats:
        away = np.clip(np.maximum(begin_s - time_s, time_s - end_s) / 1.5, 0.0, 1.0)[:, None]
        place: Floats = drawn(time_s) * (1.0 - away) + far * away
        return place

    found = whole(of(path, end_s + 3.0))
    assert len(found) == turns
    assert found[0].radii == pytest.approx(RADII, abs=0.04)


@pytest.mark.parametrize("clockwise", [True, False])
def test_a_single_turn_after_travel_is_one(clockwise: bool) -> None:
    """Travel that ends in the turn's own top has no turning point there, and may bend the other way."""
    round_s, far = 3.0, np.array([1.3, 0.9])
    turn = circling(CENTRE, RADII, turns=1, turn_s=round_s, begin_s=3.0, start=0.5, clockwise=clockwise)

    def path(time_s: Floats) -> Floats:
        way = np.clip(time_s - 1.0, 0.0, 2.0)[:, None] / 2.0
        start = turn(np.array([0.0]))[0]
        bend = np.sin(np.pi * way) * np.array([[0.25 if clockwise else -0.25, 0.0]])
        arriving: Floats = far + way * (start - far) + bend
        return np.where((time_s < 3.0)[:, None], arriving, turn(time_s))

    found = whole(of(path, 7.0))
    assert [np.sign(t.turn) for t in found] == [1.0 if clockwise else -1.0]
    assert found[0].end_s == pytest.approx(3.0 + round_s, abs=0.5)


def test_one_flat_half_turn_among_good_ones_does_not_part_the_turns() -> None:
    true = circling(CENTRE, RADII, turns=5, turn_s=2.0)

    def flattened(share: float) -> Path:
        def path(time_s: Floats) -> Floats:
            place = true(time_s)
            flat = (time_s >= 5.0) & (time_s < 6.0)  # the third turn's way down, or up
            place[flat, 0] = CENTRE[0] + share * (place[flat, 0] - CENTRE[0])
            return place

        return path

    assert len(whole(of(flattened(0.22), 12.0))) == 5
    assert len(whole(of(flattened(-0.5), 12.0))) < 5  # but none that goes round the other way


@pytest.mark.parametrize("clockwise", [True, False])
def test_a_hand_that_was_seen_beyond_the_centre_for_a_moment_loses_no_turn(clockwise: bool) -> None:
    """Where it was lost at the circle's edge, and what came back was the way across."""
    true = circling(CENTRE, RADII, turns=5, turn_s=2.0, clockwise=clockwise)

    def path(time_s: Floats) -> Floats:
        place = true(time_s)
        across = (time_s >= 5.35) & (time_s < 5.65)
        place[across, 0] = CENTRE[0] - 0.6 * (place[across, 0] - CENTRE[0])
        return place

    found = whole(of(path, 12.0))
    assert len(found) == 5
    assert [t.duration_s for t in found] == pytest.approx([2.0] * 5, abs=0.35)


def flattened(side: float, out: float, height: float) -> Path:
    """Six turns whose one side bulges by ``out`` of their height, and the other by ``side`` of that."""

    def path(time_s: Floats) -> Floats:
        angle = 2.0 * np.pi * np.clip((time_s - 1.0) / 2.0, 0.0, 6.0)
        across = np.sin(angle)
        x = CENTRE[0] + out * height * np.where(across > 0, across, side * across)
        return np.stack([x, CENTRE[1] - height / 2.0 * np.cos(angle)], axis=1)

    return path


def test_half_hearts_with_a_straight_way_back_are_no_circles() -> None:
    """They bulge by 0.2 of their height on the way down, and not at all on the way up."""
    assert not of(flattened(0.0, 0.2, 0.3), 14.0)


@pytest.mark.parametrize("clockwise", [True, False])
@pytest.mark.parametrize("way_s", [0.8, 1.2])
@pytest.mark.parametrize(("aside", "below"), [(1.5, 0.3), (2.0, 0.6), (2.6, 1.0), (3.5, 0.6)])
def test_a_way_that_turns_against_the_circles_takes_none_away(
    clockwise: bool, way_s: float, aside: float, below: float
) -> None:
    """From beside the blade up to the circles' top: seen from their centre the hand goes back a quarter."""
    top, side = np.array([CENTRE[0], CENTRE[1] - RADII[1]]), 1.0 if clockwise else -1.0
    drawn = circling(CENTRE, RADII, turns=5, begin_s=3.0, start=0.75, clockwise=clockwise)
    far = np.array([CENTRE[0] + side * aside * RADII[0], CENTRE[1] + below * RADII[1]])

    def path(time_s: Floats) -> Floats:
        left = np.clip((3.0 - time_s) / way_s, 0.0, 1.0)[:, None]
        return np.where(left > 0.0, top + left * (far - top), drawn(time_s))

    found = whole(of(path, 16.0))
    assert len(found) == 5
    assert found[0].start_s == pytest.approx(3.0, abs=0.4)
    assert found[-1].end_s == pytest.approx(13.0, abs=0.5)


def test_a_hand_comes_round_from_when_on_it_no_longer_stays() -> None:
    """However near to where it was it trembled before; and all the way from there belongs to the circle."""
    stays = TREMBLE_TURN * 2.0 * np.pi
    trembling = stays * np.array([0.5, 0.0, 0.9, 0.4, 0.2])
    phase = np.concatenate((np.array([0.7, 0.3]), trembling, np.linspace(0.5 * stays, 12.0, 60)))
    assert _comes_round(phase, 0, len(phase) - 1) == 6
    assert _comes_round(phase, 6, len(phase) - 1) == 6


@pytest.mark.parametrize("clockwise", [True, False])
@pytest.mark.parametrize("drift", [(0.03, 0.0), (-0.03, 0.0), (0.05, 0.0), (0.03, 0.01)])
def test_circles_that_drift_off_their_common_centre_are_circles(clockwise: bool, drift: tuple[float, float]) -> None:
    """Each goes on beside the one before, as far off as it is wide: their centre lies within few of them."""
    true = circling(CENTRE, (0.06, 0.09), turns=6, turn_s=2.0, clockwise=clockwise)

    def path(time_s: Floats) -> Floats:
        done: Floats = np.clip((time_s - 1.0) / 2.0, 0.0, 6.0) - 3.0
        return np.asarray(true(time_s) + done[:, None] * np.array(drift))

    found = whole(of(path, 14.0))
    assert len(found) == 6
    assert [turn.duration_s for turn in found] == pytest.approx([2.0] * 6, abs=0.6)


@pytest.mark.parametrize("flat", [0.4, 0.6, 1.0])
def test_a_run_tells_how_far_its_half_turns_bulge(flat: float) -> None:
    found = of(circling(CENTRE, (0.14 * flat, 0.14), turns=5), 12.0)
    assert [turn.bulge for turn in found] == pytest.approx([3.0 / np.pi * flat] * len(found), rel=0.1)
    assert len(whole(found)) == 5
    assert {turn.bulge for turn in of(circling(CENTRE, RADII, turns=1), 4.0)} == {np.inf}


def test_a_hand_that_turns_the_other_way_comes_round_half_way_through_at_the_latest() -> None:
    phase = np.linspace(3.0, 0.0, 40)
    assert _comes_round(phase, 0, 39) == 19


@pytest.mark.parametrize("turns", [5, 7, 9])
def test_circles_that_go_on_at_another_place_are_circles(turns: int) -> None:
    """No even drift: their common centre lies within none of them."""
    true = circling(CENTRE, (0.06, 0.09), turns=turns, turn_s=2.0)

    def path(time_s: Floats) -> Floats:
        done: Floats = np.clip((time_s - 1.0) / 2.0, 0.0, turns)
        aside = 0.2 / (1.0 + np.exp(-6.0 * (done - turns / 2.0)))
        return np.asarray(true(time_s) + aside[:, None] * np.array((1.0, 0.0)))

    assert len(whole(of(path, 2.0 + 2.0 * turns))) == turns


@pytest.mark.parametrize("clockwise", [True, False])
@pytest.mark.parametrize("way", [(0.46, 0.0), (-0.46, 0.0), (0.3, 0.3)])
@pytest.mark.parametrize("halves", [8, 10, 12])
def test_circles_here_and_then_there_have_their_own_centres(
    clockwise: bool, way: tuple[float, float], halves: int
) -> None:
    """On one shoulder blade and then on the other, with no rest between them."""
    turns = halves / 2.0
    there = (CENTRE[0] + way[0], CENTRE[1] + way[1])
    first = circling(CENTRE, RADII, turns=turns, turn_s=2.4, clockwise=clockwise)
    second = circling(
        there, RADII, turns=5, start=turns % 1.0, turn_s=2.4, clockwise=clockwise, begin_s=2.0 + halves * 1.2
    )

    def path(time_s: Floats) -> Floats:
        return np.where(time_s[:, None] < 1.5 + halves * 1.2, first(time_s), second(time_s))

    found = whole(of(path, 3.0 + 2.4 * (turns + 5)))
    own = [turn for turn in found if np.hypot(*(turn.centre - CENTRE)) < 0.05]
    its = [turn for turn in found if np.hypot(*(turn.centre - there)) < 0.05]
    assert (len(own), len(its), len(found)) == (int(turns), 5, int(turns) + 5)
