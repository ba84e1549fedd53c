"""From tries at steps to each step's state: new, practised, mastered, or to be repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

State: TypeAlias = Literal["new", "practised", "mastered", "repeat"]
Stage: TypeAlias = Literal["trace", "alone", "prove"]  # with the ghost; without it; without any help
STAGES: tuple[Stage, ...] = ("trace", "alone", "prove")


@dataclass(frozen=True, slots=True)
class Try:
    """A step that was done once, from its begin to its end."""

    segment: str
    day: date
    right: bool
    stage: Stage


@dataclass(frozen=True, slots=True)
class Rules:
    """When a step is learned, and when it is asked for again."""

    in_row: int = 3  # times right one after the other, without the ghost
    again_days: tuple[int, ...] = (1, 3, 7)  # after it was learned, and after each time that it was right then


@dataclass(frozen=True, slots=True)
class Step:
    """How far a kader is with one step."""

    state: State = "new"
    in_row: int = 0  # times right without the ghost, up to the newest try
    times: int = 0  # tries in all
    traced: bool = False  # right at least once, with the ghost or without
    due: date | None = None  # when it is to be done again; None where it never was learned, or is for good


NEW = Step()


@dataclass(slots=True)
class _Run:
    """A step while its tries are gone through."""

    times: int = 0
    in_row: int = 0
    traced: bool = False
    learned: bool = False  # ever
    kept: int = 0  # how often it was right when it was due again
    due: date | None = None

    def take(self, one: Try, rules: Rules) -> None:
        self.times += 1
        self.traced |= one.right
        if not one.right:
            self.in_row, self.kept = 0, 0
            self.due = one.day if self.learned else None
        elif one.stage != "trace":
            self.in_row += 1
            self._right(one.day, rules)

    def _right(self, day: date, rules: Rules) -> None:
        if self.in_row == rules.in_row:
            self.learned, self.kept = True, 0
        elif self.in_row > rules.in_row and self.due is not None and day >= self.due:
            self.kept += 1
        else:
            return  # not learned yet, or before it was due
        days = rules.again_days
        self.due = day + timedelta(days[self.kept]) if self.kept < len(days) else None

    def step(self, today: date, rules: Rules) -> Step:
        if not self.times:
            return NEW
        stands = self.learned and self.in_row >= rules.in_row
        waits = self.learned and (not stands or (self.due is not None and self.due <= today))
        state: State = "repeat" if waits else "mastered" if stands else "practised"
        return Step(state, self.in_row, self.times, self.traced, self.due)


def fold(tries: Iterable[Try], today: date, rules: Rules | None = None) -> dict[str, Step]:
    """The state of each step that was ever tried.

    :param tries: the oldest first
    :param today: what was learned may be due again by then
    """
    rules = Rules() if rules is None else rules
    runs: dict[str, _Run] = {}
    for one in tries:
        runs.setdefault(one.segment, _Run()).take(one, rules)
    return {segment: run.step(today, rules) for segment, run in runs.items()}


def due(steps: Mapping[str, Step], order: Iterable[str]) -> tuple[str, ...]:
    """What is to be done again today, in the protocol's order."""
    return tuple(segment for segment in order if steps.get(segment, NEW).state == "repeat")


def next_stage(step: Step, rules: Rules | None = None) -> Stage:
    """How a step is best practised now."""
    rules = Rules() if rules is None else rules
    if not step.traced:
        return "trace"
    return "alone" if step.in_row + 1 < rules.in_row else "prove"
