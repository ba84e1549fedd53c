"""The reading with one of its rules switched off at a time: what each earns.

``python -m tests.bench.ablation [--simulated 48] [--films FOLDER …] [--rules NAME …]`` prints, for each rule, what the
same sessions come to without it. A rule that changes nothing in either set is a rule to take out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from joblib import Parallel, delayed

from coach.commands.quiet import quiet_libraries
from coach.domain import Floats, Hand, HandTrack
from coach.protocol.files import load
from tests.bench import simulated
from tests.bench.accuracy import Agreement, compare
from tests.bench.judge import on_pillow
from tests.bench.recording import Clip, watch
from tests.bench.rules import RULES

Json: TypeAlias = dict[str, Any]
FIRST_SEED = 80_000
CORES = 2
PROTOCOLS = ("oxytocin", "back_massage_short")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ablation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--simulated", type=int, default=48, help="how many sessions without pixels")
    parser.add_argument("--films", nargs="*", type=Path, default=[], help="folders with *.mp4 and *.truth.json")
    parser.add_argument("--rules", nargs="+", choices=list(RULES), default=list(RULES), metavar="NAME", help="of them")
    given = parser.parse_args(arguments)
    films = [v for f in given.films for v in sorted(f.glob("*.mp4")) if v.with_suffix(".truth.json").exists()]
    jobs = Parallel(n_jobs=CORES)
    seeds = range(FIRST_SEED, FIRST_SEED + given.simulated)
    _show("simulated", jobs(delayed(_simulated)(seed, given.rules) for seed in seeds))
    _show("rendered", jobs(delayed(_film)(film, given.rules) for film in films))
    return 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session's reading agrees with its truth, and the reading itself."""

    agreement: Agreement
    report: str

    @classmethod
    def of(cls, tracks: dict[Hand, HandTrack], truth: Json, corners: Floats) -> Self:
        made = simulated.reported(tracks, load(_protocol(truth)), "", corners)
        return cls(compare(made, truth), json.dumps(made, sort_keys=True))


def without_each(
    tracks: dict[Hand, HandTrack], truth: Json, corners: Floats, rules: Sequence[str]
) -> dict[str, Outcome]:
    """The outcome as shipped, and without each rule."""
    out = {"shipped": Outcome.of(tracks, truth, corners)}
    for name in rules:
        with RULES[name].off():
            out[name] = Outcome.of(tracks, truth, corners)
    return out


def _protocol(truth: Json) -> str:
    """The protocol that knows all segments of a session."""
    done = {segment["id"] for segment in truth["segments"]}
    return next(name for name in PROTOCOLS if done <= load(name).rank.keys())


def _simulated(seed: int, rules: Sequence[str]) -> dict[str, Outcome]:
    played = simulated.session(seed)
    return without_each(simulated.watch(played).tracks(), played.truth, played.corners_px, rules)


def _film(film: Path, rules: Sequence[str]) -> dict[str, Outcome]:
    truth = json.loads(film.with_suffix(".truth.json").read_text("utf-8"))
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    with quiet_libraries():
        tracks = watch(Clip(film, corners, pillow=on_pillow(truth))).watching.tracks()
    return without_each(tracks, truth, corners, rules)


def _show(title: str, sessions: Sequence[dict[str, Outcome]]) -> None:
    if not sessions:
        return
    print(f"{title} ({len(sessions)})\n{'without':26} F1@50  exact sets  items wrong  not rated  sessions that change")
    for name in sessions[0]:
        whole = Agreement()
        for session in sessions:
            whole.add(session[name].agreement)
        changed = sum(session[name].report != session["shipped"].report for session in sessions)
        sets = f"{whole.sets_exact}/{whole.sets}"
        wrong = f"{len(whole.wrong)}/{len(whole.ratings)}"
        print(f"{name:26} {100 * whole.f1(0.5):5.1f}  {sets:>10}  {wrong:>11}  {whole.not_visible:9}  {changed:8}")


if __name__ == "__main__":
    sys.exit(main())
