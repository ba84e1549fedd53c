"""Two hands on a time line: moves are appended in order, then sampled together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from coach.domain import HANDS, Bools, Floats, Hand
from tests.simulator.curves import minimum_jerk
from tests.simulator.places import rest_place
from tests.simulator.script import Point, Rest, Style

RATE = 100.0  # samples a second before the frames are taken
SMOOTH_S = 0.04  # hands have mass: corners between moves are rounded with this sd
TURN_SMOOTH_S = 0.12
LINGER_S = 0.25  # a hand lingers no longer than this before and after it travels, or short holds would not be short
WOBBLE_DEG = 4.0  # sd of slow turning of the hand, as in d01
POSES: tuple[str, ...] = ("stroke", "rest", "ear", "c_grip", "press", "neck", "shoulder", "backhand")

Path: TypeAlias = Callable[[Floats], Floats]  # times (n,) s → fingertips (n, 2) back coordinates


@dataclass(frozen=True, slots=True)
class Target:
    """Where a hand goes and how it is held there."""

    at: Point
    pose: str = "stroke"
    turn_deg: float = 0.0  # inward
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One hand between two times."""

    start_s: float
    end_s: float
    path: Path
    target: Target  # pose, turn and visibility while it moves
    lift: float = 0.0  # greatest height over the back, back widths
    hops: tuple[tuple[float, float], ...] | None = None  # when it is lifted; None: all through


@dataclass(frozen=True, slots=True)
class HandMotion:
    """One hand, sampled."""

    tips: Floats  # (n, 2) fingertips, back coordinates
    lift: Floats  # (n,) back widths
    turn_deg: Floats  # (n,) inward
    poses: Floats  # (n, len(POSES)) weights that sum to 1
    hidden: Bools  # (n,) behind or under something


def still(at: Point) -> Path:
    def path(time_s: Floats) -> Floats:
        return np.broadcast_to(np.asarray(at, dtype=np.float64), (len(time_s), 2)).copy()

    return path


def reaching(start: Point, end: Point, start_s: float, end_s: float, bow: Point) -> Path:
    def path(time_s: Floats) -> Floats:
        part = minimum_jerk((time_s - start_s) / (end_s - start_s))[:, None]
        straight = np.asarray(start) + (np.asarray(end) - np.asarray(start)) * part
        bowed: Floats = straight + np.asarray(bow) * 4.0 * part * (1.0 - part)
        return bowed

    return path


@dataclass(slots=True)
class Stage:
    """Where the hands are now, and what they have done."""

    style: Style
    rng: np.random.Generator
    now: float = 0.0
    at: dict[Hand, Target] = field(default_factory=dict)
    moves: dict[Hand, list[Move]] = field(default_factory=lambda: {"left": [], "right": []})

    def begin(self) -> None:
        for hand in HANDS:
            self.at[hand] = self.resting(hand, self.style.between)
            self.act(hand, Move(0.0, 0.01, still(self.at[hand].at), self.at[hand]))

    def resting(self, hand: Hand, rest: Rest) -> Target:
        x, y = rest_place(hand, rest)
        dx, dy = self.rng.normal(0.0, 0.012, 2)
        return Target((x + float(dx), y + float(dy)), "rest", 0.0, rest == "hidden")

    def act(self, hand: Hand, move: Move) -> None:
        """One hand moves; the clock does not."""
        self.moves[hand].append(move)
        x, y = move.path(np.array([move.end_s]))[0]
        self.at[hand] = replace(move.target, at=(float(x), float(y)))

    def go(self, targets: Mapping[Hand, Target], seconds: float) -> None:
        """Hands travel to their targets, lifted, and have arrived when the clock stands."""
        for hand, target in targets.items():
            here = self.at[hand]
            distance = float(np.hypot(here.at[0] - target.at[0], here.at[1] - target.at[1]))
            if distance < 0.03 and here.pose == target.pose:
                continue
            lift = self.style.lift * min(1.0, distance / 0.25)
            early = min(float(self.rng.uniform(0.0, 0.25)) * seconds, LINGER_S)
            late = min(float(self.rng.uniform(0.0, 0.15)) * seconds, LINGER_S)
            outward = (1.0 if hand == "right" else -1.0) * float(self.rng.uniform(0.0, 0.12)) * distance
            start_s, end_s = self.now + early, self.now + seconds - late
            path = reaching(here.at, target.at, start_s, end_s, (outward, 0.0))
            self.act(hand, Move(start_s, end_s, path, target, lift))
        self.now += seconds

    def transition_s(self) -> float:
        return self.style.transition_s * float(self.rng.uniform(0.8, 1.35))

    def sample(self, hand: Hand, end_s: float) -> HandMotion:
        """The hand's motion at RATE from 0 to `end_s`."""
        count = int(np.ceil(end_s * RATE)) + 2
        time_s = np.arange(count) / RATE
        tips, lift = np.full((count, 2), np.nan), np.zeros(count)
        owner = np.zeros(count, dtype=np.int64)
        for number, move in enumerate(self.moves[hand]):
            low, high = np.searchsorted(time_s, [move.start_s, move.end_s])
            owner[low:] = number
            if high > low:
                tips[low:high] = move.path(time_s[low:high])
            for start_s, stop_s in move.hops or ((move.start_s, move.end_s),):
                inside = slice(*np.searchsorted(time_s, [start_s, stop_s]).tolist())
                lift[inside] = move.lift * np.sin(np.pi * (time_s[inside] - start_s) / (stop_s - start_s)) ** 2
        known = np.where(np.isnan(tips[:, 0]), 0, np.arange(count))
        tips = gaussian_filter1d(tips[np.maximum.accumulate(known)], SMOOTH_S * RATE, axis=0, mode="nearest")
        tips += drifting(self.rng, count, 4.0, self.style.drift, 2) + drifting(
            self.rng, count, 0.15, self.style.tremor, 2
        )
        return HandMotion(tips, lift, self._turn(hand, owner), self._poses(hand, owner), self._hidden(hand, owner))

    def _turn(self, hand: Hand, owner: np.typing.NDArray[np.int64]) -> Floats:
        asked = np.array([move.target.turn_deg for move in self.moves[hand]])[owner] + self.style.hand_turn_deg
        wobble = drifting(self.rng, len(owner), 3.0, WOBBLE_DEG, 1)[:, 0]
        turned: Floats = gaussian_filter1d(asked, TURN_SMOOTH_S * RATE, mode="nearest") + wobble
        return turned

    def _poses(self, hand: Hand, owner: np.typing.NDArray[np.int64]) -> Floats:
        index = np.array([POSES.index(move.target.pose) for move in self.moves[hand]])[owner]
        weights: Floats = gaussian_filter1d(np.eye(len(POSES))[index], TURN_SMOOTH_S * RATE, axis=0, mode="nearest")
        weights /= weights.sum(axis=1, keepdims=True)
        return weights

    def _hidden(self, hand: Hand, owner: np.typing.NDArray[np.int64]) -> Bools:
        return np.array([move.target.hidden for move in self.moves[hand]])[owner]


def drifting(rng: np.random.Generator, count: int, memory_s: float, sd: float, columns: int) -> Floats:
    """(count, columns) a random walk that returns to 0 within about `memory_s`, at RATE."""
    keep = float(np.exp(-1.0 / (memory_s * RATE)))
    pushes = rng.normal(0.0, 1.0, (count, columns)) * sd * np.sqrt(1.0 - keep**2)
    pushes[0] = rng.normal(0.0, sd, columns)
    walk: Floats = np.asarray(lfilter([1.0], [1.0, -keep], pushes, axis=0), dtype=np.float64)
    return walk
