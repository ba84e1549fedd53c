"""Marking the back by touch, on the real tracker: ``python -m tests.bench.touch``.

One line for each rendered clip in which the four places are touched: how many were taken, how many of them wrongly, how
far from the places they were, and how far the corners that follow are from the true ones. The last column is what the
corners would be off if every place had been marked exactly.

``--massages`` asks the other way round, on the development sessions: how often a hand that massages or rests is taken
for a finger that touches.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import Floats
from coach.locate.marks import corners_of
from coach.practice.marking import POINTS, Touching
from tests.bench import judge, recording, store
from tests.bench.marks import places, size_of

Json: TypeAlias = dict[str, Any]
Seen: TypeAlias = Sequence[tuple[float, Sequence[Floats]]]  # s, and the hands (21, 2) px, of each picture
FOLDERS = (judge.SESSIONS, store.ROOT / "samples")
WRONG = 0.15  # back widths from the place that was asked for: a finger's breadth is 0.05


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of the touches of one clip. Lengths in back widths."""

    times_s: tuple[float, ...]  # when each was taken
    places: tuple[float, ...]  # how far each that was taken is from its place
    corners: tuple[float, ...]  # of the rectangle that follows; empty where not all four were taken
    exact: tuple[float, ...]  # the corners' errors if every place had been marked exactly
    width_px: float

    @property
    def wrong(self) -> int:
        return sum(off > WRONG for off in self.places)


def touched(seen: Seen, truth: Json) -> Marked:
    """Marks the back as the set-up does."""
    touching, times = Touching(), []
    for now_s, hands in seen:
        if touching.see(now_s, hands):
            times.append(now_s)
    true, back = places(truth), np.array(truth["back_frame_px"])
    width = float(np.hypot(*(back[1] - back[0])))

    def off(one: Floats, other: Floats) -> tuple[float, ...]:
        return tuple(float(value) for value in np.hypot(*(one - other).T) / width)

    points = np.array(touching.points).reshape(-1, 2)
    size = size_of(truth)
    corners = off(corners_of(points, size), back) if len(points) == len(POINTS) else ()
    return Marked(tuple(times), off(points, true[: len(points)]), corners, off(corners_of(true, size), back), width)


def watched(video: Path) -> Seen:
    """What the tracker sees in a clip, from the disk where it is there."""
    truth = judge.truth_of(video)
    found = recording.raw_hands(
        recording.Clip(video, np.array(truth["back_frame_px"], dtype=np.float64), finder="bare")
    )
    times = [float(frame["t"]) for frame in truth["frames"]]
    return [(now_s, [hand.landmarks for hand in hands]) for now_s, hands in zip(times, found, strict=True)]


def mistaken(seen: Seen) -> int:
    """How many touches are taken where nobody touches; after each it begins anew."""
    touching, count = Touching(), 0
    for now_s, hands in seen:
        if touching.see(now_s, hands):
            touching, count = Touching(), count + 1
    return count


def clips() -> list[Path]:
    """The clips in which the back is marked, each once, by name."""
    found = {clip.stem: clip for folder in FOLDERS for clip in folder.glob("t*.mp4")}
    return [found[name] for name in sorted(found) if found[name].with_suffix(".truth.json").exists()]


def shown(videos: Sequence[Path]) -> Table:
    out = _table("Touches", "clip", "taken", "wrong", "places off", "corners off", "corners off, px", "if exact")
    for video in videos:
        one = touched(watched(video), judge.truth_of(video))
        corners = [f"{max(one.corners):.3f}", f"{max(one.corners) * one.width_px:.0f}"] if one.corners else ["-", "-"]
        farthest = f"{max(one.places):.3f}" if one.places else "-"
        out.add_row(video.stem, f"{len(one.places)}/4", str(one.wrong), farthest, *corners, f"{max(one.exact):.3f}")
    return out


def shown_massages(videos: Sequence[Path]) -> Table:
    out = _table("Touches where nobody touches", "session", "minutes", "touches")
    minutes = touches = 0.0
    for video in videos:
        seen = watched(video)
        count, lasts = mistaken(seen), seen[-1][0] / 60.0
        minutes, touches = minutes + lasts, touches + count
        out.add_row(video.stem, f"{lasts:.1f}", str(count))
    out.add_row("all", f"{minutes:.1f}", f"{touches:.0f}")
    return out


def _table(title: str, first: str, *others: str) -> Table:
    out = Table(title=title, title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    out.add_column(first, no_wrap=True)
    for heading in others:
        out.add_column(heading, justify="right")
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.touch", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "videos", nargs="*", type=Path, help="clips (default: t* in samples/cache/sessions and samples)"
    )
    parser.add_argument("--massages", action="store_true", help="touches taken in the development sessions instead")
    given = parser.parse_args(arguments)
    videos = given.videos or (judge.sessions("development") if given.massages else clips())
    if not videos:
        print("no clips: python -m samples.renderer samples/scripts/t*.toml makes them", file=sys.stderr)
        return 2
    Console(width=None if sys.stdout.isatty() else 120).print((shown_massages if given.massages else shown)(videos))
    return 0


if __name__ == "__main__":
    sys.exit(main())
