"""Acts out strokes, circles, passes and curves, and writes down when each repetition was."""

from __future__ import annotations

import numpy as np

from coach.domain import HANDS, Floats, Hand
from tests.simulator import curves
from tests.simulator.cycles import Cycles, Schedule
from tests.simulator.entrance import Segment, begin, new_segment
from tests.simulator.motions import CURVE_EVENNESS, Motion, curve_pose, half_curve, motion_of
from tests.simulator.script import Point, Step
from tests.simulator.stage import Move, Stage, Target


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


def play_cycles(stage: Stage, step: Step) -> Segment:
    motion = motion_of(stage, step)
    hands = _working(step, motion.hands)
    first = {h: Target(_point(_own_table(motion.table, h)[0]), motion.pose) for h in hands}
    begin(stage, first, step)
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
    segment = new_segment(step, plan.starts[0], stage.now, whole)
    if broken:
        segment["partial"] = broken
    if "scapula" in step.segment_id:
        clockwise = step.clockwise if step.clockwise is not None else "left" in step.segment_id
        segment["direction"] = "cw" if clockwise else "ccw"
    return segment


# ------------------------------------------------------------------ love: half hearts in turn
def play_love(stage: Stage, step: Step) -> Segment:
    style, slow = stage.style, stage.style.tempo * step.pace
    motion = Motion(
        half_curve(style),
        style.times_s["love"] * slow,
        style.times_s["love_up"] * slow,
        HANDS,
        curve_pose(style),
        min(1.0, style.evenness + CURVE_EVENNESS),
    )
    hands = _working(step, HANDS)
    first = {h: Target(_point(_own_table(motion.table, h)[0]), motion.pose) for h in hands}
    begin(stage, first, step)
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
    segment = new_segment(step, start_s, finish, sorted(halves, key=lambda half: (half["start_s"], half["hand"])))
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
