"""Plants one mistake into one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tests.simulator.places import POINTS
from tests.simulator.script import Mistake, Press, Step, Style

_COUNTED: tuple[Mistake, ...] = ("too_few", "too_few", "very_few", "too_fast", "skipped")
_TWO_HANDS: tuple[Mistake, ...] = ("one_side", "asymmetric_size", "asymmetric_lag")
_POINTS: tuple[Mistake, ...] = ("missing_point", "short_hold", "skipped")
_CLOCK: tuple[Mistake, ...] = (*_POINTS, "wrong_point", "wrong_sequence")

POSSIBLE: dict[str, tuple[Mistake, ...]] = {
    "neck_stroke": (*_COUNTED, "swapped_hand", "partial"),
    "neck_points": _POINTS,
    "shoulder_stroke": (*_COUNTED, *_TWO_HANDS, "partial"),
    "shoulder_points": _POINTS,
    "shoulder_c_grip": _POINTS,
    "scapula_left_circles": _COUNTED,
    "scapula_left_points": _CLOCK,
    "scapula_right_circles": _COUNTED,
    "scapula_right_points": _CLOCK,
    "spine_circles": (*_COUNTED, *_TWO_HANDS),
    "spine_strokes": (*_COUNTED, *_TWO_HANDS, "partial", "too_high", "wrong_direction"),
    "heart": (*_COUNTED, *_TWO_HANDS, "partial"),
    "love": (*_COUNTED, "one_side", "no_alternation", "right_then_left"),
}  # what can go wrong in which segment; an order mistake concerns the session

WRONG_HOURS: dict[str, tuple[str, ...]] = {
    "scapula_left_points": ("12", "10", "1"),
    "scapula_right_points": ("12", "2", "11"),
}


def plant(rng: np.random.Generator, step: Step, mistake: Mistake, style: Style) -> Step:
    """The step with the mistake in it. "skipped" and "wrong_order" are the session's to do."""
    step = replace(step, mistake=mistake)
    if step.segment_id in POINTS:
        return _wrong_presses(rng, step, mistake)
    if mistake == "partial":
        return _broken_off(rng, step)
    changes: dict[Mistake, dict[str, Any]] = {
        "too_few": {"repetitions": int(rng.integers(3, 5))},
        "very_few": {"repetitions": int(rng.integers(1, 3))},
        "too_fast": {"pace": _too_fast(step.segment_id) * float(rng.uniform(0.85, 1.0)) / style.tempo},
        "one_side": {"work": "right" if rng.random() < 0.6 else "left"},
        "no_alternation": {"turns": "together"},
        "right_then_left": {"turns": "right_then_left"},
        "asymmetric_size": {"left_size": float(rng.uniform(0.35, 0.5))},
        "asymmetric_lag": {"left_lag": float(rng.uniform(0.4, 0.55))},
        "swapped_hand": {"work": "left"},
        "too_high": {"reach": float(rng.uniform(0.45, 0.55))},
        "wrong_direction": {"upward": True},
    }
    return replace(step, **changes[mistake])


def _too_fast(segment_id: str) -> float:
    """The slowest pace at tempo 1 that is clearly too fast."""
    return 0.42 if segment_id == "spine_circles" else 0.31


def _broken_off(rng: np.random.Generator, step: Step) -> Step:
    """Five or six begun, three or four completed."""
    count = int(rng.integers(5, 7))
    broken = rng.choice(count, size=count - int(rng.integers(3, 5)), replace=False)
    return replace(step, repetitions=count, partial=tuple(sorted(int(i) for i in broken)))


def _wrong_presses(rng: np.random.Generator, step: Step, mistake: Mistake) -> Step:
    names = POINTS[step.segment_id]
    chosen = int(rng.integers(len(names)))
    if mistake == "missing_point":
        kept = tuple(Press(name) for i, name in enumerate(names) if i != chosen)
        return replace(step, presses=kept, detail=names[chosen])
    if mistake == "wrong_point":
        other = str(rng.choice(WRONG_HOURS[step.segment_id]))
        wrong = tuple(Press(other if i == chosen else name) for i, name in enumerate(names))
        return replace(step, presses=wrong, detail=names[chosen])
    if mistake == "wrong_sequence":
        turned = names[::-1] if rng.random() < 0.5 else (names[1], names[0], names[2])
        return replace(step, presses=tuple(Press(name) for name in turned))
    brief = float(rng.uniform(0.8, 1.1))
    everywhere = "scapula" not in step.segment_id and not step.one_by_one
    short = tuple(Press(n, brief if everywhere or i == chosen else None) for i, n in enumerate(names))
    return replace(step, presses=short, detail="" if everywhere else names[chosen])
