"""Acts a step out on the stage and writes down what is true about it, as the footage's truth files do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from coach.domain import HANDS, Floats, Hand
from tests.simulator import curves
from tests.simulator.cycles import Cycles, Schedule
from tests.simulator.places import POINTS, place_of
from tests.simulator.script import Point, Press, Step, Style
from tests.simulator.stage import Move, Path, Stage, Target, still

Segment = dict[str, Any]
PALM_TO_TIPS: Point = (-0.07, -0.115)  # right hand of size 1, back units
DOWN_SHARE = 0.53  # neck and shoulders: the working part of a full cycle


@dataclass(frozen=True, slots=True)
class Motion:
    """What a repeated segment is made of."""

    table: Floats  # (m, 2) right hand's working curve
    work_s: float
    back_s: float
    hands: tuple[Hand, ...]
    pose: str = "stroke"
    evenness: float | None = 0.5
    counted: bool = False  # the way back belongs to the repetition
    stroked: bool = False  # the way back is a motion of its own within the segment
    scaled: bool = True  # size acts on the whole curve


def play(stage: Stage, step: Step) -> Segment:
    """One segment, from the hands' present place."""
    if step.segment_id in POINTS:
        segment = _play_holds(stage, step)
    elif step.segment_id == "love":
        segment = _play_love(stage, step)
    else:
        segment = _play_cycles(stage, step)
    fault = f"{step.mistake}:{step.detail}" if step.detail else step.mistake
    segment["faults"] = [fault] if fault else []
    return segment


# ------------------------------------------------------------------ repeated motions
def _motion(stage: Stage, step: Step) -> Motion:
    style, times = stage.style, stage.style.times_s
    slow = style.tempo * step.pace
    match step.segment_id:
        case "neck_stroke":
            whole = times["neck_stroke"] * slow
            table = curves.line((style.neck_x, style.neck_y[0]), (style.neck_x, style.neck_y[1]))
            return Motion(
                table, whole * DOWN_SHARE, whole * (1 - DOWN_SHARE), ("right",), "neck", style.evenness / 2, True
            )
        case "shoulder_stroke":
            whole = times["shoulder_stroke"] * slow
            table = curves.line(style.shoulder_from, style.shoulder_to)
            return Motion(
                table, whole * DOWN_SHARE, whole * (1 - DOWN_SHARE), HANDS, "shoulder", style.evenness / 2, True
            )
        case "scapula_left_circles" | "scapula_right_circles":
            return _scapula(style, step, times["scapula_circles"] * slow)
        case "spine_circles":
            table = curves.spine_pass(style, step.size, clockwise=bool(step.clockwise))
            work_s = times["spine_circles"] * slow * style.circles / 7.0
            return Motion(table, work_s, times["spine_circles_up"] * slow, HANDS, evenness=0.9, scaled=False)
        case "spine_strokes":
            lane, (top, bottom) = 0.5 + style.stroke_lane, style.stroke_y
            ends = ((lane, bottom), (lane, top)) if step.upward else ((lane, top), (lane, bottom))
            table = curves.line(*ends)
            return Motion(
                table,
                times["spine_strokes"] * slow,
                times["spine_strokes_up"] * slow,
                HANDS,
                evenness=style.evenness,
                stroked=True,
            )
        case "heart":
            return Motion(
                _curve(style),
                times["heart"] * slow,
                times["heart_up"] * slow,
                HANDS,
                _curve_pose(style),
                evenness=style.evenness,
                stroked=True,
            )
    raise ValueError(f"no repeated motion: {step.segment_id!r}")


def _scapula(style: Style, step: Step, turn_s: float) -> Motion:
    side: Hand = "left" if "left" in step.segment_id else "right"
    hand = style.scapula_hand if style.scapula_hand != "own" else side
    clockwise = step.clockwise if step.clockwise is not None else side == "left"
    centre = style.scapula_centre if side == "right" else (1.0 - style.scapula_centre[0], style.scapula_centre[1])
    if hand != side:  # the other hand's fingers point the other way
        centre = (centre[0] + (0.06 if hand == "left" else -0.06), centre[1])
    table = curves.ellipse(centre, style.scapula_radii, clockwise, style.scapula_tilt_deg, style.circle_start)
    return Motion(table if hand == "right" else curves.mirrored(table), turn_s, 0.0, (hand,), evenness=None)


