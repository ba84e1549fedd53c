"""What holds a practice up or ends it unasked: a camera that is lost, a page that is closed, the end of a film."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from coach.practice.eyes import Eyes
from coach.practice.lesson import Lesson
from coach.practice.speech import Speech
from coach.tutor import Command

ALONE_S = 5.0  # a page that is loaded anew is back by then; one that was closed is not, and the practice pauses


@dataclass(slots=True)
class Minding:
    """Looks after a lesson between its pictures."""

    eyes: Eyes
    speech: Speech
    _left_s: float | None = None  # of the monotonic clock, when the page was closed
    _blind: bool = False  # the camera was lost while the massage was under way

    def page(self, there: bool) -> None:
        """A page was opened or closed; called by the server's thread."""
        self._left_s = None if there else time.monotonic()

    def look(self, lesson: Lesson, order: Callable[[Command], None]) -> None:
        """Sees to one lesson; called again and again.

        :param order: gives it an order, as a person would
        """
        if self.eyes.ended and lesson.going:
            order(Command("finish"))  # there is no more to see
        left_s = self._left_s  # the server's thread sets it
        if left_s is not None and time.monotonic() - left_s > ALONE_S and lesson.phase == "practising":
            order(Command("pause"))  # what goes on before the camera is no longer meant for the page
        over = self.eyes.key == "camera_ended"  # though its last picture may still be looked at
        blind = lesson.phase == "practising" and self.eyes.state in ("lost", "none") and not over
        if blind and not self._blind:
            lesson.tutor.blind(self.eyes.now_s())
            self.speech.say("phase_camera_lost", self.eyes.now_s())
        self._blind = blind
