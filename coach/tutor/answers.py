"""An answer by palm: an open palm held still at one side of the picture gives one of two answers to what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.parameters.gestures import SIDE_FREE_BEFORE_S, SIGN_GAP_S, SIGN_S
from coach.tutor.gestures import still, where
from coach.tutor.state import Corner, Gesture, Palm


@dataclass(slots=True)
class Answers:
    """The palms since a question was asked. Both palms at once are no answer."""

    question: str = ""  # nothing is asked where it is empty
    shown: Gesture | None = None
    _began_s: float | None = None  # of the frames since then
    _palm_s: float | None = None  # when a palm was seen last before it counts
    _clear: bool = False
    _corner: Corner | None = None
    _since_s: float = 0.0
    _last_s: float = 0.0
    _anchor: tuple[Palm, ...] = ()

    def see(self, now_s: float, palms: Sequence[Palm]) -> Corner | None:
        """Takes a frame's palms; returns the side of the one that was held long enough, once a question."""
        self._began_s = now_s if self._began_s is None else self._began_s
        corner, held = where(palms)
        if not self._clear:
            self._palm_s = self._palm_s if corner is None else now_s
            self._clear = now_s - max(self._began_s, self._palm_s or self._began_s) >= SIDE_FREE_BEFORE_S
            return None
        if corner in ("top_left", "top_right"):
            if corner != self._corner or not still(held, self._anchor) or now_s - self._last_s > SIGN_GAP_S:
                self._corner, self._since_s, self._anchor = corner, now_s, held
            self._last_s = now_s
        elif palms or now_s - self._last_s > SIGN_GAP_S:
            self._corner = None
        return self._progress()

    def _progress(self) -> Corner | None:
        if self._corner is None:
            self.shown = None
            return None
        share = min(1.0, (self._last_s - self._since_s) / SIGN_S)
        self.shown = Gesture("answer", self._corner, round(share, 2))
        if share < 1.0:
            return None
        answer, self.shown = self._corner, None
        self._corner, self._clear, self._palm_s = None, False, self._last_s
        return answer
