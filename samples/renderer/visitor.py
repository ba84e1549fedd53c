"""A hand that reaches into the picture and leaves: another person's over the back, or a palm held up to the camera."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from samples.renderer import bodies, human, paths, pose, scene
from samples.renderer.arm import Arm, HandPose, PosedArm
from samples.renderer.back import Surface
from samples.renderer.camera import Camera
from samples.renderer.draw import Model, Painter
from samples.renderer.script import Visit
from samples.renderer.stage import Side

AWAY = 1.5  # back widths from where it is going: outside every picture
REACHING = 0.3  # share of a visit that each of the ways takes
SHOULDER = np.array([0.50, 0.32, -0.22])  # m from the wanted place: aside, up, backward
POLE = np.array([0.1, -0.9, -0.3])
INWARD = math.radians(-78.0)  # the fingers point across the back; the thumb is up
SLEEVED = 0.6  # of the upper arm
# A palm that is held up: where its middle is in the picture (shares of its width from the side, and of its height), how
# far from the camera (m), and how far it moves while it is held (m).
CORNER, NEARNESS, TREMBLE = (0.14, 0.27), 0.55, 0.004
RAISED_FROM = np.array([0.22, -0.34, -0.10])  # m from its wrist to the shoulder: outward, up, towards the camera
RAISED_POLE = np.array([0.5, -1.0, 0.0])


class Visitor:
    """One visit. Over the back it is the hand farther from her face, of somebody who stands beside her."""

    def __init__(self, visit: Visit, folder: Path) -> None:
        self.visit = visit
        self.hand: Side = "left" if (visit.side == "right") != visit.palm else "right"
        self.sign = 1.0 if visit.side == "right" else -1.0  # of the across direction she comes from
        self.arm = Arm(human.shaped(folder, bodies.targets("average", visit.skin)), self.hand, 1)

    def model(self, painter: Painter) -> Model:
        """The arm, to be placed for each frame."""
        arm = self.arm
        material = np.where(arm.along < SLEEVED, scene.SLEEVE, scene.HANDS)
        kinds = np.column_stack([material, arm.detail, arm.palmar])
        return Model(painter, arm.triangles, arm.smooth.vertices(arm.control), kinds)

    def pose(self, time: float, surface: Surface, camera: Camera) -> PosedArm | None:
        """The arm at a time (s), if it is there."""
        part = (time - self.visit.at_s) / self.visit.seconds
        if not 0.0 <= part <= 1.0:
            return None
        near = float(paths.reaching(np.array([min(part, 1.0 - part) / REACHING]))[0])
        return self._raised(near, time, camera) if self.visit.palm else self._over(near, time, surface)

    def _over(self, near: float, time: float, surface: Surface) -> PosedArm:
        x, y = self.visit.to
        busy = 0.02 * near * np.array([math.sin(7.0 * time), math.cos(5.0 * time)])
        tips = np.array([x + self.sign * AWAY * (1.0 - near), y]) + busy
        goal = surface.frame.at(np.array(tips[0]), np.array(tips[1]), np.array(0.05))
        aside = np.array([-self.sign, 1.0, 1.0])  # her right is at −x
        want = HandPose(tips, self.visit.lift_m, INWARD)
        return self.arm.pose(want, surface, goal + SHOULDER * aside, POLE * aside)

    def _raised(self, near: float, time: float, camera: Camera) -> PosedArm:
        """Comes up from below the picture, with the palm towards the camera and the fingers upwards."""
        right, up, back = camera.view[:3, :3]  # the camera's axes in the world
        width, height = camera.size
        across = (0.5 - CORNER[0]) * width / camera.focal * NEARNESS * self.sign
        over = (0.5 - CORNER[1]) * height / camera.focal * NEARNESS - (1.0 - near) * height / camera.focal * NEARNESS
        tremble = TREMBLE * np.array([math.sin(5.0 * time), math.cos(4.0 * time), 0.0])
        axes = np.stack([right, up, back], axis=1)
        middle = camera.position + axes @ (np.array([across, over, -NEARNESS]) + tremble)
        turn = pose.turning(self.arm.rest_hand, pose.frame(up, camera.position - middle))
        outward = np.array([self.sign, 1.0, 1.0])
        wrist = middle - 0.5 * self.arm.palm_length * up
        return self.arm.held(turn, wrist, wrist + axes @ (RAISED_FROM * outward), axes @ (RAISED_POLE * outward))
