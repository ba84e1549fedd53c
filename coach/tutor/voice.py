"""What the coach tells the trainee, on the page and aloud: hints, counts, the next step, answers to commands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from coach.domain import HANDS
from coach.parameters.hints import COUNT_LATE_S, HIGHEST_COUNT
from coach.tutor.hints import Hints
from coach.tutor.practised import Practised
from coach.tutor.speech import Sort, Speech
from coach.tutor.state import Hint, Said, Unseen

_OF_THE_MASSAGE: tuple[Sort, ...] = ("unseen", "hint", "count", "step", "how", "next")
_OF_A_STEP: tuple[Sort, ...] = ("hint", "count", "how")  # no longer true where another begins


@dataclass(slots=True)
class Voice:
    """The hints and the clips of one session."""

    hinted: frozenset[str] = frozenset()  # steps that needed a hint: guidance comes back for them
    _hints: Hints = field(default_factory=Hints)
    _speech: Speech = field(default_factory=Speech)
    _spoken: int = 0  # the highest count of this step that was said
    _announced: str = ""  # the step that was said to come next
    _enough: str = ""  # the step of which enough was said to be done

    @property
    def hint(self) -> Hint | None:
        return self._hints.shown

    @property
    def said(self) -> tuple[Said, ...]:
        return self._speech.said

    def tick(self, now_s: float, *, aloud: bool = True) -> None:
        """Lets time pass: a hint that has appeared is spoken, and what waits to be said.

        :param aloud: whether hints are
        """
        if self._hints.tick(now_s) and self._hints.shown is not None and aloud:
            self._speech.forget("count")
            self._speech.say(spoken(self._hints.shown), "hint", now_s)
        self._speech.tick(now_s)

    def hush(self) -> None:
        """Nothing of what was to be said about the massage is said any more."""
        self._hints.hide()
        for sort in _OF_THE_MASSAGE:
            self._speech.forget(sort)

    def hide(self) -> None:
        """The hint that is shown holds no longer."""
        self._hints.hide()

    def begin(self) -> None:
        """A run begins."""
        self.hinted = frozenset()
        self._hints.forget()

    def hear(
        self, wishes: Iterable[Hint], now_s: float, fading: float, here: Collection[str], *, leaves: bool = False
    ) -> None:
        """Takes what one reading would say, the most useful first.

        :param here: the steps that are being done
        :param leaves: the coach goes on to the next step now
        """
        self._hints.hear(tuple(wishes), now_s, fading, here, leaves=leaves)
        if self._hints.shown is not None:
            self.hinted |= {self._hints.shown.segment}

    def phase(self, clip: str, now_s: float) -> None:
        self._speech.say(clip, "phase", now_s)

    def step(self, at: Practised, now_s: float, *, how: bool = False, enough: bool = False) -> None:
        """A step begins. What was to be said of the one before is no longer true.

        :param how: it is told how it goes, too
        :param enough: it was not said yet that of the one before enough was done
        """
        self._spoken, self._enough = 0, ""
        for sort in _OF_A_STEP:
            self._speech.drop(sort)
        self._speech.forget("next")
        name = f"segment_{at.segment.id}"
        if enough:
            self._speech.say("+".join(("enough_next", name)), "next", now_s)
        elif self._announced != at.segment.id:
            self._speech.say(name, "step", now_s)
        if how and at.segment.how is not None:
            self._speech.say(f"how_{at.segment.id}", "how", now_s)
        self._announced = ""

    def told_enough(self, at: Practised) -> bool:
        """Whether it was said that enough of a step is done."""
        return self._enough == at.segment.id

    def enough(self, at: Practised, following: str | None, now_s: float) -> None:
        """All of a step is done that is needed: what comes next is said, once."""
        if self._enough == at.segment.id:
            return
        self._enough, self._announced = at.segment.id, following or ""
        self._spoken = max(self._spoken, at.count)
        for sort in ("count", "hint", "how"):
            self._speech.forget(sort)
        clips = ("enough_last",) if following is None else ("enough_next", f"segment_{following}")
        self._speech.say("+".join(clips), "next", now_s)

    def flawed(self, flaw: Hint, now_s: float) -> None:
        """A step is over with a mistake: what it was, and that it may be repeated."""
        self._hints.hide()
        self._speech.forget("count")
        self._speech.say("+".join((spoken(flaw), "ask_repeat")), "hint", now_s)

    def unseen(self, unseen: Unseen, now_s: float, *, aloud: bool) -> None:
        """The hands are out of sight: there is nothing to say about what they do."""
        self._hints.hide()
        self._speech.forget("hint")
        if aloud:
            self._speech.say(unseen.key, "unseen", now_s)

    def seen(self) -> None:
        """The hands are in sight again: that they are not is not said any more."""
        self._speech.forget("unseen")

    def recognised(self, at: Practised) -> None:
        """Another segment than before is done: its counts up to the last one have gone by."""
        self._spoken = at.count - 1

    def count(self, at: Practised, at_s: float, now_s: float) -> None:
        """Speaks a count that has just been reached.

        :param at_s: of the reading that told it
        """
        count, last_s = at.count, at.progress.last_s()
        if at.holding is not None or at.timed is not None or count <= self._spoken or last_s is None:
            return
        self._spoken = count
        if count <= HIGHEST_COUNT and at_s - last_s <= COUNT_LATE_S:
            self._speech.say(f"count_{count}", "count", now_s)


def spoken(hint: Hint) -> str:
    """The clips of a hint, one after the other, joined by "+": the hand or the point by name, and what to do."""
    point, instead = (_point(hint, name) for name in ("point", "instead"))
    if hint.key == "hint_point_instead" and point and instead:
        return f"{point}+not_that+{instead}"
    if hint.key in ("hint_both_hands", "hint_use_hand") and hint.values.get("hand") in HANDS:
        return f"name_{hint.values['hand']}+{hint.key}"
    if hint.key == "hint_step_first" and isinstance(step := hint.values.get("segment"), str):
        return f"segment_{step}+{hint.key}"
    return f"{point}+{hint.key}" if point else hint.key


def _point(hint: Hint, name: str) -> str:
    value = hint.values.get(name)
    return f"point_{hint.segment}_{value}" if isinstance(value, str) and value else ""
