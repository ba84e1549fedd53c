"""A camera on a cable, and a massage before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
