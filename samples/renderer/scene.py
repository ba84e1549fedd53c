"""What stands around: stool, floor, wall, table and some boxes; and the colours of everything."""

from __future__ import annotations

import numpy as np

from samples.renderer.human import Floats, Ints

SKINS = {  # sRGB
    "light": (226, 178, 148),
    "medium_light": (203, 150, 114),
    "medium_brown": (168, 116, 82),
    "dark": (112, 74, 52),
    "deep": (74, 50, 38),
}
SLEEVE = 5.0
HANDS = 4.0  # the giver's skin's material number: as the receiver's, but not darkened by near hands
WINDOW = 3  # the room has no hair: its material number is free
FLOOR = -0.48  # m, the floor under the seat's surface


def linear(colour: tuple[float, ...]) -> Floats:
    """(3,) linear 0–1 of an sRGB colour 0–255."""
    return np.asarray((np.asarray(colour, dtype=float) / 255.0) ** 2.2)


def palette(
    skin: str,
    shirt: tuple[float, ...],
    trousers: tuple[float, ...],
    sleeve: tuple[float, ...],
    scarf: tuple[float, ...] = (30.0, 90.0, 225.0),
) -> Floats:
    """(8, 3) linear colours in the order of the material numbers; a giver's left band is where a scarf would be."""
    tone = linear(tuple(float(value) for value in SKINS[skin]))
    hair = linear((26.0, 22.0, 21.0))
    bands = linear(scarf), linear((30.0, 175.0, 70.0))
    rows = [tone, linear(shirt), linear(trousers), hair, tone, linear(sleeve), *bands]
    return np.stack(rows)


def muted(draw: np.random.Generator, low: float, high: float) -> tuple[float, ...]:
    """An sRGB colour that is mostly grey."""
    return tuple(float(value) for value in np.clip(draw.uniform(low, high) + draw.normal(0.0, 16.0, 3), 8, 245))


class Room:
    """Boxes as one mesh with a palette of its own.

    `table` is where its top's middle lies (3,) m, and leaves room for a camera on every side: the walls are farther
    away, and what stands about stands at them.
    """

    def __init__(
        self, draw: np.random.Generator, window: bool = False, clutter: bool = True, table: Floats | None = None
    ) -> None:
        boxes = [
            (np.array([0.0, FLOOR - 0.05, 0.5]), np.array([2.5, 0.05, 2.5]), 2),
            (np.array([0.0, 0.8, draw.uniform(1.0, 1.6) + (table is not None)]), np.array([2.5, 1.4, 0.05]), 5),
            (np.array([0.0, -0.29, 0.02]), np.array([0.26, 0.19, 0.22]), 6),
        ]
        if table is None:
            boxes.append((np.array([0.0, -0.06, 0.62]), np.array([0.55, 0.03, 0.26]), 7))
        else:
            boxes.append((table - np.array([0.0, 0.02, 0.0]), np.array([0.55, 0.02, 0.34]), 7))
            boxes.append((np.array([0.0, 0.8, -2.0]), np.array([2.5, 1.4, 0.05]), 5))
            boxes += [(np.array([sign * 2.2, 0.8, 0.5]), np.array([0.05, 1.4, 2.5]), 5) for sign in (-1.0, 1.0)]
        for _ in range(int(draw.integers(2, 5)) if clutter else 0):
            side = draw.choice([-1.0, 1.0])
            place = np.array([side * draw.uniform(0.75, 1.1), draw.uniform(FLOOR, 0.25), draw.uniform(0.1, 0.9)])
            if table is not None:
                place[[0, 2]] += [side * 0.9, draw.choice([-1.9, 0.9])]
            boxes.append((place, draw.uniform(0.06, 0.22, 3), int(draw.choice([6, 7]))))
        if window:
            wall = boxes[1][0][2]
            boxes.append((np.array([0.0, 0.85, wall - 0.06]), np.array([0.75, 0.75, 0.005]), WINDOW))
        parts = [box(centre, half) for centre, half, _ in boxes]
        self.vertices = np.concatenate([part[0] for part in parts])
        self.normals = np.concatenate([part[1] for part in parts])
        self.triangles: Ints = np.concatenate([part[2] + 24 * k for k, part in enumerate(parts)])
        self.kinds = np.repeat([float(box[2]) for box in boxes], 24)
        self.palette = np.stack([linear(muted(draw, low, high)) for low, high in _TONES])
        if window:
            self.palette[WINDOW] = 40.0  # so bright that no light of the room matters


_TONES = ((90, 200), (90, 200), (70, 150), (30, 60), (90, 200), (130, 215), (40, 180), (80, 190))


def box(centre: Floats, half: Floats) -> tuple[Floats, Floats, Ints]:
    vertices: list[Floats] = []
    normals: list[Floats] = []
    triangles: list[list[int]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            u, v = (axis + 1) % 3, (axis + 2) % 3
            start = len(vertices)
            for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                corner = np.zeros(3)
                corner[axis], corner[u], corner[v] = sign, a, b
                vertices.append(centre + corner * half)
                normals.append(sign * np.eye(3)[axis])
            triangles += [[start, start + 1, start + 2], [start, start + 2, start + 3]]
    return np.array(vertices), np.array(normals), np.array(triangles)
