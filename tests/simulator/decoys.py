"""Motion that is no step of the protocol, and hands that do nothing."""

from __future__ import annotations

import numpy as np

from coach.domain import HANDS, Floats, Hand
from tests.simulator.script import Decoy, DecoyKind, Idle, Point
from tests.simulator.stage import Move, Path, Stage, Target, still


def play_idle(stage: Stage, idle: Idle) -> None:
    """Both hands go to rest and fidget there."""
    place = idle.place if idle.place is not None else stage.style.between
    stage.go({hand: stage.resting(hand, place) for hand in HANDS}, stage.transition_s())
    start_s, end_s = stage.now, stage.now + idle.duration_s
    for hand in HANDS:
        here = stage.at[hand]
        path = _wandering(stage, here.at, (idle.fidget, idle.fidget), start_s, 0.5)
        stage.act(hand, Move(start_s, end_s, path, here))
    stage.now = end_s


def play_decoy(stage: Stage, decoy: Decoy) -> dict[str, float | str]:
    """The hands go there and do it; gives the stretch for the truth."""
    paths = _paths(stage, decoy.kind)
    stage.go({hand: Target(_first(path)) for hand, path in paths.items()}, stage.transition_s())
    start_s = stage.now
    stage.now = start_s + decoy.duration_s
    for hand, path in paths.items():
        stage.act(hand, Move(start_s, stage.now, _shifted(path, start_s), Target((0.0, 0.0))))
    return {"kind": decoy.kind, "start_s": start_s, "end_s": stage.now}


def _first(path: Path) -> Point:
    x, y = path(np.zeros(1))[0]
    return float(x), float(y)


def _shifted(path: Path, start_s: float) -> Path:
    return lambda time_s: path(time_s - start_s)


def _paths(stage: Stage, kind: DecoyKind) -> dict[Hand, Path]:
    """What each hand does from time 0 on; a hand that is left out stays where it is."""
    rng = stage.rng
    x, y = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.0, 0.7))
    phase = float(rng.uniform(0.0, 2 * np.pi))
    if kind == "wander":
        left = _wandering(stage, (0.3, 0.3), (0.16, 0.22), 0.0, 0.35)
        return {"left": left, "right": _wandering(stage, (0.7, 0.3), (0.16, 0.22), 0.0, 0.35)}
    if kind == "wave":
        at = (float(rng.choice([-0.05, 1.05])), float(rng.uniform(-0.3, 0.2)))
        return {_side(at[0]): _swinging(at, (0.12, 0.03), float(rng.uniform(1.2, 2.0)), phase)}
    if kind == "fold":
        y = float(rng.uniform(0.6, 0.95))
        rate = float(rng.uniform(0.25, 0.5))
        return {
            "left": _swinging((0.3, y), (-0.18, 0.06), rate, phase),
            "right": _swinging((0.7, y), (0.18, 0.06), rate, phase),
        }
    if kind == "wipe":
        hand: Hand = "right" if rng.random() < 0.7 else "left"
        return {hand: _wiping(y, float(rng.uniform(0.3, 0.7)), phase)}
    if kind == "rub":
        rate = float(rng.uniform(1.2, 2.4))
        size = (0.02, 0.05)
        return {
            "left": _swinging((0.46, y), size, rate, phase),
            "right": _swinging((0.54, y), size, rate, phase + np.pi),
        }
    return {_side(x): _swinging((x, y), (0.012, 0.03), float(rng.uniform(2.0, 3.5)), phase)}


def _side(x: float) -> Hand:
    return "left" if x < 0.5 else "right"


def _swinging(centre: Point, size: Point, rate: float, phase: float) -> Path:
    def path(time_s: Floats) -> Floats:
        swing = np.sin(2 * np.pi * rate * time_s + phase + 0.4 * np.sin(0.7 * time_s))[:, None]
        moved: Floats = np.asarray(centre) + np.asarray(size) * swing
        return moved

    return path


def _wiping(y: float, rate: float, phase: float) -> Path:
    def path(time_s: Floats) -> Floats:
        x = 0.5 + 0.3 * np.sin(2 * np.pi * rate * time_s + phase)
        return np.stack([x, y + 0.03 * np.sin(0.5 * time_s) + 0.03 * np.cos(4 * np.pi * rate * time_s)], axis=1)

    return path


def _wandering(stage: Stage, centre: Point, size: Point, start_s: float, rate: float) -> Path:
    """Smooth aimless motion: a few slow waves that never repeat. Begins at the centre."""
    if max(size) <= 0:
        return still(centre)
    waves = rate * np.array([0.31, 0.53, 0.87, 1.31]) * stage.rng.uniform(0.8, 1.2, 4)
    phases = stage.rng.uniform(0.0, 2 * np.pi, (2, 4))
    weights = np.array([1.0, 0.8, 0.5, 0.25]) / 1.5

    def path(time_s: Floats) -> Floats:
        since = (time_s - start_s)[:, None]
        angle = 2 * np.pi * waves * since
        out = np.stack([((np.sin(angle + p) - np.sin(p)) * weights).sum(axis=1) for p in phases], axis=1)
        moved: Floats = np.asarray(centre) + np.asarray(size) * out * 0.7
        return moved

    return path
