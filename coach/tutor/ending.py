"""How a step ends: right, or with a mistake that lasted to its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coach.parameters.hints import REPEAT_ASKED_S
from coach.tutor.practised import Practised
from coach.tutor.state import Ended, Hint

# What a step that is long enough may still have wrong in all of it. That it is too short is none of these.
FLAWS = frozenset(
    (
        *("hint_both_hands", "hint_use_hand", "hint_together", "hint_same_size", "hint_in_turn"),
        *("hint_slower", "hint_direction", "hint_shape", "hint_to_the_end", "hint_order", "hint_point_first"),
    )
)


@dataclass(slots=True)
class Ending:
    """The ends of the steps of one run."""

    ended: list[Ended] = field(default_factory=list)  # in their order; whoever keeps them takes them out
    flawed: tuple[str, ...] = ()  # steps that ended with a mistake
    flaw: Hint | None = None  # of the step that is over and waits
    _since_s: float = 0.0
    _wanted: tuple[Hint, ...] = ()  # by the newest reading
    _told: set[tuple[str, str]] = field(default_factory=set)  # hints that were shown, by step

    def begin(self) -> None:
        """Another run, or another step."""
        self.flaw, self._wanted = None, ()

    def again(self) -> None:
        """The same step once more: what was told of it is to be mended."""
        self.begin()
        self._told = set()

    def hear(self, wanted: Iterable[Hint]) -> None:
        """Takes what holds by the newest reading."""
        self._wanted = tuple(wanted)

    def show(self, hint: Hint | None) -> None:
        """Takes the hint that is shown, or would be were there any help."""
        if hint is not None:
            self._told.add((hint.segment, hint.key))

    def lasting(self, at: Practised) -> Hint | None:
        """A mistake that was told and still holds."""
        own = (h for h in self._wanted if h.segment == at.segment.id and h.key in FLAWS)
        return next((h for h in own if (h.segment, h.key) in self._told), None)

    def wait(self, at: Practised, flaw: Hint, now_s: float) -> bool:
        """The step is over with a mistake; returns whether it is only so since now."""
        fresh = self.flaw is None or self.flaw.segment != at.segment.id
        self.flaw = flaw
        if fresh:
            self._since_s = now_s
        return fresh

    def over(self, now_s: float) -> bool:
        """Whether nobody has said, or shown, what to do for long enough."""
        return self.flaw is not None and now_s - self._since_s >= REPEAT_ASKED_S

    def close(self, at: Practised, *, right: bool) -> None:
        """The step is left."""
        flaw = self.flaw if self.flaw is not None and self.flaw.segment == at.segment.id else None
        self.flawed = tuple(s for s in self.flawed if s != at.segment.id)
        if not right:
            self.flawed = (*self.flawed, at.segment.id)
        self.ended.append(Ended(at.segment.id, right, "" if flaw is None else flaw.key))
        self.begin()
