"""Presses side by side by both hands at once: parted where both slid, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand
from coach.moves.parting import has_neighbour, neighbours, pair_of, parted, without_slides
from coach.moves.stills import Still
from coach.moves.trace import Trace, trace
from coach.protocol import Point, Segment
from tests.fakes.hands import frames, track
from tests.fakes.protocols import shipped

MASSAGE = shipped("oxytocin")
HOLLOWS, GRIPS, EARS = (MASSAGE.segment(name) for name in ("shoulder_points", "shoulder_c_grip", "neck_points"))
LENGTH_S = 9.0
MIDDLE = {
    "hollows": {point.hand: point.at for point in HOLLOWS.hold.points if point.hand} if HOLLOWS.hold else {},
    "grips": {point.hand: point.at for point in GRIPS.hold.points if point.hand} if GRIPS.hold else {},
}


def pairs() -> list[dict[Hand, Point]]:
    found = [pair_of(segment) for segment in (HOLLOWS, GRIPS, EARS)]
    return [dict(pair) for pair in found if pair is not None]


def tremble(rng: np.random.Generator, count: int) -> Floats:
    """(count, 2) slow noise of a hand that stays: 0.008 back units (sd), half a second."""
    steps = rng.normal(0.0, 1.0, (count, 2))
    out = np.zeros((count, 2))
    for k in range(1, count):
        out[k] = 0.93 * out[k - 1] + np.sqrt(1 - 0.93**2) * steps[k]
    return 0.008 * out


def held(seed: int, way: dict[Hand, float], where: Segment = HOLLOWS, slides_s: float = 1.5) -> dict[Hand, Trace]:
    """Both hands at a segment's points; each goes its share of the way to the grips, from second 4 on."""
    rng, time_s = np.random.default_rng(seed), frames(LENGTH_S, 15.0)
    gone = np.clip((time_s - 4.0) / slides_s, 0.0, 1.0)[:, None]
    traces: dict[Hand, Trace] = {}
    start, end = pair_of(where), pair_of(GRIPS)
    assert start is not None
    assert end is not None
    for hand in HANDS:
        step = np.subtract(end[hand].at, start[hand].at) * way[hand]
        place = np.asarray(start[hand].at) + gone * step + tremble(rng, len(time_s))
        traces[hand] = trace(track(hand, time_s, place, "fingertips"), 0.0, float(time_s[-1]))
    return traces


def whole(traces: dict[Hand, Trace]) -> dict[Hand, list[Still]]:
    """One long still to each hand, as a slow slide leaves them."""
    return {
        hand: [Still(hand, 0.2, LENGTH_S - 0.4, np.nanmedian(traces[hand].skin["fingertips"], axis=0))]
        for hand in HANDS
    }


@pytest.mark.parametrize("seed", range(6))
def test_where_both_slid_to_the_next_pair_their_stills_are_parted(seed: int) -> None:
    traces = held(seed, {"left": 1.0, "right": 1.0})
    found = parted(traces, whole(traces), pairs(), "fingertips")
    for hand in HANDS:
        first, second = found[hand]
        assert first.end_s < 5.4
        assert second.start_s > 4.1
        assert abs(second.place[0] - first.place[0]) > 0.02


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("way", [{"left": 0.0, "right": 0.0}, {"left": 1.0, "right": -0.6}])
def test_hands_that_tremble_or_go_apart_press_once(seed: int, way: dict[Hand, float]) -> None:
    traces = held(seed, way)
    assert times(parted(traces, whole(traces), pairs(), "fingertips")) == times(whole(traces))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("beside", "parts"), [((0.6, 1.2), 2), ((0.71, -0.02), 1)])  # elsewhere, at its hollow
