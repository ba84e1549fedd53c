"""What hands do between the movements: rest, wander, rub, scratch, pull at the cloth, take oil, mark the back."""

from __future__ import annotations

from typing import Any, TypeAlias

from samples.renderer import paths
from samples.renderer.chance import Draw
from samples.renderer.script import TOUCHED, Step, Style
from samples.renderer.stage import SIDES, Side, Stage

Stretch: TypeAlias = dict[str, Any]  # start_s, end_s and, except for a hand that is away, what is done
Places: TypeAlias = dict[Side, tuple[float, float]]
CLOTH: Places = {"left": (0.36, 0.93), "right": (0.64, 0.93)}  # at the waist, where the cloth lies
FOREARM = (0.34, 0.72)  # of the left hand at rest
PALMS: Places = {"left": (0.45, 0.62), "right": (0.56, 0.64)}  # rubbed over the back, above the skin
ABOVE = 0.075  # m
HOVER = 0.05  # m, a pointing finger on its way from one place to the next


def act(step: Step, stage: Stage, style: Style, draw: Draw) -> Stretch:
    """Plays an idle stretch, a decoy, fidgeting or touches, and tells when it was."""
    start = stage.now
    if step.do == "idle":
        stage.go({side: paths.place(step.place, side) for side in SIDES}, 1.2, style.lift_m)
        stage.wait(step.seconds)
        return _stretch(step, step.place, start, stage.now)
    if step.do == "touch":
        return _touch(step, stage, style, draw) | {"start_s": start, "end_s": stage.now}
    if step.do == "decoy":
        _decoy(step, stage, style, draw)
    else:
        {"scratch": _scratch, "cloth": _cloth, "oil": _oil}[step.kind](step, stage, draw)
    return _stretch(step, step.kind, start, stage.now)


def _stretch(step: Step, kind: str, start: float, end: float) -> Stretch:
    return {"do": step.do, "kind": kind, "start_s": start, "end_s": end}


def _decoy(step: Step, stage: Stage, style: Style, draw: Draw) -> None:
    end = stage.now + step.seconds
    goals = {side: _spot(side, draw) for side in SIDES}
    stage.go(goals, 1.0, style.lift_m)
    while stage.now < end:
        pause = float(draw.uniform(0.5, 1.6))
        match step.kind:
            case "wander":
                stage.go({side: _spot(side, draw) for side in SIDES}, pause, 0.02)
            case "wipe":
                x, y = draw.uniform(0.30, 0.70), draw.uniform(0.1, 0.75)
                stage.go({"right": (float(x) + 0.12, float(y))}, 0.6 * pause, 0.0)
            case "rub":
                x, y = draw.normal(0.5, 0.03), draw.normal(0.75, 0.05)
                places: Places = {"left": (x - 0.05, y), "right": (x + 0.06, y + 0.03)}
                stage.go(places, 0.35, 0.03)
            case _:
                here = dict(stage.places)
                stage.go({side: (x + 0.02, y + 0.02) for side, (x, y) in here.items()}, 0.45, 0.05)
                stage.go(here, 0.45, 0.05)


def _spot(side: Side, draw: Draw) -> tuple[float, float]:
    x, y = float(draw.uniform(0.54, 0.86)), float(draw.uniform(0.0, 0.75))
    return (x, y) if side == "right" else (1.0 - x, y)


# ------------------------------------------------------------------ fidgeting
def _scratch(step: Step, stage: Stage, draw: Draw) -> None:
    """The right fingers scratch the left forearm, which rests on the back."""
    end = stage.now + step.seconds
    stage.go({"left": paths.place("back", "left")}, 0.9, 0.03)
    stage.rise({"right": FOREARM}, 0.9, ABOVE)
    while stage.now < end - 0.9:
        x, y = FOREARM[0] + float(draw.normal(0.0, 0.01)), FOREARM[1] + float(draw.normal(0.0, 0.02))
        stage.rise({"right": (x, y - 0.03)}, float(draw.uniform(0.14, 0.22)), ABOVE)
        stage.rise({"right": (x, y + 0.03)}, float(draw.uniform(0.14, 0.22)), ABOVE)
    stage.rise({"right": paths.place("back", "right")}, 0.9, 0.0)


def _cloth(step: Step, stage: Stage, draw: Draw) -> None:
    """Both hands pull at the cloth around the waist: out, back, a little aside."""
    end = stage.now + step.seconds
    stage.go(CLOTH, 1.0, 0.03)
    while stage.now < end:
        tug, shift = float(draw.uniform(0.03, 0.07)), float(draw.normal(0.0, 0.03))
        pulled: Places = {side: (x + (tug if side == "right" else -tug), y - 0.02) for side, (x, y) in CLOTH.items()}
        stage.go(pulled, float(draw.uniform(0.35, 0.6)), 0.0)
        stage.go({side: (x + shift, y) for side, (x, y) in CLOTH.items()}, float(draw.uniform(0.4, 0.7)), 0.0)


def _oil(step: Step, stage: Stage, draw: Draw) -> None:
    """The hands fetch oil from outside the picture and rub it between the palms above the back."""
    end = stage.now + step.seconds
    stage.go({side: paths.place("out", side) for side in SIDES}, 1.0, 0.03)
    stage.wait(float(draw.uniform(0.8, 1.4)))
    stage.rise(PALMS, 1.0, ABOVE)
    while stage.now < end - 0.8:
        for sign in (1.0, -1.0):
            shift = sign * float(draw.uniform(0.02, 0.04))
            rubbed: Places = {"left": (PALMS["left"][0], PALMS["left"][1] + shift)}
            rubbed["right"] = (PALMS["right"][0], PALMS["right"][1] - shift)
            stage.rise(rubbed, float(draw.uniform(0.2, 0.32)), ABOVE)
    stage.rise({side: paths.place("back", side) for side in SIDES}, 0.8, 0.0)


# ------------------------------------------------------------------ marking the back
def _touch(step: Step, stage: Stage, style: Style, draw: Draw) -> Stretch:
    """An index finger touches places one after the other and holds still at each; the other hand rests."""
    holds: list[Stretch] = []
    for name in step.points or TOUCHED:
        side: Side = "left" if "left" in (step.hands, name if step.hands == "both" else "") else "right"
        other: Side = "right" if side == "left" else "left"
        stage.contact = {side: "point", other: "palm"}
        x, y = paths.TOUCHED[name]
        aside, below = (float(value) for value in draw.normal(0.0, 0.008, 2))
        goals: Places = {side: (x + aside, y + below), other: paths.place(step.place, other)}
        stage.go(goals, 0.9 * style.tempo * float(draw.uniform(0.9, 1.2)), HOVER)
        begin = stage.now
        stage.wait(step.hold_s * float(draw.uniform(0.97, 1.05)))
        hold = {"point": name, "at": [x + aside, y + below], "hand": side}
        holds.append(hold | {"start_s": begin, "end_s": stage.now})
    stage.contact = dict.fromkeys(SIDES, "palm")
    return {"do": step.do, "holds": holds}
