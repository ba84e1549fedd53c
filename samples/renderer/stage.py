"""Both hands through time: pieces of path, one after the other, that can be read at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from samples.renderer import paths
from samples.renderer.human import Floats

Side: TypeAlias = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Piece:
    """One hand from `start` to `end` (s) along `table` (n, 2), at even steps of time."""

    start: float
    end: float
    table: Floats
    lift: float  # m, highest lift on the way; 0 stays on the skin
    contact: str
    heights: tuple[float, float] = (0.0, 0.0)  # m over the skin at its start and end, to which the lift is added


@dataclass(slots=True)
class Stage:
    """The session as it is being acted."""

    places: dict[Side, tuple[float, float]]
    now: float = 0.0  # s
    pieces: dict[Side, list[Piece]] = field(default_factory=lambda: {"left": [], "right": []})
    contact: dict[Side, str] = field(default_factory=lambda: {"left": "palm", "right": "palm"})

    def add(self, side: Side, end: float, table: Floats, lift: float = 0.0, height: float = 0.0) -> None:
        """A hand's next piece, until `end`, from where its last one stopped; there it is `height` (m) over the skin."""
        start = self.until(side)
        before = self.pieces[side][-1].heights[1] if self.pieces[side] else 0.0
        self.pieces[side].append(Piece(start, end, table, lift, self.contact[side], (before, height)))
        self.places[side] = (float(table[-1, 0]), float(table[-1, 1]))

    def until(self, side: Side) -> float:
        """How far (s) a hand is acted already."""
        return self.pieces[side][-1].end if self.pieces[side] else 0.0

    def still(self, side: Side, end: float) -> None:
        """A hand stays where it is until `end`."""
        if end > self.until(side) + 1e-9:
            height = self.pieces[side][-1].heights[1] if self.pieces[side] else 0.0
            self.add(side, end, np.array([self.places[side]] * 2), height=height)

    def travel(self, side: Side, to: tuple[float, float], end: float, lift: float) -> None:
        """A hand reaches for a place, lifted on the way."""
        part = paths.reaching(np.linspace(0.0, 1.0, 60))
        here = np.asarray(self.places[side])
        self.add(side, end, here + (np.asarray(to) - here) * part[:, None], lift)

    def go(self, to: Mapping[Side, tuple[float, float]], seconds: float, lift: float) -> None:
        """Hands reach for places together while the others stay; then it is `seconds` later."""
        end = self.now + seconds
        for side in SIDES:
            far = side in to and float(np.hypot(*np.subtract(to[side], self.places[side]))) > 0.015
            self.still(side, self.now)
            if far:
                self.travel(side, to[side], end, lift)
            else:
                self.still(side, end)
        self.now = end

    def rise(self, to: Mapping[Side, tuple[float, float]], seconds: float, height: float) -> None:
        """Hands reach for places in the air (m over the skin) while the others stay; 0 lays them down."""
        end = self.now + seconds
        part = paths.reaching(np.linspace(0.0, 1.0, 60))[:, None]
        for side in SIDES:
            self.still(side, self.now)
            if side in to:
                here = np.asarray(self.places[side])
                self.add(side, end, here + (np.asarray(to[side]) - here) * part, height=height)
            else:
                self.still(side, end)
        self.now = end

    def wait(self, seconds: float) -> None:
        """Both hands stay."""
        self.now += seconds
        for side in SIDES:
            self.still(side, self.now)


@dataclass(frozen=True, slots=True)
class Moment:
    """One hand at one moment."""

    tips: Floats  # (2,) back coordinates
    lift: float  # m
    contact: str


def read(pieces: list[Piece], time: float) -> Moment:
    """Where a hand is at a time (s)."""
    ends = np.array([piece.end for piece in pieces])
    piece = pieces[min(int(np.searchsorted(ends, time, side="right")), len(pieces) - 1)]
    part = np.array([(time - piece.start) / max(piece.end - piece.start, 1e-9)]).clip(0.0, 1.0)
    tips = paths.along(piece.table, part)[0]
    low, high = piece.heights
    reached = float(paths.reaching(part)[0])
    lift = piece.lift * float(np.sin(np.pi * reached)) + low + (high - low) * reached
    return Moment(tips, lift, piece.contact)


def share_of(pieces: list[Piece], contacts: tuple[str, ...], time: float, window: float = 0.4) -> float:
    """0–1 how much of the time around `time` a hand has one of these contacts: hands turn over gradually."""
    moments = time + np.linspace(-window, window, 9)
    part = float(np.mean([read(pieces, float(moment)).contact in contacts for moment in moments]))
    return float(paths.reaching(np.array([part]))[0])


def drift(seed: int, side: Side, time: float, size: float) -> Floats:
    """(2,) slow wandering (back units) that belongs to a session and a hand."""
    draw = np.random.default_rng([seed, SIDES.index(side)])
    periods, phases = draw.uniform(3.5, 19.0, (2, 4)), draw.uniform(0.0, 2.0 * np.pi, (2, 4))
    return np.asarray(size * 0.7 * np.sin(2.0 * np.pi * time / periods + phases).sum(axis=1))
