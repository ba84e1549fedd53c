"""The ghost does what the protocol asks for."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import HANDS
from coach.parameters.hints import CALM_PACE, FIRST_PACE, FULL_PACE_AFTER
from coach.protocol import Segment
from coach.score.session import read
from coach.tutor.ghost import ghost
from coach.tutor.pace import Pace, pace
from tests.fakes.hands import absent, track
from tests.fakes.protocols import shipped

PROTOCOL = shipped("oxytocin")
MOVING = [s for s in PROTOCOL.segments if s.hold is None]


def played(segment: Segment, until_s: float, fps: float = 20.0) -> dict[str, list[tuple[float, float] | None]]:
    at: dict[str, list[tuple[float, float] | None]] = {"left": [], "right": []}
    """Where the ghost of one who follows it is: each of her turns is right."""
    clock, usual_s = Pace(), ghost(segment, 0.0).period_s
    for now_s in np.arange(0.0, until_s, 1.0 / fps).tolist():
        clock.see(now_s)
        clock.count(int(clock.gone_s / usual_s), right=True)
        shown = ghost(segment, clock.gone_s, clock.share)
        for hand in HANDS:
            at[hand].append(shown.at[hand])
    return at


@pytest.mark.parametrize("segment", MOVING, ids=lambda s: s.id)
def test_its_pace_is_calm(segment: Segment) -> None:
    assert segment.tempo is not None
    turns = 2 if segment.hands == "alternating" else 1
    first_s, usual_s = (ghost(segment, 1.0, share).period_s for share in (FIRST_PACE, 1.0))
    assert usual_s == pytest.approx(turns * CALM_PACE * segment.tempo.shortest_s, rel=0.01)
    assert usual_s < first_s <= turns * segment.tempo.longest_s  # from slow to full pace


@pytest.mark.parametrize("segment", MOVING, ids=lambda s: s.id)
def test_the_right_hands_work(segment: Segment) -> None:
    shown = ghost(segment, 0.1)
    working = {hand for hand in HANDS if shown.paths[hand] is not None}
    if segment.hands in HANDS:
        assert working == {segment.hands}
    elif segment.hands == "either":
        assert len(working) == 1
    else:
        assert working == set(HANDS)
        left, right = (np.array(shown.paths[hand]) for hand in HANDS)
        np.testing.assert_allclose(left[:, 0], 1.0 - right[:, 0], atol=1e-3)


def test_in_turn_one_hand_waits_while_the_other_draws() -> None:
    at = played(PROTOCOL.segment("love"), 20.0)
    assert all(left is None or right is None for left, right in zip(at["left"], at["right"], strict=True))
    assert any(left is not None for left in at["left"])
    assert at["right"][0] is not None


@pytest.mark.parametrize(
    "name", ["neck_stroke", "shoulder_stroke", "scapula_left_circles", "spine_circles", "spine_strokes", "heart"]
)
def test_whoever_follows_it_does_the_step_right(name: str) -> None:
    """A hand that goes exactly where the ghost goes has six of the step's repetitions, none too fast."""
    segment = PROTOCOL.segment(name)
    usual_s = ghost(segment, 0.0).period_s
    fps, until_s = 20.0, (2.2 + sum(1.0 / pace(right) for right in range(FULL_PACE_AFTER))) * usual_s
    time_s = np.arange(0.0, until_s, 1.0 / fps)
    tracks = {}
    for hand in HANDS:
        places = played(segment, until_s, fps)[hand]
        seen = np.array([p is not None for p in places])
        where = np.array([p or (0.0, 0.0) for p in places])
        tracks[hand] = track(hand, time_s, where, segment.contact, seen) if seen.any() else absent(hand, time_s)
    found, items, _ = read(tracks, PROTOCOL)
    assert [(m.segment_id, len(m.whole)) for m in found] in ([(name, 6)], [(name, 5)])
    own = {i.kind: i.points for i in items if i.segment_id == name}
    assert own["tempo"] == 2
    assert own["path"] == 2


def test_presses_show_the_next_point_and_both_hands_where_two_press() -> None:
    hours = PROTOCOL.segment("scapula_right_points")
    assert ghost(hours, 1.0).at == {"left": None, "right": (0.65, 0.25)}
    assert ghost(hours, 1.0, done=frozenset(("9",))).at["right"] == (0.76, 0.4)
    ears = ghost(PROTOCOL.segment("neck_points"), 1.0)
    assert ears.at == {"left": (0.38, -0.25), "right": (0.62, -0.25)}


def test_each_right_repetition_quickens_it_from_slow_to_full_pace() -> None:
    assert [round(pace(right), 2) for right in range(6)] == [0.6, 0.7, 0.8, 0.9, 1.0, 1.0]
    clock = Pace()
    clock.count(1, right=True)
    clock.count(2, right=False)  # something was to be said of the second one
    assert clock.share == pace(1)
    clock.count(2, right=True)  # it is no new one, though nothing is to be said any more
    assert clock.share == pace(1)
    clock.count(3, right=True)
    assert clock.share == pace(2)


def test_a_change_of_pace_is_no_jump_and_a_pause_no_way() -> None:
    clock = Pace()
    for now_s in (0.0, 0.1, 0.2):
        clock.see(now_s)
    assert clock.gone_s == pytest.approx(0.2 * FIRST_PACE)
    before_s = clock.gone_s
    clock.count(4, right=True)
    assert clock.gone_s == before_s
    clock.see(0.3)
    assert clock.gone_s == pytest.approx(before_s + 0.1)
    clock.see(60.0)
    assert clock.gone_s < before_s + 1.0
