"""A camera on a cable, and a massage before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.score import film
from tests.practice.cable import Cable, plugged_in
from tests.practice.marking_anew import start
from tests.practice.session import Room, room


@pytest.fixture
def cable() -> Cable:
    return plugged_in()


@pytest.fixture
def practising(cable: Cable, tmp_path: Path) -> Iterator[Room]:
    """In the middle of a massage before that camera, which is filmed."""
    with room(tmp_path, cable) as running:
        start(running)
        yield running


@pytest.fixture(autouse=True)
def _judged_at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine reads few pictures a second; what is said of such a practice is tested with the verdicts."""
    monkeypatch.setattr(film, "LEAST_PICTURE_RATE_HZ", 0.0)
