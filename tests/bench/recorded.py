"""The sample's true hands in place of the detector: the number painted into a picture tells which they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from coach.domain import Floats, Frame, HandObservation
from tests.bench.barcode import paint, scan
from tests.footage import SAMPLE

FINE = 2.0  # px of noise; a detector is no better


def hands() -> list[list[Floats]]:
    """For each picture of the sample the hands in it, (21, 2) px each."""
    truth = json.loads(SAMPLE.with_suffix(".truth.json").read_text("utf-8"))
    random = np.random.default_rng(7)
    return [
        [np.array(hand, dtype=np.float64) + random.normal(0, FINE, (21, 2)) for hand in frame["hands"].values()]
        for frame in truth["frames"]
    ]


@dataclass(slots=True)
class RecordedHands:
    """A finder that must be given barcoded pictures of the sample."""

    known: list[list[Floats]] = field(default_factory=hands)

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        here = self.known[scan(frame.image) % len(self.known)]
        return tuple(HandObservation(frame.time_s, hand, 0.9) for hand in here)

    def close(self) -> None:
        return


def barcoded(path: Path, frames: int, fps: float) -> Path:
    """The sample over and over, each picture with its number."""
    number = 0
    with open_video(SAMPLE) as video, VideoWriter(path, video.size) as writer:
        while True:
            for frame in video.frames():
                if number >= frames:
                    return path
                writer.write(paint(frame.image, number), number / fps)
                number += 1
