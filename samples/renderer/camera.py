"""The camera: where it stands, its matrices, points to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from samples.renderer import pose
from samples.renderer.human import Floats

NEAR, FAR = 0.05, 6.0  # m


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera without distortion."""

    position: Floats  # (3,) m
    look_at: Floats  # (3,) m
    hfov_deg: float
    size: tuple[int, int]  # px, width and height
    roll_deg: float = 0.0

    @property
    def focal(self) -> float:
        """Focal length in px."""
        return 0.5 * self.size[0] / math.tan(math.radians(self.hfov_deg) / 2.0)

    @property
    def view(self) -> Floats:
        """(4, 4) world to camera: x to the right, y up, looking along −z."""
        back = pose.unit(self.position - self.look_at)
        right = pose.unit(np.cross(np.array([0.0, 1.0, 1e-4]), back))
        up = np.cross(back, right)
        turn = pose.about(np.array([0.0, 0.0, 1.0]), math.radians(self.roll_deg)) @ np.stack([right, up, back])
        matrix = np.eye(4)
        matrix[:3, :3], matrix[:3, 3] = turn, -turn @ self.position
        return matrix

    @property
    def matrix(self) -> Floats:
        """(4, 4) world to clip space."""
        width, height = self.size
        project = np.zeros((4, 4))
        project[0, 0], project[1, 1] = 2.0 * self.focal / width, 2.0 * self.focal / height
        project[2, 2], project[2, 3] = (FAR + NEAR) / (NEAR - FAR), 2.0 * FAR * NEAR / (NEAR - FAR)
        project[3, 2] = -1.0
        return np.asarray(project @ self.view)

    def pixels(self, points: Floats) -> Floats:
        """(n, 3) px right, px down and depth (m) of points (n, 3)."""
        seen = points @ self.view[:3, :3].T + self.view[:3, 3]
        depth = -seen[:, 2]
        x = self.size[0] / 2.0 + self.focal * seen[:, 0] / depth
        y = self.size[1] / 2.0 - self.focal * seen[:, 1] / depth
        return np.stack([x, y, depth], axis=1)


def direction(azimuth_deg: float, elevation_deg: float) -> Floats:
    """(3,) unit: from behind (azimuth 0; positive: from her right) and above."""
    azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
    level = math.cos(elevation)
    return np.array([-math.sin(azimuth) * level, math.sin(elevation), -math.cos(azimuth) * level])


def placed(
    centre: Floats, azimuth_deg: float, elevation_deg: float, *, distance: float, hfov_deg: float, size: tuple[int, int]
) -> Camera:
    """A camera `distance` m away that looks at `centre` (3,) m."""
    return Camera(centre + direction(azimuth_deg, elevation_deg) * distance, centre, hfov_deg, size)


def metres(depth: Floats) -> Floats:
    """Distances (m) of a depth buffer's values 0–1."""
    return np.asarray(2.0 * FAR * NEAR / (FAR + NEAR - (2.0 * depth - 1.0) * (FAR - NEAR)))
