"""At most one hint at a time: shown long enough to be read, then silence for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.tutor.state import Hint

AGREE = 2  # readings in a row that must say the same
SHOW_S = 3.0  # at least so long, even where it no longer holds
GONE_S = 8.0  # at most so long: then it has been read, or does not help
QUIET_S = 1.5  # between two hints
SAME_S = 12.0  # before the same hint is given again
FADED_S = 3.0  # a trainee who has learned a step corrects herself: so much longer a hint waits
AT_ONCE = ("hint_more", "hint_missing_point", "hint_step_first", "hint_point_first", "hint_point_instead")


@dataclass(slots=True)
class Hints:
    """The hints of one session."""

    shown: Hint | None = None
    fresh: bool = False  # shown since the last time `tick` was asked
    _since_s: float = 0.0
    _quiet_until_s: float = -1e9
    _given: dict[tuple[str, str], float] = field(default_factory=dict)  # when last shown, by segment and key
    _heard: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)  # times in a row, since when

    def hear(self, wanted: Sequence[Hint], now_s: float, fading: float) -> None:
        """Takes what one reading would say, the most useful first."""
        self._heard = {_key(h): self._again(h, now_s) for h in wanted}
        if self.shown is not None and _key(self.shown) not in self._heard and now_s - self._since_s >= SHOW_S:
            self._hide(now_s)
        if self.shown is not None and now_s - self._since_s < SHOW_S:
            return
        ready = [h for h in wanted if self._ready(h, now_s, fading)]
        if ready and (self.shown is None or _key(ready[0]) != _key(self.shown)):
            self.show(ready[0], now_s)

    def _again(self, hint: Hint, now_s: float) -> tuple[int, float]:
        times, since_s = self._heard.get(_key(hint), (0, now_s))
        return times + 1, since_s

    def _ready(self, hint: Hint, now_s: float, fading: float) -> bool:
        times, since_s = self._heard[_key(hint)]
        waited = times >= (1 if hint.key in AT_ONCE else AGREE) and now_s - since_s >= FADED_S * fading
        again = now_s - self._given.get(_key(hint), -1e9) >= SAME_S
        return waited and again and now_s >= self._quiet_until_s

    def show(self, hint: Hint, now_s: float) -> None:
        """Shows it now, whatever else was to be said."""
        self.shown, self._since_s, self.fresh = hint, now_s, True
        self._given[_key(hint)] = now_s

    def tick(self, now_s: float) -> bool:
        """Lets time pass; returns whether a hint has appeared."""
        if self.shown is not None and now_s - self._since_s >= GONE_S:
            self._hide(now_s)
        appeared, self.fresh = self.fresh and self.shown is not None, False
        return appeared

    def hide(self) -> None:
        """Nothing is to be said now."""
        self.shown, self._heard = None, {}

    def _hide(self, now_s: float) -> None:
        self.shown, self._quiet_until_s = None, now_s + QUIET_S


def _key(hint: Hint) -> tuple[str, str]:
    return hint.segment, hint.key
