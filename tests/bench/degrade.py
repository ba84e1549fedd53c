"""What a bad camera, lamp or link does to pictures; the same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain
from typing import Any, TypeAlias

import av
import cv2
import numpy as np

from coach.domain import Frame, Image

DEGRADATIONS: dict[str, str] = {
    "none": "as filmed",
    "drops": "every third frame lost, at random",
    "10 fps": "10 frames a second",
    "5 fps": "5 frames a second",
    "compression": "H.264 again, at crf 40",
    "blur": "out of focus: Gaussian, sd 1 % of the picture's height",
    "dim": "half of the light, twice the noise",
    "dark": "a quarter of the light, four times the noise",
    "occlusion": "a dark post, a tenth of the picture wide, before the right half of the back",
}  # name → what it is
LOST, RATES = 1 / 3, {"10 fps": 10.0, "5 fps": 5.0}
CRF = "40"
SOFT = 0.01
LIGHT = {"dim": (0.5, 4.0), "dark": (0.25, 8.0)}  # factor on linear light's display value, sd of grey levels
POST = (0.55, 0.65)  # of the width
GAMMA = 2.2

Pictures: TypeAlias = Iterator[Frame]


def degraded(frames: Pictures, name: str) -> Pictures:
    """The frames as the named degradation leaves them, numbered anew.

    :raises KeyError: for a name that is none of DEGRADATIONS
    """
    if name == "none":
        return frames
    if name == "compression":
        return _compressed(frames)
    if name == "drops" or name in RATES:
        return _numbered(_dropped(frames) if name == "drops" else _slowed(frames, RATES[name]))
    change = _CHANGES[name]
    return (replace(frame, image=change(frame.image, frame.index)) for frame in frames)


def _numbered(frames: Pictures) -> Pictures:
    return (replace(frame, index=number) for number, frame in enumerate(frames))


def _dropped(frames: Pictures) -> Pictures:
    draw = np.random.default_rng(1)
    return (frame for frame in frames if frame.index == 0 or draw.random() >= LOST)


def _slowed(frames: Pictures, rate: float) -> Pictures:
    due = 0.0
    for frame in frames:
        if frame.time_s >= due - 1e-6:
            due = max(due + 1.0 / rate, frame.time_s + 0.5 / rate)
            yield frame


def _blurred(image: Image, number: int) -> Image:  # noqa: ARG001
    soft = cv2.GaussianBlur(image, (0, 0), SOFT * image.shape[0])
    return np.asarray(soft, dtype=np.uint8)


def _darkened(factor: float, noise: float) -> Callable[[Image, int], Image]:
    def change(image: Image, number: int) -> Image:
        grain = np.random.default_rng(number).normal(0.0, noise, image.shape)
        dim = 255.0 * factor ** (1.0 / GAMMA) * (image / 255.0)
        dark: Image = np.clip(dim + grain, 0, 255).astype(np.uint8)
        return dark

    return change


def _occluded(image: Image, number: int) -> Image:  # noqa: ARG001
    out = image.copy()
    width = image.shape[1]
    out[:, round(POST[0] * width) : round(POST[1] * width)] = (40, 36, 34)
    return out


_CHANGES: dict[str, Callable[[Image, int], Image]] = {
    "blur": _blurred,
    "dim": _darkened(*LIGHT["dim"]),
    "dark": _darkened(*LIGHT["dark"]),
    "occlusion": _occluded,
}


def _compressed(frames: Pictures) -> Pictures:
    """Encoded and decoded once more; the frames keep their times."""
    times: list[float] = []
    film = BytesIO()
    first = next(frames)
    height, width = first.image.shape[:2]
    with av.open(film, "w", format="matroska") as container:
        stream: Any = container.add_stream("libx264", rate=30, options={"crf": CRF, "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in chain([first], frames):
            times.append(frame.time_s)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, format="rgb24")))
        container.mux(stream.encode(None))
    film.seek(0)
    with av.open(film) as again:
        for number, (picture, time_s) in enumerate(zip(again.decode(video=0), times, strict=True)):
            yield Frame(number, time_s, np.asarray(picture.to_ndarray(format="rgb24"), dtype=np.uint8))
