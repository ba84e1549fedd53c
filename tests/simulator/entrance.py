"""What every step begins with: the hands take their places, and a new entry in the truth."""

from __future__ import annotations

from typing import Any, TypeAlias

from coach.domain import HANDS, Hand
from tests.simulator.script import Step
from tests.simulator.stage import Stage, Target

Segment: TypeAlias = dict[str, Any]  # as in the footage's truth files


def begin(stage: Stage, paths: dict[Hand, Target], step: Step) -> None:
    """Working hands go to where they begin, the others to where they rest."""
    targets = dict(paths)
    for hand in HANDS:
        if hand not in paths:
            neck = step.segment_id == "neck_stroke" and hand == "left"
            rest = stage.style.support if neck else stage.style.resting_hand
            if rest == "shoulder" and step.segment_id in ("shoulder_points", "shoulder_c_grip"):
                rest = "back"  # resting on the shoulder would be the press itself
            targets[hand] = stage.resting(hand, rest)
            if stage.at[hand].pose == "rest" and _near(stage.at[hand], targets[hand]):
                targets[hand] = stage.at[hand]
    stage.go(targets, stage.transition_s())


def _near(one: Target, other: Target) -> bool:
    return abs(one.at[0] - other.at[0]) + abs(one.at[1] - other.at[1]) < 0.12


def new_segment(step: Step, start_s: float, end_s: float, repetitions: list[Segment]) -> Segment:
    return {
        "id": step.segment_id,
        "start_s": start_s,
        "end_s": end_s,
        "repetitions": repetitions,
        "holds": [],
        "faults": [],
    }
