"""A clip through the real tracker once; after that its raw hands, the back's motion and the flow come from the disk.

The raw hands depend on the pictures, the model and the detector's code; the back's motion on those and its own code;
what flow made of a lost hand on the pictures, the points and the flow's code. So after a change in the core nothing
is detected anew, and only where the core asks flow for points that it never asked for are pictures decoded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import cv2
import numpy as np

from coach.capture.video import open_video
from coach.commands.quiet import quiet_libraries
from coach.detect import hands as detector
from coach.detect.back import BackFollower
from coach.detect.flow import OpticalFlow
from coach.domain import Floats, Frame, HandObservation
from coach.locate.plane import to_back
from coach.pipeline import Watching
from tests.bench import store
from tests.bench.degrade import degraded
from tests.bench.finders import FINDERS, LABELS, Labelled

NOTHING = np.zeros((1, 1, 3), np.uint8)  # the picture that nobody looks at
CAPTURE = ("coach/capture/video.py", "coach/capture/container.py", "coach/capture/clock.py", "coach/capture/picture.py")
HANDS = ("coach/detect/hands.py", "coach/detect/models.py", "models/manifest.toml")
BACK = ("coach/detect/back.py", "coach/detect/alignment.py", "coach/detect/body.py")
FLOW = ("coach/detect/flow.py",)


@dataclass(frozen=True, slots=True)
class Clip:
    """A video, where the back is in it, and what is done to its pictures before anybody sees them."""

    path: Path
    corners: Floats  # (4, 2) px of the player's picture
    degradation: str = "none"
    finder: str = "shipped"
    pillow: bool = False

    @property
    def pictures_key(self) -> str:
        done = () if self.degradation == "none" else (self.degradation, store.source_digest("tests/bench/degrade.py"))
        return store.key(store.file_digest(self.path), done, store.source_digest(*CAPTURE))

    @property
    def hands_key(self) -> str:
        """Where a hand is looked for depends on where the back is, and that on where hands were found."""
        sources = store.source_digest(*HANDS, *BACK)
        versions = version("mediapipe"), cv2.__version__
        return store.key(self.pictures_key, self._variant(), self.corners.tolist(), sources, *versions)

    def _variant(self) -> tuple[object, ...]:
        if self.finder == "shipped":
            return ()
        return self.finder, store.source_digest("tests/bench/finders.py")

    @property
    def motions_key(self) -> str:
        return store.key(self.hands_key, self.corners.tolist(), store.source_digest(*BACK), cv2.__version__)

    @property
    def flow_key(self) -> str:
        return store.key(self.pictures_key, store.source_digest(*FLOW), cv2.__version__)

    def named(self, kind: str, key: str) -> str:
        return f"{self.path.stem}-{self.degradation}-{kind}-{key}"


@dataclass(frozen=True, slots=True)
class Watched:
    """A clip after the fold."""

    watching: Watching
    hands: list[tuple[Labelled, ...]]  # the detector's raw hands, for each frame


def raw_hands(clip: Clip) -> list[tuple[Labelled, ...]]:
    """The detector's hands in each frame of a clip, from the disk where they are there."""
    stored = store.read(clip.named("hands", clip.hands_key))
    if stored is None:
        with quiet_libraries():
            _record(clip)
        return raw_hands(clip)
    return _hands(stored)


def watch(clip: Clip, mover: str = "flow") -> Watched:
    """Folds a clip, from the disk where it can.

    :param mover: ``flow`` as shipped, or ``none``: nothing bridges a lost hand
    """
    hands, motions = (
        store.read(clip.named(kind, key)) for kind, key in (("hands", clip.hands_key), ("back", clip.motions_key))
    )
    if hands is None or motions is None:
        with quiet_libraries():
            _record(clip)
        return watch(clip, mover)
    memory = Memory.of(clip)
    replay = Replay(_hands(hands), motions["motions"])
    scale = float(hands["scale"])
    with open_video(clip.path) as video:
        size = video.size
    watching = Watching(
        replay, memory if mover == "flow" else Nobody(), replay, clip.corners * scale, size, clip.pillow
    )
    for index, time_s in enumerate(hands["time_s"].tolist()):
        watching.step(Frame(index, time_s, NOTHING))
    memory.close()
    return Watched(watching, replay.hands)


