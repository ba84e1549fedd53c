"""What is noted of a practice while it goes on, and what it tells: the steps planned, and how each one went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from coach.learn.states import Stage, Try

Name: TypeAlias = Annotated[str, Field(max_length=60)]
# A practice without a record of its own: what its mode tells of the help that there was.
STAGE_OF: Mapping[str, Stage] = {"guided": "trace", "again": "trace", "free": "alone", "exam": "prove"}


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Planned(_Entry):
    """The steps that are to be done, and with how much help."""

    do: Literal["plan"] = "plan"
    steps: Annotated[tuple[Name, ...], Field(max_length=100)]
    stage: Stage


class Done(_Entry):
    """A step is over."""

    do: Literal["step"] = "step"
    segment: Name
    stage: Stage
    right: bool
    flaw: Name = ""  # the mistake that lasted to its end: the key of its hint


Entry: TypeAlias = Planned | Done
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="do")])


def entry(data: Mapping[str, Any]) -> Entry:
    """:raises pydantic.ValidationError: for anything else"""
    return _ENTRY.validate_python(dict(data))


@dataclass(frozen=True, slots=True)
class Held:
    """A practice that is kept: what was noted of it, and the points of its items as they stand."""

    day: date
    mode: str
    items: Mapping[str, int | None]  # id, as "neck_stroke.count" → 0–2; None where it was not rated
    entries: Sequence[Entry] = ()
    rated: bool = True  # its items tell of her: it was no sample, nor cut short by a stop for pain


def tries(held: Iterable[Held]) -> list[Try]:
    """All steps that were tried, in their order.

    The checklist knows better than what was noted while it went on, and a trainer's corrections are in it. A step of
    which nothing could be rated is one that was tried only where it was noted.
    """
    return [one for session in held for one in _tries(session)]


def _tries(session: Held) -> list[Try]:
    noted = {e.segment: e for e in session.entries if isinstance(e, Done)}
    plan = next((e for e in reversed(session.entries) if isinstance(e, Planned)), None)
    usual = plan.stage if plan is not None else STAGE_OF.get(session.mode, "trace")
    points = _points(session.items) if session.rated else {}
    reached = [s for s, rated in points.items() if max(rated) > 0]  # what was left out altogether was not tried
    names = [*noted, *(s for s in reached if s not in noted)]
    return [
        Try(
            name,
            session.day,
            min(points[name]) == 2 if name in reached else noted[name].right,
            _stage(name, noted, usual),
        )
        for name in names
    ]


def _stage(name: str, noted: Mapping[str, Done], usual: Stage) -> Stage:
    return noted[name].stage if name in noted else usual


def _points(items: Mapping[str, int | None]) -> dict[str, list[int]]:
    """The points of each segment's rated items."""
    found: dict[str, list[int]] = {}
    for item, points in items.items():
        if points is not None and "." in item:
            found.setdefault(item.split(".")[0], []).append(points)
    return found


def unfinished(session: Held) -> tuple[tuple[str, ...], Stage] | None:
    """The steps of a practice's plan that were not done any more, and how they were to be; None where none is left."""
    plan = next((e for e in reversed(session.entries) if isinstance(e, Planned)), None)
    if plan is None:
        return None
    done = {e.segment for e in session.entries if isinstance(e, Done)}
    left = tuple(step for step in plan.steps if step not in done)
    return (left, plan.stage) if left and len(left) < len(plan.steps) else None
