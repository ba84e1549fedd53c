"""Motions like a segment that was not found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.glimpses import LIKE, TAKEN, Glimpse, glimpses
from tests.fakes.evidence import holding, match, press, strokes
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment
from tests.parse.test_segments import MADE, done, pressed


def seen(*candidates: Candidate, found: tuple[SegmentMatch, ...] = ()) -> list[tuple[str, Span]]:
    return [(glimpse.segment_id, glimpse.span) for glimpse in glimpses(candidates, found, MADE)]


def perhaps(point: str, candidate: Candidate) -> Candidate:
    """Pressed at a neighbour of that point, and hardly nearer to it."""
    return replace(candidate, holds=tuple(replace(hold, perhaps=point) for hold in candidate.holds))


def test_what_fits_and_nothing_took_is_one() -> None:
    stroke, touch = done(1.0, 3.0, fit=0.7), pressed(5.0, 8.0, "upper", fit=0.8)
    assert glimpses([stroke, touch], (), MADE) == (
        Glimpse("down", Span(1.0, 3.0), 0.7, hands=frozenset({"right"})),
        Glimpse("points", Span(5.0, 8.0), 0.8, pressed=frozenset({"upper"}), hands=frozenset({"left"})),
    )


def test_what_fits_badly_is_none() -> None:
    assert seen(done(1.0, 3.0, fit=LIKE)) == []


def test_what_is_of_a_segment_that_was_found_is_none() -> None:
    found = (holding("points", press("upper", 5.0, 3.0)),)
    assert seen(pressed(10.0, 13.0, "upper"), found=found) == []
    assert seen(done(10.0, 12.0), found=found) == [("down", Span(10.0, 12.0))]


@pytest.mark.parametrize(("share", "taken"), [(TAKEN - 0.05, False), (TAKEN + 0.05, True)])
def test_what_another_segment_took_is_none(share: float, taken: bool) -> None:
    stroke = done(6.0, 8.0)
    for start_s, lasts_s in ((6.0 + 2.0 * (1.0 - share), 3.0), (1.0, 5.0 + 2.0 * share)):
        found = (holding("points", press("upper", 0.5, 0.4), press("upper", start_s, lasts_s)),)
        assert seen(stroke, found=found) == ([] if taken else [("down", Span(6.0, 8.0))])


@pytest.mark.parametrize("rest", [False, True])
def test_what_is_done_while_a_hand_may_only_rest_is_one(rest: bool) -> None:
    found = (replace(holding("points", press("upper", 1.0, 6.0)), rest=rest),)
    assert seen(done(2.0, 5.0), found=found) == ([("down", Span(2.0, 5.0))] if rest else [])


# ------------------------------------------------------------------ repetitions that were not counted
@pytest.mark.parametrize(
    ("candidate", "beside"),
    [
        (done(7.0, 9.0, fit=0.6), True),
        (done(23.0, 25.0, fit=0.6), True),
        (done(27.5, 29.5, fit=0.6), False),  # two would have had room before it
        (done(3.0, 5.0, fit=0.6), False),
        (done(7.0, 9.0, fit=LIKE - 0.01), False),
        (done(12.5, 14.5, fit=0.6), False),  # which was counted
    ],
)
def test_what_is_like_the_repetitions_beside_it_and_was_not_counted_is_one(candidate: Candidate, beside: bool) -> None:
    """Five of two seconds each, from 10 to 20 s on."""
    found = (match("down", *strokes(5)),)
    assert seen(candidate, found=found) == ([("down", candidate.span)] if beside else [])


def test_beside_what_was_only_begun_there_is_none() -> None:
    broken_off = (match("down", *strokes(5, whole=False)),)
    assert seen(done(7.0, 9.0, fit=0.6), found=broken_off) == []


def test_between_two_of_a_segment_there_may_be_one() -> None:
    found = (match("down", *strokes(3)), match("down", *strokes(3, begin_s=19.0)))
    assert seen(done(16.5, 18.5, fit=0.6), found=found) == [("down", Span(16.5, 18.5))]


# ------------------------------------------------------------------ presses missing of a segment that was found
@pytest.mark.parametrize(
    ("candidate", "point"),
    [
        (pressed(10.0, 13.0, "lower", fit=0.16), "lower"),
        (pressed(10.0, 13.0, "upper", fit=0.9), ""),  # which was pressed
        (pressed(10.0, 13.0, "beside", fit=0.9), ""),  # which nobody asks for
        (perhaps("lower", pressed(10.0, 13.0, "beside", fit=0.26)), "lower"),  # which is hardly farther
        (perhaps("upper", pressed(10.0, 13.0, "beside", fit=0.26)), ""),
        (pressed(10.0, 10.9, "lower", fit=0.9), ""),  # a halt on the way
        (pressed(6.0, 8.9, "lower", fit=0.9), ""),  # taken
    ],
)
def test_a_press_of_a_point_that_seems_missing_is_one_however_far_beside(candidate: Candidate, point: str) -> None:
    found = (holding("points", press("upper", 5.0, 4.0)),)
    told = [g.point for g in glimpses([candidate], found, MADE)]
    assert told == ([point] if point else [])


def test_of_both_hands_points_one_hand_alone_pressed_none() -> None:
    made = protocol(STROKE, CIRCLE, segment(PRESS, hands="together"))
    found = (holding("points", press("upper", 5.0, 4.0)),)
    assert glimpses([pressed(10.0, 13.0, "lower")], found, made) == ()


def test_a_hand_that_waits_for_the_other_is_one() -> None:
    waiting = replace(pressed(5.0, 8.0, "upper", fit=0.8), doubted=True)
    assert seen(waiting) == [("points", Span(5.0, 8.0))]


@pytest.mark.parametrize(("waits", "by", "point"), [(True, 1, "lower"), (False, 1, ""), (True, 2, "")])
def test_of_both_hands_points_one_may_have_been_pressed_by_a_hand_that_waited_there(
    waits: bool, by: int, point: str
) -> None:
    made = protocol(STROKE, CIRCLE, segment(PRESS, hands="together"))
    one = replace(pressed(10.0, 13.0, "lower"), doubted=waits, turns=frozenset(HANDS[:by]))
    found = (holding("points", press("upper", 5.0, 4.0)),)
    assert [g.point for g in glimpses([one], found, made)] == ([point] if point else [])
