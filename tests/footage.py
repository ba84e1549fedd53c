"""Clips for the tests with the real tracker: the repository's sample, and the footage beside it where it is there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coach.back_argument import parse
from coach.capture.video import open_video
from coach.detect.back import BackFollower
from coach.detect.flow import OpticalFlow
from coach.detect.hands import MediaPipeHands
from coach.domain import HANDS, Floats, Frame, Hand, HandObservation, HandTrack, Image
from coach.pipeline import Watching

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "d03.mp4"
BACK = SAMPLE.with_suffix(".back").read_text("utf-8").strip()
FOOTAGE = ROOT.parent / "shared" / "footage"
MS = Fraction(1, 1000)

needs_footage = pytest.mark.skipif(not FOOTAGE.is_dir(), reason=f"the footage is not there: {FOOTAGE}")


def coach(*arguments: str | Path, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    program = [*prefix, sys.executable, "-c", "from coach.cli import main; main()", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False, timeout=120)


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def sample_corners() -> Floats:
    """(4, 2) px of the sample's back."""
    return parse(BACK)


def cut(source: Path, path: Path, frames: int, times: int = 1) -> Path:
    """The first pictures of a clip, so many times over, without encoding them anew. Cut at a place of your choice only
    where no picture refers to a later one."""
    with av.open(str(source)) as reader, av.open(str(path), "w") as writer:
        film: Any = reader.streams.video[0]
        copy: Any = writer.add_stream_from_template(film)
        packets = [p for p in reader.demux(film) if p.size][:frames]
        stamps = [(p.pts, p.dts) for p in packets]
        length = max(p for p, _ in stamps) - min(p for p, _ in stamps) + packets[0].duration
        for turn in range(times):
            for packet, (pts, dts) in zip(packets, stamps, strict=True):
                packet.pts, packet.dts, packet.stream = pts + turn * length, dts + turn * length, copy
                packet.time_base = film.time_base
                writer.mux(packet)
    return path


def film(path: Path, images: list[Image], fps: float = 15.0) -> Path:
    """A clip of the given pictures."""
    height, width = images[0].shape[:2]
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=round(fps), options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = MS
        for number, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = round(1000 * number / fps), MS
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@dataclass(frozen=True, slots=True)
class Watched:
    """What the real tracker made of a clip."""

    tracks: dict[Hand, HandTrack]
    planes: Floats  # (n, 3, 3) px to back coordinates
    raw: list[list[Floats]]  # per frame the landmarks (21, 2) px of each hand the detector gave
    size: tuple[int, int]  # (width, height) px

    def pixels(self, hand: Hand) -> Floats:
        """(n, 21, 2) px, NaN where unseen."""
        ones = np.concatenate((self.tracks[hand].landmarks, np.ones((len(self.planes), 21, 1))), axis=2)
        moved = np.einsum("nij,nkj->nki", np.linalg.inv(self.planes), ones)
        pixels: Floats = moved[..., :2] / moved[..., 2:]
        return pixels

    @property
    def hands(self) -> Floats:
        """(n,) how many are seen in each frame."""
        counted: Floats = np.sum([self.tracks[hand].seen for hand in HANDS], axis=0).astype(np.float64)
        return counted


class WholePictures(MediaPipeHands):
    """Looks everywhere, not only on the back: sees what the core has to refuse."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return super().find(frame)


def watch(path: Path, corners: Floats, finder_of: type[MediaPipeHands] = MediaPipeHands) -> Watched:
    """Runs the real tracker over a clip.

    :param corners: (4, 2) px of the back
    """
    with open_video(path) as video, finder_of() as finder:
        watching = Watching(finder, OpticalFlow(), BackFollower(corners), corners, video.size)
        raw = [[o.landmarks for o in watching.step(frame)] for frame in video.frames()]
        return Watched(watching.tracks(), watching.planes(), raw, video.size)


def peak_mb() -> float:
    """The most memory this process ever had, MB. Not ``ru_maxrss``: a new process inherits that of its parent."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
