"""Tiny clips, made on the fly: a red, a green and a blue quarter of the picture and a grey that says which frame."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from coach.domain import Image

TENTHS = tuple(i / 10 for i in range(10))
RED, GREEN, BLUE = (230, 20, 20), (20, 200, 20), (20, 20, 230)
BASES = {"gif": Fraction(1, 100), "mpeg4": Fraction(1, 20)}
CODECS = {
    "mp4": ("libx264", "yuv420p"),
    "mov": ("libx264", "yuv420p"),
    "mkv": ("libx264", "yuv420p"),
    "webm": ("libvpx", "yuv420p"),
    "avi": ("mpeg4", "yuv420p"),
    "gif": ("gif", "rgb8"),
}


def picture(number: int, size: tuple[int, int] = (64, 48)) -> Image:
    """Top left red, top right green, bottom left blue, bottom right a grey for the number."""
    width, height = size
    image = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = RED
    image[: height // 2, width // 2 :] = GREEN
    image[height // 2 :, : width // 2] = BLUE
    image[height // 2 :, width // 2 :] = 20 * (number % 10) + 30
    return image


def make(
    path: Path,
    times_s: Sequence[float] = TENTHS,
    size: tuple[int, int] = (64, 48),
    *,
    turn: tuple[float, bool] | None = None,
    rough: bool = False,
    options: dict[str, str] | None = None,
    sound: bool = False,
) -> Path:
    """A clip in the container that the name asks for, with a frame at each time, s.

    ``turn`` is an angle in degrees and whether the camera mirrored; ``rough`` pictures make long files.
    """
    codec, pixels = CODECS[path.suffix[1:]]
    base = BASES.get(codec, Fraction(1, 1000))
    noise = np.random.default_rng(0)
    with av.open(str(path), "w", options=options or {}) as container:
        stream: Any = container.add_stream(codec, rate=20)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.time_base = base
        if rough:
            stream.bit_rate, stream.gop_size = 300_000, 10
        if turn:
            stream.set_display_rotation(turn[0], hflip=turn[1])
        voice: Any = container.add_stream("aac", rate=8000, layout="mono") if sound else None
        for number, time_s in enumerate(times_s):
            image = picture(number, size)
            if rough:
                image = image // 2 + noise.integers(0, 80, image.shape, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixels)
            frame.pts, frame.time_base = round(time_s / base), base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if voice:
            container.mux([*voice.encode(quiet(8000)), *voice.encode(None)])
    return path


def make_sound(path: Path, codec: str = "aac") -> Path:
    """A second of silence and no picture."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=8000, layout="mono")
        container.mux([*stream.encode(quiet(8000)), *stream.encode(None)])
    return path


def quiet(samples: int) -> Any:
    frame = av.AudioFrame.from_ndarray(np.zeros((1, samples), np.int16), format="s16", layout="mono")
    frame.sample_rate, frame.pts = 8000, 0
    return frame


def restamp(source: Path, path: Path, stamps: Sequence[int]) -> Path:
    """The same packets with other stamps, in ms: what no encoder would write."""
    with av.open(str(source)) as reader, av.open(str(path), "w") as writer:
        film: Any = reader.streams.video[0]
        copy: Any = writer.add_stream_from_template(film)
        for packet, stamp in zip((p for p in reader.demux(film) if p.size), stamps, strict=True):
            packet.pts = packet.dts = stamp
            packet.time_base = Fraction(1, 1000)
            packet.stream = copy
            writer.mux(packet)
    return path
