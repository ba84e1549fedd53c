"""From a hand's place on the back to 21 landmarks in the picture."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from coach.domain import Floats, Hand
from tests.simulator.curves import ASPECT
from tests.simulator.script import Camera
from tests.simulator.stage import POSES, HandMotion

SHAPES = Path(__file__).with_name("hand_shapes.json")
HEIGHTS = np.array([0.05] + [0.04, 0.035, 0.025, 0.015] + [0.035, 0.03, 0.02, 0.01] * 4)  # (21,) back widths
LIFT_GROWTH = 0.3  # a lifted hand's landmarks spread a little, per back width of lift


@cache
def shapes(hand: Hand) -> Floats:
    """(len(POSES), 21, 2) landmarks from the fingertips' place, in back widths, as measured in d01 and d02."""
    loaded = json.loads(SHAPES.read_text(encoding="utf-8"))
    loaded["backhand"] = _turned_over(np.array(loaded["stroke"])).tolist()
    table: Floats = np.array([loaded[pose] for pose in POSES], dtype=np.float64)
    if hand == "right":
        table[..., 0] *= -1.0
    return table


def _turned_over(shape: Floats) -> Floats:
    """The same hand seen from its palm side, thumb outward: mirrored at its own axis, so the forearm stays."""
    axis = shape[9] - shape[0]
    axis = axis / np.hypot(*axis)
    away = shape - shape[0]
    along = (away @ axis)[:, None] * axis
    over: Floats = shape[0] + 2.0 * along - away
    moved: Floats = over - over[[8, 12]].mean(axis=0)
    return moved


def on_back(hand: Hand, motion: HandMotion, size: float) -> Floats:
    """(n, 21, 3) landmarks: back coordinates and height over the back in back widths."""
    form = np.einsum("np,pkc->nkc", motion.poses, shapes(hand)) * size
    form *= 1.0 + LIFT_GROWTH * motion.lift[:, None, None]
    turn = np.radians(motion.turn_deg) * (1.0 if hand == "left" else -1.0)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    x = form[..., 0] * cos - form[..., 1] * sin
    y = form[..., 0] * sin + form[..., 1] * cos
    height = motion.lift[:, None] + HEIGHTS * size
    return np.stack([motion.tips[:, None, 0] + x, motion.tips[:, None, 1] + y / ASPECT, height], axis=2)


def projection(camera: Camera) -> Floats:
    """(3, 4) from homogeneous (x, y in back coordinates, height in back widths) to picture px."""
    width, height = camera.size
    focal = 0.5 * width / np.tan(np.radians(camera.hfov_deg) / 2)
    distance = focal / (camera.back_width * width)  # back widths
    azimuth, elevation, roll = np.radians([camera.azimuth_deg, camera.elevation_deg, camera.roll_deg])
    out = np.array([np.sin(azimuth) * np.cos(elevation), -np.sin(elevation), np.cos(azimuth) * np.cos(elevation)])
    right = np.cross(np.array([0.0, 1.0, 0.0]), out)
    right /= np.linalg.norm(right)
    down = np.cross(out, right)
    across = np.cos(roll) * right + np.sin(roll) * down
    turned = np.stack([across, np.cross(out, across), -out])  # rows: picture right, down, away from the camera
    middle = np.array([0.5, 0.5 * ASPECT, 0.0])
    place = middle + out * distance
    inner = np.array([[focal, 0, camera.centre[0] * width], [0, focal, camera.centre[1] * height], [0, 0, 1]])
    outer = np.concatenate([turned, -(turned @ place)[:, None]], axis=1)
    matrix: Floats = inner @ outer @ np.diag([1.0, ASPECT, 1.0, 1.0])
    return matrix


def to_picture(matrix: Floats, places: Floats) -> Floats:
    """(…, 2) px of places (…, 3)."""
    homogeneous = places @ matrix[:, :3].T + matrix[:, 3]
    picture: Floats = homogeneous[..., :2] / homogeneous[..., 2:]
    return picture


def corners(camera: Camera, rng: np.random.Generator) -> Floats:
    """(4, 2) px of the back rectangle (0,0) (1,0) (1,1) (0,1), as marked by a person."""
    square = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    slip = rng.normal(0.0, camera.mark_error * camera.back_width * camera.size[0], (4, 2))
    return to_picture(projection(camera), square) + slip


def visible(picture: Floats, size: tuple[int, int]) -> Floats:
    """(n,) the share of each frame's landmarks (n, 21, 2) px that is inside the picture."""
    inside = ((picture >= 0) & (picture < np.asarray(size))).all(axis=2)
    share: Floats = inside.mean(axis=1)
    return share