def test_a_hand_that_slid_while_the_other_was_elsewhere_is_parted(
    seed: int, beside: tuple[float, float], parts: int
) -> None:
    traces = held(seed, {"left": 1.0, "right": -0.6})
    found = whole(traces)
    found["right"] = [Still("right", 0.2, LENGTH_S - 0.4, np.asarray(beside))]
    assert len(parted(traces, found, pairs(), "fingertips")["left"]) == parts
    assert parted(traces, found, pairs(), "fingertips")["right"] == found["right"]


def test_where_the_other_hand_is_out_of_sight_nothing_is_parted() -> None:
    traces = held(1, {"left": 1.0, "right": -0.6})
    traces["right"] = replace(traces["right"], seen=np.zeros_like(traces["right"].seen))
    found = whole(traces) | {"right": []}
    assert times(parted(traces, found, pairs(), "fingertips")) == times(found)


def slid(seed: int, slides_s: float, named: int = 3) -> tuple[list[Still], list[Still]]:
    """Two stills of a hand that claim the half each of a slide, and the same without it, among so many points."""
    hand: Hand = "left"
    one = held(seed, {"left": 1.0, "right": 1.0}, slides_s=slides_s)[hand]
    hollow, grip = (np.asarray(pair[hand].at) for pair in pairs()[:2])
    half = 4.0 + slides_s / 2
    found = [Still(hand, 0.2, half - 0.05, hollow), Still(hand, half + 0.05, LENGTH_S - 0.4, grip)]
    return found, without_slides(found, [pair[hand] for pair in pairs()[:named]], one, "fingertips")


def test_a_slide_belongs_to_neither_press() -> None:
    """It lasts from second 4 to second 5; one of six hands trembles too much for it to be seen."""
    told = 0
    for seed in range(6):
        _, (first, second) = slid(seed, 1.0)
        assert (first.start_s, second.end_s) == (0.2, LENGTH_S - 0.4)
        told += 3.3 < first.end_s < 4.3 and 4.7 < second.start_s < 5.8
    assert told >= 5


@pytest.mark.parametrize("seed", range(6))
def test_so_slow_a_slide_is_none(seed: int) -> None:
    found, kept = slid(seed, 4.0)
    assert kept == found


def test_a_slip_at_one_point_is_no_slide() -> None:
    found, kept = slid(0, 1.0, named=1)
    assert kept == found != slid(0, 1.0)[1]


def test_between_stills_that_are_long_parted_nothing_is_looked_for() -> None:
    one = held(1, {"left": 1.0, "right": 1.0}, slides_s=1.0)["left"]
    hollow, grip = (np.asarray(pair["left"].at) for pair in pairs()[:2])
    found = [Still("left", 0.2, 4.3, hollow), Still("left", 6.0, 8.6, grip)]
    assert without_slides(found, [pair["left"] for pair in pairs()], one, "fingertips") == found


def test_far_from_such_points_nothing_is_parted() -> None:
    traces = held(1, {"left": 0.2, "right": 0.2}, EARS)
    assert times(parted(traces, whole(traces), pairs(), "fingertips")) == times(whole(traces))


def test_a_protocol_without_neighbouring_pairs_parts_nothing() -> None:
    traces = held(0, {"left": 1.0, "right": 1.0})
    alone = [pair for pair in pairs() if "c_left" not in {point.id for point in pair.values()}]
    assert times(parted(traces, whole(traces), alone, "fingertips")) == times(whole(traces))


def test_which_points_are_neighbours() -> None:
    hollows, grips, ears = pairs()
    assert neighbours(hollows, grips)
    assert not neighbours(hollows, ears)
    assert not neighbours(hollows, hollows)
    assert has_neighbour(HOLLOWS, pairs())
    assert not has_neighbour(EARS, pairs())
    assert pair_of(MASSAGE.segment("scapula_left_points")) is None


def times(found: dict[Hand, list[Still]]) -> dict[Hand, list[tuple[float, float]]]:
    return {hand: [(still.start_s, still.end_s) for still in found[hand]] for hand in HANDS}
