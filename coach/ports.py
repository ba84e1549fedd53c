"""What the core asks of the edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from coach.domain import Floats, Frame, HandObservation, Image, Moved


class HandFinder(Protocol):
    """Finds hands in a picture. Raw: duplicates and ghosts are the core's to refuse."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        """:param back: (4, 2) px where the back is in this picture; hands elsewhere need not be found"""


class PointMover(Protocol):
    """Carries points from one picture to the next."""

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:
        """:param points: (n, 2) px in ``before``; returns them in ``now``, or None where they cannot be followed."""


class BackWatcher(Protocol):
    """Watches how the back moves in the picture."""

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        """The (3, 3) homogeneous motion, in px, from the session's first picture to this one."""


class CameraWatcher(BackWatcher, Protocol):
    """Watches besides whether the camera stays where it is."""

    @property
    def moved(self) -> tuple[Moved, ...]:
        """When it was moved so far."""


class OverlaySink(Protocol):
    """Takes the pictures with what was seen drawn on them."""

    def write(self, image: Image, time_s: float) -> None: ...
