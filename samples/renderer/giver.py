"""The giver's head and trunk: they lean after her hands and hide what a real giver's hide."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from samples.renderer import mesh, pose, receiver, scene
from samples.renderer.arm import PosedArm
from samples.renderer.draw import Model, Painter
from samples.renderer.human import Floats, Human

HEAD_BENT = math.radians(32.0)  # she looks at her hands
ARMS = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
ARM_SHARE = 0.5  # what hangs on the arm by more than this is the arm's own mesh


class Trunk:
    """Head and trunk of a giver whose shoulders' middle is at `shoulders` (3,) m and who bends at `hips` (3,) m."""

    def __init__(self, human: Human, shoulders: Floats, hips: Floats) -> None:
        right = np.array([1.0, 0.0, 0.0])
        necks = {name: pose.about(right, HEAD_BENT / 4) for name in ("neck01", "neck02", "neck03", "head")}
        moves = pose.chain(human, necks)
        kept = (human.weights[:, [name.startswith(ARMS) for name in human.bones]].sum(axis=1) < ARM_SHARE) & (
            human.vertices[:, 1] > receiver.SHINS
        )
        quads, used = mesh.subset(human.quads, kept)
        self.smooth = mesh.smooth(quads, len(used), 1)
        self.triangles = mesh.triangles(self.smooth.quads)
        self.rest = self.smooth.vertices(human.vertices[used])
        share = np.asarray(self.smooth.matrix @ human.weights[used])
        self.materials, self.belt = receiver.dressed(human, self.rest, share, shirt=True)
        self.materials[self.materials == receiver.CLOTH] = scene.SLEEVE
        middle = np.mean([human.heads[human.bone(f"upperarm01.{side}")] for side in "LR"], axis=0)
        root = human.heads[human.bone("root")]
        lean = pose.aim(middle - root, shoulders - hips)
        self.vertices = (self.smooth.vertices(pose.skin(human.vertices, human.weights, moves)[used]) - middle) @ lean.T
        self.vertices += shoulders
        self.shoulders, self.hips = shoulders, hips

    def model(self, painter: Painter) -> Model:
        """The body, to be moved by `moved` for each frame."""
        kinds = np.column_stack([self.materials, np.zeros((len(self.rest), 3))])
        model = Model(painter, self.triangles, self.rest, kinds)
        model.belt = self.belt
        model.place(self.vertices, self.smooth.normals(self.vertices))
        return model

    def moved(self, arms: Iterable[PosedArm]) -> Floats:
        """(4, 4) how far she leans: her shoulders' middle goes where that of the posed arms is."""
        middle = np.mean([arm.shoulder for arm in arms], axis=0)
        turn = pose.aim(self.shoulders - self.hips, middle - self.hips)
        matrix = np.eye(4)
        matrix[:3, :3], matrix[:3, 3] = turn, middle - turn @ self.shoulders
        return matrix
