"""Motions like a segment that was not found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hold, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.fit import ONE_BY_ONE_WORTH
from coach.parameters.unclaimed import LIKE_FIT, TAKEN_SHARE
from coach.parse.unclaimed import Unclaimed, unclaimed_motions
from tests.fakes.evidence import holding, match, press, strokes
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment
from tests.parse.test_segments import MADE, done, pressed


def seen(*candidates: Candidate, found: tuple[SegmentMatch, ...] = ()) -> list[tuple[str, Span]]:
    return [(motion.segment_id, motion.span) for motion in unclaimed_motions(candidates, found, MADE)]


def perhaps(point: str, candidate: Candidate) -> Candidate:
    """Pressed at a neighbour of that point, and hardly nearer to it."""
    return replace(candidate, holds=tuple(replace(hold, perhaps=point) for hold in candidate.holds))


def test_what_fits_and_nothing_took_is_one() -> None:
    stroke, touch = done(1.0, 3.0, fit=0.7), pressed(5.0, 8.0, "upper", fit=0.8)
    assert unclaimed_motions([stroke, touch], (), MADE) == (
        Unclaimed("down", Span(1.0, 3.0), 0.7, hands=frozenset({"right"})),
        Unclaimed("points", Span(5.0, 8.0), 0.8, pressed=frozenset({"upper"}), hands=frozenset({"left"})),
    )


def test_a_hand_that_waits_for_the_other_is_one() -> None:
    waiting = replace(pressed(5.0, 8.0, "upper", fit=0.8), doubted=True)
    assert seen(waiting) == [("points", Span(5.0, 8.0))]


def test_what_fits_badly_is_none() -> None:
    assert seen(done(1.0, 3.0, fit=LIKE_FIT)) == []


@pytest.mark.parametrize(("hands", "like"), [("together", True), ("either", False)])
def test_one_hand_of_two_that_presses_at_its_point_is_one(hands: str, like: bool) -> None:
    """What it is worth less for being alone says nothing of where it pressed."""
    made = protocol(STROKE, CIRCLE, segment(PRESS, hands=hands))
    alone = pressed(5.0, 8.0, "upper", fit=LIKE_FIT * (1.0 + ONE_BY_ONE_WORTH) / 2.0)
    beside = replace(alone, fit=LIKE_FIT * ONE_BY_ONE_WORTH)
    assert [g.span for g in unclaimed_motions([alone], (), made)] == ([alone.span] if like else [])
    assert unclaimed_motions([beside], (), made) == ()


@pytest.mark.parametrize(("off", "like"), [(0.05, True), (0.09, False)])
def test_both_hands_at_their_points_are_one_however_far_apart_they_are(off: float, like: bool) -> None:
    """How far they are apart tells pairs of points from each other: where one was not found, that is worth nothing."""
    made = protocol(STROKE, CIRCLE, segment(PRESS, hands="together"))
    span = Span(5.0, 8.0)
    holds = Hold("upper", span, "left", 0.01), Hold("lower", span, "right", off)
    pair = Candidate(2, span, 0.35, frozenset(HANDS), holds=holds)
    found = [(g.span, set(g.pressed)) for g in unclaimed_motions([pair], (), made)]
    assert found == ([(span, {"upper", "lower"})] if like else [])
    elsewhere = replace(pair, holds=(replace(holds[0], point="beside"), holds[1]))
    assert unclaimed_motions([elsewhere], (), made) == ()
    for rest in (False, True):  # what was read as something else already, if only as a rest, says nothing more
        read = replace(holding("round", press("upper", 4.9, 3.0)), rest=rest)
        assert unclaimed_motions([pair], (read,), made) == ()


def test_what_is_of_a_segment_that_was_found_is_none() -> None:
    found = (holding("points", press("upper", 5.0, 3.0)),)
    assert seen(pressed(10.0, 13.0, "upper"), found=found) == []
    assert seen(done(10.0, 12.0), found=found) == [("down", Span(10.0, 12.0))]


@pytest.mark.parametrize(("share", "taken"), [(TAKEN_SHARE - 0.05, False), (TAKEN_SHARE + 0.05, True)])
def test_what_another_segment_took_is_none(share: float, taken: bool) -> None:
    stroke = done(6.0, 8.0)
    for start_s, lasts_s in ((6.0 + 2.0 * (1.0 - share), 3.0), (1.0, 5.0 + 2.0 * share)):
        found = (holding("points", press("upper", 0.5, 0.4), press("upper", start_s, lasts_s)),)
        assert seen(stroke, found=found) == ([] if taken else [("down", Span(6.0, 8.0))])


@pytest.mark.parametrize("rest", [False, True])
def test_what_is_done_while_a_hand_may_only_rest_is_one(rest: bool) -> None:
    found = (replace(holding("points", press("upper", 1.0, 6.0)), rest=rest),)
    assert seen(done(2.0, 5.0), found=found) == ([("down", Span(2.0, 5.0))] if rest else [])


# ------------------------------------------------------------------ two in a row
@pytest.mark.parametrize(
    ("fits", "pause_s", "seen_too"),
    [
        ((0.4, 0.31), 0.5, True),
        ((0.4, 0.31), -0.2, True),  # turning points are known no better
        ((0.4, 0.31), -1.0, False),  # one motion, read twice
        ((0.4, 0.31), 9.0, False),
        ((0.4, 0.29), 0.5, False),
    ],
)
def test_motions_that_are_a_little_like_it_are_some_where_one_follows_another(
    fits: tuple[float, float], pause_s: float, seen_too: bool
) -> None:
    one, other = done(1.0, 3.0, fit=fits[0]), done(3.0 + pause_s, 5.0 + pause_s, fit=fits[1])
    assert seen(one, other) == ([("down", one.span), ("down", other.span)] if seen_too else [])


def test_they_are_of_the_same_hands() -> None:
    one, other = done(1.0, 3.0, fit=0.4), replace(done(3.5, 5.5, fit=0.4), hands=frozenset(("left",)))
    assert seen(one, other) == []


def test_presses_that_are_only_a_little_like_it_are_none() -> None:
    assert seen(pressed(1.0, 4.0, "upper", fit=0.4), pressed(5.0, 8.0, "lower", fit=0.4)) == []


@pytest.mark.parametrize("point", ["lower", "upper"])
@pytest.mark.parametrize("fits", [(0.9, 0.4), (0.4, 0.9)])
def test_a_press_a_little_like_it_is_one_beside_a_plain_one(point: str, fits: tuple[float, float]) -> None:
    """Of another point, or of the same one: a hand that slipped from it, or was seen badly, presses on."""
    pair = pressed(1.0, 4.0, "upper", fit=fits[0]), pressed(5.0, 8.0, point, fit=fits[1])
    assert len(seen(*pair)) == 2


# ------------------------------------------------------------------ repetitions that were not counted
@pytest.mark.parametrize(
    ("candidate", "beside"),
    [
        (done(7.0, 9.0, fit=0.6), True),
        (done(23.0, 25.0, fit=0.6), True),
        (done(27.5, 29.5, fit=0.6), False),  # two would have had room before it
        (done(3.0, 5.0, fit=0.6), False),
        (done(7.0, 9.0, fit=LIKE_FIT - 0.01), False),
        (done(7.0, 8.5, fit=0.6), False),  # too quick to be one of hers
        (done(7.0, 8.7, fit=0.6), True),
        (done(6.5, 9.7, fit=0.6), False),
        (done(7.0, 9.0, fit=0.6, reach=0.65), False),  # hers reach farther
        (done(7.0, 9.0, fit=0.6, reach=0.75), True),
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
    told = [g.point for g in unclaimed_motions([candidate], found, MADE)]
    assert told == ([point] if point else [])


@pytest.mark.parametrize(("waits", "by", "point"), [(True, 1, "lower"), (False, 1, ""), (True, 2, "")])
def test_of_both_hands_points_one_may_have_been_pressed_by_a_hand_that_waited_there(
    waits: bool, by: int, point: str
) -> None:
    made = protocol(STROKE, CIRCLE, segment(PRESS, hands="together"))
    one = replace(pressed(10.0, 13.0, "lower"), doubted=waits, hands=frozenset(HANDS[:by]))
    found = (holding("points", press("upper", 5.0, 4.0)),)
    assert [g.point for g in unclaimed_motions([one], found, made)] == ([point] if point else [])
