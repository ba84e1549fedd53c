"""Presses by fingers that are not where they are drawn, and what the palm tells of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand, HandTrack, Span
from coach.moves.presses import _lain_s, _perhaps_meant, _placed, presses
from coach.moves.staying import Staying
from coach.moves.stills import Still, stills
from coach.moves.trace import trace
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.presses import UNSURE_BESIDE_POINT
from tests.fakes.hands import frames, traced, visiting
from tests.fakes.protocols import PRESS, only
from tests.moves.test_presses import BESIDE, EITHER, FAR, PAIR, UPPER


def placed(place: tuple[float, float], ahead: tuple[float, float] | None) -> tuple[str, float, float]:
    """Where a still hand presses whose tips are drawn at a place and may be as far as another; how far off; worth."""
    hold: Any = EITHER.hold
    reach = None if ahead is None else np.array(ahead)
    still = Still("left", 0.0, 3.0, np.array(place), (0.0, 0.0), reach=reach)
    point, off, worth = _placed(still, EITHER, hold)
    return ("" if point is None else point.id), off / hold.points[0].tolerance, worth


def test_fingers_that_seem_too_short_may_press_a_point_farther_on() -> None:
    """Tips that are drawn 0.2 below the upper point: so far beside, nothing is pressed."""
    below, beyond = (0.3, 0.405), (0.3, 0.15)
    assert placed(below, None)[2] == 0.0
    assert placed(below, below)[2] == 0.0
    point, off, worth = placed(below, beyond)
    assert point == "upper"
    assert off == pytest.approx(UNSURE_BESIDE_POINT)
    assert 0.0 < worth < IDLE_FIT  # kept, and worth less than nothing
    assert placed((0.3, 0.22), beyond)[1] == pytest.approx(0.2, abs=0.01)  # at its place as it is drawn
    assert placed(below, (0.3, 0.4))[2] == 0.0  # not as far
    assert placed(below, (0.6, 0.405))[2] == 0.0  # another way


def test_fingers_that_may_reach_a_neighbour_press_that_or_nothing() -> None:
    assert placed((0.1, 0.62), (0.1, 0.35))[2] == 0.0
    hold: Any = EITHER.hold
    (beside,) = hold.confusable
    still = Still("left", 0.0, 3.0, np.array(BESIDE), (0.0, 0.0), reach=np.array((0.5, 0.0)))
    assert _perhaps_meant(still, beside, 0.0, EITHER, hold) == ""
    over = replace(still, place=np.array((0.16, 0.34)), reach=np.array((0.36, 0.14)))  # nearer to the neighbour
    assert _perhaps_meant(over, beside, 0.08, EITHER, hold) == "upper"
    assert _perhaps_meant(over, beside, 0.08, only(PRESS, contact="palm"), hold) == ""


def test_a_press_whose_palm_stays_is_perhaps_as_long() -> None:
    """From 1 to 4 s the palm lies still."""
    path = visiting([((0.5, 0.9), 0.5), (UPPER, 3.0), ((0.5, 0.9), 0.5)])
    stays = Staying({h: traced(h, path, 6.0, contact="palm") for h in HANDS}, ())
    lain_s = max(s.duration_s for s in stills(stays.traces["left"], "palm"))
    (place,) = (s for s in stills(stays.traces["left"], "palm") if s.duration_s == lain_s)
    amid, before = Span(place.start_s + 0.5, place.start_s + 1.5), Span(0.0, place.start_s + 0.2)
    assert (stays.palm_s("left", amid), stays.palm_s("left", Span(40.0, 41.0))) == (lain_s, 0.0)
    assert stays.palm_s("left", before) < lain_s
    rule: Any = EITHER.hold
    assert _lain_s(amid, rule, lambda _: lain_s) == lain_s > rule.long_enough_s
    assert _lain_s(amid, rule, lambda _: rule.long_enough_s - 0.1) == 0.0
    assert _lain_s(Span(1.0, 1.0 + rule.long_enough_s), rule, lambda _: lain_s) == 0.0  # it is long enough


@pytest.mark.parametrize(("about", "stays_s", "long"), [(0.03, 2.6, True), (0.03, 1.6, False), (0.09, 2.6, False)])
def test_a_palm_that_trembles_about_its_place_stays_there(about: float, stays_s: float, *, long: bool) -> None:
    """It is never still: twice a second it goes so far to each side."""
    still = visiting([((0.5, 0.9), 0.5), (UPPER, stays_s), ((0.5, 0.9), 2.0)], travel_s=0.4)

    def path(time_s: Floats) -> Floats:
        return still(time_s) + np.stack([about * np.sin(4.0 * np.pi * time_s), np.zeros_like(time_s)], axis=1)

    stays, pressed = Staying({h: traced(h, path, 6.0, contact="palm") for h in HANDS}, ()), Span(1.2, 2.2)
    assert stills(stays.traces["left"], "palm") == []
    rule: Any = EITHER.hold
    assert (_lain_s(pressed, rule, lambda at: stays.palm_near_s("left", at)) > 0.0) is long
    assert stays.palm_near_s("left", Span(40.0, 41.0)) == 0.0


@pytest.mark.parametrize(("hop_s", "long"), [(0.2, True), (0.45, True), (1.0, False)])
def test_a_palm_that_hops_aside_and_back_for_a_moment_stays_there(hop_s: float, *, long: bool) -> None:
    """A press of 2.6 s that seems cut in two; who is away for longer has left, and pressed twice for too short."""
    first_s = 1.3 - hop_s / 2.0
    away, aside = (0.5, 0.9), (0.5, 0.4)
    path = visiting([(away, 0.5), (UPPER, first_s), (aside, hop_s), (UPPER, first_s), (away, 2.0)], travel_s=0.1)
    stays = Staying({h: traced(h, path, 6.0, contact="palm") for h in HANDS}, ())
    rule: Any = EITHER.hold
    for pressed in (Span(0.8, 0.6 + first_s), Span(0.9 + first_s + hop_s, 0.7 + 2.0 * first_s + hop_s)):
        assert pressed.duration_s < rule.long_enough_s
        assert (_lain_s(pressed, rule, lambda at: stays.palm_near_s("left", at)) > 0.0) is long


def test_a_pair_of_presses_by_a_hand_that_seems_turned_is_unsure() -> None:
    """Index and little finger are drawn one for the other."""
    for mirrored in (False, True):
        traces = {}
        for hand, x in (("left", 0.3), ("right", 0.7)):
            time_s = frames(4.0)
            marks = np.tile(np.array([x, 0.2]), (len(time_s), 21, 1))
            side = (0.05 if hand == "left" else -0.05) * (-1.0 if mirrored and hand == "left" else 1.0)
            marks[:, 0, 1], marks[:, 5, 0], marks[:, 17, 0] = 0.5, x + side, x - side
            seen = np.ones(len(time_s), dtype=np.bool_)
            own: Hand = "left" if hand == "left" else "right"
            traces[own] = trace(HandTrack(own, time_s, marks, seen, np.zeros_like(seen)), 0.0, 3.5)
        rule: Any = PAIR.hold
        both = [c for c in presses(Staying(traces, rule.points), PAIR, 0) if len(c.hands) == 2 and c.fit > 0.5]
        assert both
        assert {c.unsure for c in both} == {mirrored}


class Trembling(Staying):
    """Where each palm is about its place for three seconds."""

    def palm_near_s(self, hand: Hand, span: Span) -> float:
        return 3.0 if hand in HANDS and span.duration_s > 0.0 else 0.0


def test_a_trembling_palm_tells_of_a_lone_hand_s_press_and_not_of_both_hands() -> None:
    for segment, perhaps_s in ((EITHER, 3.0), (PAIR, 0.0)):
        ways: dict[Hand, tuple[float, float]] = {"left": (0.3, 0.2), "right": (0.7, 0.2)}
        paths = {h: visiting([(FAR, 0.5), (at, 1.2), (FAR, 2.0)], travel_s=0.4) for h, at in ways.items()}
        traces = {h: traced(h, paths[h], 4.0, contact="fingertips") for h in HANDS}
        rule: Any = segment.hold
        found = presses(Trembling(traces, (*rule.points, *rule.confusable)), segment, 4)
        asked = [c for c in found if c.fit > 0.5 and (segment is EITHER or len(c.hands) == 2)]
        assert {h.perhaps_s for c in asked for h in c.holds} == {perhaps_s}
        assert asked
