"""The longer measurements of the report, each asked for by name; each gives one more table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from joblib import Parallel, delayed
from rich.console import Console

from coach.protocol.files import load
from tests.bench import circle_tracks, detector, simulated, tables
from tests.bench.accuracy import Agreement, compare
from tests.bench.degrade import DEGRADATIONS
from tests.bench.finders import FINDERS
from tests.bench.judge import Task, all_judged
from tests.bench.measures import HEADLINE
from tests.bench.variations import VARIATIONS

Json: TypeAlias = dict[str, Any]
Ways: TypeAlias = Mapping[str, tuple[str, Callable[[Task], Task]]]  # name → what it is, the task done that way

ABLATION = "What does each part of the core earn?"
DETECTOR = "What do other ways to find hands earn?"
BAD_SEEDS = range(5003, 5035, simulated.HARD_EVERY)
STRESS = "What if the picture gets worse?"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ablation", action="store_true", help="also without each part of the core")
    parser.add_argument(
        "--stress",
        nargs="*",
        choices=list(DEGRADATIONS),
        help="also with worse pictures, all or those named (long, the first time)",
    )
    parser.add_argument(
        "--detector",
        nargs="*",
        choices=list(FINDERS),
        help="also with other ways to find hands, all or those named (long)",
    )


def run(given: argparse.Namespace, videos: Sequence[Path], say: Console) -> dict[str, Json]:
    """The tables that were asked for, by name."""
    tasks = [Task(video, given.protocol, marked=given.marked) for video in videos]
    found: dict[str, Json] = {}
    if given.ablation:
        found["ablation"] = compared(ABLATION, "part", ablations(), tasks, given.jobs)
        found["ablation, bad detector"] = without_pixels(given.protocol, given.jobs)
    if given.stress is not None:
        found["stress"] = compared(STRESS, "picture", some(stresses(), given.stress), tasks, given.jobs)
    if given.detector is not None:
        ways = some(finders(), given.detector)
        found["detector"] = compared(DETECTOR, "finder", ways, tasks, given.jobs)
        found["detector"]["hands"] = detector.measured(videos, list(ways))
        say.print(detector.shown(found["detector"]["hands"]))
    for name, table in found.items():
        say.print(tables.shown(name, table))
    return found


def circles(say: Console) -> Json | None:
    """Circles in real tracks, where they are there."""
    result = circle_tracks.of_file()
    if result is not None:
        for line in circle_tracks.lines(result):
            say.print(line, highlight=False)
    return result


def compared(asked: str, group: str, ways: Ways, tasks: Sequence[Task], jobs: int) -> Json:
    """The same sessions in one way after the other."""
    rows: dict[tuple[str, str], list[Agreement]] = {}
    for name, (_, way) in ways.items():
        rows[group, name] = [one.whole for one in all_judged([way(task) for task in tasks], jobs)]
    return tables.table(asked, HEADLINE, rows) | {"ways": {name: what for name, (what, _) in ways.items()}}


def without_pixels(protocol: str, jobs: int) -> Json:
    """The ablation on simulated sessions before a detector that misses hands, doubles them and sees ghosts."""
    names = [name for name, v in VARIATIONS.items() if v.mover == "flow"]  # there is nothing to bridge with
    pairs = [(name, seed) for name in names for seed in BAD_SEEDS]
    found = Parallel(n_jobs=jobs)(delayed(_without_pixels)(seed, name, protocol) for name, seed in pairs)
    rows: dict[tuple[str, str], list[Agreement]] = {}
    for (name, _), agreement in zip(pairs, found, strict=True):
        rows.setdefault(("part", name), []).append(agreement)
    return tables.table(ABLATION, HEADLINE, rows)


def _without_pixels(seed: int, name: str, protocol: str) -> Agreement:
    session = simulated.session(seed)
    with VARIATIONS[name].active():
        return compare(simulated.review(session, load(protocol)), session.truth)


def ablations() -> Ways:
    return {name: (v.what, _set(variation=name)) for name, v in VARIATIONS.items()}


def stresses() -> Ways:
    return {name: (what, _set(degradation=name)) for name, what in DEGRADATIONS.items()}


def finders() -> Ways:
    return {name: (v.what, _set(finder=name)) for name, v in FINDERS.items()}


def some(ways: Ways, names: Sequence[str]) -> Ways:
    """Those that are named, and the first, which the others are compared with; all where none is named."""
    return {n: way for k, (n, way) in enumerate(ways.items()) if not names or k == 0 or n in names}


def _set(**changed: str) -> Callable[[Task], Task]:
    def way(task: Task) -> Task:
        return replace(task, **changed)  # type: ignore[arg-type]  # all of these fields are text

    return way
