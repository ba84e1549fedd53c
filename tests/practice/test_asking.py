"""The page asks, and a palm before the camera answers; where nothing is asked, it answers nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from coach.capture.camera import Film
from coach.domain import Floats, Frame, HandObservation
from tests.footage import film
from tests.practice.session import NoHands, room
from tests.tutor.seen import open_palm

PICTURES = 45


class NowAndThen(NoHands):
    """Three seconds with an open palm at the right of the picture, and three without."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        if frame.time_s % 6.0 < 3.0:
            return ()
        at = (0.93 * frame.image.shape[1], 0.2 * frame.image.shape[0])
        return (HandObservation(frame.time_s, open_palm(at, 60.0), 0.9),)


def test_a_palm_answers_what_the_page_asks_before_the_massage_and_nothing_else(tmp_path: Path) -> None:
    wall = film(tmp_path / "clip.mp4", [np.full((480, 640, 3), 90, dtype=np.uint8)] * PICTURES)
    with room(tmp_path / "data", Film(str(wall), forever=True, pace=float("inf")), NowAndThen) as running:
        running.until(lambda: running.page.states and running.state["tracker"] == "ok")
        seen = running.practice.pictures
        running.until(lambda: running.practice.pictures > seen + 2 * PICTURES)
        assert running.state["answer"] is None
        running.say(t="asks", question="no_fever")
        running.until(lambda: running.state["answer"] is not None)
        assert running.state["answer"] == {"n": 1, "question": "no_fever", "side": "top_right"}
        running.say(t="asks", question="no_wounds")
        running.until(lambda: (running.state["answer"] or {}).get("question") == "no_wounds")
