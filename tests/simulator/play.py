"""Acts a step out on the stage and writes down what is true about it, as the footage's truth files do."""

from __future__ import annotations

from tests.simulator.entrance import Segment
from tests.simulator.places import POINTS
from tests.simulator.press import play_holds
from tests.simulator.repeat import play_cycles, play_love
from tests.simulator.script import Step
from tests.simulator.stage import Stage


def play(stage: Stage, step: Step) -> Segment:
    """One segment, from the hands' present place."""
    if step.segment_id in POINTS:
        segment = play_holds(stage, step)
    elif step.segment_id == "love":
        segment = play_love(stage, step)
    else:
        segment = play_cycles(stage, step)
    fault = f"{step.mistake}:{step.detail}" if step.detail else step.mistake
    segment["faults"] = [fault] if fault else []
    return segment
