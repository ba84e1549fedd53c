"""The seated mother: pose, mesh and the coordinates of her back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from samples.renderer import drape, mesh, pose
from samples.renderer.back import BackFrame, Surface, measured
from samples.renderer.human import Bools, Floats, Human, Ints

SHIRT = 0.007  # m outward along the normals
HAIR = 0.012  # m
ACROMION = 0.028  # m outward from the shoulder joint
SHINS = -0.40  # m in the rest pose
# where her upper arm and forearm point (left, up, forward): held before her, and folded on a table
BEFORE = np.array([[0.38, -0.84, 0.42], [-0.35, -0.05, 0.94]])
FOLDED = np.array([[0.50, -0.72, 0.48], [-0.92, 0.0, 0.39]])
ARMS = ("lowerarm", "wrist", "metacarpal", "finger")

SKIN, CLOTH, TROUSERS, HAIRS, HANDS, SCARF = 0.0, 1.0, 2.0, 3.0, 4.0, 6.0  # material numbers, as the shader knows them


@dataclass(frozen=True, slots=True)
class Receiver:
    """The posed body, ready to draw, and its back."""

    vertices: Floats  # (n, 3) m
    normals: Floats  # (n, 3)
    triangles: Ints  # (t, 3)
    materials: Floats  # (n,)
    rest: Floats  # (n, 3) m, the same vertices in the rest pose
    belt: float  # m in the rest pose: what is lower is in trousers
    surface: Surface
    c7: Floats  # (3,) m
    waist: Floats  # (3,) m
    shoulders: Floats  # (2, 3) m: her left and right shoulder point
    elbows: float = 0.0  # m, the height of her elbows

    @property
    def back(self) -> BackFrame:
        return self.surface.frame


def seated(
    human: Human, lean_deg: float, bend_deg: float, shirt: bool, head: str = "bun", folded: bool = False
) -> Receiver:
    """The person on a stool, leaning forward, head bent, arms on a table in front; `head` is what covers it.

    `folded`: the forearms lie across before her, as on a table that she leans on, and she may be seen from all sides.
    """
    moves = pose.chain(human, _rotations(human, lean_deg, bend_deg, folded))
    posed = pose.skin(human.vertices, human.weights, moves)
    shown = human.vertices[:, 1] > SHINS if folded else _seen_from_behind(human)
    quads, used = mesh.subset(human.quads, shown)
    smooth = mesh.smooth(quads, len(used), 1)
    vertices = smooth.vertices(posed[used])
    normals = smooth.normals(vertices)
    rest = smooth.vertices(human.vertices[used])
    share = np.asarray(smooth.matrix @ human.weights[used])
    materials, belt = dressed(human, rest, share, shirt)
    frame, c7, waist, shoulders = _frame(human, moves, rest, vertices)
    arms = _share(human, share, ARMS) > 0.3
    surface = measured(frame, vertices[~arms], normals[~arms], SHIRT if shirt else 0.0)
    if head == "scarf":
        materials[(materials == HAIRS) | ((materials == SKIN) & (_share(human, share, ("neck", "head")) > 0.5))] = SCARF
    if folded:
        materials[arms & (materials != CLOTH)] = HANDS  # hangs low in the rest pose, and is no trousers for that
    thickness = np.select(_thick(materials), [SHIRT, 0.006, HAIR, HAIR], 0.0)
    vertices = vertices + normals * thickness[:, None]
    faces = mesh.triangles(smooth.quads)
    elbows = float(pose.moved(human.heads[human.bone("lowerarm01.L")], moves[human.bone("lowerarm01.L")])[1])
    skin = smooth.normals(vertices)
    bare = Receiver(vertices, skin, faces, materials, rest, belt, surface, c7, waist, shoulders, elbows)
    return bare if head == "bun" else _covered(bare, head)


def dressed(human: Human, rest: Floats, share: Floats, shirt: bool) -> tuple[Floats, float]:
    """(n,) the material of each vertex, and the height (m in the rest pose) below which she wears trousers."""
    belt = float(human.heads[human.bone("spine05")][1]) + 0.03
    return _materials(human, rest, share, shirt, belt), belt


def _thick(materials: Floats) -> list[Bools]:
    """The masks of what lies on the skin."""
    return [materials == kind for kind in (CLOTH, TROUSERS, HAIRS, SCARF)]


def _covered(bare: Receiver, head: str) -> Receiver:
    """The same person with a drape over her neck."""
    hung = drape.hung(head, bare.surface)
    count = len(hung.vertices)
    return replace(
        bare,
        vertices=np.concatenate([bare.vertices, hung.vertices]),
        normals=np.concatenate([bare.normals, hung.normals]),
        triangles=np.concatenate([bare.triangles, hung.triangles + len(bare.vertices)]),
        materials=np.concatenate([bare.materials, np.full(count, SCARF if head == "scarf" else HAIRS)]),
        rest=np.concatenate([bare.rest, hung.vertices]),
        surface=hung.surface,
    )


def _rotations(human: Human, lean_deg: float, bend_deg: float, folded: bool) -> dict[str, Floats]:
    right = np.array([1.0, 0.0, 0.0])  # turning about it bends forward
    lean, bend = math.radians(lean_deg), math.radians(bend_deg)
    turns = {"root": pose.about(right, 0.55 * lean)}
    turns |= {f"spine0{k}": pose.about(right, 0.09 * lean) for k in range(1, 6)}
    turns |= {name: pose.about(right, 0.25 * bend) for name in ("neck01", "neck02", "neck03", "head")}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        turns[f"upperleg01.{side}"] = pose.about(right, math.radians(-88.0) - 0.55 * lean)
        turns[f"lowerleg01.{side}"] = pose.about(right, math.radians(85.0))
        upper = _along(human, "upperarm01", "lowerarm01", side)
        fore = _along(human, "lowerarm01", "wrist", side)
        upright = pose.about(right, -lean if folded else 0.0)  # a table stays level however far she leans
        to_elbow, to_wrist = FOLDED if folded else BEFORE
        raised = pose.aim(upper, upright @ (np.array([sign, 1.0, 1.0]) * to_elbow))
        turns[f"upperarm01.{side}"] = raised
        turns[f"lowerarm01.{side}"] = pose.aim(fore, raised.T @ upright @ (np.array([sign, 1.0, 1.0]) * to_wrist))
    return turns


def _seen_from_behind(human: Human) -> Bools:
    """(n,) all vertices but the face, the shins and the feet."""
    head = human.heads[human.bone("head")]
    face = (human.vertices[:, 1] > head[1] - 0.03) & (human.vertices[:, 2] > head[2] + 0.05)
    return np.asarray(~face & (human.vertices[:, 1] > SHINS))


def _along(human: Human, start: str, end: str, side: str) -> Floats:
    return np.asarray(human.heads[human.bone(f"{end}.{side}")] - human.heads[human.bone(f"{start}.{side}")])


def _share(human: Human, weights: Floats, prefixes: tuple[str, ...]) -> Floats:
    """(n,) how much of each vertex hangs on bones with these beginnings."""
    chosen = [name.startswith(prefixes) for name in human.bones]
    return np.asarray(weights[:, chosen].sum(axis=1))


def _materials(human: Human, rest: Floats, weights: Floats, shirt: bool, belt: float) -> Floats:
    materials = np.full(len(rest), SKIN)
    trunk = _share(human, weights, ARMS) < 0.3
    if shirt:
        collar = human.heads[human.bone("neck01")][1] - 0.005
        sleeve = _share(human, weights, ("lowerarm", "upperarm02")) < 0.55
        neck = _share(human, weights, ("neck", "head")) < 0.4
        materials[trunk & sleeve & neck & (rest[:, 1] < collar + 0.02)] = CLOTH
    materials[trunk & (rest[:, 1] < belt - 0.01 + 0.25 * np.abs(rest[:, 0]))] = TROUSERS
    head = human.heads[human.bone("head")]
    skull = _share(human, weights, ("head", "neck03")) > 0.5
    hairline = head[1] - 0.012 + np.clip((rest[:, 2] - head[2]) * 0.9, 0.0, 1.0)
    materials[skull & (rest[:, 1] > hairline) & (np.abs(rest[:, 0]) < 0.071)] = HAIRS
    return materials


def _frame(human: Human, moves: Floats, rest: Floats, vertices: Floats) -> tuple[BackFrame, Floats, Floats, Floats]:
    c7 = _midline(rest, vertices, human.heads[human.bone("neck01")][1])
    waist = _midline(rest, vertices, human.heads[human.bone("spine04")][1])
    left, right = (
        pose.moved(
            human.heads[human.bone(f"upperarm01.{side}")] + np.array([sign * ACROMION, 0.02, 0.0]),
            moves[human.bone(f"shoulder01.{side}")],
        )
        for side, sign in (("L", 1.0), ("R", -1.0))
    )
    across = pose.unit(right - left)
    down = pose.unit((waist - c7) - across * float((waist - c7) @ across))
    origin = c7 + across * float((left - c7) @ across)
    frame = BackFrame(
        origin, across, down, -np.cross(across, down), float((right - left) @ across), float((waist - c7) @ down)
    )
    return frame, c7, waist, np.stack([left, right])


def _midline(rest: Floats, vertices: Floats, level: float) -> Floats:
    """(3,) m: the skin on the spine at a level of the rest pose."""
    near = (np.abs(rest[:, 0]) < 0.012) & (rest[:, 2] < 0.03) & (np.abs(rest[:, 1] - level) < 0.05)
    order = np.argsort(np.abs(rest[near, 1] - level) + 2.0 * np.abs(rest[near, 0]))[:4]
    return np.asarray(vertices[near][order].mean(axis=0))
