"""The events by which a trainer corrects a result. They are only ever appended; taking one back is an event too.

A segment is meant by its id and a moment in it, a repetition or press by a moment in it, so that an event still finds
what it speaks about when the session was scored again and the times have moved a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from coach.protocol.schema import Id

Moment: TypeAlias = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]  # s of the video
Remark: TypeAlias = Annotated[str, Field(max_length=2000)]
Coordinate: TypeAlias = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
ItemId: TypeAlias = Annotated[str, Field(min_length=1, max_length=130)]
Points: TypeAlias = Annotated[int, Field(ge=0, le=2)]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Stretch(_Event):
    start_s: Moment
    end_s: Moment

    @model_validator(mode="after")
    def _in_order(self) -> _Stretch:
        if self.end_s <= self.start_s:
            raise ValueError("end_s must be later than start_s")
        return self


class AddSegment(_Stretch):
    do: Literal["add_segment"]
    segment: Id


class MoveSegment(_Stretch):
    do: Literal["move_segment"]
    segment: Id
    at_s: Moment


class DeleteSegment(_Event):
    do: Literal["delete_segment"]
    segment: Id
    at_s: Moment


class SplitSegment(_Event):
    do: Literal["split_segment"]
    segment: Id
    at_s: Moment
    cut_s: Moment


class RenameSegment(_Event):
    do: Literal["rename_segment"]
    segment: Id
    at_s: Moment
    to: Id


class AddRepetition(_Stretch):
    do: Literal["add_repetition"]
    segment: Id
    hand: Literal["left", "right", "both"]
    whole: bool = True


class MoveRepetition(_Stretch):
    do: Literal["move_repetition"]
    segment: Id
    at_s: Moment


class ChangeRepetition(_Event):
    """Another hand, or begun but not completed: a repetition's name."""

    do: Literal["change_repetition"]
    segment: Id
    at_s: Moment
    hand: Literal["left", "right", "both"]
    whole: bool = True


class DeleteRepetition(_Event):
    do: Literal["delete_repetition"]
    segment: Id
    at_s: Moment


class SplitRepetition(_Event):
    do: Literal["split_repetition"]
    segment: Id
    at_s: Moment
    cut_s: Moment


class AddHold(_Stretch):
    do: Literal["add_hold"]
    segment: Id
    point: Id
    hand: Literal["left", "right"]


class MoveHold(_Stretch):
    do: Literal["move_hold"]
    segment: Id
    at_s: Moment
    point: Id


class RenameHold(_Event):
    do: Literal["rename_hold"]
    segment: Id
    at_s: Moment
    point: Id
    to: Id


class DeleteHold(_Event):
    do: Literal["delete_hold"]
    segment: Id
    at_s: Moment
    point: Id


class OverrideItem(_Event):
    """Other points than the machine's, with the reason; no points: not applicable."""

    do: Literal["override_item"]
    item: ItemId
    points: Points | None
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class TickItem(_Event):
    """Points for an item no camera can judge; no points: not applicable."""

    do: Literal["tick_item"]
    item: ItemId
    points: Points | None


class TickOutcome(_Event):
    """What became of it for the mother; never part of the score."""

    do: Literal["tick_outcome"]
    outcome: Id
    yes: bool | None


class Note(_Event):
    """A remark at a moment, with lines drawn on that picture (px)."""

    do: Literal["note"]
    at_s: Moment
    text: Remark
    drawing: Annotated[
        tuple[Annotated[tuple[tuple[Coordinate, Coordinate], ...], Field(max_length=2000)], ...], Field(max_length=200)
    ] = ()


class Undo(_Event):
    """Takes an event back; taking an undo back brings it again."""

    do: Literal["undo"]
    event: Annotated[str, Field(max_length=60)]


Event: TypeAlias = Annotated[
    AddSegment
    | MoveSegment
    | DeleteSegment
    | SplitSegment
    | RenameSegment
    | AddRepetition
    | MoveRepetition
    | ChangeRepetition
    | DeleteRepetition
    | SplitRepetition
    | AddHold
    | MoveHold
    | RenameHold
    | DeleteHold
    | OverrideItem
    | TickItem
    | TickOutcome
    | Note
    | Undo,
    Field(discriminator="do"),
]

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


def event(data: Any) -> Event:
    """An event out of JSON values.

    :raises pydantic.ValidationError: for what is none
    """
    return _ADAPTER.validate_python(data)


def standing(events: Sequence[tuple[str, Event]]) -> list[tuple[str, Event]]:
    """Those that were not taken back, in order: an undo that was undone takes nothing back.

    :param events: (id, event)
    """
    undoes: dict[str, list[str]] = {}
    for name, what in events:
        if isinstance(what, Undo):
            undoes.setdefault(what.event, []).append(name)

    def taken(name: str, asked: frozenset[str] = frozenset()) -> bool:
        # An event can only be undone once its id is known, so there is no circle but in a forged file.
        wider = asked | {name}
        return any(by not in wider and not taken(by, wider) for by in undoes.get(name, ()))

    return [(name, what) for name, what in events if not isinstance(what, Undo) and not taken(name)]
