from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import Hand, Repetition
from coach.parameters.rating import LEAST_BALANCE, LEAST_SYNC
from coach.score.hands import hands
from tests.fakes.evidence import evidence, holding, match, press, sight, strokes
from tests.fakes.protocols import PRESS, STROKE, protocol, segment

RIGHT = protocol(STROKE)
EITHER = protocol(segment(STROKE, hands="either"))
BOTH = protocol(segment(STROKE, hands="together"), segment(PRESS, hands="together"))
TURNS = protocol(segment(STROKE, hands="alternating", returns="lifted"))


def alternating(order: str) -> tuple[Repetition, ...]:
    """A repetition for each letter: l, r or b (both)."""
    names = {"l": "left", "r": "right", "b": "both"}
    return tuple(strokes(1, hand=names[c], begin_s=10.0 + 2.0 * k)[0] for k, c in enumerate(order))  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "points"), [(0, 2), (2, 2), (3, 1), (5, 1)])
def test_most_must_be_by_the_hand_that_is_asked(left: int, points: int) -> None:
    done = (*strokes(left, hand="left"), *strokes(5 - left, begin_s=30.0))
    verdict = hands(evidence(RIGHT, "down", match("down", *done)))
    assert verdict.points == points
    if points == 1:
        assert verdict.reason.key == "hands_wrong"
        assert verdict.reason.values == {"expected": "right", "seen": "left"}
        assert len(verdict.evidence) == left


def test_either_hand_is_right_where_none_is_asked() -> None:
    assert hands(evidence(EITHER, "down", match("down", *strokes(5, hand="left")))).points == 2


def test_both_together_are_right() -> None:
    assert hands(evidence(BOTH, "down", match("down", *strokes(5, hand="both")))).points == 2


@pytest.mark.parametrize(
    ("balance", "sync", "points"),
    [
        (LEAST_BALANCE + 0.02, 1.0, 2),
        (LEAST_BALANCE - 0.02, 1.0, 1),
        (1.0, LEAST_SYNC + 0.02, 2),
        (1.0, LEAST_SYNC - 0.02, 1),
    ],
)
def test_uneven_hands_cost(balance: float, sync: float, points: int) -> None:
    done = strokes(5, hand="both", balance=balance, sync=sync)
    verdict = hands(evidence(BOTH, "down", match("down", *done)))
    assert verdict.points == points
    if points == 1:
        assert verdict.reason.key == "hands_asymmetric"
        assert verdict.reason.values["ratio_percent"] == round(100 * min(balance, sync))


def test_one_side_forgotten() -> None:
    verdict = hands(evidence(BOTH, "down", match("down", *strokes(5, hand="left"))))
    assert (verdict.points, verdict.reason.key) == (1, "hands_one_side")
    assert verdict.reason.values == {"hand": "left", "share_percent": 100}
    assert len(verdict.evidence) == 5


@pytest.mark.parametrize(
    ("order", "points"), [("rb", 2), ("br", 2), ("r", 1), ("rr", 1), ("rbr", 1), ("brb", 2), ("lrb", 1)]
)
def test_a_single_repetition_by_one_hand_beside_others_by_both_may_be_the_trackers_fault(
    order: str, points: int
) -> None:
    assert hands(evidence(BOTH, "down", match("down", *alternating(order)))).points == points


def test_hands_in_turn_where_both_are_asked_are_not_together() -> None:
    verdict = hands(evidence(BOTH, "down", match("down", *alternating("lrlrlr"))))
    assert (verdict.points, verdict.reason.key) == (1, "hands_not_together")
    assert verdict.reason.values == {"share_percent": 0}


@pytest.mark.parametrize(
    ("order", "points"),
    [("rlrlrlrlrl", 2), ("lrlrlrlrlr", 2), ("rrllrlrlrl", 2), ("rrrrrlllll", 1), ("bbbbb", 1), ("r", 1)],
)
def test_turns_must_be_taken(order: str, points: int) -> None:
    verdict = hands(evidence(TURNS, "down", match("down", *alternating(order))))
    assert verdict.points == points
    assert verdict.reason.key == ("hands_right" if points == 2 else "hands_not_alternating")
    if points == 1:
        assert verdict.reason.values["repetitions"] == len(order)


def test_both_points_pressed_by_both_hands() -> None:
    pair = holding("points", press("upper", 10.0, hand="left"), press("lower", 10.0, hand="right"))
    assert hands(evidence(BOTH, "points", pair)).points == 2
    alone = hands(evidence(BOTH, "points", holding("points", press("upper", 10.0, hand="right"))))
    assert (alone.points, alone.reason.values["hand"]) == (1, "right")


def test_a_hand_that_was_hidden_is_not_called_missing() -> None:
    done = match("down", *strokes(5, hand="right"))
    assert hands(evidence(BOTH, "down", done, view=sight(("left", 0.0, 100.0)))).points is None
    assert hands(evidence(BOTH, "down", done, view=sight(("left", 0.0, 9.0)))).points == 1


def test_hiding_takes_nothing_from_hands_that_were_right() -> None:
    done = match("down", *strokes(5, hand="both"))
    assert hands(evidence(BOTH, "down", done, view=sight(("left", 12.0, 16.0)))).points == 2


@pytest.mark.parametrize(
    ("hand", "sure", "points"),
    [("left", 1.0, 1), ("left", 0.9, None), ("left", 0.4, None), ("right", 0.9, 2), ("right", 0.6, None)],
)
def test_a_hand_is_rated_where_it_is_sure_which_one_it_is(hand: Hand, sure: float, points: int | None) -> None:
    """The one that is asked for is believed sooner than the other."""
    alone = sight(("right" if hand == "left" else "left", 0.0, 100.0))
    told = replace(alone, sure={hand: np.full(len(alone.time_s), sure)})
    verdict = hands(evidence(RIGHT, "down", match("down", *strokes(5, hand=hand)), view=told))
    assert verdict.points == points
    assert verdict.reason.key == {1: "hands_wrong", 2: "hands_right", None: "not_visible"}[points]


def test_unsure_strokes_amid_sure_ones_cost_nothing() -> None:
    alone = sight(("left", 0.0, 100.0))
    told = replace(alone, sure={"right": np.where(alone.time_s < 14.0, 0.5, 1.0)})
    assert hands(evidence(RIGHT, "down", match("down", *strokes(5, hand="right")), view=told)).points == 2
