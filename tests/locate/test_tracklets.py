"""Observations of frame after frame become unbroken stretches of one hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from coach.domain import HandObservation
from coach.locate.tracklets import BRIDGE_S, GONE_S, STAYS_S, Tracker, Tracklet, cheapest
from tests.fakes.hands import PALM, observation

BACK = 400.0
FPS = 30.0
PALM_PX = PALM * BACK

Scene = Callable[[int], Sequence[tuple[float, float]]]  # frame → where hands are, px


def run(frames: int, scene: Scene, fps: float = FPS) -> Tracker:
    tracker = Tracker()
    for k in range(frames):
        hands = [observation(k / fps, at) for at in scene(k)]
        tracker.step(k, k / fps, hands, lambda *_: BACK)
    return tracker


def lengths(tracker: Tracker) -> list[int]:
    return [len(t.frames) for t in tracker.tracklets()]


def test_two_hands_are_two_tracklets() -> None:
    tracker = run(60, lambda k: [(150.0 + k, 300.0), (450.0 - k, 300.0)])
    assert lengths(tracker) == [60, 60]
    for tracklet in tracker.tracklets():
        assert tracklet.frames == list(range(60))
        assert not any(tracklet.bridged)


def test_a_hand_that_is_followed_keeps_its_own_beside_a_ghost_that_is_nearer() -> None:
    """The ghost was there for two frames; then both are where one hand goes on."""

    def scene(k: int) -> list[tuple[float, float]]:
        ghost = [(300.0 + 1.7 * PALM_PX, 300.0)] if k in (30, 31) else []
        return [(300.0, 300.0), *ghost] if k < 32 else [(300.0 + 0.9 * PALM_PX, 300.0)]

    assert lengths(run(60, scene)) == [60]


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_a_fast_stroke_is_one_tracklet_at_any_rate(fps: float) -> None:
    def stroke(k: int) -> list[tuple[float, float]]:
        since = (k / fps) % 1.0  # down in half a second, and up again
        return [(400.0, 150.0 + 2.0 * 350.0 * min(since, 1.0 - since))]

    assert len(run(int(4 * fps), stroke, fps).tracklets()) == 1


def test_a_short_gap_is_bridged_over_and_a_long_one_begins_anew() -> None:
    def gap(seconds: float) -> Scene:
        return lambda k: [] if 0 <= k - 30 < round(seconds * FPS) else [(400.0, 300.0)]

    assert len(run(90, gap(0.8 * GONE_S)).tracklets()) == 1
    first, second = run(90, gap(1.5 * GONE_S)).tracklets()
    assert first.frames[-1] == 29
    assert second.frames[0] == 30 + round(1.5 * GONE_S * FPS)


def test_a_jump_that_no_hand_makes_begins_anew() -> None:
    tracker = run(60, lambda k: [(150.0, 300.0) if k < 30 else (150.0 + 3.0 * PALM_PX, 300.0)])
    assert lengths(tracker) == [30, 30]


def test_a_ghost_that_does_not_last_is_not_believed() -> None:
    tracker = run(60, lambda k: [(150.0, 300.0), *([(500.0, 100.0)] if 20 <= k < 22 else [])])
    assert lengths(tracker) == [60]


def test_a_hand_that_comes_out_beside_another_begins_both_anew() -> None:
    """Two hands side by side may have been taken for one; whose that one was, neither new tracklet inherits."""

    def scene(k: int) -> list[tuple[float, float]]:
        return [(300.0, 300.0)] if k < 30 else [(300.0, 300.0), (300.0 + 0.9 * PALM_PX, 300.0)]

    tracker = run(60, scene)
    assert sorted(lengths(tracker)) == [30, 30, 30]
    assert [t.frames[0] for t in tracker.tracklets()] == [0, 30, 30]


def test_a_ghost_beside_a_hand_gives_its_place_to_no_other_hand_that_is_lost() -> None:
    """For that moment the hand begins anew, and the other one, unseen for as long, is the only one that is known."""
    left, right = (300.0, 300.0), (300.0 + 1.3 * PALM_PX, 300.0)

    def scene(k: int) -> list[tuple[float, float]]:
        ghost = [(right[0], right[1] + 1.3 * PALM_PX)] if k == 36 else []
        return [right, *ghost] if 30 <= k < 42 else [left, right]

    tracker = run(60, scene)
    assert sum(lengths(tracker)) == 48 + 60
    for tracklet in tracker.tracklets():
        across = [hand.x for hand in tracklet.seen]
        assert max(across) - min(across) < 0.1 * PALM_PX


def test_a_hand_that_comes_out_beside_another_and_stays_alone_is_not_the_other() -> None:
    def scene(k: int) -> list[tuple[float, float]]:
        one, beside = (300.0, 300.0), (300.0 + 0.9 * PALM_PX, 300.0)
        return [one] if k < 30 else [one, beside] if k == 30 else [beside]

    first, second = run(60, scene).tracklets()
    for tracklet, place in ((first, 300.0), (second, 300.0 + 0.9 * PALM_PX)):
        assert [hand.x for hand in tracklet.seen] == [pytest.approx(place, abs=0.1 * PALM_PX)] * 30


def test_a_hand_that_comes_in_far_away_disturbs_no_other() -> None:
    tracker = run(60, lambda k: [(150.0, 300.0), *([(150.0 + 3.0 * PALM_PX, 300.0)] if k >= 30 else [])])
    assert lengths(tracker) == [60, 30]


def test_crossing_hands_keep_their_ways() -> None:
    """They pass above and below each other; each goes on as it went."""
    tracker = run(60, lambda k: [(100.0 + 6.0 * k, 240.0), (454.0 - 6.0 * k, 360.0)])
    first, second = sorted(tracker.tracklets(), key=lambda t: t.seen[0].x)
    assert [first.seen[-1].x, second.seen[-1].x] == pytest.approx([454.0, 100.0])


# ------------------------------------------------------------------ bridging by optical flow
def bridged(
    seconds: float, *others: tuple[float, float], creeps: float = 0.0, jumps: float = 0.0
) -> tuple[Tracklet, list[int]]:
    """A hand lost at frame 30 and carried on: its tracklet, and the frames in which flow was asked.

    :param others: px, hands that are detected all the time
    :param creeps: px a frame by which flow moves it
    :param jumps: px by which flow moves it in the first frame
    """
    tracker, asked = Tracker(), []
    for k in range(30 + round(seconds * FPS)):
        found = [observation(k / FPS, (300.0, 300.0))] if k < 30 else []
        found += [observation(k / FPS, other) for other in others]
        for tracklet in tracker.step(k, k / FPS, found, lambda *_: BACK):
            asked.append(k)
            step = creeps + (jumps if k == 30 else 0.0)
            tracker.bridge(tracklet, k, k / FPS, tracklet.landmarks[-1] + (step, 0.0))
    return min(tracker.tracklets(), key=lambda t: abs(t.seen[0].x - 300.0)), asked


@pytest.mark.parametrize(
    ("move", "lasts_s"),
    [
        ({}, STAYS_S),
        ({"jumps": 0.4 * PALM_PX}, STAYS_S),
        ({"jumps": 0.6 * PALM_PX}, BRIDGE_S),
        ({"creeps": 0.5 * PALM_PX / (1.5 * FPS)}, 1.5),
        ({"creeps": PALM_PX / FPS}, BRIDGE_S),
    ],
)
def test_a_lost_hand_is_carried_by_flow_for_a_while_and_marked(move: dict[str, float], lasts_s: float) -> None:
    """Longer where it stays: it presses there."""
    tracklet, asked = bridged(5.0, **move)
    carried = sum(tracklet.bridged)
    assert asked == list(range(30, 30 + carried))
    assert carried / FPS == pytest.approx(lasts_s, abs=2 / FPS)
    assert tracklet.bridged[:30] == [False] * 30
    assert all(tracklet.bridged[30:])


@pytest.mark.parametrize(("others", "lasts_s"), [([(100.0, 300.0)], STAYS_S), ([(100.0, 300.0), (500.0, 300.0)], 0.0)])
def test_beside_two_others_no_third_hand_is_carried(others: list[tuple[float, float]], lasts_s: float) -> None:
    assert sum(bridged(5.0, *others)[0].bridged) / FPS == pytest.approx(lasts_s, abs=2 / FPS)


def test_a_ghost_that_is_not_believed_yet_ends_no_bridge() -> None:
    """One other hand is seen all the time, and something else in a single picture."""
    tracker = Tracker()
    for k in range(60):
        found = [observation(k / FPS, (100.0, 300.0))]
        found += [observation(k / FPS, (300.0, 300.0))] if k < 30 else []
        found += [observation(k / FPS, (500.0, 300.0))] if k == 35 else []
        for tracklet in tracker.step(k, k / FPS, found, lambda *_: BACK):
            tracker.bridge(tracklet, k, k / FPS, tracklet.landmarks[-1])
    assert lengths(tracker) == [60, 60]


def test_flow_does_not_carry_a_hand_onto_another() -> None:
    tracklet, _ = bridged(0.5, (300.0 + 0.55 * PALM_PX, 300.0))
    assert len(tracklet.frames) == 30


@pytest.mark.parametrize(
    ("palms", "carried"), [((0.0, 1.0), False), ((0.9, 0.8), False), ((0.0, -1.2), True), ((0.0, 2.6), True)]
)
def test_a_hand_behind_the_arm_of_one_that_is_seen_is_not_carried(palms: tuple[float, float], carried: bool) -> None:
    """:param palms: from the middle of the hand that is seen, whose arm comes from below, to the lost one"""
    seen = (300.0 - palms[0] * PALM_PX, 300.0 - palms[1] * PALM_PX)
    assert any(bridged(1.0, seen)[0].bridged) == carried


def test_an_unproven_hand_is_not_carried() -> None:
    tracker = Tracker()
    for k in range(2):
        tracker.step(k, k / FPS, [observation(k / FPS, (300.0, 300.0))], lambda *_: BACK)
    assert tracker.step(2, 2 / FPS, [], lambda *_: BACK) == []


def test_a_hand_that_is_found_again_ends_the_bridge() -> None:
    tracker = Tracker()
    for k in range(60):
        found: list[HandObservation] = [] if 30 <= k < 40 else [observation(k / FPS, (300.0, 300.0))]
        for tracklet in tracker.step(k, k / FPS, found, lambda *_: BACK):
            tracker.bridge(tracklet, k, k / FPS, tracklet.landmarks[-1])
    (whole,) = tracker.tracklets()
    assert [k for k, carried in zip(whole.frames, whole.bridged, strict=True) if carried] == list(range(30, 40))
    assert whole.frames == list(range(60))


@pytest.mark.parametrize("seed", range(40))
def test_hands_are_paired_as_cheaply_as_can_be(seed: int) -> None:
    draw = np.random.default_rng(seed)
    costs = np.minimum(draw.normal(0.0, 1.0, draw.integers(1, 5, 2)), 0.0)
    total, pairs = cheapest(costs.tolist())
    assert total == pytest.approx(costs[linear_sum_assignment(costs)].sum())
    assert total == pytest.approx(sum(costs[pair] for pair in pairs))
    assert all(len(set(side)) == len(pairs) for side in zip(*pairs, strict=True))
