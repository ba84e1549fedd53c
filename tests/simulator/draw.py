"""Draws varied, plausible sessions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.simulator.mistakes import POSSIBLE, plant
from tests.simulator.script import (
    HARD,
    SEGMENTS,
    Camera,
    Decoy,
    DecoyKind,
    Detector,
    Idle,
    Mistake,
    Rest,
    SessionScript,
    Step,
    Style,
    Timing,
)

Rng = np.random.Generator

SIZES: tuple[tuple[int, int], ...] = ((640, 480), (640, 480), (1280, 720), (1280, 720), (1920, 1080), (480, 848))
ORDER_CHANCE = 0.15  # of a mistake being one of order
DECOYS: tuple[DecoyKind, ...] = ("wander", "wave", "fold", "wipe", "rub", "scratch")

Block = tuple[str, ...]
ORDER_SWAPS: tuple[tuple[Block, Block], ...] = (
    (("scapula_left_circles", "scapula_left_points"), ("scapula_right_circles", "scapula_right_points")),
    (("neck_stroke", "neck_points"), ("shoulder_stroke", "shoulder_points", "shoulder_c_grip")),
    (("neck_stroke",), ("neck_points",)),
    (("scapula_left_circles",), ("scapula_left_points",)),
    (("scapula_right_circles",), ("scapula_right_points",)),
)  # neighbours that may be exchanged; the first segment of the second block is then too early


def random_script(rng: Rng, mistakes: int = 0, hard: bool = False, decoys: bool = False) -> SessionScript:
    """A session of all 13 segments with so many planted mistakes, never two in one segment."""
    style, timing = random_style(rng), random_timing(rng, hard)
    steps = [_right_step(rng, name, style) for name in SEGMENTS]
    steps = _with_mistakes(rng, steps, mistakes, style, timing)
    acts: list[Step | Decoy | Idle] = []
    for step in steps:
        acts += [*_between(rng, decoys), step]
    detector = HARD if hard else Detector(missed=float(rng.uniform(0.0, 0.01)))
    return SessionScript(
        tuple(acts),
        style,
        random_camera(rng),
        replace(detector, missed=float(rng.uniform(0.16, 0.24))) if hard else detector,
        timing,
        lead_in_s=float(rng.uniform(0.3, 4.0)),
        lead_out_s=float(rng.uniform(0.3, 3.0)),
    )


def _right_step(rng: Rng, name: str, style: Style) -> Step:
    step = Step(name, int(rng.choice([5, 6, 6, 7], p=[0.45, 0.3, 0.2, 0.05])))
    if "scapula" in name and name.endswith("circles") and rng.random() < 0.3:
        step = replace(step, clockwise=bool(rng.random() < 0.5))
    if name == "spine_circles" and rng.random() < 0.3:
        step = replace(step, clockwise=False)
    if name.endswith("_points") and "scapula" not in name and rng.random() < 0.15:
        step = replace(step, one_by_one=True)
    if style.pause_s > 0 and rng.random() < 0.1:
        step = replace(step, interrupt=(2, float(rng.uniform(1.0, 2.5))))
    return step


def _between(rng: Rng, decoys: bool) -> list[Decoy | Idle]:
    if decoys and rng.random() < 0.3:
        return [Decoy(DECOYS[int(rng.integers(len(DECOYS)))], float(rng.uniform(4.0, 12.0)))]
    if rng.random() < 0.2:
        return [Idle(float(rng.uniform(1.0, 6.0)), float(rng.uniform(0.0, 0.03)))]
    return []


# ------------------------------------------------------------------ mistakes
def _with_mistakes(rng: Rng, steps: list[Step], mistakes: int, style: Style, timing: Timing) -> list[Step]:
    used: set[str] = set()
    for _ in range(mistakes):
        swap = None if used else _swap(rng)
        if swap is not None:
            steps = _swapped(steps, swap)
            used.update(*swap)
            continue
        free = [step.segment_id for step in steps if step.segment_id not in used]
        if not free:
            break
        name = str(rng.choice(free))
        used.add(name)
        steps = _one_mistake(rng, steps, name, style, timing)
    return steps


def _swap(rng: Rng) -> tuple[Block, Block] | None:
    if rng.random() >= ORDER_CHANCE:
        return None
    return ORDER_SWAPS[int(rng.integers(len(ORDER_SWAPS)))]


def _swapped(steps: list[Step], swap: tuple[Block, Block]) -> list[Step]:
    late, early = swap
    by_name = {step.segment_id: step for step in steps}
    begin = next(i for i, step in enumerate(steps) if step.segment_id == late[0])
    moved = [by_name[name] for name in (*early, *late)]
    moved[0] = replace(moved[0], mistake="wrong_order")
    return [*steps[:begin], *moved, *steps[begin + len(moved) :]]


def _one_mistake(rng: Rng, steps: list[Step], name: str, style: Style, timing: Timing) -> list[Step]:
    possible = [m for m in POSSIBLE[name] if _sensible(name, m, style, timing)]
    mistake: Mistake = possible[int(rng.integers(len(possible)))]
    if mistake == "skipped":
        return [step for step in steps if step.segment_id != name]
    return [plant(rng, step, mistake, style) if step.segment_id == name else step for step in steps]


def _sensible(name: str, mistake: Mistake, style: Style, timing: Timing) -> bool:
    """Small circles that fast need a camera that is fast enough, or nobody could see them."""
    return not (name == "spine_circles" and mistake == "too_fast" and (style.circles > 6 or timing.fps < 20))


# ------------------------------------------------------------------ people, cameras
def random_style(rng: Rng) -> Style:
    """A practitioner: near d01 to d03 in a third of the draws, farther off in the others."""
    if rng.random() < 0.33:
        return Style(
            hand_size=float(rng.uniform(0.94, 1.06)),
            hand_turn_deg=float(rng.normal(0.0, 3.0)),
            tempo=float(rng.uniform(0.9, 1.15)),
            circles=int(rng.integers(6, 8)),
        )
    usual = Style()
    return Style(
        hand_size=float(rng.uniform(0.82, 1.15)),
        hand_turn_deg=float(rng.normal(0.0, 6.0)),
        tempo=float(rng.uniform(0.85, 1.5)),
        jitter=float(rng.uniform(0.03, 0.12)),
        size_jitter=float(rng.uniform(0.03, 0.09)),
        shift_jitter=float(rng.uniform(0.004, 0.014)),
        drift=float(rng.uniform(0.004, 0.012)),
        tremor=float(rng.uniform(0.0005, 0.002)),
        transition_s=float(rng.uniform(0.9, 2.2)),
        lift=float(rng.uniform(0.05, 0.25)),
        evenness=float(rng.uniform(0.0, 1.0)),
        pause_s=float(rng.choice([0.0, 0.0, 0.25, 0.6])),
        resting_hand=_choose(rng, ("shoulder", "shoulder", "side", "lap")),
        between=_choose(rng, ("back", "back", "side", "lap")),
        support=_choose(rng, ("shoulder", "hidden", "shoulder", "lap")),
        curve_anchor="palm" if rng.random() < 0.25 else "fingertips",
        backhand=bool(rng.random() < 0.2),
        curve_form="classic" if rng.random() < 0.35 else "rendered",
        scapula_hand="right" if rng.random() < 0.2 else "own",
        first_in_love="left" if rng.random() < 0.2 else "right",
        press_wobble=float(rng.choice([0.0, 0.006, 0.012])),
        neck_x=float(rng.uniform(0.44, 0.53)),
        neck_y=_pair(usual.neck_y, rng.uniform(-0.05, 0.02), rng.uniform(-0.03, 0.05)),
        shoulder_from=(float(rng.uniform(0.71, 0.84)), float(rng.uniform(-0.06, 0.02))),
        shoulder_to=(float(rng.uniform(0.55, 0.60)), float(rng.uniform(-0.12, -0.05))),
        scapula_centre=(float(rng.uniform(0.66, 0.75)), float(rng.uniform(0.14, 0.26))),
        scapula_radii=(float(rng.uniform(0.075, 0.13)), float(rng.uniform(0.10, 0.17))),
        scapula_tilt_deg=float(rng.normal(0.0, 10.0)),
        circle_start=float(rng.choice([0.0, 0.0, 0.25, 0.5])),
        lane=float(rng.uniform(0.08, 0.13)),
        lane_y=(float(rng.uniform(-0.04, 0.05)), float(rng.uniform(0.5, 0.72))),
        circles=int(rng.integers(4, 10)),
        circle_radii=(float(rng.uniform(0.035, 0.06)), float(rng.uniform(0.03, 0.05))),
        stroke_lane=float(rng.uniform(0.055, 0.11)),
        stroke_y=(float(rng.uniform(-0.06, 0.05)), float(rng.uniform(0.55, 0.8))),
        curve_gap=float(rng.uniform(0.04, 0.075)),
        curve_width=float(rng.uniform(0.17, 0.26)),
        curve_y=(float(rng.uniform(-0.02, 0.08)), float(rng.uniform(0.45, 0.8))),
        point_error=float(rng.uniform(0.003, 0.015)),
    )


def _pair(pair: tuple[float, float], first: float, second: float) -> tuple[float, float]:
    return pair[0] + float(first), pair[1] + float(second)


def _choose(rng: Rng, rests: tuple[Rest, ...]) -> Rest:
    return rests[int(rng.integers(len(rests)))]


def random_camera(rng: Rng) -> Camera:
    """From behind, from 20–35° aside or from above, with the back and neck in the picture."""
    width, height = SIZES[int(rng.integers(len(SIZES)))]
    where = rng.random()
    azimuth = float(rng.normal(0.0, 4.0))
    elevation = float(rng.uniform(0.0, 22.0))
    if where < 0.35:
        azimuth = float(rng.choice([-1.0, 1.0]) * rng.uniform(18.0, 35.0))
    elif where < 0.5:
        elevation = float(rng.uniform(32.0, 50.0))
    largest = min(0.46 * height / width * 4 / 3, 0.62)
    back = largest * float(rng.uniform(0.75, 1.02))
    lower = 0.5 + 0.175 * 1.2 * back * width / height * float(np.cos(np.radians(elevation)))
    return Camera(
        (width, height),
        azimuth,
        elevation,
        float(rng.normal(0.0, 4.0)),
        float(rng.uniform(46.0, 62.0)),
        back,
        (float(rng.uniform(0.47, 0.53)), lower + float(rng.uniform(-0.02, 0.03))),
        float(rng.choice([0.0, 0.01, 0.02])),
    )


def random_timing(rng: Rng, hard: bool) -> Timing:
    fps = float(rng.choice([10.0, 15.0, 15.0, 24.0, 25.0, 29.97, 30.0, 30.0, 60.0]))
    return Timing(fps, float(rng.choice([0.0, 0.02, 0.15])), float(rng.choice([0.0, 0.02])) + (0.03 if hard else 0.0))
