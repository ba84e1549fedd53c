"""Segments that the motion alone cannot tell from each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hold, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import IDLE_FIT
from coach.parse.rivals import AS_WELL, rivals
from coach.parse.segments import segments
from tests.fakes.protocols import shipped
from tests.parse.test_twins import MADE, alone, drawn


def found(*some: list[Candidate]) -> list[tuple[str, tuple[str, ...]]]:
    flat = sorted((c for one in some for c in one), key=lambda c: (c.span.start_s, c.span.end_s, c.segment))
    return [(m.segment_id, m.rivals) for m in segments(flat, MADE)]


def test_by_the_hands_as_asked_it_is_known() -> None:
    assert found(drawn(6, 1.0)) == [("both", ())]


def test_by_one_hand_alone_it_might_be_either() -> None:
    """And is named after what it is whole ones of: one hand's part of a "both" is half of it."""
    assert found(alone(6, 1.0)) == [("turns", ("both",))]


def test_by_both_hands_at_once_it_keeps_its_name() -> None:
    good = [replace(c, fit=(0.94, 1.0)[c.segment]) for c in drawn(6, 1.0)]  # either explains it as well
    assert found(good) == [("both", ("turns",))]


def test_a_segment_that_was_found_elsewhere_is_no_rival() -> None:
    assert found(drawn(5, 1.0), alone(6, 18.5)) == [("both", ()), ("turns", ())]


@pytest.mark.parametrize(("share", "either"), [(AS_WELL - 0.05, []), (AS_WELL + 0.05, [0])])
def test_it_takes_as_good_an_explanation(share: float, either: list[int]) -> None:
    run = [c for c in alone(6, 1.0) if c.segment == 1]
    other = [replace(c, segment=0, fit=IDLE_FIT + share * (c.fit - IDLE_FIT)) for c in run]
    far = [replace(c, segment=0) for c in alone(6, 60.0) if c.segment == 1]  # as good, but at another time
    assert rivals([run], [*run, *other, *far], MADE) == [either]


@pytest.mark.parametrize(("share", "either"), [(0.3, False), (0.7, True)])
def test_a_press_at_neighbouring_pairs_of_points_is_either_sooner(share: float, either: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(hollow, span, 0.9, frozenset(HANDS), holds=(Hold("hollow_left", span, "left"),))
    other = replace(press, segment=grip, fit=IDLE_FIT + share * (0.9 - IDLE_FIT))
    assert rivals([[press]], [press, other], massage) == ([[grip]] if either else [[]])


@pytest.mark.parametrize("unsure", [False, True])
def test_presses_whose_place_is_not_known_might_be_at_any_neighbouring_pair(unsure: bool) -> None:
    massage = shipped("oxytocin")
    hollow, grip = massage.rank["shoulder_points"], massage.rank["shoulder_c_grip"]
    span = Span(1.0, 4.0)
    press = Candidate(grip, span, 0.9, frozenset(HANDS), holds=(Hold("c_left", span, "left"),), unsure=unsure)
    assert rivals([[press]], [press], massage) == ([[hollow]] if unsure else [[]])
    other = replace(press, segment=hollow, span=Span(6.0, 9.0), unsure=False)
    assert rivals([[press], [other]], [press, other], massage) == [[], []]  # both were found
