"""Accuracy on labelled sessions: ``python -m tests.bench.run [--sessions FOLDER ...] [--simulated N]``.

Videos with a truth file beside them go through the real tracker, simulated sessions (no pixels) through the same fold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach import wiring
from coach.commands.quiet import quiet_libraries
from coach.protocol.files import load
from coach.summary.report import report
from tests.bench import simulated
from tests.bench.accuracy import OVERLAPS, Agreement, compare, middle

ROOT = Path(__file__).resolve().parents[2]
FOOTAGE = ROOT.parent / "shared" / "footage" / "rendered"
SIMULATED = 24
FIRST_SEED = 5000  # far from the seeds that tests use
CORES = 2
Named = tuple[str, Agreement]

COLUMNS = (
    *(f"F1@{o:g}" for o in OVERLAPS),  # of the segments
    "prec",  # at the last of the overlaps
    "recall",
    "edit",
    "bound s",  # from here on: medians of absolute errors, where a time is given
    "sets",  # of repetitions, counted exactly
    "±1",
    "holds",  # found, + those that are none
    "start s",
    "end s",
    "length s",
    "decoy s",  # taken for a segment
    "items",
    "kappa",
    "unseen",  # items that were not rated, though the truth would have
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--sessions", nargs="*", type=Path, help="folders with *.mp4 and *.truth.json (default: the footage)"
    )
    parser.add_argument("--simulated", type=int, default=SIMULATED, help=f"how many (default {SIMULATED})")
    parser.add_argument("--protocol", default="oxytocin")
    parser.add_argument("--wrong", action="store_true", help="name every item that differs from the truth")
    given = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    videos = list(labelled(given.sessions)) if given.sessions is not None else default_videos()
    for title, results in (
        ("Videos on the real tracker", rated_videos(videos, given.protocol)),
        ("Simulated sessions", rated_simulations(range(FIRST_SEED, FIRST_SEED + given.simulated), given.protocol)),
    ):
        show(console, title, list(results), given.wrong)
    return 0


def default_videos() -> list[Path]:
    """The footage's whole sessions, or the repository's sample where the footage is not there."""
    found = [v for v in labelled([FOOTAGE]) if v.name.startswith("d")]
    return found or list(labelled([ROOT / "samples"]))


def labelled(folders: Iterable[Path]) -> Iterator[Path]:
    """The videos that have a truth file beside them."""
    for folder in folders:
        yield from (v for v in sorted(folder.glob("*.mp4")) if v.with_suffix(".truth.json").exists())


def rated_videos(videos: Sequence[Path], protocol: str) -> Iterator[Named]:
    yield from Parallel(n_jobs=CORES)(delayed(_video)(path, protocol) for path in videos)


def _video(path: Path, protocol: str) -> Named:
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    with quiet_libraries():
        made = report(wiring.review(str(path), load(protocol), corners, None, lambda *_: None))
    return path.stem, compare(made, truth)


def rated_simulations(seeds: Sequence[int], protocol: str) -> Iterator[Named]:
    yield from Parallel(n_jobs=CORES)(delayed(_simulation)(seed, protocol) for seed in seeds)


def _simulation(seed: int, protocol: str) -> Named:
    played = simulated.session(seed)
    return f"seed {seed}", compare(simulated.review(played, load(protocol)), played.truth)


def show(console: Console, title: str, results: Sequence[Named], wrong: bool) -> None:
    if not results:
        console.print(f"{title}: none.")
        return
    whole = Agreement()
    for _, one in results:
        whole.add(one)
    table = Table(title=f"{title} ({len(results)})", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("session", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for name, one in results:
        table.add_row(name, *row(one))
    table.add_section()
    table.add_row("all", *row(whole))
    console.print(table)
    if wrong:
        for name, one in results:
            for line in one.wrong:
                console.print(f"  {name}: {line}", markup=False, highlight=False)


def row(one: Agreement) -> list[str]:
    """One line of the table."""
    return [
        *(f"{100 * one.f1(o):.1f}" for o in OVERLAPS),
        f"{100 * one.precision(0.5):.1f}",
        f"{100 * one.recall(0.5):.1f}",
        f"{np.mean(one.edits):.1f}",
        f"{middle(one.boundaries_s):.2f}",
        f"{one.sets_exact}/{one.sets}",
        f"{one.sets_near}/{one.sets}",
        f"{one.holds - one.holds_missed}/{one.holds}" + (f" +{one.holds_extra}" if one.holds_extra else ""),
        f"{middle(one.hold_starts_s):.2f}",
        f"{middle(one.hold_ends_s):.2f}",
        f"{middle(one.hold_lengths_s):.2f}",
        f"{one.decoy_s:.1f}/{one.decoys_s:.0f}",
        f"{sum(a == b for a, b in one.ratings)}/{len(one.ratings)}",
        f"{one.kappa():.3f}",
        str(one.not_visible),
    ]


if __name__ == "__main__":
    sys.exit(main())
