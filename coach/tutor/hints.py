"""At most one hint at a time: shown long enough to be read, then the next that holds, or silence for a while."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from coach.domain import Value
from coach.parameters.hints import (
    HINT_AGAIN_S,
    HINT_FADED_S,
    HINT_OWED_S,
    HINT_QUIET_S,
    HINT_READINGS,
    HINT_SHOWN_MOST_S,
    HINT_SHOWN_S,
    HINT_SHOWN_SHORTLY_S,
)
from coach.tutor.state import Hint

AT_ONCE = (
    "hint_more",
    "hint_more_before",
    "hint_longer",
    "hint_missing_point",
    "hint_step_first",
    "hint_point_first",
    "hint_point_instead",
)
LAST = ("hint_hold_longer",)  # at once, where the coach goes on to the next step

SAME = {
    "hint_order": "hint_point_first",
    "hint_more_before": "hint_more",
}  # where the one was said, the other says no more

Key = tuple[str, str]  # segment and key


@dataclass(slots=True)
class Hints:
    """The hints of one session."""

    shown: Hint | None = None
    fresh: bool = False  # shown since the last time `tick` was asked
    _since_s: float = 0.0
    _quiet_until_s: float = -1e9
    _given: dict[Key, float] = field(default_factory=dict)  # when last shown
    _told: set[tuple[Key, Value | None]] = field(default_factory=set)  # with the point it named
    _heard: dict[Key, tuple[int, float]] = field(default_factory=dict)  # times in a row, since when
    _owed: dict[Key, tuple[Hint, float]] = field(default_factory=dict)  # was ready while another was shown; until when

    def hear(
        self, wanted: Sequence[Hint], now_s: float, fading: float, here: Collection[str], *, leaves: bool = False
    ) -> None:
        """Takes what one reading would say, the most useful first.

        :param here: the steps that are being done; about others, of which nothing can be done now, all is said once
        :param leaves: the coach goes on to the next step now, and there is no second reading of this one; or, in free
            practice, the reading before told of the same segment, though it was not sure of it
        """
        self._heard = {_key(h): self._again(h, now_s) for h in wanted}
        at_once = (*AT_ONCE, *(LAST if leaves else ()))
        new = [h for h in wanted if not self._old(h, now_s, here)]
        ready = [h for h in new if self._ready(h, now_s, fading, h.key in at_once)]
        ready.sort(key=lambda h: _key(h) in self._given)  # what is new before what was said already
        self._owe(ready, now_s)
        self._next(now_s)
        replaced = bool(new) and not fading  # by the next reading: until then what holds no longer stays
        if self.shown is not None and not replaced and not self._holds() and now_s - self._since_s >= HINT_SHOWN_S:
            self._hide(now_s)

    def _next(self, now_s: float) -> None:
        """Shows what is due, as soon as there is room for it."""
        least_s = HINT_SHOWN_S if self._holds() else HINT_SHOWN_SHORTLY_S
        if now_s < self._quiet_until_s or (self.shown and now_s - self._since_s < least_s):
            return
        due = [hint for hint, _ in self._owed.values()]
        if due and (self.shown is None or _key(due[0]) != _key(self.shown)):
            self.show(due[0], now_s)

    def _holds(self) -> bool:
        """Whether what is shown was said by the last reading too."""
        return self.shown is not None and _key(self.shown) in self._heard

    def _again(self, hint: Hint, now_s: float) -> tuple[int, float]:
        times, since_s = self._heard.get(_key(hint), (0, now_s))
        return times + 1, since_s

    def _ready(self, hint: Hint, now_s: float, fading: float, at_once: bool) -> bool:
        times, since_s = self._heard[_key(hint)]
        return times >= (1 if at_once else HINT_READINGS) and now_s - since_s >= HINT_FADED_S * fading

    def _old(self, hint: Hint, now_s: float, here: Collection[str]) -> bool:
        """Whether it says no more than what was said: of a step that is being done not long ago, of others ever."""
        same = SAME.get(hint.key)
        if same is not None and (hint.segment, same) in self._given:
            return True
        if hint.segment not in here:
            return (_key(hint), hint.values.get("point")) in self._told
        return now_s - self._given.get(_key(hint), float("-inf")) < HINT_AGAIN_S

    def _owe(self, ready: Sequence[Hint], now_s: float) -> None:
        """What is ready, the most useful first; then what could not be shown: the trainee may have gone on before."""
        new = {_key(h): (h, now_s + HINT_OWED_S) for h in ready}
        kept = {key: owed for key, owed in self._owed.items() if owed[1] > now_s and key not in new}
        self._owed = new | kept

    def show(self, hint: Hint, now_s: float) -> None:
        """Shows it now, whatever else was to be said."""
        self.shown, self._since_s, self.fresh = hint, now_s, True
        self._given[_key(hint)] = now_s
        self._told.add((_key(hint), hint.values.get("point")))
        self._owed.pop(_key(hint), None)

    def tick(self, now_s: float) -> bool:
        """Lets time pass; returns whether a hint has appeared."""
        if self.shown is not None and now_s - self._since_s >= HINT_SHOWN_MOST_S:
            self._hide(now_s)
        self._next(now_s)
        appeared, self.fresh = self.fresh and self.shown is not None, False
        return appeared

    def forget(self) -> None:
        """Another run begins: what was said in the one before may be said again."""
        self._given, self._told = {}, set()

    def hide(self) -> None:
        """Nothing is to be said now, and nothing of what was."""
        self.shown, self._heard, self._owed = None, {}, {}

    def _hide(self, now_s: float) -> None:
        self.shown, self._quiet_until_s = None, now_s + HINT_QUIET_S


def _key(hint: Hint) -> Key:
    return hint.segment, hint.key
