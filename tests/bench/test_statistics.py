"""The measures of agreement, against published values and their plain definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.statistics import augrc, calibration_error, edit_score, f1_score, levenshtein, weighted_kappa

GRADES = (0, 1, 2)


def test_kappa_is_that_of_a_published_example() -> None:
    """Two physicians and 19 skin conditions: SAS/STAT's PROC FREQ and statsmodels give 0.4701 with linear weights."""
    table = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
    pairs = [(i, j) for i, line in enumerate(table) for j, n in enumerate(line) for _ in range(n)]
    assert weighted_kappa(pairs, GRADES) == pytest.approx(0.4701, abs=5e-5)


@given(st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=1, max_size=30))
def test_kappa_is_what_its_definition_says(pairs: list[tuple[int, int]]) -> None:
    seen = np.mean([abs(a - b) for a, b in pairs])
    chance = np.mean([abs(a - b) for a, _ in pairs for _, b in pairs])
    wanted = 1.0 if chance == 0 else 1.0 - seen / chance
    assert weighted_kappa(pairs, GRADES) == pytest.approx(wanted)


def test_kappa_knows_full_agreement_and_none() -> None:
    assert weighted_kappa([(0, 0), (1, 1), (2, 2)], GRADES) == 1.0
    assert weighted_kappa([(0, 2), (2, 0)], GRADES) == -1.0
    near, far = ([(0, 0), (2, 2), (1, 1), (0, other)] for other in (1, 2))
    assert weighted_kappa(near, GRADES) > weighted_kappa(far, GRADES)


@pytest.mark.parametrize(
    ("a", "b", "distance"), [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "abc", 0), ("flaw", "lawn", 2)]
)
def test_levenshtein(a: str, b: str, distance: int) -> None:
    assert levenshtein(a, b) == levenshtein(b, a) == distance


def test_edit_score_and_f1() -> None:
    assert edit_score(["a", "b", "c"], ["a", "b", "c"]) == 100.0
    assert edit_score(["a", "c", "b", "d"], ["a", "b", "d"]) == 75.0
    assert (edit_score([], []), edit_score([], ["a"])) == (100.0, 0.0)
    assert f1_score(0.5, 1.0) == pytest.approx(2 / 3)
    assert f1_score(0.0, 0.0) == 0.0


def test_the_generalised_risk_is_least_where_the_wrong_ones_are_the_least_sure() -> None:
    """Of four items one is wrong: rated last it costs (1/4) * (1/4) / 2, first 7/8 of 1/4, among equals half of 1/4."""
    wrong = np.array([False, False, False, True])
    assert augrc(np.array([0.9, 0.8, 0.7, 0.1]), wrong) == pytest.approx(1 / 32)
    assert augrc(np.array([0.1, 0.2, 0.3, 0.9]), wrong) == pytest.approx(7 / 32)
    assert augrc(np.ones(4), wrong) == pytest.approx(1 / 8)


def test_the_calibration_error_is_how_far_what_is_said_is_from_what_is_so() -> None:
    sure = np.array([0.95] * 20 + [0.55] * 20)
    right = np.array([True] * 19 + [False] + [True] * 6 + [False] * 14)
    assert calibration_error(sure, right) == pytest.approx((0.0 + 0.25) / 2)
