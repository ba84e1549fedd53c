"""Worse pictures: as many as there ought to be, at their own times, the same every time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from coach.domain import Frame
from tests.bench.degrade import DEGRADATIONS, degraded

COUNT, FPS = 60, 15.0


def pictures() -> Iterator[Frame]:
    y, x = np.mgrid[0:96, 0:128]
    for index in range(COUNT):
        red = 128 + 100 * np.sin(x / 5.0 + index / 9.0)
        image = np.stack([red, 2 * y, x + y], axis=2).clip(0, 255).astype(np.uint8)
        yield Frame(index, index / FPS, image)


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_frames_are_numbered_and_keep_their_times(name: str) -> None:
    found = list(degraded(pictures(), name))
    assert [frame.index for frame in found] == list(range(len(found)))
    assert {frame.time_s for frame in found} <= {index / FPS for index in range(COUNT)}
    assert found[0].time_s == 0.0
    assert {frame.image.shape for frame in found} == {(96, 128, 3)}
    again = list(degraded(pictures(), name))
    assert all((a.image == b.image).all() for a, b in zip(found, again, strict=True))


@pytest.mark.parametrize(("name", "rate"), [("10 fps", 10.0), ("5 fps", 5.0)])
def test_slower_cameras_have_their_rate(name: str, rate: float) -> None:
    found = list(degraded(pictures(), name))
    assert len(found) == pytest.approx(rate * COUNT / FPS, abs=1)


def test_a_third_of_the_frames_is_lost() -> None:
    assert len(list(degraded(pictures(), "drops"))) == pytest.approx(2 / 3 * COUNT, abs=9)


def test_pictures_are_worse_in_their_own_way() -> None:
    plain = next(pictures()).image.astype(float)
    change = {n: next(degraded(pictures(), n)).image.astype(float) for n in ("dim", "dark", "blur", "occlusion")}
    assert plain.mean() > change["dim"].mean() > change["dark"].mean()
    assert np.abs(np.diff(change["blur"], axis=1)).mean() < np.abs(np.diff(plain, axis=1)).mean()
    assert (change["occlusion"] == plain).all(axis=(0, 2)).mean() == pytest.approx(0.9, abs=0.02)


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        list(degraded(pictures(), "fog"))
