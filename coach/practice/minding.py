"""What holds a practice up or ends it unasked: a camera that is lost, a page that is closed, a film's end, a sleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from coach.practice.eyes import Eyes
from coach.practice.lesson import Lesson
from coach.practice.speech import Speech
from coach.tutor import Command

ALONE_S = 5.0  # a page that is loaded anew is back by then; one that was closed is not, and the practice pauses
ASLEEP_S = 5.0  # between two turns, of which there are ten a second: the machine slept, and nobody was watched
# After a pause has begun: one that came by a chance palm is noticed, and who means it is soon left in peace.
REMINDED_S = (20.0, 60.0, 180.0)
# Goes on while the machine sleeps; Windows' usual one does so too.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def awake_s() -> float:
    """Seconds of a clock that grows evenly, through a sleep of the machine as well."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


@dataclass(slots=True)
class Minding:
    """Looks after a lesson between its pictures."""

    eyes: Eyes
    speech: Speech
    clock: Callable[[], float] = awake_s
    _awake_s: float = field(init=False)  # when the last turn began
    _left_s: float | None = None  # of the monotonic clock, when the page was closed
    _blind: bool = False  # the camera was lost while the massage was under way
    _paused_s: float | None = None  # of the clock, when the pause began
    _reminded: int = 0  # how often in this pause
    _astray: bool = False  # it was moved meanwhile, and nobody knows where the back is

    def __post_init__(self) -> None:
        self._awake_s = self.clock()

    def page(self, there: bool) -> None:
        """A page was opened or closed; called by the server's thread."""
        self._left_s = None if there else time.monotonic()

    def wake(self, lesson: Lesson | None, order: Callable[[Command, float], None]) -> None:
        """Sees to a machine that has slept; called before each picture, the first one after the sleep above all.

        What was not watched is no part of the massage: it would count as hands out of sight, and who opens the lid does
        not massage yet. A film goes on where it was.

        :param order: gives an order as of a time of the practice, s
        """
        before_s, self._awake_s = self._awake_s, self.clock()
        slept = self._awake_s - before_s > ASLEEP_S
        if slept and lesson is not None and lesson.phase == "practising" and self.eyes.film is None:
            order(Command("pause"), self.eyes.last_s)

    def look(self, lesson: Lesson, order: Callable[[Command], None], *, busy: bool = False) -> None:
        """Sees to one lesson; called again and again.

        :param order: gives it an order, as a person would
        :param busy: the trainee has something to do before she can go on
        """
        self._remind(waits=lesson.phase == "paused" and not busy)
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
        if lesson.phase == "practising" and lesson.astray and not self._astray:
            order(Command("pause"))  # until the back is marked anew, or it is meant to go on without
        self._astray = lesson.astray

    def _remind(self, *, waits: bool) -> None:
        """Tells now and then that it is paused: who has paused by chance does not look at the screen."""
        now_s = self.clock()
        if not waits:
            self._paused_s, self._reminded = None, 0
            return
        self._paused_s = now_s if self._paused_s is None else self._paused_s
        if self._reminded < len(REMINDED_S) and now_s - self._paused_s >= REMINDED_S[self._reminded]:
            self._reminded += 1
            self.speech.say("phase_still_paused", self.eyes.now_s())
