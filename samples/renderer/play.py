"""Acts a script out: the hands' paths, and the segments, repetitions and holds that are true about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from samples.renderer import others, paths
from samples.renderer.chance import Draw
from samples.renderer.human import Floats
from samples.renderer.script import CIRCLES, FISTS, HOLDS, OTHERS, OVER, Script, Step
from samples.renderer.stage import SIDES, Side, Stage

Segment = dict[str, Any]
WORK = {"neck_stroke": 1.25, "shoulder_stroke": 1.75, "spine_circles": 5.7, "spine_strokes": 3.0, "heart": 3.05}
PASSES = ("spine_circles", FISTS)
WORK |= {FISTS: 14.0, "love": 2.35, **dict.fromkeys(CIRCLES, 2.3)}  # s, at tempo 1
BACK = {"neck_stroke": 1.1, "shoulder_stroke": 1.5, "spine_circles": 1.1, "spine_strokes": 1.15, "heart": 0.98}
BACK |= {FISTS: 1.2, "love": 1.0, **dict.fromkeys(CIRCLES, 0.0)}
TURNED = 0.06  # back units: turned over, the little finger is the inner one, and hands would collide
LIGHTLY = 0.006  # m, a hand that strokes back without pressure


@dataclass(frozen=True, slots=True)
class Acted:
    """A whole session."""

    stage: Stage
    segments: list[Segment]
    faults: list[str]
    others: list[others.Stretch]  # idle stretches, decoys, fidgeting and touches
    duration: float  # s


def act(script: Script, draw: Draw | None = None) -> Acted:
    """Plays all the steps; `draw` is where chance comes from, by default the script's seed."""
    return _Player(script, draw or np.random.default_rng([script.seed, 7])).whole()


