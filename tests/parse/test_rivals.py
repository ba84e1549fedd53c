"""Segments that the motion alone cannot tell from each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hold, Span
from coach.moves.candidate import Candidate
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.rests import NEIGHBOUR_AS_WELL_SHARE
from coach.parse.rivals import rivals
from coach.parse.segments import segments
from coach.parse.twins import possible_twins
from tests.fakes.protocols import shipped
from tests.parse.test_twins import MADE, alone, drawn, in_turn, lagging, unhurried


def found(*some: list[Candidate]) -> list[tuple[str, tuple[str, ...]]]:
    flat = sorted((c for one in some for c in one), key=lambda c: (c.span.start_s, c.span.end_s, c.rank))
    return [(m.segment_id, m.rivals) for m in segments(flat, MADE)]


def test_by_the_hands_as_asked_it_is_known() -> None:
    assert found(drawn(6, 1.0)) == [("both", ())]


def test_by_one_hand_alone_it_might_be_either() -> None:
    """And is named after what it is whole ones of: one hand's part of a "both" is half of it."""
    assert found(alone(6, 1.0)) == [("turns", ("both",))]


@pytest.mark.parametrize(("longer_s", "either"), [(0.0, False), (0.4, False), (0.6, True), (1.2, True)])
def test_turns_that_overlap_might_be_both_hands_of_which_one_lags(longer_s: float, either: bool) -> None:
    overlapping = [replace(c, span=Span(c.span.start_s, c.span.end_s + longer_s)) for c in in_turn(12, 1.0)]
    (name, others), *rest = found(overlapping)
    assert (name, others, rest) == ("turns", ("both",) if either else (), [])


@pytest.mark.parametrize(("times", "either"), [(9, False), (10, True), (14, True)])
def test_so_many_that_the_last_may_have_been_the_twin_might_be_either(times: int, either: bool) -> None:
    assert found(unhurried(times, 1.0, {})) == [("both", ("turns",) if either else ())]
    assert found(unhurried(times, 1.0, {}), alone(6, 1.0 + 4.2 * times + 20.0)) == [("both", ()), ("turns", ())]


def test_turns_that_overlap_are_turns_where_both_hands_drew_before() -> None:
    assert found(drawn(5, 1.0), lagging(6, 24.0, 2.3)) == [("both", ()), ("turns", ())]


@pytest.mark.parametrize(("both", "turns"), [(0.62, 0.4), (0.35, 0.9), (0.1, 0.9)])
def test_by_one_hand_alone_it_might_be_either_however_well_the_one_explains_it(both: float, turns: float) -> None:
    run = [replace(c, fit=(both, turns)[c.rank]) for c in alone(6, 1.0)]
    assert found(run) == [("turns", ("both",))]


def test_by_two_hands_in_turn_or_by_the_other_hand_once_it_is_known() -> None:
    assert found(in_turn(12, 1.0, back_s=0.1)) == [("turns", ())]
    run = [c for c in alone(6, 1.0) if c.rank == 1]
    once = replace(run[-1], hands=frozenset(("right",)))
    both = [c for c in drawn(6, 1.0) if c.rank == 0]
    assert [possible_twins(each, [], MADE) for each in (run, [*run[:-1], once], both)] == [{0}, set(), set()]


def test_a_segment_that_was_found_elsewhere_is_no_rival() -> None:
    assert found(drawn(5, 1.0), alone(6, 18.5)) == [("both", ()), ("turns", ())]


@pytest.mark.parametrize(
    ("share", "either"), [(NEIGHBOUR_AS_WELL_SHARE - 0.05, False), (NEIGHBOUR_AS_WELL_SHARE + 0.05, True)]
)
def test_a_press_at_neighbouring_pairs_of_points_is_either_sooner(share: float, either: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(hollow, span, 0.9, frozenset(HANDS), holds=(Hold("hollow_left", span, "left"),))
    other = replace(press, rank=grip, fit=IDLE_FIT + share * (0.9 - IDLE_FIT))
    assert rivals([[press]], [press, other], massage) == ([[grip]] if either else [[]])
    assert rivals([[press]], [press, replace(other, hands=frozenset(("left",)))], massage) == [[]]


@pytest.mark.parametrize("unsure", [False, True])
def test_presses_whose_place_is_not_known_might_be_at_any_neighbouring_pair(unsure: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(grip, span, 0.9, frozenset(HANDS), holds=(Hold("c_left", span, "left"),), unsure=unsure)
    assert rivals([[press]], [press], massage) == ([[hollow]] if unsure else [[]])
    other = replace(press, rank=hollow, span=Span(6.0, 9.0), unsure=False)
    assert rivals([[press], [other]], [press, other], massage) == [[], []]  # both were found