def _curve(style: Style) -> Floats:
    if style.curve_anchor == "fingertips":
        return curves.half_heart(style, 1.0)
    wide = replace(style, curve_gap=style.curve_gap + 0.07, curve_width=style.curve_width + 0.05)
    return curves.half_heart(wide, 1.0) + np.asarray(PALM_TO_TIPS) * style.hand_size


def _curve_pose(style: Style) -> str:
    return "backhand" if style.backhand else "stroke"


def _working(step: Step, usual: tuple[Hand, ...]) -> tuple[Hand, ...]:
    if step.work is None:
        return usual
    return HANDS if step.work == "both" else (step.work,)


def _own_table(table: Floats, hand: Hand) -> Floats:
    return table if hand == "right" else curves.mirrored(table)


def _path(stage: Stage, step: Step, motion: Motion, schedule: Schedule, common: Floats, *, hand: Hand) -> Cycles:
    """The hand's path; `common` (n + 1,) is the variation of size both hands share."""
    style, count = stage.style, len(schedule.starts) + 1
    own = stage.rng.normal(0.0, style.size_jitter * 0.4, count)
    size = step.size if motion.scaled else 1.0
    size *= step.left_size if hand == "left" else 1.0
    shift = stage.rng.normal(0.0, style.shift_jitter, (count, 2))
    table = _own_table(motion.table, hand)
    return Cycles(schedule, table, motion.evenness, size * (1.0 + common + own), shift)


def _schedule(stage: Stage, step: Step, motion: Motion) -> Schedule:
    schedule, now = Schedule(), stage.now
    varied = 1.0 + np.clip(stage.rng.normal(0.0, stage.style.jitter, step.repetitions), -0.25, 0.25)
    for number, factor in enumerate(varied.tolist()):
        broken = number in step.partial
        reach = step.partial_reach if broken else step.reach
        brief = 0.35 + 0.65 * reach
        now = schedule.add(now, motion.work_s * factor * brief, motion.back_s * factor * brief, reach)
        if number + 1 < step.repetitions:
            now += _pause(stage, step, number + 1)
    return schedule


def _pause(stage: Stage, step: Step, done: int) -> float:
    pause = float(stage.rng.uniform(0.3, 1.7)) * stage.style.pause_s
    if step.interrupt is not None and step.interrupt[0] == done:
        pause += step.interrupt[1]
    return pause


def _begin(stage: Stage, paths: dict[Hand, Target], step: Step) -> None:
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


def _play_cycles(stage: Stage, step: Step) -> Segment:
    motion = _motion(stage, step)
    hands = _working(step, motion.hands)
    first = {h: Target(_point(_own_table(motion.table, h)[0]), motion.pose) for h in hands}
    _begin(stage, first, step)
    start_s, schedule = stage.now, _schedule(stage, step, motion)
    common = stage.rng.normal(0.0, stage.style.size_jitter, len(schedule.starts) + 1)
    finish = schedule.ends[-1] if not (motion.counted or motion.stroked) else schedule.backs[-1]
    lag_s = step.left_lag * (schedule.backs[-1] - start_s) / step.repetitions if len(hands) == 2 else 0.0
    for hand in hands:
        own = schedule.delayed(lag_s) if hand == "left" and lag_s > 0 else schedule
        path = _path(stage, step, motion, own, common, hand=hand)
        end_s = finish + (lag_s if hand == "left" else 0.0)
        hops = _hops(own) if step.segment_id == "spine_circles" else ()
        lift = stage.style.lift if hops else 0.0
        stage.act(hand, Move(start_s, end_s, path, Target((0.0, 0.0), motion.pose), lift, hops or None))
    stage.now = finish + lag_s
    return _cycle_segment(step, motion, hands, schedule, stage)


def _hops(plan: Schedule) -> tuple[tuple[float, float], ...]:
    """The ways back between repetitions."""
    return tuple(zip(plan.ends[:-1], plan.backs[:-1], strict=True))


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1])


