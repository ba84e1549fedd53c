"""Ways to find hands, measured against the truth's landmarks and by the clock."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from rich.box import SIMPLE
from rich.table import Table

from coach.capture.video import open_video
from coach.commands.quiet import quiet_libraries
from coach.domain import Floats, HandObservation
from tests.bench.finders import FINDERS, Variant
from tests.bench.judge import truth_of
from tests.bench.recording import Clip, raw_hands

Json: TypeAlias = dict[str, Any]
NEAR = 0.5  # palm lengths between the middles of a found and a true hand
VISIBLE = 0.5  # share of a hand's landmarks in view, from which it ought to be found
FRAMES = 90  # on which the work is measured


@dataclass(slots=True)
class Finds:
    """What a finder found and what it ought to have."""

    frames: int = 0
    hands: int = 0  # in view
    found: int = 0
    both: int = 0  # frames with both in view
    both_found: int = 0
    ghosts: int = 0  # on no true hand, or a second time on one

    def add(self, frame: Json, seen: Sequence[HandObservation]) -> None:
        true = [np.array(frame["hands"][s], dtype=float) for s in frame["hands"] if frame["visible"][s] >= VISIBLE]
        hidden = [np.array(frame["hands"][s], dtype=float) for s in frame["hands"] if frame["visible"][s] < VISIBLE]
        free = list(seen)
        hits = sum(_take(marks, free) for marks in true)
        for marks in hidden:
            _take(marks, free)
        self.frames += 1
        self.hands += len(true)
        self.found += hits
        self.both += len(true) == 2
        self.both_found += len(true) == 2 and hits == 2
        self.ghosts += len(free)

    def values(self) -> Json:
        return {
            "hands found %": round(100.0 * self.found / max(self.hands, 1), 2),
            "both found %": round(100.0 * self.both_found / max(self.both, 1), 2),
            "false per 100 frames": round(100.0 * self.ghosts / max(self.frames, 1), 2),
        }


def _take(marks: Any, free: list[HandObservation]) -> bool:
    """Takes the found hand that lies on a true one."""
    middle, palm = marks[[0, 9]].mean(axis=0), float(np.hypot(*(marks[0] - marks[9])))
    away = [float(np.hypot(*(hand.landmarks[[0, 9]].mean(axis=0) - middle))) for hand in free]
    if not away or min(away) > NEAR * palm:
        return False
    free.pop(int(np.argmin(away)))
    return True


def finds(videos: Iterable[Path], finder: str, degradation: str = "none") -> Finds:
    """Of a finder, over some clips."""
    result = Finds()
    for video in videos:
        truth = truth_of(video)
        hands = raw_hands(Clip(video, np.array(truth["back_frame_px"], dtype=np.float64), degradation, finder))
        for frame, seen in zip(truth["frames"], hands, strict=False):
            result.add(frame, seen)
    return result


def measured(videos: Sequence[Path], names: Sequence[str]) -> dict[str, Json]:
    """Each finder's values, with the work that it takes on the first of the videos; the shipped one among the names."""
    work = works(videos[0], names)
    return {
        name: finds(videos, name).values()
        | {"ms of work a frame": round(1000.0 * work[name], 1), "× shipped": round(work[name] / work["shipped"], 2)}
        for name in names
    }


def works(video: Path, names: Sequence[str]) -> dict[str, float]:
    """Seconds of work (of all cores) that each finder takes for a frame; the clock would measure the neighbours too."""
    corners = np.array(truth_of(video)["back_frame_px"], dtype=np.float64)
    return {name: _work(video, FINDERS[name], corners) for name in names}


def _work(video: Path, variant: Variant, corners: Floats) -> float:
    with open_video(video) as opened, quiet_libraries():
        pictures = list(islice(opened.frames(), FRAMES))
    with variant.make(None) as finder, quiet_libraries():
        finder.find(pictures[0], corners)  # loads and warms up
        began = time.process_time()
        for frame in pictures[1:]:
            finder.find(frame, corners)
        return (time.process_time() - began) / (len(pictures) - 1)


def shown(values: dict[str, Json]) -> Table:
    out = Table(title="Ways to find hands", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    out.add_column("", no_wrap=True)
    for heading in next(iter(values.values())):
        out.add_column(heading, justify="right")
    for name, row in values.items():
        out.add_row(f"{name}: {FINDERS[name].what}", *(str(v) for v in row.values()))
    return out
