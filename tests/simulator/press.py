"""Acts out the holds of a step, and writes down when each point was pressed."""

from __future__ import annotations

import numpy as np

from coach.domain import Floats, Hand
from tests.simulator.entrance import Segment, begin, new_segment
from tests.simulator.places import POINTS, place_of
from tests.simulator.script import Point, Press, Step, Style
from tests.simulator.stage import Move, Path, Stage, Target, still


def play_holds(stage: Stage, step: Step) -> Segment:
    named = POINTS[step.segment_id]
    presses = step.presses if step.presses is not None else tuple(Press(name) for name in named)
    scapula = "scapula" in step.segment_id
    groups = [presses] if not scapula and not step.one_by_one else [(press,) for press in presses]
    segment = new_segment(step, stage.now, stage.now, [])
    for number, group in enumerate(groups):
        aims = {_hand_of(stage.style, step, press): press for press in group}
        targets = {hand: _aim(stage, step, hand, press) for hand, press in aims.items()}
        if number == 0 or not scapula:
            begin(stage, targets, step)
        else:
            stage.go(targets, stage.style.times_s["hop"] * stage.style.tempo * float(stage.rng.uniform(0.85, 1.2)))
        _hold(stage, segment, targets, aims)
    segment["start_s"] = segment["holds"][0]["start_s"]
    segment["end_s"] = stage.now
    if scapula:
        segment["hand"] = _hand_of(stage.style, step, presses[0])
    return segment


def _hold(stage: Stage, segment: Segment, targets: dict[Hand, Target], aims: dict[Hand, Press]) -> None:
    asked = [press.hold_s for press in aims.values() if press.hold_s is not None]
    usual = stage.style.times_s["hold"] * float(1.0 + np.clip(stage.rng.normal(0.0, 0.06), -0.15, 0.3))
    seconds = min(asked) if asked else usual
    start_s = stage.now
    stage.now = start_s + seconds
    for hand, target in targets.items():
        stage.act(hand, Move(start_s, stage.now, _pressing(stage.style, target.at, start_s), target))
    named = [(press.point, hand) for hand, press in aims.items()]
    segment["holds"] += [{"point": p, "start_s": start_s, "end_s": stage.now, "hand": h} for p, h in sorted(named)]


def _pressing(style: Style, at: Point, start_s: float) -> Path:
    if style.press_wobble <= 0:
        return still(at)

    def path(time_s: Floats) -> Floats:
        angle = 2.0 * np.pi * (time_s - start_s) / 0.9
        grown = style.press_wobble * np.clip((time_s - start_s) / 0.4, 0.0, 1.0)
        circle: Floats = np.stack([at[0] + grown * np.sin(angle), at[1] + grown * np.cos(angle)], axis=1)
        return circle

    return path


def _hand_of(style: Style, step: Step, press: Press) -> Hand:
    if press.hand is not None:
        return press.hand
    if "scapula" in step.segment_id:
        side: Hand = "left" if "left" in step.segment_id else "right"
        return side if style.scapula_hand == "own" else style.scapula_hand
    return "left" if press.point.endswith("left") else "right"


def _aim(stage: Stage, step: Step, hand: Hand, press: Press) -> Target:
    x, y = press.at if press.at is not None else place_of(step.segment_id, press.point)
    dx, dy = stage.rng.normal(0.0, stage.style.point_error, 2)
    pose = {"neck_points": "ear", "shoulder_points": "rest", "shoulder_c_grip": "c_grip"}.get(step.segment_id, "press")
    middle = 0.24 if hand == "left" else 0.76
    inward = (x - middle) * (1.0 if hand == "left" else -1.0)
    turn = float(np.clip(140.0 * inward, -25.0, 25.0)) if pose == "press" else 0.0
    return Target((x + float(dx), y + float(dy)), pose, turn)
