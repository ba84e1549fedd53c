"""Labelled sessions without pixels, to test recognition and scoring on hundreds of them.

`simulate(d01_like(), seed)` or `simulate(random_script(rng, mistakes=3, hard=True, decoys=True), seed)`. It shares
nothing with coach's recognition but the nouns of `coach.domain`.
"""

from tests.simulator.draw import random_script
from tests.simulator.script import (
    HARD,
    SEGMENTS,
    Camera,
    Decoy,
    Detector,
    Idle,
    Press,
    SessionScript,
    Step,
    Style,
    Timing,
)
from tests.simulator.simulate import SimulatedSession, simulate
from tests.simulator.standard import d01_like, d02_like, d03_like

__all__ = [
    "HARD",
    "SEGMENTS",
    "Camera",
    "Decoy",
    "Detector",
    "Idle",
    "Press",
    "SessionScript",
    "SimulatedSession",
    "Step",
    "Style",
    "Timing",
    "d01_like",
    "d02_like",
    "d03_like",
    "random_script",
    "simulate",
]
