"""Two segments with one path, done by the hands in another way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.segments import segments
from tests.fakes.protocols import STROKE, protocol, segment

TOGETHER = segment(STROKE, id="both", hands="together")
TURNS = segment(STROKE, id="turns", hands="alternating", returns="lifted", count=STROKE["count"] | {"per": "side"})
MADE = protocol(TOGETHER, TURNS)


def drawn(times: int, begin_s: float) -> list[Candidate]:
    """Both hands at once: a good "both", and a poor "turns" that stands for two."""
    found = []
    for k in range(times):
        span = Span(begin_s + 3.5 * k, begin_s + 3.5 * k + 3.0)
        done = Repetition(span, "both", returned_s=span.end_s + 0.4)
        found.append(Candidate(0, Span(span.start_s, span.end_s + 0.4), 0.98, frozenset(HANDS), done))
        found.append(Candidate(1, span, 0.6, frozenset(HANDS), Repetition(span, "both", fit=0.98), units=2))
    return found


def rivals_of(*found: list[Candidate]) -> list[tuple[str, ...]]:
    """What else each segment may have been."""
    flat = sorted((c for some in found for c in some), key=lambda c: (c.span.start_s, c.span.end_s, c.rank))
    return [m.rivals for m in segments(flat, MADE)]


def of(*found: list[Candidate]) -> list[tuple[str, int]]:
    flat = sorted((c for some in found for c in some), key=lambda c: (c.span.start_s, c.span.end_s, c.rank))
    matches: tuple[SegmentMatch, ...] = segments(flat, MADE)
    return [(m.segment_id, len(m.repetitions)) for m in matches]


def test_as_many_as_are_asked_are_one_segment() -> None:
    assert of(drawn(6, 1.0)) == [("both", 6)]


def test_after_a_stop_the_second_half_is_the_twin_done_by_the_wrong_hands() -> None:
    assert of(drawn(5, 1.0), drawn(5, 21.0)) == [("both", 5), ("turns", 5)]


def test_without_a_stop_they_are_many_of_one() -> None:
    assert of(drawn(10, 1.0)) == [("both", 10)]


def test_a_stop_within_a_set_does_not_part_it() -> None:
    assert of(drawn(3, 1.0), drawn(3, 14.0)) == [("both", 6)]


def test_one_too_many_are_no_second_segment_however_she_rests() -> None:
    assert of(drawn(4, 1.0), drawn(3, 18.0)) == [("both", 7)]
    assert of(drawn(4, 1.0), drawn(4, 18.0)) == [("both", 4), ("turns", 4)]


def unhurried(times: int, begin_s: float, rests_s: dict[int, float], fit: float = 0.6) -> list[Candidate]:
    """Both hands at once with a rest of 1.2 s after each, or of so long after the ones named.

    :param fit: of the last, as a "turns"
    """
    found, start_s = [], begin_s
    for k in range(times):
        span = Span(start_s, start_s + 3.0)
        found.append(Candidate(0, span, 0.98, frozenset(HANDS), Repetition(span, "both", fit=0.98)))
        worth = fit if k == times - 1 else 0.6
        found.append(Candidate(1, span, worth, frozenset(HANDS), Repetition(span, "both", fit=0.98), units=2))
        start_s += 3.0 + rests_s.get(k + 1, 1.2)
    return found


@pytest.mark.parametrize("first", [5, 6, 7])
def test_enough_for_two_are_two_where_the_longest_rest_is_as_many_as_are_asked_for(first: int) -> None:
    assert of(unhurried(first + 6, 1.0, {first: 2.0})) == [("both", first), ("turns", 6)]
    assert of(unhurried(first + 6, 1.0, {first: 2.0}, fit=0.3)) == [("both", first), ("turns", 5)]


def test_enough_for_two_stay_one_where_no_rest_tells_where_the_second_begins() -> None:
    assert of(unhurried(12, 1.0, {6: 1.7})) == [("both", 12)]
    assert of(unhurried(12, 1.0, {4: 2.0})) == [("both", 12)]
    assert of(unhurried(9, 1.0, {5: 2.0})) == [("both", 9)]
    assert of(unhurried(12, 1.0, {k: 0.9 if k == 6 else 0.3 for k in range(12)})) == [("both", 12)]


def test_of_turns_before_their_twin_nobody_knows_whether_they_are_enough_for_two() -> None:
    made = protocol(TURNS, TOGETHER)
    turns = [replace(c, rank=1 - c.rank) for c in in_turn(12, 1.0)]
    assert [(m.segment_id, len(m.repetitions), m.rivals) for m in segments(turns, made)] == [("turns", 12, ())]


def test_hands_change_where_most_agree_and_they_rest_longest() -> None:
    """In the sixth the other hand was not seen."""
    both = [c for c in drawn(7, 1.0) if c.span.start_s != 18.5]
    sixth = [c for c in alone(7, 1.0) if c.span.start_s == 18.5]
    assert of(both, sixth, alone(6, 27.5)) == [("both", 7), ("turns", 6)]
    rested = (drawn(5, 1.0), alone(1, 21.0), drawn(2, 24.5), alone(11, 31.5))
    assert of(*rested) == [("both", 8), ("turns", 11)]


def alone(times: int, begin_s: float, hand: Hand = "left", unseen: float = 0.0) -> list[Candidate]:
    """One hand: a poor "both", and a "turns" by the same hand again and again.

    :param unseen: for how much of the time a hand is out of sight
    """
    found = []
    for k in range(times):
        span = Span(begin_s + 3.5 * k, begin_s + 3.5 * k + 3.0)
        lost_s = [{h: unseen * at_s for h in HANDS if unseen} for at_s in (span.start_s, span.end_s)]
        done = Repetition(span, hand, returned_s=span.end_s + 0.4)
        found.append(
            Candidate(
                0, Span(span.start_s, span.end_s + 0.4), 0.62, frozenset((hand,)), done, lost_s=(lost_s[0], lost_s[1])
            )
        )
        turned = Repetition(span, hand, fit=0.9)
        found.append(Candidate(1, span, 0.9, frozenset((hand,)), turned, lost_s=(lost_s[0], lost_s[1])))
    return found


@pytest.mark.parametrize("first", [2, 5, 8])
def test_what_one_hand_draws_and_then_the_other_is_one_segment_of_turns(first: int) -> None:
    one_then_other = (alone(first, 1.0, "right"), alone(10 - first, 1.0 + 3.5 * first, "left"))
    assert of(*one_then_other) == [("turns", 10)]
    assert rivals_of(*one_then_other) == [()]


def test_what_both_hands_drew_before_one_and_then_the_other_is_their_own() -> None:
    assert of(drawn(1, 1.0), alone(5, 4.5, "right"), alone(5, 22.0, "left")) == [("both", 1), ("turns", 10)]
    assert of(drawn(6, 1.0), alone(5, 22.0, "right"), alone(5, 39.5, "left")) == [("both", 6), ("turns", 10)]
    plainly = [c for c in (*alone(5, 22.0, "right"), *alone(5, 39.5, "left")) if c.rank == 1]
    assert of(drawn(6, 1.0), plainly) == [("both", 6), ("turns", 10)]


def test_one_hand_and_then_the_other_tell_nothing_where_it_was_once_or_each_was_out_of_sight_meanwhile() -> None:
    assert of(alone(1, 1.0, "right"), alone(9, 4.5, "left"))[0][0] == "both"
    unseen = (alone(5, 1.0, "right", unseen=0.6), alone(5, 18.5, "left", unseen=0.6))
    assert of(*unseen)[0][0] == "both"
    with_both = (alone(1, 1.0, "right"), drawn(2, 4.5), alone(2, 11.5, "right"), alone(3, 18.5, "left"))
    assert of(*with_both)[0][0] == "both"
    stopped = (alone(5, 1.0, "right"), alone(5, 22.5, "left"))
    assert of(*stopped)[0][0] == "both"
    plainly = [c for c in (*alone(5, 32.0, "right"), *alone(5, 49.5, "left")) if c.rank == 1]
    assert of(alone(6, 1.0, "right"), plainly) == [("both", 6), ("turns", 10)]
    there_and_back = (alone(3, 1.0, "right"), alone(3, 11.5, "left"), alone(4, 22.0, "right"))
    assert of(*there_and_back)[0][0] == "both"


def test_where_one_hand_goes_on_alone_the_twin_begins() -> None:
    assert of(drawn(5, 1.0), alone(6, 18.5)) == [("both", 5), ("turns", 6)]


def test_a_second_run_of_one_hand_is_the_twin_that_is_missing() -> None:
    assert of(drawn(5, 1.0), alone(6, 40.0)) == [("both", 5), ("turns", 6)]


def test_a_stop_within_a_set_does_not_part_it_where_the_twin_follows_either() -> None:
    assert of(drawn(3, 1.0), drawn(3, 14.0), alone(6, 40.0)) == [("both", 6), ("turns", 6)]


def test_one_hand_alone_is_not_the_twin_where_the_twin_comes_after_it() -> None:
    turns = [
        replace(c, hands=frozenset((HANDS[k % 2],)), fit=0.98)
        for k, c in enumerate(c for c in alone(6, 40.0) if c.rank == 1)
    ]
    assert of(alone(6, 1.0), turns) == [("both", 6), ("turns", 6)]


def in_turn(times: int, begin_s: float, back_s: float = 0.0) -> list[Candidate]:
    """The hands one after the other, each half a "both" that takes so much longer for its way back."""
    found = []
    for k in range(times):
        hand, span = HANDS[k % 2], Span(begin_s + 3.2 * k, begin_s + 3.2 * k + 3.0)
        done = Repetition(span, hand, returned_s=span.end_s + back_s, fit=0.98)
        found.append(Candidate(0, Span(span.start_s, span.end_s + back_s), 0.62, frozenset((hand,)), done))
        found.append(Candidate(1, span, 0.98, frozenset((hand,)), Repetition(span, hand, fit=0.98)))
    return found


def test_two_lots_of_turns_are_both_hands_of_which_one_lags_and_their_twin() -> None:
    assert of(in_turn(12, 1.0, back_s=2.0), in_turn(12, 44.0)) == [("both", 6), ("turns", 12)]


def test_a_hand_that_lags_is_told_of() -> None:
    flat = sorted((*in_turn(12, 1.0, back_s=2.0), *in_turn(12, 44.0)), key=lambda c: (c.span.start_s, c.rank))
    first, *_ = segments(flat, MADE)
    assert all(r.hand == "both" and r.whole and 0.0 < r.sync < 0.5 for r in first.repetitions)


def test_turns_that_overlap_nowhere_or_have_no_stop_between_them_stay_one_segment() -> None:
    assert of(in_turn(12, 1.0, back_s=0.1), in_turn(12, 44.0)) == [("turns", 24)]
    assert of(in_turn(12, 1.0, back_s=2.0), in_turn(12, 39.9)) == [("turns", 24)]


def test_as_many_turns_as_are_asked_are_one_segment_however_she_rests() -> None:
    assert of(in_turn(6, 1.0, back_s=2.0), in_turn(6, 25.0)) == [("turns", 12)]


def test_where_both_hands_came_before_what_follows_is_their_twin_alone() -> None:
    assert of(drawn(5, 1.0), in_turn(10, 24.0, back_s=2.0), in_turn(10, 60.0)) == [("both", 5), ("turns", 20)]


def lagging(times: int, begin_s: float, late_s: float = 1.8) -> list[Candidate]:
    """Both hands draw, the right one so much later: it begins before the left one is done."""
    found = []
    for k in range(2 * times):
        hand, start_s = HANDS[k % 2], begin_s + 4.2 * (k // 2) + late_s * (k % 2)
        span = Span(start_s, start_s + 2.8)
        found.append(Candidate(0, Span(start_s, start_s + 4.1), 0.62, frozenset((hand,)), Repetition(span, hand)))
        found.append(Candidate(1, span, 0.98, frozenset((hand,)), Repetition(span, hand, fit=0.98)))
    return found


@pytest.mark.parametrize("turns", [2, 4, 6])
def test_hands_that_draw_at_once_before_a_stop_and_in_turn_after_it_did_both(turns: int) -> None:
    """However few there are in all; a run of turns takes no two that overlap, so that some of the first are in none."""
    assert of(lagging(5, 1.0), in_turn(turns, 24.0)) == [("both", 5), ("turns", turns)]


def test_hands_that_draw_at_once_all_the_time_or_without_a_stop_did_one() -> None:
    assert [name for name, _ in of(lagging(3, 1.0), lagging(3, 16.0))] == ["turns"]
    assert [name for name, _ in of(lagging(4, 1.0), in_turn(4, 18.2))] == ["turns"]
    hasty = [replace(c, span=Span(c.span.start_s, c.span.end_s + 0.5)) for c in in_turn(6, 1.0)]
    assert of(hasty, in_turn(4, 22.0)) == [("turns", 10)]


def hearts_alone(times: int, begin_s: float) -> list[Candidate]:
    """By the left hand, that takes its time for the way back: poor ones, and as many good turns of their twin."""
    found = []
    for k in range(times):
        span = Span(begin_s + 3.9 * k, begin_s + 3.9 * k + 2.4)
        done = Repetition(span, "left", returned_s=span.end_s + 1.2)
        found.append(Candidate(0, Span(span.start_s, span.end_s + 1.2), 0.62, frozenset(("left",)), done))
        found.append(Candidate(1, span, 0.99, frozenset(("left",)), Repetition(span, "left", fit=0.99)))
    return found


def right_first(turns: list[Candidate]) -> list[Candidate]:
    return [
        replace(c, hands=frozenset(HANDS) - c.hands, repetition=replace(c.repetition, hand="right"))
        for c in turns
        if c.repetition is not None
    ]


@pytest.mark.parametrize("times", [4, 5, 6])
def test_the_last_by_one_hand_is_no_turn_of_the_twin_that_stops_after_it(times: int) -> None:
    begin_s = 1.0 + 3.9 * times
    assert of(hearts_alone(times, 1.0), right_first(in_turn(8, begin_s + 1.0))) == [("both", times), ("turns", 8)]


def test_the_last_of_hands_of_which_one_lags_is_no_two_turns_of_the_twin() -> None:
    """It is drawn so quickly that the one is done when the other begins."""
    slow, quick = lagging(4, 1.0, late_s=2.1), lagging(1, 17.8, late_s=2.1)
    quick = [replace(c, span=Span(c.span.start_s, c.span.end_s - 0.5)) for c in quick]
    assert of(slow, quick, right_first(in_turn(12, 25.0))) == [("both", 5), ("turns", 12)]


def test_a_twin_that_does_not_stop_keeps_its_first_turn() -> None:
    turns = right_first(in_turn(8, 1.0 + 3.9 * 5 + 0.2))
    first = [c for c in hearts_alone(1, 1.0 + 3.9 * 4 + 0.9) if c.rank == 1]
    assert of(hearts_alone(4, 1.0), first, turns) == [("both", 4), ("turns", 9)]
