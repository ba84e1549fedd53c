"""The people and the room of a script, as models to draw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samples.renderer import bodies, camera, human, pillow, pose, receiver, scene, stage
from samples.renderer.arm import Arm, HandPose, PosedArm
from samples.renderer.assets import body_folder
from samples.renderer.draw import Light, Model, Painter
from samples.renderer.giver import Trunk
from samples.renderer.human import Floats
from samples.renderer.play import Acted
from samples.renderer.script import OVER, Person, Script
from samples.renderer.stage import SIDES, Side
from samples.renderer.visitor import Visitor

SPHERES = np.array([(0, 0.03), (5, 0.024), (9, 0.024), (17, 0.022), (8, 0.011), (16, 0.011)])
# m over the receiver's seat, sideways, up and forward: the giver's left shoulder, and her hips. Behind one who sits on
# a stool she sits as well; at a table she stands.
SITTING = (np.array([0.20, 0.37, -0.50]), np.array([0.0, -0.06, -0.62]))
STANDING = (np.array([0.20, 0.60, -0.38]), np.array([0.0, 0.18, -0.56]))
FOREARM = 0.045  # m, half as thick as it is where it lies on the table
PILLOW = np.array([0.0, 0.10, 0.20])  # m, its middle
BANDS: dict[Side, float] = {"left": 6.0, "right": 7.0}  # material numbers, as the shader knows them
DIMMED = 0.5  # how much darker a camera makes a room with a bright window in the picture
POLE = np.array([0.40, -0.90, -0.10])  # where elbows point


@dataclass(frozen=True, slots=True)
class Shot:
    """One moment: what is drawn and what is true."""

    arms: dict[Side, PosedArm]  # in the unswayed world
    sway: Floats  # (4, 4)
    visitors: tuple[PosedArm | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Models:
    """What is drawn."""

    all: list[tuple[Model, Floats]]  # with their palettes
    trunk: Model | None  # the giver's
    swaying: list[Model]
    arms: dict[Side, Model]
    visitors: list[Model]


class Cast:
    """Everything that is made once for a session."""

    def __init__(self, script: Script, acted: Acted, levels: int = 1) -> None:
        self.script, self.acted = script, acted
        self.posed = any(step.contact != "palm" or step.do == "touch" for step in script.steps)
        folder = body_folder()
        who = script.receiver
        self.shoulders, hips = SITTING if who.posture == "stool" else STANDING
        self.receiver = _received(who, folder)
        giver = human.shaped(folder, bodies.targets(script.giver.build, script.giver.skin))
        middle = self.shoulders * np.array([0.0, 1.0, 1.0])
        self.trunk = Trunk(giver, middle, hips) if script.giver.whole else None
        self.arms = {side: Arm(giver, side, levels) for side in SIDES}
        self.visitors = [Visitor(visit, folder) for visit in script.visits]
        self.centre = self.receiver.back.at(np.array(0.5), np.array(0.5), np.array(0.0))
        draw = np.random.default_rng([script.seed, 3])
        self.room = scene.Room(draw, script.light.window > 0, table=table(who, self.receiver))
        trousers, sleeve = scene.muted(draw, 25, 80), scene.muted(draw, 60, 190)
        self.skin_of_receiver = scene.palette(who.skin, who.shirt_rgb, trousers, sleeve, who.head_rgb)
        self.skin_of_giver = scene.palette(script.giver.skin, who.shirt_rgb, trousers, sleeve)
        self.skins_of_visitors = [scene.palette(v.skin, who.shirt_rgb, sleeve, trousers) for v in script.visits]

    def models(self, painter: Painter) -> Models:
        """All the models, the nearest first: what is hidden costs less."""
        body, room = self.receiver, self.room
        seated = Model(painter, body.triangles, body.rest, _plain(body.materials))
        seated.belt = body.belt
        seated.place(body.vertices, body.normals)
        around = Model(painter, room.triangles, room.vertices, _plain(room.kinds))
        around.place(room.vertices, room.normals)
        arms = {side: self._arm_model(painter, arm, side) for side, arm in self.arms.items()}
        seated.closed = seated.fixed = around.fixed = True
        visitors = [visitor.model(painter) for visitor in self.visitors]
        trunk = None if self.trunk is None else self.trunk.model(painter)
        pairs = list(zip(visitors, self.skins_of_visitors, strict=True))
        pairs += [] if trunk is None else [(trunk, self.skin_of_giver)]
        pairs += [(model, self.skin_of_giver) for model in arms.values()]
        pairs += [(seated, self.skin_of_receiver), (around, room.palette)]
        return Models(pairs, trunk, [*arms.values(), seated], arms, visitors)

    def _arm_model(self, painter: Painter, arm: Arm, side: Side) -> Model:
        rest = arm.smooth.vertices(arm.control)
        who = self.script.giver
        sleeve = np.where(arm.along < 0.95, arm.along, 1.0 + np.maximum(arm.down_forearm, -0.05)) < who.sleeve
        material = np.where(sleeve, scene.SLEEVE, scene.HANDS)
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
        dimmed = 1.0 - DIMMED * lamp.window
        return Light(
            to_light,
            0.85 * dimmed * lamp.key * warm,
            0.50 * dimmed * lamp.ambient * np.array([0.97, 1.0, 1.04]),
            0.26 * dimmed * lamp.ambient * np.array([1.05, 1.0, 0.95]),
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
            shoulder, pole = turn.T @ (self.shoulders * outward), turn.T @ (POLE * outward)
            arms[side] = self.arms[side].pose(want, self.receiver.surface, shoulder, pole)
        camera = self.camera(time) if self.visitors else None
        visitors = (
            visitor.pose(time, self.receiver.surface, camera) for visitor in self.visitors if camera is not None
        )
        return Shot(arms, sway, tuple(visitors))

    def _hand(self, side: Side, time: float) -> HandPose:
        pieces, style = self.acted.stage.pieces[side], self.script.style
        moment = stage.read(pieces, time)
        tips = moment.tips + stage.drift(self.script.seed, side, time, style.drift)
        turning = 0.05 * style.wobble * math.sin(0.9 * time + (0.0 if side == "left" else 2.0))
        over = stage.share_of(pieces, OVER, time) if self.posed else 0.0
        fist = stage.share_of(pieces, ("fists",), time) if over else 0.0
        tip = stage.share_of(pieces, ("tips",), time) if self.posed else 0.0
        inward = math.radians(style.inward_deg) + turning
        point = stage.share_of(pieces, ("point",), time) if self.posed else 0.0
        thumb = stage.share_of(pieces, ("thumbs",), time) if self.posed else 0.0
        if point:
            inward += point * (_towards(side, tips) + turning - inward)
        return HandPose(tips, moment.lift, inward, over, fist, tip, point, thumb)


def _received(who: Person, folder: Path) -> receiver.Receiver:
    """Whoever, or whatever, is massaged."""
    if who.posture == "pillow":
        return pillow.laid(PILLOW, who.lean_deg)
    body = human.shaped(folder, bodies.targets(who.build, who.skin))
    return receiver.seated(body, who.lean_deg, who.bend_deg, who.shirt, who.head, folded=who.posture == "table")


def table(who: Person, body: receiver.Receiver) -> Floats | None:
    """(3,) m: where the top of a table has its middle that bears her folded arms, or the pillow."""
    if who.posture == "pillow":
        return np.array([0.0, float(body.vertices[:, 1].min()), float(PILLOW[2])])
    if who.posture == "table":
        return np.array([0.0, body.elbows - FOREARM, float(body.c7[2]) + 0.36])
    return None


def spheres(arms: dict[Side, PosedArm]) -> Floats:
    """(12, 4) m: balls that stand for the hands where they take away light."""
    rows = [np.column_stack([arm.landmarks[SPHERES[:, 0].astype(int)], SPHERES[:, 1]]) for arm in arms.values()]
    return np.concatenate(rows)


def _towards(side: Side, tips: Floats) -> float:
    """rad: how far a pointing finger is turned towards the spine and past it; its forearm comes from its own side."""
    across = float(tips[0] if side == "left" else 1.0 - tips[0])
    return 0.1 + 0.6 * across + 0.6 * max(float(tips[1]) - 0.2, 0.0)


def _plain(kinds: Floats) -> Floats:
    return np.column_stack([kinds, np.zeros((len(kinds), 3))])