def _record(clip: Clip) -> None:
    """One pass over the pictures with the real finder, or with its hands where only the back has to be watched."""
    known = store.read(clip.named("hands", clip.hands_key))
    with open_video(clip.path) as video:
        corners = clip.corners * video.scale
        watcher, times, found = BackFollower(corners), [], []
        motions: list[Floats] = []
        replayed = None if known is None else _hands(known)
        with FINDERS[clip.finder].make(replayed) as finder:
            for frame in degraded(video.frames(), clip.degradation):
                hands = finder.find(frame, to_back(corners, motions[-1]) if motions else corners)
                motions.append(watcher.watch(frame, hands))
                times.append(frame.time_s)
                found.append(hands)
        if known is None:
            arrays = _arrays(found) | {"time_s": np.array(times), "scale": np.array(video.scale)}
            store.write(clip.named("hands", clip.hands_key), arrays)
    store.write(clip.named("back", clip.motions_key), {"motions": np.array(motions).reshape(-1, 3, 3)})


def _arrays(found: Sequence[Sequence[Labelled]]) -> store.Arrays:
    """Hands of all frames, one under the other, and of which frame each is."""
    flat = [hand for hands in found for hand in hands]
    return {
        "frame": np.repeat(np.arange(len(found)), [len(hands) for hands in found]),
        "landmarks": np.array([h.landmarks for h in flat]).reshape(-1, 21, 2),
        "confidence": np.array([h.confidence for h in flat]),
        "label": np.array([LABELS.index(h.label) for h in flat], dtype=np.int8),
    }


def _hands(stored: store.Arrays) -> list[tuple[Labelled, ...]]:
    times = stored["time_s"].tolist()
    found: list[list[Labelled]] = [[] for _ in times]
    rows = zip(*(stored[name] for name in ("frame", "landmarks", "confidence", "label")), strict=True)
    for frame, marks, sure, label in rows:
        found[frame].append(Labelled(times[frame], marks, float(sure), label=LABELS[label]))
    return [tuple(hands) for hands in found]


@dataclass(slots=True)
class Replay:
    """A finder of hands and a watcher of the back that remember."""

    hands: list[tuple[Labelled, ...]]
    motions: Floats  # (n, 3, 3)

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return self.hands[frame.index]

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:  # noqa: ARG002
        motion: Floats = self.motions[frame.index]
        return motion


class Nobody:
    """Moves no point."""

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:  # noqa: ARG002
        return None


@dataclass(slots=True)
class Memory:
    """Optical flow that remembers what it was asked, and decodes the clip only for what it was not."""

    clip: Clip
    name: str
    known: dict[bytes, Floats | None]
    learned: int = 0
    _pairs: Iterator[tuple[Frame, Frame]] | None = None
    _pair: tuple[Frame, Frame] | None = None
    _flow: OpticalFlow = field(default_factory=OpticalFlow)

    @classmethod
    def of(cls, clip: Clip) -> Self:
        name = clip.named("flow", clip.flow_key)
        stored = store.read(name)
        known: dict[bytes, Floats | None] = {}
        if stored is not None:
            for asked, moved in zip(stored["asked"], stored["moved"], strict=True):
                known[asked.tobytes()] = None if np.isnan(moved).any() else moved
        return cls(clip, name, known)

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:  # noqa: ARG002
        asked = hashlib.sha256(now.index.to_bytes(4, "little") + np.ascontiguousarray(points).tobytes()).digest()
        if asked not in self.known:
            old, new = self._pictures(now.index)
            self.known[asked] = self._flow.move(old, new, points)
            self.learned += 1
        return self.known[asked]

    def _pictures(self, index: int) -> tuple[Frame, Frame]:
        """A frame and the one before it; asked for in order of time."""
        if self._pairs is None:
            self._pairs = pairwise(_pictures(self.clip))
        while self._pair is None or self._pair[1].index < index:
            self._pair = next(self._pairs)
        return self._pair

    def close(self) -> None:
        """Writes down what was learned."""
        self._pairs = None
        if not self.learned:
            return
        asked = np.array([np.frombuffer(a, np.uint8) for a in self.known])
        nowhere = np.full((21, 2), np.nan)
        store.write(
            self.name, {"asked": asked, "moved": np.array([nowhere if m is None else m for m in self.known.values()])}
        )


def _pictures(clip: Clip) -> Iterator[Frame]:
    with open_video(clip.path) as video:
        yield from degraded(video.frames(), clip.degradation)


def detector_settings() -> dict[str, Any]:
    """What the report says about the detector."""
    return {"model": "hand_landmarker", "confidence": detector.CONFIDENCE, "hands": detector.HANDS}
