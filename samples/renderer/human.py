"""MakeHuman's base mesh shaped by targets: vertices, quads, joints and skin weights, in metres.

Axes: x to the person's left, y up, z to the front. The rest pose stands with the arms half down.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
DECIMETRE = 0.1  # the base mesh's unit, in metres


@dataclass(frozen=True, slots=True)
class Human:
    """A shaped person in the rest pose."""

    vertices: Floats  # (n, 3) m
    quads: Ints  # (f, 4) the body's faces, without the helper geometry
    bones: tuple[str, ...]
    parents: Ints  # (b,) index of the parent, -1 for the root; parents come before their children
    heads: Floats  # (b, 3) m
    tails: Floats  # (b, 3) m
    weights: Floats  # (n, b) rows sum to 1

    def bone(self, name: str) -> int:
        """A bone's index."""
        return self.bones.index(name)


def shaped(folder: Path, targets: Mapping[str, float]) -> Human:
    """The base mesh with the targets (path without ending below `targets/` → how much) added."""
    vertices, quads, cubes = _base(folder)
    vertices = vertices.copy()
    for name, amount in targets.items():
        index, shift = _target(folder, name)
        vertices[index] += amount * shift
    vertices *= DECIMETRE
    rig = json.loads((folder / "rigs/standard/rig.default_no_toes.json").read_text())
    order = _parents_first(rig)
    position = {name: place for place, name in enumerate(order)}
    parents = np.array([position.get(rig[name]["parent"], -1) for name in order])
    heads = np.array([_joint(rig[name]["head"], vertices, cubes) for name in order])
    tails = np.array([_joint(rig[name]["tail"], vertices, cubes) for name in order])
    return Human(vertices, quads, tuple(order), parents, heads, tails, _weights(folder, position, len(vertices), rig))


@cache
def _base(folder: Path) -> tuple[Floats, Ints, dict[str, Ints]]:
    vertices: list[list[float]] = []
    quads: list[list[int]] = []
    cubes: dict[str, set[int]] = {}
    group = ""
    for line in (folder / "3dobjs/base.obj").read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(value) for value in rest.split()[:3]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [int(corner.split("/")[0]) - 1 for corner in rest.split()]
            if group == "body":
                quads.append(corners if len(corners) == 4 else [*corners, corners[-1]])
            elif group.startswith("joint-"):
                cubes.setdefault(group, set()).update(corners)
    return np.array(vertices), np.array(quads), {name: np.array(sorted(found)) for name, found in cubes.items()}


@cache
def _target(folder: Path, name: str) -> tuple[Ints, Floats]:
    with gzip.open(folder / "targets" / f"{name}.target.gz", "rt") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    index = np.array([int(row[0]) for row in rows], dtype=np.int64)
    return index, np.array([[float(value) for value in row[1:4]] for row in rows]).reshape(-1, 3)


def _joint(spec: Mapping[str, Any], vertices: Floats, cubes: Mapping[str, Ints]) -> Floats:
    match spec["strategy"]:
        case "CUBE":
            found: Floats = vertices[cubes[spec["cube_name"]]].mean(axis=0)
        case "MEAN":
            found = vertices[spec["vertex_indices"]].mean(axis=0)
        case "VERTEX":
            found = vertices[spec["vertex_index"]]
        case other:
            raise ValueError(f"unknown joint strategy {other}")
    return found


def _parents_first(rig: Mapping[str, Any]) -> list[str]:
    order: list[str] = []
    waiting = sorted(rig)
    while waiting:
        ready = [name for name in waiting if not rig[name]["parent"] or rig[name]["parent"] in order]
        order += ready
        waiting = [name for name in waiting if name not in ready]
    return order


def _weights(folder: Path, position: Mapping[str, int], count: int, rig: Mapping[str, Any]) -> Floats:
    table = json.loads((folder / "rigs/standard/weights.default.json").read_text())["weights"]
    weights = np.zeros((count, len(position)))
    for name, pairs in table.items():
        bone = position.get(name, position.get("foot" + name[-2:]) if name.startswith("toe") else None)
        if bone is None or not pairs:
            continue
        array = np.array(pairs)
        np.add.at(weights[:, bone], array[:, 0].astype(int), array[:, 1])
    del rig
    total = weights.sum(axis=1, keepdims=True)
    weights[total[:, 0] == 0, position["root"]] = 1.0
    return weights / np.where(total == 0, 1.0, total)
