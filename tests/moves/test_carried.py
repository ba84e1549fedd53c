"""Presses of a hand that flow carried: where it was detected last tells where it pressed, rightly or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Bools, Hand, Hold
from coach.moves.joining import joined
from coach.moves.presses import presses
from coach.moves.staying import Staying
from coach.moves.stills import Still, stills
from coach.moves.trace import Trace, trace
from coach.parse.segments import segments
from tests.fakes.hands import absent, frames, track, visiting
from tests.fakes.protocols import shipped

MASSAGE = shipped("oxytocin")
At = tuple[float, float]
AWAY, TRAVEL_S = (0.5, 0.9), 0.4
AT_3, AT_6 = (0.35, 0.25), (0.275, 0.44)
ON_6 = (0.222, 0.378)  # 0.028 beside it, 0.093 beside 8 o'clock


def of(hand: Hand, *places: At, carried: float = 1.0) -> dict[Hand, Trace]:
    """Each place is pressed for three seconds; during so large a share of the last one flow carries the hand."""
    stops = [(AWAY, 0.8), *((place, 3.0) for place in places), (AWAY, 0.8)]
    length_s = 1.6 + 3.0 * len(places) + TRAVEL_S * (len(places) + 1)
    time_s = frames(length_s)
    last_s = length_s - 3.8 - TRAVEL_S
    flowed = (time_s >= last_s) & (time_s < last_s + 3.0 * carried)
    seen = replace(track(hand, time_s, visiting(stops, TRAVEL_S)(time_s), "fingertips"), bridged=flowed)
    end_s = float(time_s[-1])
    return {one: trace(seen if one == hand else absent(one, time_s), 0.0, end_s) for one in HANDS}


def read(hand: Hand, *places: At, carried: float = 1.0) -> list[tuple[str, bool]]:
    """The points that the last place may have been a press of, and whether each stands second to another."""
    segment = MASSAGE.segment(f"scapula_{hand}_points")
    assert segment.hold is not None
    traces = of(hand, *places, carried=carried)
    last_s = float(traces[hand].time_s[-1]) - 3.0
    staying = Staying(traces, (*segment.hold.points, *segment.hold.confusable))
    found = [c for c in presses(staying, segment, 0) if c.fit > 0.0 and c.span.start_s < last_s < c.span.end_s]
    return [(hold.point, c.second) for c in found for hold in c.holds]


def test_a_carried_hand_may_have_pressed_another_point_that_is_asked_for() -> None:
    assert read("left", ON_6, carried=0.0) == [("6", False)]
    assert read("left", ON_6) == [("6", False), ("8", True)]
    assert read("left", (0.235, 0.39)) == [("6", False), ("8", True)]  # 0.111 beside: too far for one that was seen
    assert read("left", (0.27, 0.42)) == [("6", False)]  # farther by 0.121
    assert read("left", (0.158, 0.43), carried=0.0) == [("6", False)]  # farther by 0.02, and 0.106 beside
    near_8 = (0.2, 0.36)  # where that is hardly farther it needs no flow
    assert read("left", near_8, carried=0.0) == [("6", False), ("8", True)]


def test_a_carried_hand_may_have_pressed_what_is_asked_for_though_it_seems_at_a_neighbour() -> None:
    beside = (0.8, 0.21)  # 0.065 beside 2 o'clock, 0.127 beside 4, 0.155 beside 9
    assert read("right", beside, carried=0.0) == [("2", False)]
    assert read("right", (0.865, 0.28), carried=0.0) == [("3", False)]  # farther from 4 o'clock by 0.016
    assert read("right", beside) == [("2", False), ("9", True), ("4", True)]


def test_what_a_carried_hand_may_have_pressed_is_that_point_and_perhaps_no_other() -> None:
    segment = MASSAGE.segment("scapula_right_points")
    assert segment.hold is not None
    staying = Staying(of("right", (0.8, 0.21)), (*segment.hold.points, *segment.hold.confusable))
    perhaps = {h.point: h.perhaps for c in presses(staying, segment, 0) for h in c.holds if c.fit > 0.0}
    assert perhaps == {"2": "4", "9": "", "4": ""}


@pytest.mark.parametrize(("carried", "off"), [(0.0, 0.065), (1.0, 0.135)])
def test_a_hand_that_was_seen_is_as_far_from_the_other_point_as_it_seems(carried: float, off: float) -> None:
    segment = MASSAGE.segment("scapula_left_points")
    assert segment.hold is not None
    staying = Staying(of("left", (0.2, 0.36), carried=carried), (*segment.hold.points, *segment.hold.confusable))
    offs = {h.point: h.off for c in presses(staying, segment, 0) for h in c.holds if c.second}
    assert offs == {"8": pytest.approx(off, abs=0.002)}


@pytest.mark.parametrize(("carried", "points"), [(0.0, ["3", "6"]), (1.0, ["3", "6", "8"])])
def test_the_presses_around_it_tell_which(carried: float, points: list[str]) -> None:
    segment = MASSAGE.segment("scapula_left_points")
    assert segment.hold is not None
    staying = Staying(of("left", AT_3, AT_6, ON_6, carried=carried), (*segment.hold.points, *segment.hold.confusable))
    known = [c for c in presses(staying, segment, MASSAGE.rank[segment.id]) if c.fit > 0.0]
    (match,) = segments(sorted(known, key=lambda c: c.span.start_s), MASSAGE)
    held: list[Hold] = sorted(match.holds, key=lambda h: h.span.start_s)
    assert list(dict.fromkeys(h.point for h in held)) == points
    allowed = {point.id: point.tolerance for point in segment.hold.points}
    assert [h.point for h in held if h.off > allowed[h.point]] == points[2:]  # so far beside it is not rated


@pytest.mark.parametrize(("share", "carried"), [(0.0, False), (0.7, False), (0.9, True), (1.0, True)])
def test_a_still_is_carried_where_its_hand_was_hardly_ever_detected(share: float, carried: bool) -> None:
    made = of("left", AT_6, carried=share)["left"]
    (still,) = (s for s in stills(made, "fingertips") if s.place[1] < 0.6)
    assert still.carried is carried


@pytest.mark.parametrize("carried", [(True, True), (True, False), (False, True)])
def test_a_press_of_two_stills_is_carried_where_both_are(carried: tuple[bool, bool]) -> None:
    made = of("left", AT_6)["left"]
    ends_s = ((1.0, 2.0), (2.2, 3.2))
    found = [Still("left", *ends, np.array(AT_6), carried=one) for ends, one in zip(ends_s, carried, strict=True)]
    (press,) = joined(found, MASSAGE.segment("scapula_left_points").hold.points, made)  # type: ignore[union-attr]
    assert press.carried is all(carried)


def test_flow_is_told_moment_by_moment_and_not_where_the_hand_is_unseen() -> None:
    time_s = frames(4.0)
    seen: Bools = (time_s < 2.0) | (time_s > 3.0)
    flowed: Bools = (time_s >= 1.0) & (time_s < 3.5)
    one = replace(track("left", time_s, np.tile(AT_6, (len(time_s), 1)), "fingertips"), bridged=flowed, seen=seen)
    made = trace(one, 0.0, 3.9)
    assert made.bridged is not None
    told = [float(made.bridged[round(20 * s)]) for s in (0.5, 1.5, 2.5, 3.25, 3.75)]
    assert told == [0.0, 1.0, 0.0, 1.0, 0.0]
