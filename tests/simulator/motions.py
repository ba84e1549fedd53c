"""What each repeated segment is made of: a curve, times, hands."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from coach.domain import HANDS, Floats, Hand
from tests.simulator import curves
from tests.simulator.script import Point, Step, Style
from tests.simulator.stage import Stage

PALM_TO_TIPS: Point = (-0.07, -0.115)  # right hand of size 1, back units
CURVE_EVENNESS = 0.4  # curves are drawn more evenly than strokes
DOWN_SHARE = 0.55  # neck and shoulders: the working part of a full cycle


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


def motion_of(stage: Stage, step: Step) -> Motion:
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
            table = curves.spine_pass(style, step.size, clockwise=step.clockwise is not False)
            work_s = times["spine_circles"] * slow * style.circles / 7.0
            return Motion(table, work_s, times["spine_circles_up"] * slow, HANDS, evenness=None, scaled=False)
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
                half_curve(style),
                times["heart"] * slow,
                times["heart_up"] * slow,
                HANDS,
                curve_pose(style),
                evenness=min(1.0, style.evenness + CURVE_EVENNESS),
                stroked=True,
            )
    raise ValueError(f"no repeated motion: {step.segment_id!r}")


def _scapula(style: Style, step: Step, turn_s: float) -> Motion:
    side: Hand = "left" if "left" in step.segment_id else "right"
    hand: Hand = side if style.scapula_hand == "own" else style.scapula_hand
    if step.work in ("left", "right"):
        hand = step.work
    clockwise = step.clockwise if step.clockwise is not None else side == "left"
    centre = style.scapula_centre if side == "right" else (1.0 - style.scapula_centre[0], style.scapula_centre[1])
    if hand != side:  # the other hand's fingers point the other way
        centre = (centre[0] + (0.06 if hand == "left" else -0.06), centre[1])
    table = curves.ellipse(centre, style.scapula_radii, clockwise, style.scapula_tilt_deg, style.circle_start)
    return Motion(table if hand == "right" else curves.mirrored(table), turn_s, 0.0, (hand,), evenness=None)


def half_curve(style: Style) -> Floats:
    if style.curve_anchor == "fingertips":
        return curves.half_heart(style, 1.0)
    wide = replace(style, curve_gap=style.curve_gap + 0.07, curve_width=style.curve_width + 0.05)
    return curves.half_heart(wide, 1.0) + np.asarray(PALM_TO_TIPS) * style.hand_size


def curve_pose(style: Style) -> str:
    return "backhand" if style.backhand else "stroke"
