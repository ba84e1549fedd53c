"""The protocol file's schema: what ought to happen, as a trainer writes it in TOML.

Places are in back coordinates (see :mod:`coach.domain`), for the right hand where a path or circle can be
done by either; the left hand's is its mirror image at x = 0.5. Times are seconds. Nothing here knows a
particular massage: ids, regions and numbers come from the file.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60)]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Coordinate: TypeAlias = Annotated[float, Field(ge=-2, le=3, allow_inf_nan=False)]
Place: TypeAlias = tuple[Coordinate, Coordinate]
Length: TypeAlias = Annotated[float, Field(gt=0, le=3, allow_inf_nan=False)]
Seconds: TypeAlias = Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
Ratio: TypeAlias = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]

Primitive: TypeAlias = Literal["stroke", "pass", "curve", "circle", "hold"]
HandsRule: TypeAlias = Literal["right", "left", "either", "together", "alternating"]
Contact: TypeAlias = Literal["fingertips", "fingers", "palm", "thumbs"]
Surface: TypeAlias = Literal["flat", "back"]
Kind: TypeAlias = Literal["performed", "count", "order", "tempo", "hands", "path", "hold", "duration"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Strict):
    """A name for people, Indonesian first."""

    id: Text
    en: Text


class Scoring(_Strict):
    pass_mark: Annotated[float, Field(ge=0, le=100)]  # percent
    least_rated: Annotated[float, Field(ge=0, le=100)] = 50.0  # percent of what the camera judges


class Part(_Strict):
    """A part of the body; parts are done in the order they are listed."""

    id: Id
    title: Title


class Point(_Strict):
    """A named place to press."""

    id: Id
    at: Place  # back coordinates
    tolerance: Length  # back units; a press farther off is not this point
    title: Title
    hand: Literal["left", "right"] | None = None  # whose point it is where both hands press together


class CountRule(_Strict):
    target: tuple[Count, Count]  # fewest and most repetitions that are right
    partial_from: Count  # from here to the target: done imperfectly
    per: Literal["segment", "side"] = "segment"


class TempoRule(_Strict):
    shortest_s: Seconds  # a repetition shorter than this is too fast
    longest_s: Seconds  # a repetition longer than this is not one motion


class DurationRule(_Strict):
    target_s: tuple[Seconds, Seconds]  # least and most time of the motion itself that is right
    partial_from_s: Seconds  # from here to the target: done imperfectly
    bridge_s: Seconds = 4.0  # a rest no longer than this, such as the way back to the start, is part of it


class HoldRule(_Strict):
    points: Annotated[tuple[Point, ...], Field(min_length=1, max_length=24)]  # in the order they are pressed
    sequence: Literal["in_order", "any_order"]
    long_enough_s: Seconds  # from here a press is right
    short_from_s: Seconds  # from here to long enough: pressed, but too short
    rest_from_s: Seconds | None = None  # hands that stay so long may only rest there, which is not rated
    confusable: tuple[Point, ...] = ()  # neighbouring points a press may land on by mistake


class Circle(_Strict):
    centre: Place
    radii: tuple[Length, Length]  # x and y


class Segment(_Strict):
    """One step of the protocol."""

    id: Id
    part: Id
    title: Title
    how: Title | None = None  # how it is done, for who learns it: short sentences, plain words
    primitive: Primitive
    hands: HandsRule
    contact: Contact
    path: Annotated[tuple[Place, ...], Field(min_length=2, max_length=100)] | None = None
    circle: Circle | None = None
    askew_deg: Annotated[float, Field(ge=0, le=60)] = 8.0  # by how much the whole path may be turned
    corridor: Length = 0.15  # how far beside its place the motion still belongs to it, back units
    reach: tuple[Ratio, Ratio] = (0.5, 1.8)  # shortest and longest length over the described one that is recognised
    full_reach: Ratio = 0.7  # repetitions shorter than this, over the described length, stop too early
    # The way back to the start is part of the repetition, or of the segment alone (a light stroke), or of neither (the
    # hands lift and travel).
    returns: Literal["counted", "stroked", "lifted"] = "lifted"
    circles_per_pass: Count | None = None
    stroke_direction: Literal["scored", "shown"] = "shown"
    mirrored: bool = True  # is the left hand's path the mirror image of the right's?
    count: CountRule | None = None
    tempo: TempoRule | None = None
    duration: DurationRule | None = None
    hold: HoldRule | None = None
    pause_s: Seconds = 4.0  # longest rest inside the segment before it counts as interrupted
    press_after: Id | None = None  # the segment of the same part that comes first
    critical: bool = False  # nobody passes who leaves it out, whatever the sum
    items: Annotated[tuple[Kind, ...], Field(min_length=1)]


class Manual(_Strict):
    """An item no camera can judge; the trainer or the mother ticks it."""

    id: Id
    when: Literal["before", "during", "after"]
    title: Title
    critical: bool = False  # nobody passes without it, whatever the sum


class Outcome(_Strict):
    """Recorded beside the score and never part of it."""

    id: Id
    title: Title


class Protocol(_Strict):
    """A whole protocol file."""

    schema_: Annotated[Literal["coach.protocol/1"], Field(alias="schema")]
    id: Id
    version: Text
    title: Title
    surface: Surface = "flat"  # what the hands touch: a table, or a back with shoulder blades
    scoring: Scoring
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    segments: Annotated[tuple[Segment, ...], Field(min_length=1, max_length=100)]
    manual: tuple[Manual, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    digest: str = ""  # sha256 of the file's bytes; set by the reader

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each segment in the protocol's order."""
        return {segment.id: k for k, segment in enumerate(self.segments)}

    @property
    def part_ids(self) -> tuple[str, ...]:
        return tuple(part.id for part in self.parts)

    def segment(self, segment_id: str) -> Segment:
        return self.segments[self.rank[segment_id]]


def digest(data: bytes) -> str:
    """The sha256 of a protocol file, so that a score can be traced to the very rules it used."""
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes) -> Protocol:
    """Reads a protocol known to be good; :mod:`coach.protocol.check` reports what is wrong with others.

    :raises pydantic.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError: on a bad file
    """
    raw = tomllib.loads(data.decode("utf-8"))
    return Protocol.model_validate(raw | {"digest": digest(data)})
