"""Candidates: what a stretch of motion would be worth as one repetition or press of one segment."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.domain import Hand, Hold, Repetition, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """One repetition, or one press, that a segment of the protocol could claim."""

    rank: int  # of its segment, in the protocol's order
    span: Span  # the time it takes up
    fit: float  # 0–1: shape, place, size and hands together
    hands: frozenset[Hand]  # that do it
    repetition: Repetition | None = None
    holds: tuple[Hold, ...] = ()
    units: int = 1  # how many repetitions of the count it stands for
    second: bool = False  # another candidate holds the same press for that of a point that is nearer
    # Seen, and no segment is read from it. Of one hand of two: at its point before the other one came, it pressed there
    # alone, or waited for it; or both are too far apart for their points, so that one is seen wrongly.
    doubted: bool = False
    unsure: bool = False  # of presses: their place is hardly known: a finger taken for another, or too flat a view
    # For how long each hand had been out of sight since the session's start: by its own start, and by its end.
    lost_s: tuple[dict[Hand, float], dict[Hand, float]] = field(default_factory=lambda: ({}, {}))
