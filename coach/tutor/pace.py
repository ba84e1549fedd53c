"""From slow to full pace: the ghost and the film begin slowly, and are quicker after each right repetition."""

from __future__ import annotations

from dataclasses import dataclass

from coach.parameters.hints import FIRST_PACE, FULL_PACE_AFTER, GHOST_FRAME_MOST_S


def pace(right: int) -> float:
    """The share of the full pace after so many right repetitions, :data:`FIRST_PACE` to 1."""
    return FIRST_PACE + (1.0 - FIRST_PACE) * min(1.0, right / FULL_PACE_AFTER)


@dataclass(slots=True)
class Pace:
    """How far the ghost of one step has gone."""

    gone_s: float = 0.0  # as if it had gone at full pace all the time
    _right: int = 0
    _counted: int = 0
    _now_s: float | None = None

    @property
    def share(self) -> float:
        """Of the full pace, now."""
        return pace(self._right)

    def see(self, now_s: float) -> None:
        """Lets it go on to the time of a frame."""
        if self._now_s is not None:
            self.gone_s += self.share * min(GHOST_FRAME_MOST_S, max(0.0, now_s - self._now_s))
        self._now_s = now_s

    def count(self, count: int, *, right: bool) -> None:
        """Takes how many repetitions there are.

        :param right: whether there is nothing to be said of the newest; else it stays as slow as it is
        """
        if right:
            self._right += max(0, count - self._counted)
        self._counted = max(self._counted, count)
