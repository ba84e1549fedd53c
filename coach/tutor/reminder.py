"""A pause that nobody meant: who goes on massaging is told that nothing of it is watched."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.tutor.state import Seeing
from coach.tutor.stays import Stays

# A palm before a corner pauses, by chance too. Hands that lie on the back, wipe it or take their place work for less;
# a press keeps them still for three seconds, and the tracker loses both for one or two.
WORKS_S, STILL_S, LOST_S = 8.0, 4.0, 2.0
AGAIN_S = 20.0  # after it was said


@dataclass(slots=True)
class Reminder:
    """Of one pause, followed from frame to frame."""

    _stays: Stays = field(default_factory=Stays)
    _since_s: float | None = None  # the hands have worked, or when they will have for this to be said again
    _seen_s: float = -1e9

    def see(self, seeing: Seeing) -> bool:
        """Takes one frame; whether it is to be said now that the practice is paused."""
        now_s = seeing.now_s
        if now_s - self._seen_s > LOST_S:
            self._since_s = None
        if seeing.hands:
            self._seen_s = now_s
        self._stays.see(now_s, seeing.hands)
        moved_s = self._stays.since_s
        if moved_s is None or now_s - moved_s > STILL_S:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = now_s
        if not seeing.hands or now_s - self._since_s < WORKS_S:
            return False
        self._since_s = now_s + AGAIN_S - WORKS_S
        return True
