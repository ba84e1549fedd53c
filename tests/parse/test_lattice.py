"""The best reading against trying all of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import HANDS, Hand, Hold, Repetition, Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parse.lattice import best_runs, worth
from coach.protocol import Protocol
from tests import naive
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment

PAIR = segment(
    PRESS,
    id="pair",
    hands="together",
    hold=PRESS["hold"]
    | {
        "points": [
            {"id": hand, "at": [x, 0.1], "tolerance": 0.1, "hand": hand, "title": {"id": hand, "en": hand}}
            for hand, x in (("left", 0.3), ("right", 0.7))
        ],
        "confusable": [],
    },
)
TURNS = segment(STROKE, id="turns", hands="alternating", returns="lifted", count=STROKE["count"] | {"per": "side"})
MADE = protocol(STROKE, CIRCLE, PRESS, PAIR, TURNS)


def done(rank: int, start_s: float, end_s: float, fit: float = 1.0, hand: Hand = "right") -> Candidate:
    span = Span(start_s, end_s)
    return Candidate(rank, span, fit, frozenset((hand,)), Repetition(span, hand, fit=fit))


def pressed(rank: int, start_s: float, end_s: float, *points: str, fit: float = 1.0) -> Candidate:
    span = Span(start_s, end_s)
    hands: tuple[Hand, ...] = HANDS if len(points) == 2 else ("left",)
    holds = tuple(Hold(point, span, hand) for point, hand in zip(points, hands, strict=True))
    return Candidate(rank, span, fit, frozenset(hands), holds=holds)


def in_a_row(rank: int, begin_s: float, times: int, each_s: float = 2.0, fit: float = 1.0) -> list[Candidate]:
    return [done(rank, begin_s + each_s * k, begin_s + each_s * (k + 1), fit) for k in range(times)]


def read(candidates: list[Candidate], made: Protocol = MADE) -> list[tuple[str, int]]:
    ordered = sorted(candidates, key=lambda c: (c.span.start_s, c.span.end_s, c.rank))
    return [(made.segments[run[0].rank].id, len(run)) for run in best_runs(ordered, made)]


@st.composite
def anything(draw: st.DrawFn) -> list[Candidate]:
    found = []
    for _ in range(draw(st.integers(0, 7))):
        rank = draw(st.integers(0, 4))
        start = draw(st.integers(0, 60)) / 4.0
        end = start + draw(st.integers(4, 16)) / 4.0
        fit = draw(st.integers(15, 100)) / 100.0
        hand: Hand = draw(st.sampled_from(HANDS))
        if rank == 2:
            found.append(pressed(2, start, end, draw(st.sampled_from(["upper", "lower", "beside"])), fit=fit))
        elif rank == 3:
            found.append(pressed(3, start, end, "left", "right", fit=fit))
        elif rank == 4 and draw(st.booleans()):
            span = Span(start, end)
            found.append(Candidate(4, span, fit, frozenset(HANDS), Repetition(span, "both"), units=2))
        else:
            found.append(done(rank, start, end, fit, hand))
    return sorted(found, key=lambda c: (c.span.start_s, c.span.end_s, c.rank))


@settings(max_examples=300, deadline=None)
@given(anything())
def test_no_reading_is_better(candidates: list[Candidate]) -> None:
    reading = best_runs(candidates, MADE)
    best = naive.best_worth(candidates, MADE)
    assert (naive.reading_worth(reading, MADE) if reading else 0.0) == pytest.approx(best, abs=1e-9)


@given(anything())
def test_runs_are_in_order_of_time_and_hardly_overlap(candidates: list[Candidate]) -> None:
    flat = [c for run in best_runs(candidates, MADE) for c in run]
    assert all(a.span.end_s <= b.span.start_s + naive.touch_s(b) for a, b in pairwise(flat))
    assert all(len({c.rank for c in run}) == 1 for run in best_runs(candidates, MADE))


def test_a_run_is_read_as_its_segment() -> None:
    assert read(in_a_row(0, 1.0, 6)) == [("down", 6)]
    assert read([]) == []


def test_segments_follow_one_another() -> None:
    found = [
        *in_a_row(0, 1.0, 5),
        *in_a_row(1, 13.0, 5),
        pressed(2, 25.0, 28.0, "upper"),
        pressed(2, 29.0, 32.0, "lower"),
    ]
    assert read(found) == [("down", 5), ("round", 5), ("points", 2)]


def test_of_two_names_for_the_same_motion_the_better_fitting_wins() -> None:
    assert read([*in_a_row(0, 1.0, 5, fit=0.9), *in_a_row(4, 1.0, 5, fit=0.7)]) == [("down", 5)]
    assert read([*in_a_row(0, 1.0, 5, fit=0.7), *in_a_row(1, 1.0, 5, fit=0.9)]) == [("round", 5)]


def test_motion_that_fits_nothing_is_idle() -> None:
    assert read(in_a_row(0, 1.0, 8, fit=IDLE_FIT - 0.01)) == []


def test_a_chance_resemblance_is_no_segment() -> None:
    assert read(in_a_row(0, 1.0, 1)) == []


def test_a_long_rest_ends_a_run() -> None:
    assert read([*in_a_row(0, 1.0, 5), *in_a_row(0, 30.0, 5)]) == [("down", 5), ("down", 5)]


def test_order_decides_between_equal_readings() -> None:
    """The same presses could be an early segment's or a late one's; after the last strokes they are the late one's."""
    twice = protocol(PRESS, STROKE, segment(PRESS, id="again"))
    both = [
        candidate
        for rank in (0, 2)
        for candidate in (pressed(rank, 20.0, 23.0, "upper"), pressed(rank, 24.0, 27.0, "lower"))
    ]
    assert read([*in_a_row(1, 1.0, 5), *both], twice) == [("down", 5), ("again", 2)]
    early = [
        candidate
        for rank in (0, 2)
        for candidate in (pressed(rank, 1.0, 4.0, "upper"), pressed(rank, 5.0, 8.0, "lower"))
    ]
    assert read([*early, *in_a_row(1, 10.0, 5)], twice) == [("points", 2), ("down", 5)]


