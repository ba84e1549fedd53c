"""How far a picture may go wrong before hands are lost: ``python -m tests.bench.limits``.

Stretches of development sessions are made darker, softer and farther away step by step; the real detector looks for
hands in them, and the truth tells which it found. So the limits of the set-up check (coach/practice/limits.toml) rest
on the same measures that the check takes: the light and sharpness of the back, the palm's share of the picture.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.practice.setup_check import Measured, check, load_limits
from tests.bench import judge
from tests.bench.steps import MAKERS, STEPS, Json, measured

GOOD = 90.0  # percent of the frames in which both hands are found


def limit(rows: Sequence[Json], measure: str) -> float | None:
    """The lowest value down to which both hands were found in enough frames on average; None where never."""
    steps = sorted(rows, key=lambda row: -float(row[measure]))
    good = None
    for row in steps:
        if row["both"] < GOOD:
            break
        good = float(row[measure])
    return good


def table(videos: Sequence[Path]) -> list[Json]:
    """For each step the clips' means."""
    rows = []
    for step in STEPS:
        some = [measured(video, step) for video in videos]
        means = {field: _mean([one[field] for one in some]) for field in some[0]}
        rows.append({"kind": step.kind, "level": step.level} | means)
    return rows


def _mean(values: Sequence[float]) -> float:
    """Of the clips that have a value: where no hand is found no palm is measured."""
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def limits(rows: Sequence[Json]) -> dict[str, float | None]:
    return {kind: limit([r for r in rows if r["kind"] == kind], kind) for kind in MAKERS}


def shown(rows: Sequence[Json]) -> Table:
    out = Table(title="Where hands are lost", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    for heading in rows[0]:
        out.add_column(heading, justify="right")
    for row in rows:
        out.add_row(*(value if isinstance(value, str) else f"{value:.4g}" for value in row.values()))
    return out


def light_told(videos: Sequence[Path]) -> str:
    """What the set-up check says of the light of each clip at each step, and in how many of these hands are found."""
    shipped = load_limits()
    found: dict[bool, list[bool]] = {True: [], False: []}
    for video in videos:
        for one in (measured(video, step) for step in STEPS if step.kind == "light"):
            seen = Measured((640, 480), light=one["light"], sharpness=one["sharpness"])
            passes = next(line.state == "ok" for line in check(seen, shipped) if line.id == "light")
            found[passes].append(one["both"] >= GOOD)
    passed, refused = found[True], found[False]
    return (
        f"light: both hands are found in {GOOD:g} % of the frames of {sum(passed)} of the {len(passed)} stretches "
        f"that the set-up check lets pass, and of {sum(refused)} of the {len(refused)} that it refuses"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.limits", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("videos", nargs="*", type=Path, help="labelled clips (default: the development sessions)")
    given = parser.parse_args(arguments)
    videos = given.videos or judge.sessions("development")
    rows = table(videos)
    say = Console(width=150)
    say.print(shown(rows))
    for name, value in limits(rows).items():
        found = "never" if value is None else f"down to {value:.3g}"
        say.print(f"{name}: both hands in {GOOD:g} % of the frames {found}", highlight=False)
    say.print(light_told(videos), highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
