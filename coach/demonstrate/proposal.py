"""What a demonstration says about a segment, in the protocol file's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.domain import Floats, Span

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """One repetition as it was performed, for the picture on the back."""

    span: Span
    places: Floats  # (n, 2) back coordinates, of the right hand or mirrored to its side


@dataclass(frozen=True, slots=True)
class PointShown:
    """Where a point was pressed."""

    at: Place
    tolerance: float
    held_s: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Only what was seen; everything else of the segment stays as it is. Back coordinates, seconds."""

    segment: str
    shown: tuple[Shown, ...]
    path: tuple[Place, ...] | None = None
    centre: Place | None = None
    radii: Place | None = None
    corridor: float | None = None
    reach: Place | None = None
    shortest_s: float | None = None
    longest_s: float | None = None
    points: Mapping[str, PointShown] = field(default_factory=dict)
    long_enough_s: float | None = None
    short_from_s: float | None = None
