"""Files that another program looks into, as on Windows: they are moved and removed a moment later."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from coach import patience
from coach.patience import patiently


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """As on Windows, but without the waiting."""
    told: list[float] = []
    monkeypatch.setattr(patience, "REFUSES", True)
    monkeypatch.setattr(time, "sleep", told.append)
    return told


def refusing(times: int, error: OSError) -> Callable[[], None]:
    left = [error] * times

    def work() -> None:
        if left:
            raise left.pop()

    return work


def test_what_is_refused_for_a_moment_is_done_then(waited: list[float]) -> None:
    patiently(refusing(5, PermissionError("in use")))
    assert sum(waited) == pytest.approx(0.5)


def test_what_is_refused_for_good_is_told_after_two_seconds(waited: list[float]) -> None:
    with pytest.raises(PermissionError):
        patiently(refusing(1000, PermissionError("not yours")))
    assert sum(waited) == pytest.approx(2.0)


def test_other_faults_and_other_systems_do_not_wait(waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError):
        patiently(refusing(1, FileNotFoundError("gone")))
    monkeypatch.setattr(patience, "REFUSES", False)
    with pytest.raises(PermissionError):
        patiently(refusing(1, PermissionError("not yours")))
    assert waited == []
