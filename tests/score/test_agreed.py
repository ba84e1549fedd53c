"""What readings with different shapes of her back contradict is not rated; what they agree on is."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from coach.domain import HANDS, HandTrack, ItemScore, Reason
from coach.locate import back_shape
from coach.locate.behind import usual
from coach.parameters.rating import LEAST_AGREEMENT, SHAPE_TEMPERATURE_S
from coach.score import session
from coach.score.agreed import ShapedReading, agreed, likeliest, likelihoods
from coach.score.evidence import Visibility
from tests.fakes.hands import absent, circling, frames, track
from tests.fakes.protocols import shipped

Points = Literal[0, 1, 2] | None
NOBODY = Visibility(np.zeros(0), {})
BESIDE = np.array([-1.2, -0.4, 1.8])


def reading(explained_s: float, *points: Points) -> ShapedReading:
    items = tuple(
        ItemScore(f"s.{k}", "s", "count", p, 2, "not_visible" if p is None else "scored", (), Reason("right"))
        for k, p in enumerate(points)
    )
    return ShapedReading((), items, NOBODY, explained_s)


def points(readings: list[ShapedReading]) -> list[int | None]:
    return [item.points for item in agreed(readings)]


def test_one_reading_is_taken_as_it_is() -> None:
    alone = reading(0.0, 2, 0, None)
    assert agreed([alone]) == alone.items


def test_what_likely_readings_agree_on_is_rated() -> None:
    assert points([reading(9.0, 2, 1), reading(8.0, 2, 1), reading(7.0, 2, 1)]) == [2, 1]


def test_what_a_likely_reading_contradicts_is_not_rated_and_says_why() -> None:
    items = agreed([reading(9.0, 2, 2), reading(8.5, 0, 2)])
    assert [item.points for item in items] == [None, 2]
    assert (items[0].status, items[0].reason) == ("not_visible", Reason("back_shape"))


def test_an_unlikely_reading_contradicts_nothing() -> None:
    far = 9.0 - 5 * SHAPE_TEMPERATURE_S
    assert points([reading(9.0, 2), reading(far, 0)]) == [2]


def test_the_likeliest_reading_decides_whichever_comes_first() -> None:
    readings = [reading(1.0, 0), reading(20.0, 2)]
    assert likeliest(readings) is readings[1]
    assert points(readings) == [2]


def test_points_are_taken_away_only_where_likely_readings_see_it_too() -> None:
    """A shape with which nothing can be told is no witness against anybody, nor one for a deduction."""
    assert points([reading(9.0, 2, 0), reading(8.9, None, None)]) == [2, None]


def test_likelihoods_are_probabilities_that_fall_by_e_within_the_temperature() -> None:
    chances = likelihoods([3.0, 3.0 - SHAPE_TEMPERATURE_S, 3.0])
    assert sum(chances) == pytest.approx(1.0)
    assert chances[0] == chances[2]
    assert chances[0] / chances[1] == pytest.approx(np.e)
    assert 0.5 < LEAST_AGREEMENT < 1.0


@pytest.mark.parametrize("eye", [BESIDE, usual(BESIDE)], ids=["beside", "behind"])
def test_only_from_beside_a_session_is_read_with_each_shape(eye: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """From behind the shape of her back changes nothing, and nothing is spent on it."""
    tried = []
    read_once = session._read

    def counted(*given: object) -> ShapedReading:
        tried.append(given[-1])
        return read_once(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "_read", counted)
    time_s = frames(14.0)
    circles = track("right", time_s, circling((0.73, 0.25), (0.11, 0.15), turns=5, turn_s=2.4)(time_s))
    hands = {"right": circles, "left": absent("left", time_s)}
    seen = {h: HandTrack(h, time_s, hands[h].landmarks, hands[h].seen, hands[h].bridged, eye) for h in HANDS}
    session.read(seen, shipped("oxytocin"))
    assert tried == list(back_shape.SHAPES if eye is BESIDE else (back_shape.USUAL,))