class _Player:
    def __init__(self, script: Script, draw: Draw) -> None:
        self.script, self.style, self.draw = script, script.style, draw
        first = script.steps[0].do if script.steps else ""
        right = paths.PLACES["out" if first == "touch" else "back"]
        self.stage = Stage({"left": (1.0 - right[0], right[1]), "right": right})

    def whole(self) -> Acted:
        segments: list[Segment] = []
        faults: list[str] = []
        stretches: list[others.Stretch] = []
        self.stage.wait(float(self.draw.uniform(0.8, 1.6)))
        for step in self.script.steps:
            if step.mistake:
                faults.append(f"{step.mistake}:{step.do}")
            if step.early:
                faults.append(f"wrong_order:{step.do}")
            if step.mistake == "skipped":
                continue
            if step.do in OTHERS:
                stretches.append(others.act(step, self.stage, self.style, self.draw))
            else:
                segments.append(self._segment(step))
        others.act(Step("idle", seconds=1.5), self.stage, self.style, self.draw)
        return Acted(self.stage, segments, faults, stretches, self.stage.now)

    # ------------------------------------------------------------------ segments
    def _segment(self, step: Step) -> Segment:
        acting = {"love": self._love}.get(step.do, self._holds if step.do in HOLDS else self._cycles)
        segment = acting(step)
        mistake = f"{step.mistake}:{step.detail}" if step.detail else step.mistake
        segment["faults"] = [fault for fault in (mistake, "wrong_order" if step.early else "") if fault]
        if step.contact != "palm":
            segment["contact"] = step.contact
        for side in SIDES:
            self.stage.contact[side] = "palm"
        return segment

    def _sides(self, step: Step) -> tuple[Side, ...]:
        if step.do == "neck_stroke":
            return ("left",) if step.hands == "left" else ("right",)
        if step.do in CIRCLES:
            return ("left",) if "left" in step.do else ("right",)
        return SIDES if step.hands == "both" else ("left",) if step.hands == "left" else ("right",)

    def _table(self, step: Step, side: Side, size: float) -> Floats:
        """(n, 2) a side's working curve."""
        style = self.style
        size *= step.size * style.size * (step.left_size if side == "left" else 1.0)
        reach = step.reach
        match step.do:
            case "neck_stroke":
                table = paths.line((0.46, -0.13 - 0.07 * size), (0.46, -0.13 + 0.08 * size))
            case "shoulder_stroke":
                table = paths.line((0.655 + 0.075 * size, -0.045), (0.655 - 0.075 * size, -0.08))
            case "spine_strokes":
                table = paths.line((0.572, -0.04), (0.572, -0.04 + 0.67 * reach * size))
            case "spine_circles":
                table = paths.spine_pass(style.circles, style.circle_size * size, reach)
            case "fist_circles":
                table = paths.fist_pass(style.circles, style.circle_size * size, reach)
                table = table - np.array([step.inner, 0.0])
            case "heart" | "love":
                table = paths.half_heart(style.heart, size, reach)
                table = table + np.array([TURNED if step.contact in OVER else 0.0, 0.0])
            case _:
                table = paths.circle(not style.clockwise, size)
        table = table[::-1] if step.upward else table
        return table if side == "right" else paths.mirrored(table)

    def _cycles(self, step: Step) -> Segment:
        sides = self._sides(step)
        closed, counted = step.do in CIRCLES, step.do in ("neck_stroke", "shoulder_stroke")
        self._start(step, {side: self._table(step, side, 1.0)[0] for side in sides})
        start, repetitions, away = self.stage.now, [], list[others.Stretch]()
        hand = sides[0] if len(sides) == 1 else "both"
        for number in range(step.repetitions):
            last = number == step.repetitions - 1
            begin, work, back, scale = self.stage.now, self._time(step, WORK), self._time(step, BACK), self._vary()
            for side in sides:
                table = self._table(step, side, scale)
                table = table + (np.asarray(self.stage.places[side]) - table[0]) * _fade(len(table))[:, None]
                self._work(step, side, table, begin=begin, work=work, back=back, last=last)
            end = begin + work + (back if counted else 0.0)
            entry: dict[str, Any] = {"start_s": begin, "end_s": end, "hand": hand}
            self.stage.now = begin + work + back
            if step.do in PASSES:
                entry["circles"] = self.style.circles
                self.stage.now = end if last else self.stage.now
            elif not closed and not counted:
                entry["returned_s"] = self.stage.now
            repetitions.append(entry)
            for side in SIDES:
                self.stage.still(side, self.stage.now)
            if self.style.pause_s and not last:
                self.stage.wait(float(self.draw.exponential(self.style.pause_s)))
            if number + 1 == step.leave_after:
                away.append(self._left(step, sides))
        segment: Segment = {
            "id": step.do,
            "start_s": start,
            "end_s": self.stage.now,
            "repetitions": repetitions,
            "holds": [],
        }
        if closed:
            clockwise = self.style.clockwise == (sides[0] == "left")
            segment["direction"] = "cw" if clockwise else "ccw"
        return segment | ({"away": away} if away else {})

    def _left(self, step: Step, sides: tuple[Side, ...]) -> others.Stretch:
        """Both hands leave the picture in the middle of a segment and come back to where its path begins."""
        start, lift = self.stage.now, self.style.lift_m
        before = dict(self.stage.places)
        self.stage.go({side: paths.place("out", side) for side in SIDES}, 1.0, lift)
        self.stage.wait(step.leave_s)
        firsts = {side: self._table(step, side, 1.0)[0] for side in sides}
        back = before | {side: (float(first[0]), float(first[1])) for side, first in firsts.items()}
        self.stage.go(back, 1.0, lift)
        return {"start_s": start, "end_s": self.stage.now}

    def _work(
        self, step: Step, side: Side, table: Floats, *, begin: float, work: float, back: float, last: bool
    ) -> None:
        stage, evenness = self.stage, self.style.evenness
        stage.still(side, begin)
        if step.do in ("neck_stroke", "shoulder_stroke"):
            whole = paths.there_and_back(table, work / (work + back), evenness)
            stage.add(side, begin + work + back, whole)
            return
        even = 1.0 if step.do in (*CIRCLES, *PASSES) else evenness
        part = np.linspace(0.0, 1.0, len(table))
        stage.add(side, begin + work, paths.along(table, part if even == 1.0 else paths.ease(part, even)))
        if back and not (step.do in PASSES and last):
            lift = self.style.lift_m if step.do in PASSES else LIGHTLY
            home = self._table(step, side, 1.0)[0] + self.draw.normal(0.0, 0.005, 2)
            stage.travel(side, (float(home[0]), float(home[1])), begin + work + back, lift)

    def _love(self, step: Step) -> Segment:
        self._start(step, {side: self._table(step, side, 1.0)[0] for side in SIDES})
        start = self.stage.now
        count = step.repetitions
        right: list[tuple[Side, ...]] = [("right",)]
        left: list[tuple[Side, ...]] = [("left",)]
        order = (right + left) * count
        if step.turns == "together":
            order = [SIDES for _ in range(count)]
        elif step.turns == "right_then_left":
            order = right * count + left * count
        if step.hands != "both":
            order = [sides for sides in order if step.hands in sides]
        repetitions = []
        for number, sides in enumerate(order):
            begin = max([self.stage.now, *(self.stage.until(side) for side in sides)])
            end = begin + self._time(step, WORK)
            scale = self._vary()
            for side in sides:
                self._half(step, side, begin=begin, end=end, scale=scale, last=number == len(order) - 1)
            hand = "both" if len(sides) == 2 else sides[0]
            repetitions.append({"start_s": begin, "end_s": end, "hand": hand})
            self.stage.now = end
        for side in SIDES:
            self.stage.still(side, self.stage.now)
        self.stage.now = max(self.stage.until(side) for side in SIDES)
        segment = {"id": "love", "start_s": start, "end_s": repetitions[-1]["end_s"], "repetitions": repetitions}
        per_side = {side: sum(side in sides for sides in order) for side in SIDES}
        return segment | {"holds": [], "per_side": per_side}

    def _half(self, step: Step, side: Side, *, begin: float, end: float, scale: float, last: bool) -> None:
        """One half of Love by one hand, which then goes back lifted while the other works."""
        self.stage.still(side, begin)
        table = self._table(step, side, scale)
        table = table + (np.asarray(self.stage.places[side]) - table[0]) * _fade(len(table))[:, None]
        part = paths.ease(np.linspace(0.0, 1.0, len(table)), self.style.evenness)
        self.stage.add(side, end, paths.along(table, part))
        if not last:
            home = self._table(step, side, 1.0)[0] + self.draw.normal(0.0, 0.006, 2)
            back = BACK["love"] * max(step.tempo, 0.5) * self.style.tempo
            self.stage.travel(side, (float(home[0]), float(home[1])), end + back, self.style.lift_m)

    def _holds(self, step: Step) -> Segment:
        names = step.points or HOLDS[step.do]
        together = not step.do.startswith("scapula")
        rounds = [names] if together else [(name,) for name in names]
        holds: list[dict[str, Any]] = []
        hand: Side = "right"
        for number, group in enumerate(rounds):
            goals = {}
            for name in group:
                where, place = paths.point(name, step.do)
                hand = "left" if where == "left" else "right"
                goals[hand] = place
            near = self.draw.normal(0.0, 0.008, 2)
            shifted = {side: (x + float(near[0]), y + float(near[1])) for side, (x, y) in goals.items()}
            if number:
                self.stage.go(shifted, 0.85 * self.style.tempo, 0.02)
            else:
                self._start(step, {side: np.asarray(place) for side, place in shifted.items()})
            begin = self.stage.now
            self.stage.wait(step.hold_s * float(self.draw.uniform(0.97, 1.05)))
            holds += [{"point": name, "start_s": begin, "end_s": self.stage.now} for name in group]
        segment = {"id": step.do, "start_s": holds[0]["start_s"], "end_s": self.stage.now, "repetitions": []}
        return segment | {"holds": holds} | ({} if together else {"hand": hand})

    def _start(self, step: Step, firsts: dict[Side, Floats]) -> None:
        """Hands travel to where a segment begins; an unused hand goes to its place of rest."""
        goals = {side: (float(place[0]), float(place[1])) for side, place in firsts.items()}
        for side in SIDES:
            self.stage.contact[side] = step.contact
            if side not in goals:
                self.stage.contact[side] = "palm"
                goals[side] = paths.place(self._rest(step), side)
        self.stage.go(goals, self.style.transition_s * float(self.draw.uniform(0.85, 1.25)), self.style.lift_m)

    def _rest(self, step: Step) -> str:
        """Where the hand is that does nothing; at the shoulder it would lie on the very point that is left out."""
        if step.do in ("shoulder_points", "shoulder_c_grip"):
            return "back"
        return self.style.support if step.do == "neck_stroke" else self.style.rest

    def _time(self, step: Step, table: dict[str, float]) -> float:
        vary = float(np.clip(self.draw.normal(1.0, self.style.jitter), 0.8, 1.25))
        return table[step.do] * step.tempo * self.style.tempo * vary

    def _vary(self) -> float:
        return float(np.clip(self.draw.normal(1.0, self.style.jitter), 0.85, 1.15))


def _fade(count: int) -> Floats:
    """(count,) 1 → 0 over a fifth of a curve: how the hand joins it from where it is."""
    return np.clip(1.0 - np.linspace(0.0, 5.0, count), 0.0, 1.0) ** 2