def _cycle_segment(step: Step, motion: Motion, hands: tuple[Hand, ...], plan: Schedule, stage: Stage) -> Segment:
    name = "both" if len(hands) == 2 else hands[0]
    whole: list[Segment] = []
    broken: list[Segment] = []
    for number, (start, end, back) in enumerate(zip(plan.starts, plan.ends, plan.backs, strict=True)):
        entry: Segment = {"start_s": start, "end_s": back if motion.counted else end, "hand": name}
        if motion.stroked:
            entry["returned_s"] = back
        if step.segment_id == "spine_circles":
            entry["circles"] = stage.style.circles
        (broken if number in step.partial else whole).append(entry)
    segment = _segment(step, plan.starts[0], stage.now, whole)
    if broken:
        segment["partial"] = broken
    if "scapula" in step.segment_id:
        clockwise = step.clockwise if step.clockwise is not None else "left" in step.segment_id
        segment["direction"] = "cw" if clockwise else "ccw"
    return segment


def _segment(step: Step, start_s: float, end_s: float, repetitions: list[Segment]) -> Segment:
    return {
        "id": step.segment_id,
        "start_s": start_s,
        "end_s": end_s,
        "repetitions": repetitions,
        "holds": [],
        "faults": [],
    }


# ------------------------------------------------------------------ love: half hearts in turn
def _play_love(stage: Stage, step: Step) -> Segment:
    style, slow = stage.style, stage.style.tempo * step.pace
    motion = Motion(
        _curve(style),
        style.times_s["love"] * slow,
        style.times_s["heart_up"] * slow,
        HANDS,
        _curve_pose(style),
        style.evenness,
    )
    hands = _working(step, HANDS)
    first = {h: Target(_point(_own_table(motion.table, h)[0]), motion.pose) for h in hands}
    _begin(stage, first, step)
    start_s = stage.now
    plans, finish = _turns(stage, step, motion, hands)
    common = stage.rng.normal(0.0, style.size_jitter, step.repetitions + 1)
    for hand in hands:
        path = _path(stage, step, motion, plans[hand], common, hand=hand)
        stage.act(hand, Move(start_s, finish, path, Target((0.0, 0.0), motion.pose)))
    stage.now = finish
    halves: list[Segment] = [
        {"start_s": start, "end_s": end, "hand": hand}
        for hand in hands
        for start, end in zip(plans[hand].starts, plans[hand].ends, strict=True)
    ]
    segment = _segment(step, start_s, finish, sorted(halves, key=lambda half: (half["start_s"], half["hand"])))
    segment["per_side"] = {hand: step.repetitions if hand in hands else 0 for hand in HANDS}
    return segment


def _turns(stage: Stage, step: Step, motion: Motion, hands: tuple[Hand, ...]) -> tuple[dict[Hand, Schedule], float]:
    """Each hand's schedule, and when the last half is drawn."""
    plans: dict[Hand, Schedule] = {hand: Schedule() for hand in hands}
    now = finish = stage.now
    for number, turn in enumerate(_order(stage.style.first_in_love, step, hands)):
        factor = 1.0 + float(np.clip(stage.rng.normal(0.0, stage.style.jitter), -0.25, 0.25))
        for hand in turn:
            back = plans[hand].add(now, motion.work_s * factor, motion.back_s * factor, step.reach)
        finish = now + motion.work_s * factor
        alone = len(turn) == 2 or len(hands) == 1 or step.turns == "right_then_left"
        now = back if alone else finish
        now += _pause(stage, step, number + 1)
    return plans, finish


def _order(first: Hand, step: Step, hands: tuple[Hand, ...]) -> list[tuple[Hand, ...]]:
    """Who draws, turn by turn."""
    if len(hands) == 1:
        return [hands] * step.repetitions
    if step.turns == "together":
        return [HANDS] * step.repetitions
    one: list[tuple[Hand, ...]] = [(first,)]
    other: list[tuple[Hand, ...]] = [("left" if first == "right" else "right",)]
    if step.turns == "right_then_left":
        return one * step.repetitions + other * step.repetitions
    return (one + other) * step.repetitions


# ------------------------------------------------------------------ holds
def _play_holds(stage: Stage, step: Step) -> Segment:
    named = POINTS[step.segment_id]
    presses = step.presses if step.presses is not None else tuple(Press(name) for name in named)
    scapula = "scapula" in step.segment_id
    groups = [presses] if not scapula and not step.one_by_one else [(press,) for press in presses]
    segment = _segment(step, stage.now, stage.now, [])
    for number, group in enumerate(groups):
        aims = {_hand_of(stage.style, step, press): press for press in group}
        targets = {hand: _aim(stage, step, hand, press) for hand, press in aims.items()}
        if number == 0 or not scapula:
            _begin(stage, targets, step)
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
