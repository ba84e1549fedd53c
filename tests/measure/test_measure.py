"""The figures against worked examples that are named, against scipy, and against slow and obvious versions."""

from __future__ import annotations

from itertools import product
from math import comb, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coach.domain import Floats
from coach.measure import counts
from coach.measure.nested import mean_by
from coach.measure.paired import change, hedges_g, n_gain, smallest_p
from coach.measure.ranks import hodges_lehmann, signed_ranks
from coach.measure.raters import ac1
from coach.measure.reliability import kr_20
from tests.programme.made import PAPER

# Hollander and Wolfe (1973), p. 29: the Hamilton depression scale of nine patients before and after tranquillisers;
# the example of R's wilcox.test.
BEFORE = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
AFTER = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])
FIRST, LAST = (10.0 * np.array(column, dtype=float) for column in zip(*PAPER, strict=True))

few = st.lists(st.integers(-4, 4), min_size=1, max_size=9)


def test_hollander_and_wolfe_depression() -> None:
    found = signed_ranks(BEFORE - AFTER)
    assert (found.plus, found.minus) == (40, 5)
    assert found.p == pytest.approx(0.0390625)
    shift = hodges_lehmann(BEFORE - AFTER)
    assert shift.value == pytest.approx(0.46)
    assert (shift.low, shift.high) == pytest.approx((0.010, 0.786))
    assert shift.sure == pytest.approx(96.1, abs=0.05)


def naive_p(differences: Floats) -> float:
    """Every way to throw the signs, one by one."""
    ranks = stats.rankdata(np.abs(differences))
    moving = ranks[differences != 0]
    seen = ranks[differences > 0].sum()
    middle = moving.sum() / 2
    thrown = [sum(r for r, up in zip(moving, ups, strict=True) if up) for ups in product((0, 1), repeat=len(moving))]
    return float(sum(abs(total - middle) >= abs(seen - middle) - 1e-9 for total in thrown)) / len(thrown)


@settings(max_examples=80, deadline=None)
@given(few)
def test_exact_p_is_that_of_throwing_every_sign(values: list[int]) -> None:
    differences = np.array(values, dtype=float)
    found = signed_ranks(differences)
    if not differences.any():
        assert isnan(found.p)
        return
    assert found.p == pytest.approx(naive_p(differences))


def test_exact_p_is_scipys_with_ties_and_zeros() -> None:
    for differences in ([3.0, 3.0, -1.0, 0.0, 2.0, 2.0, 5.0, 0.0], [1.0, 2.0, 4.0, -3.0, 5.5, 6.0, 7.0]):
        ours = signed_ranks(np.array(differences)).p
        theirs = stats.wilcoxon(differences, zero_method="pratt", method=stats.PermutationMethod(n_resamples=2**12))
        assert ours == pytest.approx(float(theirs.pvalue))


@settings(max_examples=40, deadline=None)
@given(few)
def test_the_median_change_is_that_of_all_pairs(values: list[int]) -> None:
    means = [(a + b) / 2 for k, a in enumerate(values) for b in values[k:]]
    found = hodges_lehmann(np.array(values, dtype=float))
    assert found.value == pytest.approx(float(np.median(means)))
    if len(values) < 6:
        assert isnan(found.low)
    else:
        assert found.low <= found.value <= found.high
        assert found.sure >= 95


def test_what_the_number_of_pairs_allows() -> None:
    assert [smallest_p(n) for n in (5, 6, 8)] == [0.0625, 0.03125, 0.0078125]
    for n in (5, 6, 8):
        assert signed_ranks(np.arange(1.0, n + 1)).p == pytest.approx(smallest_p(n))


def test_the_papers_eight_kader() -> None:
    found = change(FIRST, LAST)
    assert found is not None
    assert (found.n, found.first, found.last) == (8, 50.0, 90.0)
    assert (found.risen, found.same, found.fallen) == (8, 0, 0)
    assert found.mean.value == 40.0
    low, high = stats.ttest_rel(LAST, FIRST).confidence_interval(0.95)
    assert (found.mean.low, found.mean.high) == pytest.approx((float(low), float(high)))
    assert found.t_p == pytest.approx(float(stats.ttest_rel(LAST, FIRST).pvalue))
    assert found.ranks.p == pytest.approx(0.0078125)
    assert found.ranks.biserial == 1.0
    assert found.g.low < found.g.value < found.g.high
    assert found.n_gain == pytest.approx(np.mean([(b - a) / (100 - a) for a, b in zip(FIRST, LAST, strict=True)]))


def test_students_sleep() -> None:
    """Student (1908), Biometrika 6: hours of sleep that ten patients gained by two drugs; R prints p = .002833."""
    one = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    other = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    found = change(one, other)
    assert found is not None
    assert (found.mean.value, found.mean.low, found.mean.high) == pytest.approx((1.58, 0.7001142, 2.4598858))
    assert found.t_p == pytest.approx(0.002833, abs=5e-7)
    assert (found.risen, found.same, found.fallen) == (9, 1, 0)
    assert found.ranks.p == pytest.approx(2 / 2**9)  # nine that moved, all of them up


def test_fewer_than_five_are_a_list_and_no_test() -> None:
    assert change(FIRST[:4], LAST[:4]) is None
    with pytest.raises(ValueError, match="no pairs"):
        change(FIRST[:5], LAST[:6])


def test_the_same_change_for_all_has_no_t_and_says_so() -> None:
    found = change(FIRST, FIRST + 10)
    assert found is not None
    assert isnan(found.t_p)
    assert (found.mean.low, found.mean.high) == (10, 10)


