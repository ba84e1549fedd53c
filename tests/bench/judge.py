"""Labelled sessions through the recorded tracker and the core as it is now, each compared with its truth."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeAlias

from joblib import Parallel, delayed

from coach.commands.quiet import quiet_libraries
from coach.protocol.files import load
from tests.bench import marks
from tests.bench.accuracy import Agreement, compare, only
from tests.bench.conditions import Conditions, conditions
from tests.bench.recording import Clip, watch
from tests.bench.simulated import reported
from tests.bench.store import ROOT
from tests.bench.variations import VARIATIONS

Json: TypeAlias = dict[str, Any]
SESSIONS = ROOT / "samples" / "cache" / "sessions"
FOOTAGE = ROOT.parent / "shared" / "footage" / "rendered"
WORLDS = {
    "judging": ("j[0-9]*",),
    "development": ("r[0-9]*", "d[0-9]*"),
    # the laptop on the far side, beside, behind or above: `u*` for working, `v*` for judging
    "layouts": ("v[0-9]*",),
    "layouts_development": ("u[0-9]*",),
}  # which clips; nothing is fitted on the first
CORES = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A session, what was right and wrong in it, and under which conditions it was made."""

    name: str
    whole: Agreement
    segments: dict[str, Agreement]  # of each segment that was done or found
    conditions: Conditions
    report: Json = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Task:
    """How a session is to be judged."""

    video: Path
    protocol: str = "oxytocin"
    variation: str = "shipped"
    degradation: str = "none"
    finder: str = "shipped"
    marked: marks.Way = "corners"


def sessions(world: str, folders: Sequence[Path] = (SESSIONS, FOOTAGE)) -> list[Path]:
    """The labelled videos of a world, each once, by name."""
    found = {
        video.stem: video for folder in folders for pattern in WORLDS[world] for video in _labelled(folder, pattern)
    }
    return [found[name] for name in sorted(found)]


def selected(given: argparse.Namespace) -> list[Path]:
    """The labelled videos that a command's ``--world``, ``--sessions`` and ``--only`` ask for."""
    videos = sessions(given.world, given.sessions) if given.sessions else sessions(given.world)
    return [v for v in videos if given.only is None or any(fnmatch(v.stem, name) for name in given.only)]


def add_arguments(parser: argparse.ArgumentParser, world: str | None) -> None:
    """Those of :func:`selected`, and how the back is marked.

    :param world: by default
    """
    parser.add_argument("--world", choices=sorted(WORLDS), default=world)
    parser.add_argument("--sessions", nargs="+", type=Path, help="folders with *.mp4 and *.truth.json")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="sessions by name, * allowed")
    parser.add_argument(
        "--marked",
        choices=marks.WAYS,
        default=marks.WAYS[0],
        help="how the back is marked: true corners, exact marks on the body, or those that a hand makes",
    )


def _labelled(folder: Path, pattern: str) -> Iterable[Path]:
    return (v for v in folder.glob(f"{pattern}.mp4") if v.with_suffix(".truth.json").exists())


def truth_of(video: Path) -> Json:
    truth: Json = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
    return truth


def on_pillow(truth: Json) -> bool:
    """Whether the script has a pillow lie there: whoever films one says so."""
    receiver: Json = truth.get("script", {}).get("receiver", {})
    return receiver.get("posture") == "pillow"


def judged(task: Task) -> Judged:
    """Judges one session."""
    truth = truth_of(task.video)
    variation = VARIATIONS[task.variation]
    corners = marks.marked(truth, task.marked)
    clip = Clip(task.video, corners, task.degradation, task.finder, on_pillow(truth))
    with quiet_libraries(), variation.active():
        watched = watch(clip, variation.mover)
        tracks = variation.tracks(watched)
        made = reported(tracks, load(task.protocol), task.video.stem, corners)
    names = sorted({s["id"] for side in (truth, made) for s in side["segments"]})
    by_segment = {name: compare(*only(made, truth, name)) for name in names}
    return Judged(task.video.stem, compare(made, truth), by_segment, conditions(task.video.stem, truth), made)


def all_judged(tasks: Sequence[Task], cores: int = CORES) -> list[Judged]:
    """Judges many sessions side by side, in their order."""
    if len(tasks) == 1 or cores == 1:
        return [judged(task) for task in tasks]
    return list(Parallel(n_jobs=cores)(delayed(judged)(task) for task in tasks))
