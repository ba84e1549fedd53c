"""Draws meshes with OpenGL (llvmpipe will do): shadow map, skin shading, depth for visibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import moderngl
import numpy as np

from samples.renderer import pose, shaders
from samples.renderer.camera import FAR, Camera, metres
from samples.renderer.human import Floats, Ints

SHADOW = 896  # px
SHADOW_SPAN = 0.95  # m, half the square the shadow map covers
DEPTH_SIZE = (320, 240)
_EGL: dict[str, Any] = {"standalone": True, "backend": "egl"}


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
        self.belt = -9.0  # m in the rest pose: what is lower is in trousers
        self.fixed = False  # stands still, but for sway
        self.shown = True

    def place(self, vertices: Floats, normals: Floats) -> None:
        """Sets where the vertices (n, 3) m and normals (n, 3) are."""
        self.moving.write(np.concatenate([vertices, normals], axis=1).astype("f4").tobytes())


class Painter:
    """An off-screen picture of a fixed size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.context = moderngl.create_context(**_EGL)
        self.scene = self.context.program(shaders.SCENE_VERTEX, shaders.SCENE_FRAGMENT)
        self.depth = self.context.program(shaders.DEPTH_VERTEX, shaders.DEPTH_FRAGMENT)
        self.size = size
        # one sample a pixel: four cost as much again in llvmpipe, and the lens blur hides the steps
        self.plain = self.context.framebuffer(
            [self.context.renderbuffer(size, 3)], self.context.depth_renderbuffer(size)
        )
        self.shadow, self.from_light = self._depth_target((SHADOW, SHADOW), compare=True)
        self.fixed_shadow, self.from_light_fixed = self._depth_target((SHADOW, SHADOW), compare=True)
        self.depths, self.from_eye = self._depth_target(DEPTH_SIZE, compare=False)
        self.fixed_near: Floats = np.full(DEPTH_SIZE[::-1], FAR)
        self.context.enable(moderngl.DEPTH_TEST)

    def _depth_target(self, size: tuple[int, int], compare: bool) -> tuple[moderngl.Texture, moderngl.Framebuffer]:
        texture = self.context.depth_texture(size)
        texture.compare_func = "<=" if compare else ""
        texture.repeat_x = texture.repeat_y = False
        texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        return texture, self.context.framebuffer(depth_attachment=texture)

    def light(self, light: Light, centre: Floats) -> None:
        """Sets the lamp; its shadows fall around `centre` (m)."""
        self.light_matrix = _from_lamp(light.to_light, centre)
        self._set(
            self.scene,
            u_light=self.light_matrix,
            u_shadow=0,
            u_fixed_shadow=1,
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
        self._depth_pass(self.from_light, [model for model, _ in models if not model.fixed], self.light_matrix)
        self.plain.use()
        red, green, blue = (float(value) for value in background)
        self.plain.clear(red, green, blue, 1.0, depth=1.0)
        self.shadow.use(0)
        self.fixed_shadow.use(1)
        spheres = np.zeros((12, 4))
        spheres[: len(hands)] = hands
        self._set(self.scene, u_camera=camera.matrix, u_eye=camera.position, u_hands=spheres, u_pattern=pattern)
        self._set(self.scene, u_hand_count=len(hands))
        for model, palette in models:
            if not model.shown:
                continue
            self._set(self.scene, u_model=model.transform, u_palette=palette, u_belt=model.belt)
            (self.context.enable if model.closed else self.context.disable)(moderngl.CULL_FACE)
            model.scene.render()
        self.context.disable(moderngl.CULL_FACE)
        pixels = np.frombuffer(self.plain.read(components=3, alignment=1), np.uint8)
        return pixels.reshape(self.size[1], self.size[0], 3)[::-1].astype(float)

    def settle(self, models: Sequence[tuple[Model, Floats]], camera: Camera) -> None:
        """Draws the shadows and depths of what stands still; again only when it or the camera has moved."""
        fixed = [model for model, _ in models if model.fixed]
        self._depth_pass(self.from_light_fixed, fixed, self.light_matrix)
        self.fixed_near = self._seen(fixed, camera)

    def distances(self, models: Sequence[tuple[Model, Floats]], camera: Camera) -> Floats:
        """(240, 320) m: how far the nearest surface is, over the whole picture."""
        return np.minimum(self.fixed_near, self._seen([model for model, _ in models if not model.fixed], camera))

    def _seen(self, models: Sequence[Model], camera: Camera) -> Floats:
        self._depth_pass(self.from_eye, models, camera.matrix)
        values = np.frombuffer(self.depths.read(alignment=1), np.float32).reshape(DEPTH_SIZE[::-1])[::-1]
        return metres(values.astype(float))

    def _depth_pass(self, target: moderngl.Framebuffer, models: Sequence[Model], matrix: Floats) -> None:
        target.use()
        target.clear(depth=1.0)
        self._set(self.depth, u_camera=matrix)
        for model in (model for model in models if model.shown):
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
