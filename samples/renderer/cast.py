"""The people and the room of a script, as models to draw."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from samples.renderer import camera, human, pose, receiver, scene, stage
from samples.renderer.arm import Arm, HandPose, PosedArm
from samples.renderer.assets import body_folder
from samples.renderer.draw import Light, Model, Painter
from samples.renderer.human import Floats
from samples.renderer.play import Acted
from samples.renderer.script import Script
from samples.renderer.stage import SIDES, Side

MACRO = "macrodetails/universal-female-{age}-{muscle}muscle-{weight}weight"
BUILDS: dict[str, dict[str, float]] = {
    "average": {},
    "slim": {MACRO.format(age="young", muscle="average", weight="min"): 0.6},
    "heavy": {MACRO.format(age="young", muscle="average", weight="max"): 0.75},
    "stout": {
        MACRO.format(age="young", muscle="average", weight="max"): 0.45,
        "torso/torso-scale-horiz-incr": 0.4,
        "torso/measure-shoulder-dist-incr": 0.3,
    },
    "muscular": {MACRO.format(age="young", muscle="max", weight="average"): 0.7, "torso/torso-vshape-incr": 0.4},
    "old": {MACRO.format(age="old", muscle="min", weight="average"): 0.7},
}
RACE = {"light": "caucasian", "medium_light": "asian", "medium_brown": "asian", "dark": "african", "deep": "african"}
SPHERES = np.array([(0, 0.03), (5, 0.024), (9, 0.024), (17, 0.022), (8, 0.011), (16, 0.011)])
SHOULDERS = np.array([0.20, 0.37, -0.50])  # m, the giver's, over the seat: sideways, up, forward
SLEEVE = 5.0  # material numbers, as the shader knows them
BANDS: dict[Side, float] = {"left": 6.0, "right": 7.0}
POLE = np.array([0.40, -0.90, -0.10])  # where elbows point


@dataclass(frozen=True, slots=True)
class Shot:
    """One moment: what is drawn and what is true."""

    arms: dict[Side, PosedArm]  # in the unswayed world
    sway: Floats  # (4, 4)


class Cast:
    """Everything that is made once for a session."""

    def __init__(self, script: Script, acted: Acted) -> None:
        self.script, self.acted = script, acted
        self.turned = any(step.contact != "palm" for step in script.steps)
        folder = body_folder()
        who = script.receiver
        self.receiver = receiver.seated(
            human.shaped(folder, targets(who.build, who.skin)), who.lean_deg, who.bend_deg, who.shirt
        )
        giver = human.shaped(folder, targets(script.giver.build, script.giver.skin))
        self.arms = {side: Arm(giver, side, 1) for side in SIDES}
        self.centre = self.receiver.back.at(np.array(0.5), np.array(0.5), np.array(0.0))
        draw = np.random.default_rng([script.seed, 3])
        self.room = scene.Room(draw)
        trousers, sleeve = scene.muted(draw, 25, 80), scene.muted(draw, 60, 190)
        self.skin_of_receiver = scene.palette(who.skin, who.shirt_rgb, trousers, sleeve)
        self.skin_of_giver = scene.palette(script.giver.skin, who.shirt_rgb, trousers, sleeve)

    def models(self, painter: Painter) -> tuple[list[tuple[Model, Floats]], dict[Side, Model]]:
        """All the models with their palettes, and the arms' among them."""
        body, room = self.receiver, self.room
        seated = Model(painter, body.triangles, body.rest, _plain(body.materials))
        seated.belt = body.belt
        seated.place(body.vertices, body.normals)
        around = Model(painter, room.triangles, room.vertices, _plain(room.kinds))
        around.place(room.vertices, room.normals)
        arms = {side: self._arm_model(painter, arm, side) for side, arm in self.arms.items()}
        seated.closed = seated.fixed = around.fixed = True
        pairs = [(model, self.skin_of_giver) for model in arms.values()]  # nearest first: what is hidden costs less
        return [*pairs, (seated, self.skin_of_receiver), (around, room.palette)], arms

    def _arm_model(self, painter: Painter, arm: Arm, side: Side) -> Model:
        rest = arm.smooth.vertices(arm.control)
        who = self.script.giver
        sleeve = np.where(arm.along < 0.95, arm.along, 1.0 + np.maximum(arm.down_forearm, -0.05)) < who.sleeve
        material = np.where(sleeve, SLEEVE, scene.HANDS)
        if who.bands:
            material[(arm.down_forearm > 0.84) & (arm.down_forearm < 0.95)] = BANDS[side]
        kinds = np.column_stack([material, arm.detail, arm.palmar])
        return Model(painter, arm.triangles, rest, kinds)

    def camera(self, time: float) -> camera.Camera:
        """The camera at a time; a nudge turns it within a third of a second."""
        view = self.script.camera
        aim = self.receiver.back.at(np.array(view.aim[0]), np.array(view.aim[1]), np.array(0.0))
        eye = camera.placed(
            aim,
            view.azimuth_deg,
            view.elevation_deg,
            distance=view.distance_m,
            hfov_deg=view.hfov_deg,
            size=self.script.size,
        )
        part = 0.0 if view.nudge_s is None else min(max((time - view.nudge_s) / 0.33, 0.0), 1.0)
        look, angle = eye.look_at, math.radians(view.nudge_deg) * part
        if angle:
            to = look - eye.position
            turn = pose.about(np.array([0.0, 1.0, 0.0]), angle) @ pose.about(np.cross(to, [0.0, 1.0, 0.0]), 0.5 * angle)
            look = eye.position + turn @ to
        return camera.Camera(eye.position, look, view.hfov_deg, self.script.size, view.roll_deg)

    def light(self) -> Light:
        """The lamp of the script."""
        lamp = self.script.light
        to_light = camera.direction(lamp.azimuth_deg, lamp.elevation_deg)
        warm = np.array([1.0 + 0.15 * lamp.warmth, 1.0, 1.0 - 0.25 * lamp.warmth])
        return Light(
            to_light,
            0.85 * lamp.key * warm,
            0.50 * lamp.ambient * np.array([0.97, 1.0, 1.04]),
            0.26 * lamp.ambient * np.array([1.05, 1.0, 0.95]),
            lamp.gloss,
        )

    def sway(self, time: float) -> Floats:
        """(4, 4) how the receiver has rocked about her seat."""
        matrix = np.eye(4)
        sway = self.script.sway
        if sway.angle_deg:
            angle = math.radians(sway.angle_deg)
            phase = 2.0 * math.pi * time / sway.period_s
            forward = pose.about(np.array([1.0, 0.0, 0.0]), angle * math.sin(phase))
            matrix[:3, :3] = forward @ pose.about(np.array([0.0, 0.0, 1.0]), 0.8 * angle * math.sin(0.63 * phase + 1.0))
        return matrix

    def shot(self, time: float) -> Shot:
        """Both arms at a time (s)."""
        sway = self.sway(time)
        turn = sway[:3, :3]
        arms: dict[Side, PosedArm] = {}
        for side in SIDES:
            sign = 1.0 if side == "left" else -1.0
            outward = np.array([sign, 1.0, 1.0])
            want = self._hand(side, time)
            shoulder, pole = turn.T @ (SHOULDERS * outward), turn.T @ (POLE * outward)
            arms[side] = self.arms[side].pose(want, self.receiver.surface, shoulder, pole)
        return Shot(arms, sway)

    def _hand(self, side: Side, time: float) -> HandPose:
        pieces, style = self.acted.stage.pieces[side], self.script.style
        moment = stage.read(pieces, time)
        tips = moment.tips + stage.drift(self.script.seed, side, time, style.drift)
        turning = 0.05 * math.sin(0.9 * time + (0.0 if side == "left" else 2.0))
        over = stage.share_of(pieces, ("backs", "fists"), time) if self.turned else 0.0
        fist = stage.share_of(pieces, ("fists",), time) if over else 0.0
        return HandPose(tips, moment.lift, math.radians(style.inward_deg) + turning, over, fist)


def targets(build: str, skin: str) -> dict[str, float]:
    """The shape targets of a build, with the base shape of adults."""
    base = {f"macrodetails/{RACE[skin]}-female-young": 1.0}
    shape = BUILDS[build]
    rest = 1.0 - sum(amount for name, amount in shape.items() if name.startswith("macrodetails/universal"))
    return base | {MACRO.format(age="young", muscle="average", weight="average"): rest} | shape


def spheres(arms: dict[Side, PosedArm]) -> Floats:
    """(12, 4) m: balls that stand for the hands where they take away light."""
    rows = [np.column_stack([arm.landmarks[SPHERES[:, 0].astype(int)], SPHERES[:, 1]]) for arm in arms.values()]
    return np.concatenate(rows)


def _plain(kinds: Floats) -> Floats:
    return np.column_stack([kinds, np.zeros((len(kinds), 3))])
