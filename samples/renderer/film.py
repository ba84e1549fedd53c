"""Script → clip and truth: the loop over the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from samples.renderer import cast, truth
from samples.renderer.checklist import protocol
from samples.renderer.draw import Painter
from samples.renderer.human import Floats
from samples.renderer.play import act
from samples.renderer.reel import PIECE, Reel
from samples.renderer.script import Script

BLUR_STEP = 6.0  # px a hand may move between two sub-frames
SUBFRAMES = 2
GREY = np.array([0.5, 0.5, 0.5])


def render(script: Script, folder: Path, progress: Callable[[int, int], None] = lambda *_: None) -> Path:
    """Writes NAME.mp4 and NAME.truth.json; both appear only when complete, and what an earlier run has made is used.

    `progress` is told how many frames are done, of how many.

    :raises BusyError: another run renders it
    """
    with Reel(script, folder) as reel:
        return _rendered(script, folder, reel, progress)


def _rendered(script: Script, folder: Path, reel: Reel, progress: Callable[[int, int], None]) -> Path:
    acted = act(script)
    players = cast.Cast(script, acted)
    painter = Painter(script.size)
    painter.light(players.light(), players.centre)
    studio = Studio(script, players, painter)
    count = int(acted.duration * script.fps)
    frames: list[dict[str, Any]] = []
    pieces = -(-count // PIECE)
    for piece in range(pieces):
        numbers = range(piece * PIECE, min((piece + 1) * PIECE, count))
        entries = reel.entries(piece)
        if entries is None:
            entries = reel.write(piece, studio.shots(numbers, lambda done: progress(done, count)))
        else:
            studio.skip(entries)
            progress(numbers.stop, count)
        frames += entries
    document = truth.head(script, acted, players.receiver, players.camera(0.0), players.sway(0.0))
    text = truth.text(truth.rated(document | {"frames": frames}, protocol(script.protocol)))
    (folder / f"{script.name}.truth.json").write_text(text, encoding="utf-8")
    target = folder / f"{script.name}.mp4"
    reel.join(pieces, target)
    reel.clear()
    painter.context.release()
    return target


class Studio:
    """Takes a session's pictures, one after the other."""

    def __init__(self, script: Script, players: cast.Cast, painter: Painter) -> None:
        self.script, self.players, self.painter = script, players, painter
        self.models = players.models(painter)
        self.draw = np.random.default_rng([script.seed, 11])
        width, height = script.size
        self.grain = self.draw.normal(0.0, script.picture.noise_sd, (4, height, width, 3)).astype(np.float32)
        self.last: Floats | None = None
        self.settled = False
        self.changing = bool(script.sway.angle_deg) or script.camera.nudge_s is not None

    def shots(self, numbers: range, progress: Callable[[int], None]) -> Iterator[tuple[Any, dict[str, Any]]]:
        """The pictures of frames that follow each other, with their truth."""
        for number in numbers:
            yield self.frame(number / self.script.fps)
            progress(number + 1)

    def skip(self, entries: list[dict[str, Any]]) -> None:
        """Goes on as if these frames had just been taken: their truth is known."""
        for _ in entries:
            self._grain()
        self.last = _corners(entries[-1])

    def frame(self, time: float) -> tuple[Any, dict[str, Any]]:
        """(height, width, 3) uint8 and the frame's truth."""
        camera = self.players.camera(time)
        shot = self._place(time)
        hands: dict[str, Floats] = {side: arm.landmarks for side, arm in shot.arms.items()}
        if not self.settled or self.changing:
            self.painter.settle(self.models.all, camera)
            self.settled = True
        near = self.painter.distances(self.models.all, camera)
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
        others = [truth.pixels(camera, arm.landmarks) for arm in shot.visitors if arm is not None]
        if others:
            entry["others"] = others
        count = self._subframes(_corners(entry))
        total = self._paint(shot, camera)
        for k in range(1, count):
            later = time + k / count * self.script.picture.shutter / self.script.fps
            total = total + self._paint(self._place(later), self.players.camera(later))
        return self._developed(total / count), entry

    def sight(self, time: float) -> dict[str, float]:
        """The share of each hand that is seen at a time; no picture is taken."""
        camera, shot = self.players.camera(time), self._place(time)
        if not self.settled or self.changing:
            self.painter.settle(self.models.all, camera)
            self.settled = True
        near = self.painter.distances(self.models.all, camera)
        return {
            side: truth.visible(truth.moved(shot.sway, arm.landmarks), camera, near) for side, arm in shot.arms.items()
        }

    def _place(self, time: float) -> cast.Shot:
        shot = self.players.shot(time)
        for side, model in self.models.arms.items():
            model.place(shot.arms[side].vertices, shot.arms[side].normals)
        if self.models.trunk is not None and self.players.trunk is not None:
            self.models.trunk.transform = shot.sway @ self.players.trunk.moved(shot.arms.values())
        for model in self.models.swaying:
            model.transform = shot.sway
        for model, arm in zip(self.models.visitors, shot.visitors, strict=True):
            model.shown = arm is not None
            if arm is not None:
                model.place(arm.vertices, arm.normals)
        return shot

    def _paint(self, shot: cast.Shot, camera: Any) -> Floats:
        balls = cast.spheres(shot.arms)
        balls[:, :3] = truth.moved(shot.sway, balls[:, :3])
        return self.painter.paint(self.models.all, camera, balls, GREY, self.script.receiver.pattern)

    def _subframes(self, pixels: Floats) -> int:
        """How many pictures blur needs: enough that hands move little between two."""
        before, self.last = self.last, pixels
        if before is None:
            return 1
        far = float(np.abs(pixels - before).max()) * self.script.picture.shutter
        return int(np.clip(np.ceil(far / BLUR_STEP), 1, SUBFRAMES))

    def _developed(self, picture: Floats) -> Any:
        soft = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), self.script.picture.blur_px)
        if self.script.light.window:
            soft = _dazzled(soft, self.script.light.window)
        number, shift = self._grain()
        return np.clip(soft + np.roll(self.grain[number], shift, axis=0), 0, 255).astype(np.uint8)

    def _grain(self) -> tuple[int, int]:
        """Which grain a frame has, and by how many rows it is moved."""
        return int(self.draw.integers(len(self.grain))), int(self.draw.integers(self.script.size[1]))


def _corners(entry: dict[str, Any]) -> Floats:
    """(42, 2) px both hands' landmarks of a frame's truth."""
    return np.concatenate([np.array(entry["hands"][side]) for side in ("left", "right")])


def _dazzled(picture: Any, window: float) -> Any:
    """A bright window's light spreads in the lens: a glow around it, and a veil over everything."""
    bright = np.clip(picture - 225.0, 0.0, None)
    glow = cv2.GaussianBlur(bright, (0, 0), 0.06 * picture.shape[1]) * 3.0
    veil = float(bright.mean()) * 1.5
    return picture * (1.0 - 0.15 * window) + window * (glow + veil)