def test_worth_grows_with_fit_and_time() -> None:
    assert worth(done(0, 0.0, 2.0)) == pytest.approx(2.0 * (1.0 - IDLE_FIT))
    assert worth(done(0, 0.0, 2.0, 0.5)) < worth(done(0, 0.0, 2.0, 0.9)) < worth(done(0, 0.0, 3.0, 0.9))
    assert worth(done(0, 0.0, 2.0, 0.1)) < 0
    assert worth(done(0, 0.0, 60.0)) == worth(done(0, 0.0, 30.0))


def test_two_repetitions_in_their_turn_are_enough_and_out_of_turn_they_are_chance() -> None:
    two = in_a_row(1, 20.0, 2, each_s=1.6)
    assert read([*in_a_row(0, 1.0, 5), *two]) == [("down", 5), ("round", 2)]
    assert read(two[:1]) == []


def test_hands_that_halt_at_every_turn_of_their_strokes_press_no_points() -> None:
    halts = [pressed(2, 1.0 + 3.0 * k, 3.2 + 3.0 * k, ("upper", "lower")[k % 2], fit=0.9) for k in range(8)]
    strokes = [done(0, 1.0 + 3.0 * k, 4.0 + 3.0 * k, fit=0.62) for k in range(8)]
    assert read([*halts, *strokes]) == [("down", 8)]


@pytest.mark.parametrize(
    ("before", "start_s", "read_too"),
    [
        (1, 11.6, True),
        (1, 11.2, False),  # where the circles ended
        (0, 11.6, False),  # the circles between are left out
        (4, 11.6, False),  # it comes before
    ],
)
def test_a_short_press_by_both_hands_in_its_turn_is_one_where_they_went_there(
    before: int, start_s: float, *, read_too: bool
) -> None:
    run, press = in_a_row(before, 1.0, 5), pressed(3, start_s, start_s + 0.8, "left", "right", fit=0.77)
    name = MADE.segments[before].id
    found = [part for part in read([*run, press]) if part[0] != name]
    assert found == ([("pair", 1)] if read_too else [])


@pytest.mark.parametrize(
    ("lasts_s", "strokes", "read_too"),
    [
        (1.7, 0, True),  # strokes of the step right before the press: the two in each other's place
        (1.2, 0, False),  # too short for that
        (1.7, 1, False),  # the press is left out of neither place, and those strokes come much later
    ],
)
def test_a_press_and_the_strokes_before_it_may_be_done_in_each_others_place(
    lasts_s: float, strokes: int, *, read_too: bool
) -> None:
    swapped = protocol(*((STROKE, PAIR, CIRCLE) if strokes == 0 else (CIRCLE, STROKE, PAIR)))
    press = pressed(1 if strokes == 0 else 2, 1.0, 1.0 + lasts_s, "left", "right")
    run = in_a_row(0, 4.0, 5, fit=0.9)
    name = swapped.segments[0].id
    assert read([press, *run], swapped) == ([("pair", 1), (name, 5)] if read_too else [(name, 5)])


EITHER = protocol(segment(STROKE, id="glide", hands="either", returns="lifted"))
RIGHT_ONLY = protocol(segment(STROKE, id="glide", hands="right", returns="lifted"))


def hand_over_hand(overlap_s: float, hands: tuple[Hand, ...] = HANDS) -> list[Candidate]:
    """Six strokes of 2 s in turn."""
    step_s = 2.0 - overlap_s
    return [done(0, step_s * k, step_s * k + 2.0, hand=hands[k % len(hands)]) for k in range(6)]


def test_strokes_hand_over_hand_are_all_counted() -> None:
    assert read(hand_over_hand(0.9), EITHER) == [("glide", 6)]


@pytest.mark.parametrize(
    ("candidates", "made", "most"),
    [
        (hand_over_hand(1.5), EITHER, 2),  # so much in common, and both hands do it at once
        (hand_over_hand(0.9, ("right",)), EITHER, 3),  # one hand cannot overtake itself
        (hand_over_hand(0.9), RIGHT_ONLY, 3),
    ],
)
def test_what_overlaps_otherwise_is_not_counted_twice(candidates: list[Candidate], made: Protocol, most: int) -> None:
    assert sum(count for _, count in read(candidates, made)) == most
