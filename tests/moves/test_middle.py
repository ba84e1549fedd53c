"""The median of a few numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coach.moves.middle import middle

NUMBERS = st.floats(-1e3, 1e3) | st.just(float("nan"))


@given(st.integers(1, 9).flatmap(lambda n: arrays(np.float64, (n, 2), elements=NUMBERS)))
def test_it_is_numpys_own(values: np.ndarray) -> None:
    assert middle(values) == pytest.approx(np.median(values, axis=0), nan_ok=True)
    assert middle(values[:, 0]) == pytest.approx(np.median(values[:, 0]), nan_ok=True)


def test_of_nothing_there_is_none() -> None:
    assert np.isnan(middle(np.empty((0, 2)))).all()
