"""The sessions with the most that went wrong, and what that was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from coach import wiring
from coach.commands.quiet import quiet_libraries
from coach.protocol.files import load
from tests.bench.judge import Judged, truth_of

Json: TypeAlias = dict[str, Any]
WORST = 10
Say: TypeAlias = Callable[[str], None]


def troubles(one: Judged) -> list[str]:
    """In words: segments missed and made up, miscounted sets, decoys credited, presses, wrong items."""
    told = []
    for name, a in one.segments.items():
        if a.hits[0.5] < a.true:
            told.append(f"{name}: {a.true - a.hits[0.5]} of {a.true} not found (or overlapping by less than half)")
        if a.found > a.hits[0.5]:
            told.append(f"{name}: {a.found - a.hits[0.5]} found that is not there")
        if a.sets_exact < a.sets and a.hits[0.5]:
            told.append(f"{name}: {a.sets - a.sets_exact} of {a.sets} sets miscounted")
        if a.holds_missed and a.hits[0.5]:
            told.append(f"{name}: {a.holds_missed} of {a.holds} presses missed")
    if one.whole.decoy_counts:
        told.append(f"{one.whole.decoy_counts} repetitions or presses credited in decoys")
    return told + one.whole.wrong


def badness(one: Judged) -> float:
    """How much went wrong: items, segments and sets, each counted once."""
    a = one.whole
    missed, made_up = a.true - a.hits[0.5], a.found - a.hits[0.5]
    return len(a.wrong) + missed + made_up + (a.sets - a.sets_exact) + a.decoy_counts + 0.25 * a.not_visible


def worst(sessions: Iterable[Judged], most: int = WORST) -> list[Judged]:
    """The worst first; none in which nothing went wrong."""
    return sorted((s for s in sessions if badness(s) > 0), key=lambda s: (-badness(s), s.name))[:most]


def listed(sessions: Sequence[Judged], overlays: str = "overlays") -> list[Json]:
    """As JSON values, with the place of each overlay beside the report."""
    return [
        {"name": s.name, "badness": badness(s), "overlay": f"{overlays}/{s.name}.mp4", "troubles": troubles(s)}
        for s in sessions
    ]


def draw_overlays(videos: Sequence[Path], folder: Path, protocol: str, say: Say) -> None:
    """Reviews the videos as the product does, and writes what it saw into the picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for video in videos:
        corners = np.array(truth_of(video)["back_frame_px"], dtype=np.float64)
        target = folder / f"{video.stem}.mp4"
        with quiet_libraries():
            wiring.review(str(video), load(protocol), corners, str(target), lambda *_: None, "en")
        say(f"overlay: {target}")
