"""Segments that the motion alone cannot tell from each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Hold, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import IDLE_FIT
from coach.parse.rivals import AS_WELL, AS_WELL_BESIDE, pressed_twice, rivals
from coach.parse.segments import segments
from coach.parse.twins import perhaps_twins
from coach.score.evidence import Sight
from coach.score.items import items
from tests.fakes.protocols import shipped
from tests.parse.test_twins import MADE, alone, drawn, in_turn, lagging, unhurried


def found(*some: list[Candidate]) -> list[tuple[str, tuple[str, ...]]]:
    flat = sorted((c for one in some for c in one), key=lambda c: (c.span.start_s, c.span.end_s, c.segment))
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
    run = [replace(c, fit=(both, turns)[c.segment]) for c in alone(6, 1.0)]
    assert found(run) == [("turns", ("both",))]


def test_by_two_hands_in_turn_or_by_the_other_hand_once_it_is_known() -> None:
    assert found(in_turn(12, 1.0, back_s=0.1)) == [("turns", ())]
    run = [c for c in alone(6, 1.0) if c.segment == 1]
    once = replace(run[-1], turns=frozenset(("right",)))
    both = [c for c in drawn(6, 1.0) if c.segment == 0]
    assert [perhaps_twins(each, [], MADE) for each in (run, [*run[:-1], once], both)] == [{0}, set(), set()]


def test_by_both_hands_at_once_it_keeps_its_name() -> None:
    good = [replace(c, fit=(0.94, 1.0)[c.segment]) for c in drawn(6, 1.0)]  # either explains it as well
    assert found(good) == [("both", ("turns",))]


def test_a_segment_that_was_found_elsewhere_is_no_rival() -> None:
    assert found(drawn(5, 1.0), alone(6, 18.5)) == [("both", ()), ("turns", ())]


@pytest.mark.parametrize(("share", "either"), [(AS_WELL - 0.05, []), (AS_WELL + 0.05, [0])])
def test_it_takes_as_good_an_explanation(share: float, either: list[int]) -> None:
    run = [c for c in in_turn(6, 1.0) if c.segment == 1]
    other = [replace(c, segment=0, fit=IDLE_FIT + share * (c.fit - IDLE_FIT)) for c in run]
    far = [replace(c, segment=0) for c in in_turn(6, 60.0) if c.segment == 1]  # as good, but at another time
    assert rivals([run], [*run, *other, *far], MADE) == [either]


@pytest.mark.parametrize(("share", "either"), [(AS_WELL_BESIDE - 0.05, False), (AS_WELL_BESIDE + 0.05, True)])
def test_a_press_at_neighbouring_pairs_of_points_is_either_sooner(share: float, either: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(hollow, span, 0.9, frozenset(HANDS), holds=(Hold("hollow_left", span, "left"),))
    other = replace(press, segment=grip, fit=IDLE_FIT + share * (0.9 - IDLE_FIT))
    assert rivals([[press]], [press, other], massage) == ([[grip]] if either else [[]])
    assert rivals([[press]], [press, replace(other, turns=frozenset(("left",)))], massage) == [[]]


@pytest.mark.parametrize("unsure", [False, True])
def test_presses_whose_place_is_not_known_might_be_at_any_neighbouring_pair(unsure: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(grip, span, 0.9, frozenset(HANDS), holds=(Hold("c_left", span, "left"),), unsure=unsure)
    assert rivals([[press]], [press], massage) == ([[hollow]] if unsure else [[]])
    other = replace(press, segment=hollow, span=Span(6.0, 9.0), unsure=False)
    assert rivals([[press], [other]], [press, other], massage) == [[], []]  # both were found


MASSAGE = shipped("oxytocin")
HOLLOW, GRIP = MASSAGE.rank["shoulder_points"], MASSAGE.rank["shoulder_c_grip"]


def pressed(rank: int, start_s: float, lasts_s: float = 3.0, fit: float = 0.9) -> Candidate:
    """Both hands at a pair of points."""
    span, names = Span(start_s, start_s + lasts_s), ("hollow", "c")[rank == GRIP]
    holds = tuple(Hold(f"{names}_{hand}", span, hand) for hand in HANDS)
    return Candidate(rank, span, fit, frozenset(HANDS), holds=holds)


def read_as(rank: int, press: Candidate, fit: float = 0.4) -> Candidate:
    """The same press as one of another pair of points."""
    return pressed(rank, press.span.start_s, press.span.duration_s, fit)


def twice(run: Candidate, *others: Candidate, near: float = 0.4) -> list[tuple[float, list[int]]]:
    """When each of the presses began, and what it might be.

    :param near: fit of each of them read as one of the neighbouring pair
    """
    beside = [read_as(HOLLOW if c.segment == GRIP else GRIP, c, near) for c in (run, *others)]
    told = pressed_twice([[run]], [[]], [run, *others, *beside], MASSAGE)
    return [(part[0].span.start_s, either) for part, either in told]


def test_of_two_presses_at_one_pair_of_points_one_may_have_been_at_the_neighbouring_pair_that_is_missing() -> None:
    assert twice(pressed(GRIP, 1.0), pressed(GRIP, 5.0)) == [(1.0, [HOLLOW]), (5.0, [])]  # the hollows come first
    assert twice(pressed(GRIP, 5.0), pressed(GRIP, 1.0)) == [(1.0, [HOLLOW]), (5.0, [])]  # whichever was found
    assert twice(pressed(HOLLOW, 1.0), pressed(HOLLOW, 5.0)) == [(1.0, []), (5.0, [GRIP])]
    assert twice(pressed(HOLLOW, 1.0), pressed(HOLLOW, 6.9)) == [(1.0, []), (6.9, [GRIP])]


def test_what_is_no_second_press_tells_of_no_neighbour() -> None:
    run, one = pressed(GRIP, 1.0), [(1.0, list[int]())]
    assert twice(run, pressed(GRIP, 7.1)) == one  # long after
    assert twice(run, pressed(GRIP, 5.0, lasts_s=0.9)) == one  # a halt
    assert twice(run, pressed(GRIP, 5.0, fit=0.3)) == one
    assert twice(run, replace(pressed(GRIP, 5.0), turns=frozenset(("left",)))) == one
    assert twice(run, pressed(GRIP, 3.0)) == one  # the same press
    assert twice(run, pressed(GRIP, 5.0), near=0.3) == one  # neither was near the hollows
    both = pressed_twice([[run], [pressed(HOLLOW, 5.0)]], [[], []], [run, pressed(GRIP, 5.0)], MASSAGE)
    assert [either for _, either in both] == [[], []]  # nothing is missing


def test_what_else_a_run_might_be_it_still_might_be() -> None:
    first, second = pressed(GRIP, 1.0), pressed(GRIP, 5.0)
    beside = read_as(HOLLOW, first)
    told = pressed_twice([[second]], [[0, HOLLOW]], [first, second, beside], MASSAGE)
    assert [either for _, either in told] == [[0, HOLLOW], [0]]  # it is known which of the two the hollows might be
    told = pressed_twice([[first, second]], [[0]], [beside], MASSAGE)
    assert [(part[0].span.start_s, either) for part, either in told] == [(1.0, [0, HOLLOW]), (5.0, [0])]
    told = pressed_twice([[second]], [[0, HOLLOW]], [first, second, read_as(HOLLOW, second)], MASSAGE)
    assert told == [([second], [0, HOLLOW])]  # the first was nowhere near them


@pytest.mark.parametrize("fit", [0.5, 0.7, 0.9, 1.0])
def test_a_second_press_is_told_and_leaves_what_is_missing_unrated(fit: float) -> None:
    first = pressed(GRIP, 1.0)
    matches = segments([first, read_as(HOLLOW, first, IDLE_FIT + 0.01), pressed(GRIP, 5.0, fit=fit)], MASSAGE)
    assert [(m.segment_id, m.span.start_s, m.rivals) for m in matches] == [
        ("shoulder_c_grip", 1.0, ("shoulder_points",)),
        ("shoulder_c_grip", 5.0, ()),
    ]
    seen = Sight(np.arange(0.0, 20.0, 0.1), {hand: np.ones(200, dtype=np.bool_) for hand in HANDS})
    told = {i.item_id: i for i in items(matches, MASSAGE, seen, Span(0.0, 20.0))}
    assert told["shoulder_points.performed"].reason.key == "either"
    assert told["shoulder_c_grip.performed"].points == 2
    assert told["shoulder_c_grip.hold"].points == 2
