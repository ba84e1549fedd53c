"""Where the back is in a practice: as it was marked in the set-up, and anew since, for she moved or a camera came."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from coach import back_argument
from coach.domain import Floats, InputError
from coach.practice.eyes import Eyes
from coach.practice.lesson import Lesson
from coach.practice.memory import Memory
from coach.practice.place import Place
from coach.practice.setup import SetUp
from coach.practice.setup_check import load_limits

Size = tuple[int, int]


@dataclass(slots=True)
class Anew:
    """What is being marked anew, until it is taken over or given up."""

    setup: SetUp
    segment: str | None = None  # that is practised again afterwards


@dataclass(slots=True)
class Whereabouts:
    """In the coaching thread."""

    eyes: Eyes
    memory: Memory
    place: Place
    anew: Anew | None = None
    astray: bool = False  # the camera was moved, and the back not surely found again
    _by: str | None = None  # the camera in whose picture it was marked last, once the massage has begun
    _start: tuple[str, Floats] | None = None  # the camera and the back (4, 2) px with which it began

    @property
    def changed(self) -> bool:
        """Whether another camera looks since the back was marked, or it was moved: only a person can tell where the
        back is now."""
        return self._other or (self._by is not None and self.astray)

    @property
    def _other(self) -> bool:
        return self._by is not None and self._by != self.eyes.name

    def forget(self) -> None:
        """Another practice begins."""
        self.anew = self._by = self._start = None
        self.astray = False

    def begin(self, setup: SetUp, lesson: Lesson, size: Size | None) -> Floats | None:
        """(4, 2) px of the back where a massage begins, or one of its segments again; None where nobody has marked it.

        A film begins anew then, and with it the mark of its beginning.

        :param size: (width, height) px of the camera's pictures; None where it gives others than the massage began with
        """
        film, corners = self.eyes.from_the_start(), lesson.back
        if corners is None:
            corners = setup.corners if film else setup.moved
            self._start = None if corners is None else (self.eyes.name, corners)
        elif film and self._start is not None and self._start[0] == self.eyes.name:
            corners = self._start[1]
        if corners is not None:
            self._keep(corners, size)
        return corners

    def mark(self, lesson: Lesson, size: Size, segment: str | None = None) -> None:
        """Begins to mark the back anew, from where it is believed to be.

        :param size: (width, height) px of the pictures
        :param segment: that is practised again afterwards
        """
        self.anew = Anew(SetUp(load_limits()), segment)
        known = self.memory.mark(self.eyes.name, size) if self._other else None
        there = lesson.back if known is None else known
        if there is not None:
            with contextlib.suppress(InputError):  # it has run out of the picture: then it is marked from the start
                back_argument.check_shape(there)
                back_argument.check_corners(there, size)
                self.anew.setup.suggest(there, remembered=False)

    def take(self, lesson: Lesson, size: Size | None) -> None:
        """From here on the back is where it was marked anew, if all of it was.

        :param size: as :meth:`begin` has it
        """
        corners = None if self.anew is None else self.anew.setup.moved
        self.anew = None
        if corners is not None:
            lesson.mark(corners)
            self._keep(corners, size)

    def _keep(self, corners: Floats, size: Size | None) -> None:
        self._by, self.astray = self.eyes.name, False
        if size is not None:
            self.memory.keep(self.eyes.name, size, corners, self.place.layout, self.place.mirrored)
