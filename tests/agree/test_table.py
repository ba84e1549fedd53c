"""The table of agreement: coach against trainer beside trainer against trainer."""

from __future__ import annotations

import time

import numpy as np
import pytest

from coach.agree.kappa import percent_agreement, weighted_kappa
from coach.agree.raters import Rated, agreements
from coach.agree.table import Points, compare

ITEMS = [f"segment.{k}" for k in range(60)]


def points(seed: int, spread: float, truth: np.typing.NDArray[np.int64]) -> Points:
    """A rater who is off by a grade now and then."""
    chance = np.random.default_rng(seed)
    off = (chance.random(len(truth)) < spread) * chance.choice([-1, 1], len(truth))
    return dict(zip(ITEMS, np.clip(truth + off, 0, 2).tolist(), strict=True))


@pytest.fixture(scope="module")
def sessions() -> list[Rated]:
    out = []
    for k in range(30):
        chance = np.random.default_rng(k)
        truth = chance.choice([0, 1, 2], len(ITEMS), p=[0.1, 0.2, 0.7] if k % 2 else [0.3, 0.3, 0.4])
        raters = [("T1", points(100 + k, 0.1, truth)), ("T2", points(200 + k, 0.1, truth))]
        out.append(Rated(points(300 + k, 0.3, truth), raters[: 1 + (k % 3 > 0)]))
    return out


def test_counts_what_both_rated(sessions: list[Rated]) -> None:
    found = agreements(sessions, ITEMS)
    assert (found.coach_trainer.total.sessions, found.coach_trainer.total.ratings) == (30, 1800)
    assert (found.trainer_trainer.total.sessions, found.trainer_trainer.total.ratings) == (20, 1200)
    assert set(found.coach_trainer.items) == set(ITEMS)


def test_figures_are_those_of_the_plain_functions(sessions: list[Rated]) -> None:
    found = agreements(sessions, ITEMS).coach_trainer
    pairs = [(s.coach[i], s.raters[0][1][i]) for s in sessions for i in ITEMS]
    assert found.total.percent.value == pytest.approx(percent_agreement(pairs))  # type: ignore[arg-type]
    assert found.total.linear.value == pytest.approx(weighted_kappa(pairs, (0, 1, 2)))  # type: ignore[arg-type]
    one = [(s.coach[ITEMS[7]], s.raters[0][1][ITEMS[7]]) for s in sessions]
    quadratic = weighted_kappa(one, (0, 1, 2), "quadratic")  # type: ignore[arg-type]
    assert found.items[ITEMS[7]].quadratic.value == pytest.approx(quadratic)


def test_the_better_raters_agree_better_and_intervals_hold_the_value(sessions: list[Rated]) -> None:
    found = agreements(sessions, ITEMS)
    for figure in ("percent", "linear", "quadratic"):
        coach, trainers = (getattr(c.total, figure) for c in (found.coach_trainer, found.trainer_trainer))
        assert coach.value < trainers.value
        for one in (coach, trainers):
            assert one.low < one.value < one.high
    assert found.trainer_trainer.icc.value > 0.8
    assert found.coach_trainer.icc.low < found.coach_trainer.icc.value < found.coach_trainer.icc.high
    scores = found.coach_trainer.scores
    assert scores is not None
    assert scores.low < scores.bias < scores.high
    assert len(scores.differences) == 30


def test_what_one_did_not_rate_is_left_out() -> None:
    found = compare([({"a": 2, "b": None}, {"a": 2, "b": 1}), ({"a": 1}, {"a": 2, "c": 2})], ["a", "b", "c"])
    assert set(found.items) == {"a"}
    assert found.items["a"].ratings == 2
    assert found.items["a"].percent.value == 50.0


@pytest.mark.parametrize("number", [0, 1])
def test_too_few_sessions_give_no_interval(number: int) -> None:
    found = compare([({"a": 2}, {"a": 2})] * number, ["a"])
    assert found.scores is None
    assert np.isnan(found.icc.value)
    assert np.isnan(found.total.percent.low)


def test_a_rater_who_rated_twice_counts_once() -> None:
    found = agreements([Rated({"a": 2}, [("T1", {"a": 2}), ("T1", {"a": 0}), ("T2", {"a": 1})])], ["a"])
    assert found.coach_trainer.total.percent.value == 100.0
    assert found.trainer_trainer.total.ratings == 1
    assert found.trainer_trainer.total.percent.value == 0.0


def test_a_whole_programmes_table_takes_a_moment(sessions: list[Rated]) -> None:
    many = sessions * 10
    began = time.process_time()
    agreements(many, ITEMS)
    assert time.process_time() - began < 15.0  # about a second where nothing else runs
