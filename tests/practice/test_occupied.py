"""While the person is busy with something else on the page, no palm starts anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.domain import Floats, Frame, HandObservation
from tests.footage import film
from tests.practice.session import NoHands, Room, room
from tests.tutor.seen import open_palm

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])
LONGER = 30  # pictures, two seconds: a ring is full in 1.2 s


class Palm(NoHands):
    """An open palm in the corner that starts, always."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        at = (0.93 * frame.image.shape[1], 0.2 * frame.image.shape[0])
        return (HandObservation(frame.time_s, open_palm(at, 60.0), 0.9),)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("clip") / "clip.mp4", [np.full((480, 640, 3), 90, dtype=np.uint8)] * 45)


def busy(running: Room) -> None:
    """Before the marked back, with a palm up and something else to do, for a while."""
    running.until(lambda: running.page.states and running.state["camera"]["state"] == "ok")
    running.until(lambda: running.state["tracker"] == "ok" and running.page.frames)
    running.say(t="occupied", on=True)
    running.agree()
    running.mark(BACK)
    first, seen = len(running.page.states), running.practice.pictures
    running.until(lambda: running.practice.pictures > seen + LONGER and len(running.page.states) > first)
    assert running.state["phase"] == "setup"
    assert {'"gesture":null' in state for state in running.page.states[first:]} == {True}


def test_a_palm_starts_nothing_and_fills_no_ring_until_the_page_takes_a_start_again(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, Film(str(clip), forever=True, pace=float("inf")), Palm) as running:
        busy(running)
        first, seen = len(running.page.states), running.practice.pictures
        running.say(t="occupied", on=False)
        running.until(lambda: any('"phase":"practising"' in state for state in running.page.states[first:]))
        assert running.practice.pictures > seen + LONGER / 2  # the palm that was up all the while counts from now
        assert any('"kind":"start"' in state for state in running.page.states[first:])


@pytest.mark.parametrize("another", [True, False])
def test_what_a_page_was_busy_with_is_forgotten_when_it_leaves(clip: Path, tmp_path: Path, another: bool) -> None:
    with room(tmp_path, Film(str(clip), forever=True, pace=float("inf")), Palm) as running:
        busy(running)
        running.practice.listen(running.page if another else None)
        running.until(lambda: running.practice.lesson and running.practice.lesson.phase != "ready")
