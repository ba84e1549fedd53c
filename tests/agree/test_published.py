"""The statistics against worked examples that others have published, and against other programs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from coach.agree.bootstrap import draws, interval, interval_of
from coach.agree.kappa import kappa_of_counts, percent_agreement, weighted_kappa
from coach.agree.totals import bland_altman, icc_2_1

# Shrout and Fleiss (1979), Psychological Bulletin 86, table 2: six targets by four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)

# Agresti (1990), Categorical Data Analysis, table 2.10, from Hout et al. (1987): husbands by wives. The kappas are
# those that R's package vcd prints for it, Kappa(SexualFun): 0.1293 unweighted and 0.2374 with equally spaced weights.
COUPLES = np.array([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]], dtype=float)

# Bland and Altman (1986), Lancet i:307-310, table: peak expiratory flow by two meters, l/min, first readings.
WRIGHT = np.array([494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427], dtype=float)
MINI = np.array([512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451], dtype=float)


def pairs_of(counts: np.typing.NDArray[np.float64]) -> list[tuple[int, int]]:
    return [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(int(n))]


def test_icc_is_shrout_and_fleisss() -> None:
    assert icc_2_1(SHROUT_FLEISS) == pytest.approx(0.29, abs=0.005)


def test_icc_equals_the_definition_by_sums_of_squares() -> None:
    scores = np.random.default_rng(1).normal(size=(12, 3)) + np.arange(12)[:, None]
    n, k = scores.shape
    total = ((scores - scores.mean()) ** 2).sum()
    rows = k * ((scores.mean(axis=1) - scores.mean()) ** 2).sum()
    columns = n * ((scores.mean(axis=0) - scores.mean()) ** 2).sum()
    bms, jms = rows / (n - 1), columns / (k - 1)
    ems = (total - rows - columns) / ((n - 1) * (k - 1))
    assert icc_2_1(scores) == pytest.approx((bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n))


def test_icc_of_too_little_is_not_known() -> None:
    assert np.isnan(icc_2_1(np.array([[1.0, 2.0]])))
    assert np.isnan(icc_2_1(np.full((4, 2), 80.0)))


def test_linear_kappa_is_that_of_vcd() -> None:
    assert float(kappa_of_counts(COUPLES, "linear")) == pytest.approx(0.2374, abs=5e-5)
    assert weighted_kappa(pairs_of(COUPLES), (0, 1, 2, 3)) == pytest.approx(0.2374, abs=5e-5)


def test_kappa_of_two_grades_is_cohens_of_1960() -> None:
    """With two grades every weighting is the same: po = 0.70, pe = 0.50 gives 0.40 (a well-known example)."""
    counts = np.array([[20, 5], [10, 15]], dtype=float)
    for weighting in ("linear", "quadratic"):
        assert float(kappa_of_counts(counts, weighting)) == pytest.approx(0.4)


def test_quadratic_kappa_is_the_icc_of_many_ratings() -> None:
    """Fleiss and Cohen (1973): quadratic kappa is the intraclass correlation, but for a term of 1/n."""
    counts = COUPLES * 50
    scores = np.array(pairs_of(counts), dtype=float)
    assert float(kappa_of_counts(counts, "quadratic")) == pytest.approx(icc_2_1(scores), abs=1e-3)


def test_kappas_of_many_tables_at_once_are_those_of_each() -> None:
    tables = np.random.default_rng(2).integers(0, 9, (20, 3, 3)).astype(float)
    for weighting in ("linear", "quadratic"):
        together = kappa_of_counts(tables, weighting)
        alone = [weighted_kappa(pairs_of(t), (0, 1, 2), weighting) for t in tables]
        np.testing.assert_allclose(together, alone)


def test_percent_agreement() -> None:
    assert percent_agreement([(2, 2), (1, 2), (0, 0), (2, 2)]) == 75.0
    assert np.isnan(percent_agreement([]))


def test_bland_and_altmans_own_figures() -> None:
    found = bland_altman(WRIGHT, MINI)
    assert found.bias == pytest.approx(-2.1, abs=0.05)
    assert found.sd == pytest.approx(38.8, abs=0.05)
    # The paper takes 2 sd: -79.7 to 75.5; 1.96 sd is what is usual since.
    assert found.bias - 2 * found.sd == pytest.approx(-79.7, abs=0.1)
    assert found.bias + 2 * found.sd == pytest.approx(75.5, abs=0.1)
    assert (found.low, found.high) == pytest.approx((found.bias - 1.96 * found.sd, found.bias + 1.96 * found.sd))


def test_the_bootstrap_is_that_of_scipy() -> None:
    values = np.random.default_rng(3).exponential(size=60)
    ours = interval_of(lambda chosen: float(values[chosen].mean()), len(values), 5000)
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=5000, method="percentile", rng=np.random.default_rng(4)
    ).confidence_interval
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.02)


def test_the_same_sessions_give_the_same_interval() -> None:
    np.testing.assert_array_equal(draws(10), draws(10))
    assert np.isnan(interval(np.array([np.nan]))).all()
