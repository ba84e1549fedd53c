"""Windows joined to the tracks they were cut from, and asked about circles."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Floats
from tests.bench.circle_tracks import (
    CLOCKWISE,
    COUNTER,
    FPS,
    MOVE,
    POINTS,
    SIZE,
    STOP,
    TRACKS,
    WANTED,
    lines,
    measured,
    of_file,
    stretches,
)

LENGTH = 60


def path(label: int) -> Floats:
    """(LENGTH, 2) px as the file would hold it: y downward."""
    turned = 2 * np.pi * np.arange(LENGTH) / (2.3 * FPS)
    match label:
        case 0:
            return np.random.default_rng(1).normal(0, 0.4, (LENGTH, 2))
        case 1 | 2:
            way = 1.0 if label == CLOCKWISE else -1.0
            return np.column_stack((45 * np.sin(way * turned), -40 * np.cos(turned)))
        case _:
            return np.column_stack((6.0 * np.arange(LENGTH), 3.0 * np.arange(LENGTH)))


def rows(label: int) -> Floats:
    """The windows of a path, each from its own first point, in shares of the picture, as the file rounds them."""
    place = path(label) / np.array(SIZE)
    windows = [place[k : k + POINTS] - place[k] for k in range(LENGTH - POINTS + 1)]
    return np.array([[label, *window.ravel().round(9)] for window in windows])


def test_windows_are_joined_again() -> None:
    found = list(stretches(np.concatenate([rows(CLOCKWISE), rows(MOVE), rows(CLOCKWISE)])))
    assert [(s.label, s.rows) for s in found] == [(label, LENGTH - POINTS + 1) for label in (1, 3, 1)]
    extent = np.ptp(found[0].place, axis=0) / np.ptp(path(CLOCKWISE), axis=0)
    assert extent[0] == pytest.approx(extent[1])


def test_circles_have_their_direction_and_the_rest_is_none() -> None:
    table = np.concatenate([rows(label) for label in (STOP, CLOCKWISE, COUNTER, MOVE)])
    for share in measured(list(stretches(table))).values():
        assert share["percent"] >= 95.0


@pytest.mark.skipif(not TRACKS.exists(), reason=f"the tracks are not there: {TRACKS}")
def test_real_tracks() -> None:
    result = of_file()
    assert result is not None
    slow = result["at a massage's pace"]
    for name in ("direction right", "stop not called a circle", "move not called a circle"):
        assert slow[name]["percent"] >= WANTED
    assert len(list(lines(result))) == 1 + len(slow)
