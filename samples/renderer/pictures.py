"""Where the laptop stands, in pictures: `python -m samples.renderer.pictures FOLDER` writes LAYOUT.webp for each.

At the left the room with the laptop, or the camera on its stand; at the right what that camera sees, turned as coach
shows it, with the back's neck above.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from samples.renderer import cast, pose, scene
from samples.renderer.camera import Camera, placed
from samples.renderer.demonstrations import ROOM
from samples.renderer.draw import Model, Painter
from samples.renderer.film import GREY, Studio
from samples.renderer.human import Floats, Ints
from samples.renderer.play import act
from samples.renderer.script import Lamp, Person, Picture, Script, Step, Style, View

DRAWN, SHOWN = (1040, 780), 312  # px of a picture as it is drawn, and its height as it is written
ROWS = 620  # px of the room's picture, from above, that are shown: nobody's feet are drawn
QUALITY = 80
GAP = 8  # px between the two, white
DARK, GLASS, STAND = 0.0, 1.0, 2.0  # material numbers of what holds the camera
COLOURS = {DARK: (52, 54, 60), GLASS: (150, 196, 214), STAND: (120, 92, 66)}
LEG = 0.012  # m, half a pole's thickness


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the camera is and what holds it, and from where the room is shown."""

    camera: View
    receiver: Person
    holder: str  # "laptop", or "phone" on a stand
    room_azimuth_deg: float
    room_elevation_deg: float = 24.0
    room_distance_m: float = 2.0
    turn: int = 0  # quarter turns to the left by which coach shows the camera's picture


