"""Script → clip and truth: the loop over the frames."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from samples.renderer import cast, truth
from samples.renderer.draw import Painter
from samples.renderer.human import Floats
from samples.renderer.play import act
from samples.renderer.script import Script

BLUR_STEP = 6.0  # px a hand may move between two sub-frames
SUBFRAMES = 2
GREY = np.array([0.5, 0.5, 0.5])


def render(script: Script, folder: Path, progress: Callable[[int, int], None] = lambda *_: None) -> Path:
    """Writes NAME.mp4 and NAME.truth.json; both appear only when complete."""
    acted = act(script)
    players = cast.Cast(script, acted)
    painter = Painter(script.size)
    painter.light(players.light(), players.centre)
    studio = _Studio(script, players, painter)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{script.name}.part.mp4"
    count = int(acted.duration * script.fps)
    frames: list[dict[str, Any]] = []
    with av.open(str(part), "w") as container:
        stream: Any = container.add_stream("libx264", rate=script.fps)
        stream.width, stream.height, stream.pix_fmt = *script.size, "yuv420p"
        stream.options = {"crf": str(script.picture.crf), "preset": "veryfast", "threads": "1"}
        for number in range(count):
            picture, entry = studio.frame(number / script.fps)
            frames.append(entry)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            progress(number + 1, count)
        container.mux(stream.encode())
    document = truth.head(script, acted, players.receiver, players.camera(0.0), players.sway(0.0))
    target = folder / f"{script.name}.mp4"
    (folder / f"{script.name}.truth.json").write_text(json.dumps(document | {"frames": frames}), encoding="utf-8")
    part.replace(target)
    painter.context.release()
    return target


class _Studio:
    def __init__(self, script: Script, players: cast.Cast, painter: Painter) -> None:
        self.script, self.players, self.painter = script, players, painter
        self.models, self.arms = players.models(painter)
        self.draw = np.random.default_rng([script.seed, 11])
        width, height = script.size
        self.grain = self.draw.normal(0.0, script.picture.noise_sd, (4, height, width, 3)).astype(np.float32)
        self.last: Floats | None = None
        self.changing = bool(script.sway.angle_deg) or script.camera.nudge_s is not None

    def frame(self, time: float) -> tuple[Any, dict[str, Any]]:
        """(height, width, 3) uint8 and the frame's truth."""
        camera = self.players.camera(time)
        shot = self._place(time)
        hands: dict[str, Floats] = {side: arm.landmarks for side, arm in shot.arms.items()}
        if self.last is None or self.changing:
            self.painter.settle(self.models, camera)
        near = self.painter.distances(self.models, camera)
        entry = truth.frame(
            time,
            self.players.acted.segments,
            hands,
            back=self.players.receiver.back,
            sway=shot.sway,
            camera=camera,
            near=near,
        )
        if self.changing:
            corners = truth.moved(shot.sway, self.players.receiver.back.corners())
            entry["back_frame_px"] = truth.pixels(camera, corners)
        pixels = np.concatenate([np.array(entry["hands"][side]) for side in ("left", "right")])
        count = self._subframes(pixels)
        total = self._paint(shot, camera)
        for k in range(1, count):
            later = time + k / count * self.script.picture.shutter / self.script.fps
            total = total + self._paint(self._place(later), self.players.camera(later))
        return self._developed(total / count), entry

    def _place(self, time: float) -> cast.Shot:
        shot = self.players.shot(time)
        for side, model in self.arms.items():
            model.place(shot.arms[side].vertices, shot.arms[side].normals)
        for model, _ in self.models[:-1]:
            model.transform = shot.sway
        return shot

    def _paint(self, shot: cast.Shot, camera: Any) -> Floats:
        balls = cast.spheres(shot.arms)
        balls[:, :3] = truth.moved(shot.sway, balls[:, :3])
        return self.painter.paint(self.models, camera, balls, GREY, self.script.receiver.pattern)

    def _subframes(self, pixels: Floats) -> int:
        """How many pictures blur needs: enough that hands move little between two."""
        before, self.last = self.last, pixels
        if before is None:
            return 1
        far = float(np.abs(pixels - before).max()) * self.script.picture.shutter
        return int(np.clip(np.ceil(far / BLUR_STEP), 1, SUBFRAMES))

    def _developed(self, picture: Floats) -> Any:
        soft = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), self.script.picture.blur_px)
        grain = self.grain[int(self.draw.integers(len(self.grain)))]
        grain = np.roll(grain, int(self.draw.integers(self.script.size[1])), axis=0)
        return np.clip(soft + grain, 0, 255).astype(np.uint8)