def test_hedges_g_by_hand() -> None:
    """sd of 1, 2, 3 is 1 and of 2, 4, 6 is 2: the mean change 2 over 1.5, times 1 - 3/7."""
    first, last = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    assert float(hedges_g(first, last)) == pytest.approx(2 / 1.5 * (1 - 3 / 7))
    assert isnan(float(hedges_g(np.ones(3), np.ones(3))))


def test_lakens_two_movies() -> None:
    """Lakens (2013), Frontiers in Psychology 4:863, table 1: ten people rate two movies; p = .001, a 95 % interval of
    .52 to 1.48, and d by the average sd is 1.13, which is g before its correction for few pairs."""
    second, first = np.array([9.0, 7, 8, 9, 8, 9, 9, 10, 9, 9]), np.array([9.0, 6, 7, 8, 7, 9, 8, 8, 8, 7])
    found = change(first, second)
    assert found is not None
    assert (found.mean.value, found.mean.low, found.mean.high) == pytest.approx((1.0, 0.52, 1.48), abs=0.005)
    assert found.t_p == pytest.approx(0.001, abs=0.0005)
    assert found.g.value / (1 - 3 / (4 * 9 - 1)) == pytest.approx(1.13, abs=0.005)


def test_normalised_gain_is_of_those_who_could_gain() -> None:
    assert n_gain(np.array([50.0, 100.0]), np.array([75.0, 90.0])) == 0.5
    assert isnan(n_gain(np.array([100.0]), np.array([90.0])))


# ------------------------------------------------------------------ counts


def test_fagerland_airway_hyperresponsiveness() -> None:
    """Fagerland, Lydersen and Laake (2014), table 1 (Bentur et al. 2009): 21 children before and after stem cells."""
    found = counts.change(both=1, gained=7, lost=1, neither=12)
    assert (found.value, found.low, found.high) == pytest.approx((28.57, 2.6, 50.7), abs=0.05)
    assert counts.mcnemar(7, 1) == pytest.approx(0.0703, abs=5e-5)


def test_altman_statistics_with_confidence() -> None:
    """Altman, Machin, Bryant and Gardner (2000), table 6.2: 14 and 22 pairs alike, 5 and 0 apart."""
    found = counts.change(both=14, gained=5, lost=0, neither=22)
    assert (found.value, found.low, found.high) == pytest.approx((12.2, 1.1, 22.6), abs=0.1)


def test_newcombes_interval_where_the_two_are_independent_is_the_square_sum_of_wilsons() -> None:
    found = counts.change(both=0, gained=8, lost=0, neither=0)
    after, before = counts.share(8, 8), counts.share(0, 8)
    width = ((after.value - after.low) ** 2 + (before.high - before.value) ** 2) ** 0.5
    assert (found.value, found.low, found.high) == pytest.approx((100.0, 100 - width, 100.0))


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (5, 0), (7, 2), (1, 6), (3, 3)])
def test_mcnemar_is_two_tails_of_a_coin(gained: int, lost: int) -> None:
    n, k = gained + lost, min(gained, lost)
    naive = min(1.0, 2 * sum(comb(n, j) for j in range(k + 1)) / 2**n)
    assert counts.mcnemar(gained, lost) == pytest.approx(naive)


def test_all_of_eight_is_68_to_100() -> None:
    found = counts.share(8, 8)
    assert (round(found.low), found.high) == (68, 100)
    z = 1.959963984540054
    low = (8 + z * z / 2 - z * (8 * 0 / 8 + z * z / 4) ** 0.5) / (8 + z * z)
    assert found.low == pytest.approx(100 * low)
    assert isnan(counts.share(0, 0).value)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_newcombes_own_four_shares(k: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3."""
    found = counts.share(k, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.005)


def test_guessing() -> None:
    assert counts.by_chance(8, 10) == pytest.approx(56 / 1024)
    assert counts.by_chance(9, 10) == pytest.approx(11 / 1024)


# ------------------------------------------------------------------ tests, raters, visits


def test_kr_20_is_cronbachs_alpha_of_right_and_wrong_and_needs_twenty() -> None:
    right = (np.random.default_rng(3).random((24, 10)) < np.linspace(0.2, 0.9, 24)[:, None]).astype(float)
    k = right.shape[1]
    alpha = k / (k - 1) * (1 - right.var(axis=0).sum() / right.sum(axis=1).var())
    found = kr_20(right)
    assert found == pytest.approx(alpha)
    assert found is not None
    assert 0.3 < found < 1
    assert kr_20(right[:19]) is None
    assert kr_20(np.ones((24, 10))) is None


def test_gwets_ac1_stays_high_where_nearly_all_is_right() -> None:
    """Gwet (2008), table 2: 118 times both positive, 5 and 2 apart, none both negative: AC1 .9412 and kappa below 0."""
    pairs = [(1, 1)] * 118 + [(1, 0)] * 5 + [(0, 1)] * 2
    assert ac1(pairs, (0, 1)) == pytest.approx(0.9408, abs=0.001)
    assert isnan(ac1([], (0, 1)))


def test_visits_are_drawn_by_kader() -> None:
    groups = [[90.0] * 10, [50.0], [70.0, 72.0], []]
    found = mean_by(groups)
    assert found.value == pytest.approx((900 + 50 + 142) / 13)
    assert found.low == pytest.approx(50, abs=12)
    assert isnan(mean_by([[80.0]]).low)
    assert isnan(mean_by([]).value)
    assert mean_by([[80.0], [80.0]]).low == 80.0
    assert 72 < found.high <= 90
