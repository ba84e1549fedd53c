"""Presses told frame by frame."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Hand
from coach.tutor.holding import Holding
from tests.fakes.hands import Path, staying, visiting
from tests.fakes.protocols import shipped
from tests.tutor.seen import pressing, seeing

HOURS = shipped("oxytocin").segment("scapula_right_points").hold
EARS = shipped("oxytocin").segment("neck_points").hold
AT = {"9": (0.65, 0.25), "6": (0.76, 0.40), "4": (0.855, 0.325), "12": (0.76, 0.10)}
AWAY = (0.5, 0.75)


def held(stops: dict[Hand, Path], length_s: float, rule: object = HOURS) -> Holding:
    assert HOURS is not None
    assert EARS is not None
    holding = Holding(EARS if rule is EARS else HOURS)
    for seen in pressing(stops, length_s):
        holding.see(seen)
    return holding


def test_the_ring_fills_while_a_point_is_pressed() -> None:
    path = visiting([(AWAY, 1.0), (AT["9"], 5.0)])
    shares = [held({"right": path}, until).running for until in (2.5, 3.5, 4.3)]
    lengths = [p[0].held_s for p in shares]
    assert [p[0].point for p in shares] == ["9"] * 3
    assert lengths[1] - lengths[0] == pytest.approx(1.0, abs=0.15)
    assert lengths[2] == pytest.approx(2.5, abs=0.45)


def test_three_long_presses_are_three_points_done() -> None:
    path = visiting([(AWAY, 1.0), (AT["9"], 3.2), (AT["6"], 3.2), (AT["4"], 3.2), (AWAY, 2.0)])
    holding = held({"right": path}, 15.0)
    assert [p.point for p in holding.ended if holding.long_enough(p)] == ["9", "6", "4"]
    assert [p.point for p in holding.ended] == ["9", "6", "4"]
    assert all(p.held_s == pytest.approx(3.2, abs=0.5) for p in holding.ended)


def test_a_press_just_long_enough_is_left_to_the_reading() -> None:
    """Two seconds are; frame by frame, its beginning is known by half a second."""
    for lasts_s, sure in ((2.0, False), (3.0, True)):
        holding = held({"right": visiting([(AWAY, 1.0), (AT["9"], lasts_s), (AWAY, 2.0)])}, 6.5)
        assert [holding.long_enough(p) for p in holding.ended] == [sure]


def test_a_short_press_is_told_and_not_done() -> None:
    holding = held({"right": visiting([(AWAY, 1.0), (AT["9"], 1.2), (AWAY, 2.0)])}, 5.5)
    assert not holding.long_enough(holding.ended[0])
    assert holding.ended[0].held_s == pytest.approx(1.2, abs=0.4)


def test_a_neighbour_is_called_by_its_own_name() -> None:
    holding = held({"right": visiting([(AWAY, 1.0), (AT["12"], 2.0), (AWAY, 2.0)])}, 6.0)
    assert [p.point for p in holding.ended] == ["12"]


def test_a_hand_that_was_there_before_the_step_does_not_press() -> None:
    assert held({"right": staying(AT["9"])}, 4.0).running == ()


def test_a_hand_that_passes_or_circles_does_not_press() -> None:
    path = visiting([(AT["9"], 0.0), (AT["4"], 0.0), (AT["9"], 0.0), (AT["4"], 0.0), (AWAY, 0.0)])
    assert held({"right": path}, 3.5).longest() == {}


def test_each_hand_presses_its_own_ear() -> None:
    left, right = (visiting([(AWAY, 1.0), (at, 3.4), (AWAY, 1.0)]) for at in ((0.42, -0.25), (0.58, -0.25)))
    holding = held({"left": left, "right": right}, 7.0, EARS)
    assert {p.point for p in holding.ended if holding.long_enough(p)} == {"ear_left", "ear_right"}


def test_a_press_in_the_middle_of_its_place_is_meant_and_one_at_its_edge_may_be_rest() -> None:
    near = held({"right": visiting([(AWAY, 1.0), (AT["6"], 2.0)])}, 4.0)
    edge = held({"right": visiting([(AWAY, 1.0), ((0.76, 0.485), 2.0)])}, 4.0)
    assert near.sure(near.running[0])
    assert edge.running[0].point == "6"
    assert not edge.sure(edge.running[0])


def test_what_slides_slowly_to_the_next_step_s_place_is_two_presses() -> None:
    """From the hollow above the collar bone to the C grip is a finger's breadth."""
    hollows, grip = shipped("oxytocin").segment("shoulder_points").hold, shipped("oxytocin").segment("shoulder_c_grip")
    assert hollows is not None
    assert grip.hold is not None
    time_s = np.arange(0.0, 9.0, 1 / 15)
    holding = Holding(hollows, fresh=True, beyond=grip.hold.points)
    for now_s in time_s.tolist():
        share = min(max((now_s - 3.0) / 1.5, 0.0), 1.0)
        x = 0.705 + 0.045 * share
        holding.see(seeing(now_s, hands={"left": (1.0 - x, -0.02), "right": (x, -0.02)}))
    assert {(p.point, p.slid) for p in holding.ended} == {("hollow_left", True), ("hollow_right", True)}
    assert {p.point for p in holding.gone_on} == {"c_left", "c_right"}


def test_a_press_belongs_to_the_point_where_it_settles() -> None:
    """A hand that arrives slowly passes a hollow on its way to the grip."""
    hollows, grip = shipped("oxytocin").segment("shoulder_points").hold, shipped("oxytocin").segment("shoulder_c_grip")
    assert hollows is not None
    assert grip.hold is not None
    holding = Holding(hollows, fresh=True, beyond=grip.hold.points)
    for now_s in np.arange(0.0, 4.0, 1 / 15).tolist():
        holding.see(seeing(now_s, hands={"right": (0.71, -0.02)}))
    for now_s in np.arange(4.0, 8.0, 1 / 15).tolist():
        x = 0.275 - 0.03 * min((now_s - 4.0) / 1.5, 1.0)  # within what a press may slip
        holding.see(seeing(now_s, hands={"left": (x, -0.02)}))
    assert [p.point for p in holding.running] == ["c_left"]
