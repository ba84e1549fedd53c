"""Draws meshes with OpenGL (llvmpipe will do): shadow map, skin shading, depth for visibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import moderngl
import numpy as np

from samples.renderer import pose, shaders
from samples.renderer.camera import Camera, metres
from samples.renderer.human import Floats, Ints

SHADOW = 1024  # px
SHADOW_SPAN = 0.95  # m, half the square the shadow map covers
DEPTH_SIZE = (320, 240)


@dataclass(frozen=True, slots=True)
class Light:
    """One lamp and the light of the room, linear RGB."""

    to_light: Floats  # (3,) unit
    key: Floats  # (3,)
    sky: Floats  # (3,)
    ground: Floats  # (3,)
    gloss: float  # 0 dry – 0.3 oily skin


class Model:
    """One mesh on the card."""

    def __init__(self, painter: Painter, triangles: Ints, rest: Floats, kind: Floats) -> None:
        context = painter.context
        count = len(rest)
        self.moving = context.buffer(reserve=count * 24, dynamic=True)
        fixed = context.buffer(np.concatenate([rest, kind], axis=1).astype("f4").tobytes())
        index = context.buffer(triangles.astype("i4").tobytes())
        self.scene = context.vertex_array(
            painter.scene,
            [(self.moving, "3f 3f", "in_position", "in_normal"), (fixed, "3f 4f", "in_rest", "in_kind")],
            index,
        )
        self.depth = context.vertex_array(painter.depth, [(self.moving, "3f 12x", "in_position")], index)
        self.transform: Floats = np.eye(4)
        self.closed = False  # its inside is never seen

    def place(self, vertices: Floats, normals: Floats) -> None:
        """Sets where the vertices (n, 3) m and normals (n, 3) are."""
        self.moving.write(np.concatenate([vertices, normals], axis=1).astype("f4").tobytes())


class Painter:
    """An off-screen picture of a fixed size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.context = moderngl.create_context(standalone=True, backend="egl")
        self.scene = self.context.program(shaders.SCENE_VERTEX, shaders.SCENE_FRAGMENT)
        self.depth = self.context.program(shaders.DEPTH_VERTEX, shaders.DEPTH_FRAGMENT)
        self.size = size
        self.many = self.context.framebuffer(
            [self.context.renderbuffer(size, 3, samples=4)], self.context.depth_renderbuffer(size, samples=4)
        )
        self.plain = self.context.framebuffer([self.context.renderbuffer(size, 3)])
        self.shadow = self.context.depth_texture((SHADOW, SHADOW))
        self.shadow.compare_func = "<="
        self.shadow.repeat_x = self.shadow.repeat_y = False
        self.from_light = self.context.framebuffer(depth_attachment=self.shadow)
        self.depths = self.context.depth_texture(DEPTH_SIZE)
        self.from_eye = self.context.framebuffer(depth_attachment=self.depths)
        self.context.enable(moderngl.DEPTH_TEST)

    def light(self, light: Light, centre: Floats) -> None:
        """Sets the lamp; its shadows fall around `centre` (m)."""
        self.light_matrix = _from_lamp(light.to_light, centre)
        self._set(
            self.scene,
            u_light=self.light_matrix,
            u_to_light=light.to_light,
            u_key=light.key,
            u_sky=light.sky,
            u_ground=light.ground,
            u_gloss=light.gloss,
        )

    def paint(
        self, models: Sequence[tuple[Model, Floats]], camera: Camera, hands: Floats, background: Floats, pattern: float
    ) -> Floats:
        """(height, width, 3) float 0–255. `models` with their palette (8, 3) linear; `hands` (k, 4) m: spheres that
        take away light from what is near; `background` (3,) sRGB 0–1."""
        self.from_light.use()
        self.from_light.clear(depth=1.0)
        self._depth_pass(models, self.light_matrix)
        self.many.use()
        self.many.clear(*background, depth=1.0)
        self.shadow.use(0)
        spheres = np.zeros((12, 4))
        spheres[: len(hands)] = hands
        self._set(self.scene, u_camera=camera.matrix, u_eye=camera.position, u_hands=spheres, u_pattern=pattern)
        self._set(self.scene, u_hand_count=len(hands))
        for model, palette in models:
            self._set(self.scene, u_model=model.transform, u_palette=palette)
            (self.context.enable if model.closed else self.context.disable)(moderngl.CULL_FACE)
            model.scene.render()
        self.context.disable(moderngl.CULL_FACE)
        self.context.copy_framebuffer(self.plain, self.many)
        pixels = np.frombuffer(self.plain.read(components=3, alignment=1), np.uint8)
        return pixels.reshape(self.size[1], self.size[0], 3)[::-1].astype(float)

    def distances(self, models: Sequence[tuple[Model, Floats]], camera: Camera) -> Floats:
        """(240, 320) m: how far the nearest surface is, over the whole picture."""
        self.from_eye.use()
        self.from_eye.clear(depth=1.0)
        self._depth_pass(models, camera.matrix)
        values = np.frombuffer(self.depths.read(alignment=1), np.float32).reshape(DEPTH_SIZE[::-1])[::-1]
        return metres(values.astype(float))

    def _depth_pass(self, models: Sequence[tuple[Model, Floats]], matrix: Floats) -> None:
        self._set(self.depth, u_camera=matrix)
        for model, _ in models:
            self._set(self.depth, u_model=model.transform)
            model.depth.render()

    @staticmethod
    def _set(program: moderngl.Program, **values: Any) -> None:
        for name, value in values.items():
            if name not in program:
                continue
            uniform: Any = program[name]
            if isinstance(value, np.ndarray):
                matrix = value.T if value.shape == (4, 4) else value
                uniform.write(np.ascontiguousarray(matrix, dtype="f4").tobytes())
            else:
                uniform.value = value


def _from_lamp(to_light: Floats, centre: Floats) -> Floats:
    """(4, 4) world to the lamp's clip space, parallel."""
    back = pose.unit(to_light)
    right = pose.unit(np.cross(np.array([0.0, 1.0, 0.01]), back))
    turn = np.stack([right, np.cross(back, right), back])
    matrix = np.eye(4)
    matrix[:3, :3] = turn / SHADOW_SPAN
    matrix[2, :3] = -turn[2] / 2.0
    matrix[:3, 3] = -matrix[:3, :3] @ centre
    return matrix
