"""The report's figures against the plain measures, and their intervals."""

from __future__ import annotations

import math
from statistics import median_low

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.accuracy import OVERLAPS, Agreement
from tests.bench.measures import HEADLINE, QUESTIONS, Middle, confusion, drawn, f1, kappa
from tests.bench.statistics import weighted_kappa

POINTS = st.integers(0, 2)
PAIRS = st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=40)


def session(true: int = 3, found: int = 3, hits: int = 3, **more: object) -> Agreement:
    one = Agreement(true, found, dict.fromkeys(OVERLAPS, hits), [100.0])
    for name, value in more.items():
        setattr(one, name, value)
    return one


@given(pairs=PAIRS)
def test_kappa_is_the_plain_one(pairs: list[tuple[int, int]]) -> None:
    figure = kappa("κ", lambda a: a.ratings).figure([session(ratings=pairs)], drawn(1))
    assert figure.value == pytest.approx(weighted_kappa(pairs, (0, 1, 2)))
    assert figure.count == len(pairs) == confusion(pairs).sum()


@settings(max_examples=25)
@given(values=st.lists(st.lists(st.floats(0, 10), max_size=5), min_size=1, max_size=6))
def test_a_median_is_that_of_all_values(values: list[list[float]]) -> None:
    sessions = [session(boundaries_s=v) for v in values]
    figure = Middle("m", lambda a: a.boundaries_s).figure(sessions, drawn(len(sessions)))
    flat = [x for v in values for x in v]
    assert figure.count == len(flat)
    if flat:
        assert figure.value == median_low(flat)
        assert min(flat) <= figure.low <= figure.high <= max(flat)
    else:
        assert math.isnan(figure.value)


def test_sessions_that_are_all_alike_leave_no_doubt() -> None:
    sessions = [session(4, 4, 3) for _ in range(8)]
    figure = f1(0.5).figure(sessions, drawn(8))
    assert (figure.value, figure.low, figure.high) == (75.0, 75.0, 75.0)


def test_sessions_that_differ_leave_some_and_more_sessions_leave_less() -> None:
    few, many = ([session(4, 4, 4), session(4, 4, 2)] * n for n in (3, 30))
    wide, narrow = (f1(0.5).figure(s, drawn(len(s))) for s in (few, many))
    assert wide.value == narrow.value == 75.0
    assert wide.high - wide.low > narrow.high - narrow.low > 0
    assert wide.low < 75.0 < wide.high


def test_the_draws_are_the_same_every_time_and_as_many_as_there_are_sessions() -> None:
    np.testing.assert_array_equal(drawn(7), drawn(7))
    assert set(drawn(7).sum(axis=1)) == {7}
    assert drawn(0).shape[1] == 0


def test_of_nothing_every_figure_is_nothing() -> None:
    measures = [m for _, some in QUESTIONS.values() for m in some] + list(HEADLINE)
    for measure in measures:
        figure = measure.figure([Agreement()], drawn(1))
        assert math.isnan(figure.value), measure.name
        assert figure.count == 0
