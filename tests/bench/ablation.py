"""The reading with one of its rules switched off at a time: what each earns.

``python -m tests.bench.ablation [--simulated 24] [--films FOLDER …]`` prints, for each rule, what the same sessions
come to without it. A rule that changes nothing in either set is a rule to take out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np
from joblib import Parallel, delayed

from coach import pipeline
from coach.commands.quiet import quiet_libraries
from coach.domain import Floats, Hand, HandTrack
from coach.parse import segments
from coach.protocol.files import load
from tests.bench import simulated
from tests.bench.accuracy import Agreement, compare
from tests.bench.recording import Clip, watch

Json: TypeAlias = dict[str, Any]
FIRST_SEED = 80_000
CORES = 2


def _given(given: object, *_: object) -> object:
    return given


def _both_given(*given: object) -> object:
    return given[:2]


def _paired(runs: Sequence[object], either: Sequence[object], *_: object) -> object:
    return list(zip(runs, either, strict=True))


def _none(*_: object) -> tuple[()]:
    return ()


def _no_rivals(runs: Sequence[object], *_: object) -> list[list[int]]:
    return [[] for _ in runs]


RULES: dict[str, tuple[object, str, Callable[..., object]]] = {
    "told_apart": (segments, "told_apart", _given),
    "trimmed": (segments, "_trimmed", _given),
    "claimed": (segments, "_claimed", lambda *_: []),
    "pressed": (segments, "_pressed", _given),
    "rivals": (segments, "rivals", _no_rivals),
    "pressed_twice": (segments, "pressed_twice", _paired),
    "unit_by_unit": (segments, "unit_by_unit", _both_given),
    "without_repeats": (segments, "without_repeats", _given),
    "doubtful": (segments, "doubtful", _given),
    "glimpses": (pipeline, "glimpses", _none),
}  # by name: where it is called, and what stands there without it


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ablation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--simulated", type=int, default=24, help="how many sessions without pixels")
    parser.add_argument("--films", nargs="*", type=Path, default=[], help="folders with *.mp4 and *.truth.json")
    given = parser.parse_args(arguments)
    films = [v for f in given.films for v in sorted(f.glob("*.mp4")) if v.with_suffix(".truth.json").exists()]
    jobs = Parallel(n_jobs=CORES)
    _show("simulated", jobs(delayed(_simulated)(seed) for seed in range(FIRST_SEED, FIRST_SEED + given.simulated)))
    _show("rendered", jobs(delayed(_film)(film) for film in films))
    return 0


def without_each(tracks: dict[Hand, HandTrack], truth: Json, corners: Floats) -> dict[str, Agreement]:
    """How a session's reading agrees with its truth: as shipped, and without each rule."""
    protocol = load("oxytocin")
    out = {"shipped": compare(simulated.reported(tracks, protocol, "", corners), truth)}
    for name, (room, function, instead) in RULES.items():
        with patch.object(room, function, instead):
            out[name] = compare(simulated.reported(tracks, protocol, "", corners), truth)
    return out


def _simulated(seed: int) -> dict[str, Agreement]:
    played = simulated.session(seed)
    return without_each(simulated.watch(played).tracks(), played.truth, played.corners_px)


def _film(film: Path) -> dict[str, Agreement]:
    truth = json.loads(film.with_suffix(".truth.json").read_text("utf-8"))
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    with quiet_libraries():
        tracks = watch(Clip(film, corners)).watching.tracks()
    return without_each(tracks, truth, corners)


def _show(title: str, sessions: Sequence[dict[str, Agreement]]) -> None:
    if not sessions:
        return
    print(f"{title} ({len(sessions)})\n{'without':16} F1@50  exact sets  items wrong  not rated  sessions that change")
    for name in sessions[0]:
        whole = Agreement()
        for session in sessions:
            whole.add(session[name])
        changed = sum(session[name] != session["shipped"] for session in sessions)
        sets = f"{whole.sets_exact}/{whole.sets}"
        wrong = f"{len(whole.wrong)}/{len(whole.ratings)}"
        print(f"{name:16} {100 * whole.f1(0.5):5.1f}  {sets:>10}  {wrong:>11}  {whole.not_visible:9}  {changed:8}")


if __name__ == "__main__":
    sys.exit(main())
