"""Scripts that are always the same: the rendered sessions, acted out without pixels."""

from __future__ import annotations

from tests.simulator.script import SEGMENTS, Decoy, Idle, Press, SessionScript, Step

_COUNTS = {"spine_circles": 5, "love": 5}


def d01_like() -> SessionScript:
    """The full protocol, everything right."""
    steps = tuple(Step(name, _COUNTS.get(name, 6)) for name in SEGMENTS)
    return SessionScript(steps, name="d01-like")


def d02_like() -> SessionScript:
    """Five mistakes and a stretch of wandering hands."""
    steps = (
        Step("neck_stroke", 5),
        Step("shoulder_stroke", 3, mistake="too_few"),
        Step("scapula_right_circles", 5, mistake="wrong_order"),
        Step("scapula_right_points", presses=(Press("9"), Press("6")), mistake="missing_point", detail="4"),
        Step("scapula_left_circles", 5),
        Decoy("wander", 8.0),
        Step("spine_strokes", 6, pace=0.27, mistake="too_fast"),
        Step("heart", 4, mistake="too_few"),
    )
    return SessionScript(steps, name="d02-like")


def d03_like() -> SessionScript:
    """One hand forgotten in the spine circles; love right; the rest not done."""
    steps = (Step("spine_circles", 5, work="right", mistake="one_side"), Idle(6.0), Step("love", 5))
    return SessionScript(steps, name="d03-like")