LAYOUTS = {
    "far": Layout(
        View(azimuth_deg=176.0, elevation_deg=52.0, distance_m=1.0, hfov_deg=55.0, aim=(0.5, 0.38)),
        Person(posture="table", lean_deg=64.0, shirt=True),
        "laptop",
        -52.0,
        turn=2,
    ),
    "beside": Layout(
        View(azimuth_deg=60.0, elevation_deg=46.0, distance_m=1.05, hfov_deg=55.0, aim=(0.5, 0.4)),
        Person(posture="table", lean_deg=36.0, shirt=True),
        "laptop",
        -62.0,
        room_elevation_deg=30.0,
    ),
    "behind": Layout(
        View(azimuth_deg=24.0, elevation_deg=56.0, distance_m=1.25, hfov_deg=48.0, aim=(0.5, 0.4)),
        Person(posture="table", lean_deg=26.0, shirt=True),
        "phone",
        -70.0,
    ),
    "above": Layout(
        View(azimuth_deg=8.0, elevation_deg=84.0, distance_m=1.0, hfov_deg=55.0, aim=(0.5, 0.4)),
        Person(posture="table", lean_deg=58.0, shirt=True),
        "phone",
        -70.0,
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Writes the pictures into the folder that is named."""
    (folder,) = sys.argv[1:] if arguments is None else arguments
    for name, layout in LAYOUTS.items():
        target = Path(folder) / f"{name}.webp"
        cv2.imwrite(str(target), drawn(name, layout)[:, :, ::-1], [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
        print(f"{target}: {target.stat().st_size / 1000:.0f} kB")
    return 0


def drawn(name: str, layout: Layout) -> Any:
    """(height, width, 3) uint8: the room, and what the camera sees."""
    script = _script(name, layout)
    acted = act(script)
    players = cast.Cast(script, acted, levels=2)
    players.room = scene.Room(
        np.random.default_rng(1), clutter=False, table=cast.table(script.receiver, players.receiver)
    )
    for kind, colour in ROOM.items():
        players.room.palette[kind] = scene.linear(tuple(float(value) for value in colour))
    painter = Painter(script.size)
    painter.light(players.light(), players.centre)
    studio = Studio(script, players, painter)
    stroke = acted.segments[0]["repetitions"][1]
    time = (stroke["start_s"] + stroke["end_s"]) / 2.0
    own = players.camera(time)
    sight = np.rot90(studio.frame(time)[0], layout.turn)
    studio.models.all.append(_holder(painter, own, layout.holder))
    aim = 0.6 * players.centre + 0.4 * own.position
    aim[1] = own.position[1] - 0.66  # what holds the camera is in the picture's upper part
    room = placed(
        aim,
        layout.room_azimuth_deg,
        layout.room_elevation_deg,
        distance=layout.room_distance_m,
        hfov_deg=60.0,
        size=script.size,
    )
    painter.settle(studio.models.all, room)
    balls = cast.spheres(players.shot(time).arms)
    view = painter.paint(studio.models.all, room, balls, GREY, script.receiver.pattern)
    painter.context.release()
    shown = _shrunk(view[:ROWS]), np.full((SHOWN, GAP, 3), 255, np.uint8), _shrunk(sight)
    return np.concatenate(shown, axis=1)


def _shrunk(picture: Any) -> Any:
    """As high as is shown."""
    height, width = picture.shape[:2]
    size = (round(width * SHOWN / height), SHOWN)
    return cv2.resize(picture.astype(np.uint8), size, interpolation=cv2.INTER_AREA)


def _script(name: str, layout: Layout) -> Script:
    return Script(
        name=name,
        seed=3,
        expected="",
        steps=(Step("spine_strokes"),),
        fps=12,
        size=DRAWN,
        receiver=layout.receiver,
        giver=Person(skin="medium_light", whole=True),
        camera=layout.camera,
        light=Lamp(azimuth_deg=-35.0, elevation_deg=55.0),
        picture=Picture(noise_sd=0.0, shutter=0.0),
        style=Style(jitter=0.0, drift=0.0, wobble=0.0),
    )


def _holder(painter: Painter, camera: Camera, kind: str) -> tuple[Model, Floats]:
    """What the camera is in, and what that stands on."""
    back = pose.unit(camera.position - camera.look_at)
    right = pose.unit(np.cross(np.array([0.0, 1.0, 1e-4]), back))
    facing = np.stack([right, np.cross(back, right), back], axis=1)  # of the screen: across, up, away from her
    parts = _laptop(camera.position, facing) if kind == "laptop" else _phone(camera.position, facing)
    vertices = np.concatenate([part[0] for part in parts])
    normals = np.concatenate([part[1] for part in parts])
    triangles: Ints = np.concatenate([part[2] + 24 * k for k, part in enumerate(parts)])
    kinds = np.column_stack([np.repeat([part[3] for part in parts], 24), np.zeros((len(vertices), 3))])
    model = Model(painter, triangles, vertices, kinds)
    model.place(vertices, normals)
    model.fixed = True
    palette = np.zeros((8, 3))
    for number, colour in COLOURS.items():
        palette[int(number)] = scene.linear(tuple(float(value) for value in colour))
    return model, palette


Part = tuple[Floats, Floats, Ints, float]


def _block(centre: Floats, half: tuple[float, float, float], turn: Floats, kind: float) -> Part:
    """A block of half sizes (m) along the columns of `turn`."""
    vertices, normals, triangles = scene.box(np.zeros(3), np.array(half))
    return vertices @ turn.T + centre, normals @ turn.T, triangles, kind


def _laptop(eye: Floats, facing: Floats) -> list[Part]:
    """The camera is in the middle of the screen's upper edge; the keyboard lies level before it, on a stand."""
    across, up, back = facing.T
    level = pose.unit(np.array([-back[0], 0.0, -back[2]]))
    flat = np.stack([across, np.array([0.0, 1.0, 0.0]), -level], axis=1)
    hinge = eye - 0.22 * up
    keys = hinge + 0.11 * level
    floor = scene.FLOOR
    tall = (keys[1] - 0.03 - floor) / 2.0
    return [
        _block(eye - 0.105 * up + 0.006 * back, (0.17, 0.115, 0.005), facing, DARK),
        _block(eye - 0.105 * up - 0.001 * back, (0.155, 0.095, 0.004), facing, GLASS),
        _block(keys, (0.17, 0.01, 0.115), flat, DARK),
        _block(keys - np.array([0.0, 0.02, 0.0]), (0.19, 0.01, 0.14), flat, STAND),
        _block(np.array([keys[0], floor + tall, keys[2]]), (0.025, tall, 0.025), flat, STAND),
    ]


def _phone(eye: Floats, facing: Floats) -> list[Part]:
    """A telephone on a pole beside it, with an arm."""
    across, up, back = facing.T
    foot = eye + 0.3 * pose.unit(np.array([back[0], 0.0, back[2] - 1e-3])) + 0.25 * across
    level = pose.unit(np.array([foot[0] - eye[0], 0.0, foot[2] - eye[2]]))
    arm = np.stack([level, np.array([0.0, 1.0, 0.0]), np.cross(level, [0.0, 1.0, 0.0])], axis=1)
    reach = float(np.hypot(foot[0] - eye[0], foot[2] - eye[2]))
    tall = (eye[1] + 0.03 - scene.FLOOR) / 2.0
    return [
        _block(eye - 0.05 * up + 0.006 * back, (0.04, 0.08, 0.005), facing, DARK),
        _block(eye + 0.03 * back + level * reach / 2.0, (reach / 2.0, LEG, LEG), arm, DARK),
        _block(np.array([foot[0], scene.FLOOR + tall, foot[2]]), (LEG, tall, LEG), np.eye(3), DARK),
        _block(np.array([foot[0], scene.FLOOR + 0.015, foot[2]]), (0.16, 0.015, 0.16), np.eye(3), DARK),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
