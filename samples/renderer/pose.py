"""Rotations, bone chains and linear blend skinning."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from samples.renderer.human import Floats, Human


def unit(vector: Floats) -> Floats:
    """The same direction with length 1."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12))


def about(axis: Floats, angle: float) -> Floats:
    """(3, 3) rotation by `angle` radians about `axis`, right-handed."""
    x, y, z = unit(np.asarray(axis, dtype=float))
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turned: Floats = np.eye(3) + math.sin(angle) * cross + (1.0 - math.cos(angle)) * (cross @ cross)
    return turned


def frame(along: Floats, side: Floats) -> Floats:
    """(3, 3) columns: `along`, `side` made square to it, and their cross product."""
    first = unit(along)
    second = unit(side - first * float(side @ first))
    return np.stack([first, second, np.cross(first, second)], axis=1)


def turning(before: Floats, after: Floats) -> Floats:
    """(3, 3) the rotation that takes one frame into another."""
    return np.asarray(after @ before.T)


def aim(before: Floats, after: Floats) -> Floats:
    """(3, 3) the shortest rotation from one direction to another."""
    a, b = unit(before), unit(after)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    return np.eye(3) if sine < 1e-9 else about(axis, math.atan2(sine, float(a @ b)))


def chain(human: Human, rotations: Mapping[str, Floats]) -> Floats:
    """(b, 3, 4) how each bone moves its points, each bone turned about its head in its parent's frame."""
    moves = np.zeros((len(human.bones), 3, 4))
    for bone, name in enumerate(human.bones):
        parent = human.parents[bone]
        base = np.eye(3, 4) if parent < 0 else moves[parent]
        turn = rotations.get(name)
        if turn is None:
            moves[bone] = base
            continue
        head = human.heads[bone]
        moves[bone, :, :3] = base[:, :3] @ turn
        moves[bone, :, 3] = base[:, :3] @ (head - turn @ head) + base[:, 3]
    return moves


def skin(vertices: Floats, weights: Floats, moves: Floats) -> Floats:
    """(n, 3) the vertices moved by their bones: `weights` (n, b), `moves` (b, 3, 4)."""
    blended = (weights @ moves.reshape(len(moves), 12)).reshape(-1, 3, 4)
    return np.asarray(np.einsum("nij,nj->ni", blended[:, :, :3], vertices) + blended[:, :, 3])


def moved(point: Floats, move: Floats) -> Floats:
    """(3,) one point moved by one bone's (3, 4)."""
    return np.asarray(move[:, :3] @ point + move[:, 3])
