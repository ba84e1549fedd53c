"""Pictures made worse step by step, and what the real detector still finds in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np

from coach.capture.look import look
from coach.capture.video import open_video
from coach.commands.quiet import quiet_libraries
from coach.domain import Floats, Frame, HandObservation, Image
from tests.bench import judge, store
from tests.bench.degrade import GAMMA
from tests.bench.detector import Finds
from tests.bench.finders import Shipped

Json: TypeAlias = dict[str, Any]
FIRST, FRAMES = 900, 120  # of each clip: from a minute on, 8 s; a clip that is shorter from its start
LOOKED_EVERY = 30
NOISE = 3.0  # sd at full light; a camera that turns up its gain turns up the noise


@dataclass(frozen=True, slots=True)
class Step:
    """One picture: what is wrong with it, and how much."""

    kind: str  # light, sharpness or palm_share
    level: float

    def of(self, image: Image, number: int) -> Image:
        return MAKERS[self.kind](image, self.level, number)

    @property
    def shrunk(self) -> float:
        return self.level if self.kind == "palm_share" else 1.0


def _darker(image: Image, factor: float, number: int) -> Image:
    grain = np.random.default_rng(number).normal(0.0, NOISE / factor**0.5, image.shape)
    dark: Image = np.clip(image * factor ** (1.0 / GAMMA) + grain, 0, 255).astype(np.uint8)
    return dark


def _softer(image: Image, share: float, number: int) -> Image:  # noqa: ARG001
    return np.asarray(cv2.GaussianBlur(image, (0, 0), share * image.shape[0]), dtype=np.uint8)


def _farther(image: Image, factor: float, number: int) -> Image:  # noqa: ARG001
    """The picture shrunk about its middle, with what is at its edge drawn out around it."""
    height, width = image.shape[:2]
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    below, right = height - small.shape[0] - top, width - small.shape[1] - left
    return np.asarray(cv2.copyMakeBorder(small, top, below, left, right, cv2.BORDER_REPLICATE), dtype=np.uint8)


MAKERS: dict[str, Callable[[Image, float, int], Image]] = {
    "light": _darker,
    "sharpness": _softer,
    "palm_share": _farther,
}
STEPS = tuple(
    Step(kind, level)
    for kind, levels in (
        ("light", (1.0, 0.5, 0.25, 0.12, 0.06, 0.03)),
        ("sharpness", (0.004, 0.008, 0.015, 0.025, 0.04)),
        ("palm_share", (0.85, 0.7, 0.6, 0.5, 0.4)),
    )
    for level in levels
)


def measured(video: Path, step: Step) -> Json:
    """The set-up check's measures of a clip made worse, and what was found in it."""
    name = f"{video.stem}-limits-{step.kind}-{step.level:g}-{_key(video)}"
    stored = store.read(name)
    if stored is None:
        with quiet_libraries():
            store.write(name, {field: np.array(value) for field, value in _measure(video, step).items()})
        return measured(video, step)
    return {field: float(value) for field, value in stored.items()}


def _key(video: Path) -> str:
    sources = ("coach/detect/hands.py", "coach/capture/look.py", "tests/bench/steps.py", "tests/bench/finders.py")
    return store.key(store.file_digest(video), store.source_digest(*sources))


def _measure(video: Path, step: Step) -> Json:
    truth = judge.truth_of(video)
    first = FIRST if len(truth["frames"]) > FIRST + FRAMES else 0
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    finds, looks, palms = Finds(), [], []
    with Shipped() as finder:
        for frame in _stretch(video, first):
            image = step.of(frame.image, frame.index)
            found = finder.find(replace(frame, image=image), _shrunk(corners, step.shrunk, image))
            finds.add(truth["frames"][frame.index], [grown(hand, step.shrunk, image) for hand in found])
            palms += [float(np.hypot(*(hand.landmarks[9] - hand.landmarks[0]))) / image.shape[1] for hand in found]
            if frame.index % LOOKED_EVERY == 0:
                looks.append(look(image, _shrunk(corners, step.shrunk, image)))
    return {
        "light": float(np.mean([one.light for one in looks])),
        "sharpness": float(np.mean([one.sharpness for one in looks])),
        "palm_share": float(np.median(palms)) if palms else float("nan"),
        "found": 100.0 * finds.found / max(finds.hands, 1),
        "both": 100.0 * finds.both_found / max(finds.both, 1),
        "ghosts": 100.0 * finds.ghosts / max(finds.frames, 1),
    }


def _stretch(video: Path, first: int) -> Iterator[Frame]:
    with open_video(video) as opened:
        yield from islice(opened.frames(), first, first + FRAMES)


def _shrunk(points: Floats, factor: float, image: Image) -> Floats:
    middle = np.array([image.shape[1], image.shape[0]]) / 2.0
    moved: Floats = middle + (points - middle) * factor
    return moved


def grown(hand: HandObservation, factor: float, image: Image) -> HandObservation:
    """A hand found in a shrunk picture, where it is in the whole one."""
    return replace(hand, landmarks=_shrunk(hand.landmarks, 1.0 / factor, image))
