"""Strokes that were broken off, found in traces made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand, Repetition, Span
from coach.moves.candidate import Candidate
from coach.moves.template import even, template
from coach.moves.trace import CONTACT_LANDMARKS, Trace
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.tutor.broken import broken_off
from tests.fakes.protocols import shipped

PROTOCOL = shipped("oxytocin")
BEGIN_S, OUT_S, BACK_S, REST_S = 1.0, 2.0, 1.5, 0.5
EVERY_S = OUT_S + BACK_S + REST_S
WHOLE = 1.0


def trace(name: str, hand: Hand, shares: Sequence[float], aside: Sequence[float] = ()) -> Trace:
    """Out along the described path by these shares of it, and straight back; ``aside`` of where each turns."""
    path = np.array(PROTOCOL.segment(name).path)
    if hand == "left":
        path[:, 0] = 1.0 - path[:, 0]
    path = even(path)
    rest = np.repeat(path[:1], round(BEGIN_S * SAMPLE_RATE_HZ), axis=0)
    pieces = [rest]
    for k, share in enumerate(shares):
        eased = share * (1.0 - np.cos(np.linspace(0.0, np.pi, round(OUT_S * SAMPLE_RATE_HZ)))) / 2.0
        at = eased * (len(path) - 1)
        out = np.stack([np.interp(at, np.arange(len(path)), path[:, axis]) for axis in range(2)], axis=1)
        out[:, 0] += (aside[k] if k < len(aside) else 0.0) * eased / share
        back = np.linspace(out[-1], path[0], round(BACK_S * SAMPLE_RATE_HZ))
        pieces += [out, back, rest[: round(REST_S * SAMPLE_RATE_HZ)]]
    place: Floats = np.concatenate(pieces)
    time_s = np.arange(len(place)) / SAMPLE_RATE_HZ
    places = dict.fromkeys(CONTACT_LANDMARKS, place)
    return Trace(hand, time_s, places, places, places, np.ones(len(place), dtype=np.bool_))


def whole(name: str, shares: Sequence[float]) -> list[Candidate]:
    """The whole ones among them, as the core finds them."""
    starts = [BEGIN_S + EVERY_S * k for k, share in enumerate(shares) if share == WHOLE]
    spans = [Span(start, start + OUT_S) for start in starts]
    return [Candidate(PROTOCOL.rank[name], s, 0.9, frozenset(HANDS), Repetition(s, "both")) for s in spans]


def told(
    name: str, left: Sequence[float], right: Sequence[float] | None = None, aside: Sequence[float] = ()
) -> list[int]:
    """The numbers of the strokes that are told."""
    shares = left if right is None else right
    traces: dict[Hand, Trace] = {"left": trace(name, "left", left), "right": trace(name, "right", shares, aside)}
    found = broken_off(traces, PROTOCOL.segment(name), whole(name, left), 0.0)
    return [round((span.start_s - BEGIN_S) / EVERY_S) for span in found]


BOTH_SORTS = pytest.mark.parametrize("name", ["shoulder_stroke", "spine_strokes", "heart"])


@BOTH_SORTS
def test_one_that_was_broken_off_is_told_once_another_follows(name: str) -> None:
    assert told(name, [WHOLE, WHOLE, 0.3, WHOLE]) == [2]
    assert told(name, [WHOLE, WHOLE, 0.3]) == []  # it may be the way to the next step


@BOTH_SORTS
def test_the_very_first_is_told_too_once_one_was_whole(name: str) -> None:
    assert told(name, [0.3, WHOLE]) == [0]
    assert told(name, [0.3, 0.3]) == []


@BOTH_SORTS
def test_two_in_a_row_are_told(name: str) -> None:
    assert told(name, [WHOLE, 0.3, 0.3]) == [1]


@BOTH_SORTS
def test_whole_ones_are_not_told(name: str) -> None:
    assert told(name, [WHOLE] * 4) == []


def test_who_always_goes_as_far_breaks_nothing_off() -> None:
    assert told("spine_strokes", [0.5, 0.5, 0.55, 0.5]) == []


@BOTH_SORTS
def test_what_only_one_of_two_hands_broke_off_is_not_told(name: str) -> None:
    assert told(name, [WHOLE] * 4, [WHOLE, WHOLE, 0.3, WHOLE]) == []
    assert told(name, [WHOLE, WHOLE, 0.3, WHOLE], [WHOLE] * 4) == []


def test_what_was_long_ago_is_told_no_more() -> None:
    assert told("spine_strokes", [0.3, WHOLE, WHOLE, WHOLE]) == []


def test_a_hand_that_went_elsewhere_broke_no_stroke_off() -> None:
    shares = [WHOLE, WHOLE, 0.3, WHOLE]
    assert told("shoulder_stroke", shares, aside=[0.0, 0.0, 0.0]) == [2]
    traces = {hand: trace("shoulder_stroke", hand, shares) for hand in HANDS}
    turned = round((BEGIN_S + 2 * EVERY_S) * SAMPLE_RATE_HZ)
    for hand, one in traces.items():
        along = template(PROTOCOL.segment("shoulder_stroke"), hand).along
        off = np.array([-along[1], along[0]]) * 0.2
        one.at("fingers")[turned : turned + round((OUT_S + BACK_S) * SAMPLE_RATE_HZ)] += off
    assert broken_off(traces, PROTOCOL.segment("shoulder_stroke"), [], 0.0) == ()


def test_a_stroke_that_goes_on_is_not_known_to_be_whole_yet() -> None:
    shares = [WHOLE, WHOLE, 0.3, 0.3]
    until = round((BEGIN_S + 3 * EVERY_S + OUT_S) * SAMPLE_RATE_HZ)
    traces: dict[Hand, Trace] = {}
    for hand in HANDS:
        one = trace("spine_strokes", hand, shares)
        places = {contact: place[:until] for contact, place in one.places.items()}
        traces[hand] = Trace(hand, one.time_s[:until], places, places, places, one.seen[:until])
    assert broken_off(traces, PROTOCOL.segment("spine_strokes"), [], 0.0) == ()


@pytest.mark.parametrize(("lowest", "number"), [(0.0, 1), (0.4, 0)])
def test_who_goes_to_and_fro_half_way_did_not_set_out(lowest: float, number: int) -> None:
    turns = [0.0, 1.0, 0.0, 1.0, lowest, lowest + 0.25, lowest, 1.05, 0.0]
    eased = (1.0 - np.cos(np.linspace(0.0, np.pi, 30))) / 2.0
    shares = np.concatenate([a + (b - a) * eased for a, b in pairwise(turns)])
    traces: dict[Hand, Trace] = {}
    for hand in HANDS:
        path = template(PROTOCOL.segment("spine_strokes"), hand)
        places = dict.fromkeys(CONTACT_LANDMARKS, path.origin + shares[:, None] * path.along * path.length)
        time_s = np.arange(len(shares)) / SAMPLE_RATE_HZ
        traces[hand] = Trace(hand, time_s, places, places, places, np.ones(len(shares), dtype=np.bool_))
    assert len(broken_off(traces, PROTOCOL.segment("spine_strokes"), [], 0.0)) == number


def test_where_a_hand_was_lost_between_nothing_is_sure() -> None:
    shares = [WHOLE, WHOLE, 0.3, WHOLE]
    traces = {hand: trace("spine_strokes", hand, shares) for hand in HANDS}
    lost = round((BEGIN_S + 3 * EVERY_S - REST_S / 2) * SAMPLE_RATE_HZ)
    for one in traces.values():
        one.at("fingers")[lost : lost + 3] = np.nan
    assert broken_off(traces, PROTOCOL.segment("spine_strokes"), [], 0.0) == ()


def test_a_hand_that_stays_where_it_turned_did_something_else() -> None:
    shares = [WHOLE, WHOLE, 0.3, WHOLE]
    stays = round(2.5 * SAMPLE_RATE_HZ)
    traces: dict[Hand, Trace] = {}
    for hand in HANDS:
        one = trace("spine_strokes", hand, shares)
        turned = round((BEGIN_S + 2 * EVERY_S + OUT_S) * SAMPLE_RATE_HZ)
        place = np.insert(one.at("fingers"), [turned] * stays, one.at("fingers")[turned - 1], axis=0)
        places = dict.fromkeys(CONTACT_LANDMARKS, place)
        traces[hand] = Trace(
            hand, np.arange(len(place)) / SAMPLE_RATE_HZ, places, places, places, np.ones(len(place), dtype=np.bool_)
        )
    assert broken_off(traces, PROTOCOL.segment("spine_strokes"), [], 0.0) == ()


def test_passes_and_turns_are_not_asked_about() -> None:
    assert told("love", [WHOLE, WHOLE, 0.3, WHOLE]) == []
    assert told("spine_circles", [WHOLE, WHOLE, 0.3, WHOLE]) == []
