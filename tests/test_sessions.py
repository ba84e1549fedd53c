"""Whole simulated sessions: every planted mistake, decoys, hidden hands, and how well on the whole.

The bounds are a little under what was measured when they were set; the measured values stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from coach.domain import HANDS
from coach.protocol import Protocol
from tests.fakes.protocols import shipped
from tests.fakes.session import read_recorded
from tests.fakes.simulated import Judged, Tally, judged, played, tally
from tests.simulator import SEGMENTS, Camera, Decoy, Idle, SessionScript, Step, Style, random_script
from tests.simulator.draw import DECOYS, ORDER_SWAPS
from tests.simulator.mistakes import POSSIBLE, plant
from tests.simulator.script import Mistake

Planted = tuple[str, Mistake]  # segment id and what is wrong there

SESSIONS, MISTAKES_EACH = 40, 3
ALL: tuple[Planted, ...] = tuple((name, mistake) for name in SEGMENTS for mistake in dict.fromkeys(POSSIBLE[name]))


def near_d01(rng: np.random.Generator) -> Style:
    """A practitioner much like the rendered ones."""
    return Style(
        hand_size=float(rng.uniform(0.94, 1.06)),
        hand_turn_deg=float(rng.normal(0.0, 3.0)),
        tempo=float(rng.uniform(0.9, 1.15)),
        circles=int(rng.integers(6, 8)),
    )


def right_steps(rng: np.random.Generator) -> list[Step]:
    return [Step(name, int(rng.choice([5, 6]))) for name in SEGMENTS]


def with_mistakes(rng: np.random.Generator, planted: tuple[Planted, ...], style: Style) -> list[Step]:
    wrong = dict(planted)
    steps = [step for step in right_steps(rng) if wrong.get(step.segment_id) != "skipped"]
    return [plant(rng, s, wrong[s.segment_id], style) if s.segment_id in wrong else s for s in steps]


def plans() -> Iterator[tuple[Planted, ...]]:
    """Mistakes for each session: all of them in turn, never two in neighbouring segments."""
    rng = np.random.default_rng(0)
    waiting: list[Planted] = []
    for _ in range(SESSIONS):
        chosen: list[Planted] = []
        while len(chosen) < MISTAKES_EACH:
            if len(waiting) < len(ALL):
                waiting += [ALL[int(k)] for k in rng.permutation(len(ALL))]
            free = next(p for p in waiting if all(apart(p, other) for other in chosen))
            waiting.remove(free)
            chosen.append(free)
        yield tuple(chosen)


def apart(one: Planted, other: Planted) -> bool:
    return abs(SEGMENTS.index(one[0]) - SEGMENTS.index(other[0])) > 1


@cache
def near_sessions() -> tuple[tuple[tuple[Planted, ...], Judged], ...]:
    """Forty sessions near d01, three mistakes in each."""
    found = []
    for seed, planted in enumerate(plans()):
        rng = np.random.default_rng(1000 + seed)
        style = near_d01(rng)
        script = SessionScript(
            tuple(with_mistakes(rng, planted, style)), style, Camera(azimuth_deg=float(rng.normal(0.0, 3.0)))
        )
        found.append((planted, judged(script, seed)))
    return tuple(found)
