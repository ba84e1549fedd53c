"""How well the back is followed: ``python -m tests.bench.back [FOLDER ...]``.

Of each rendered session: how far the worst corner is from where it truly is, in widths of the back, and how far the
back moved at all (a receiver who sways, a camera that is nudged).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import Floats
from coach.locate.plane import to_back
from tests.bench import store
from tests.bench.recording import Clip, watch
from tests.bench.run import CORES, FOOTAGE

RENDERED = store.ROOT / "samples" / "cache" / "sessions"


def errors(video: Path) -> tuple[Floats, float]:
    """(n,) the worst corner's error in each frame, and how far the back truly moved at most; widths."""
    truth = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    width = float(np.hypot(*(corners[1] - corners[0])))
    watching = watch(Clip(video, corners)).watching
    scale = float(watching.corners[0, 0] / corners[0, 0])
    motions = np.array(watching.motions)
    found = to_back(np.repeat(watching.corners[None], len(motions), axis=0), motions) / scale
    true = np.array([frame.get("back_frame_px", truth["back_frame_px"]) for frame in truth["frames"]])[: len(found)]
    off = np.hypot(*np.moveaxis(found[: len(true)] - true, -1, 0)).max(axis=1) / width
    moved = float(np.hypot(*np.moveaxis(true - corners, -1, 0)).max() / width)
    return off, moved


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.back", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[FOOTAGE, RENDERED])
    given = parser.parse_args(arguments)
    videos = [v for folder in given.folders for v in sorted(folder.glob("[djr]*.mp4"))]
    videos = [v for v in videos if v.with_suffix(".truth.json").exists()]
    found: list[tuple[Floats, float]] = list(Parallel(n_jobs=CORES)(delayed(errors)(v) for v in videos))
    out = Table(title="How far the back's worst corner is off (widths)", title_justify="left", box=SIMPLE)
    for heading in ("", "moved", "median", "95 %", "most"):
        out.add_column(heading, justify="right")
    for video, (off, moved) in zip(videos, found, strict=True):
        out.add_row(video.stem, f"{moved:.3f}", *(f"{v:.3f}" for v in (*np.percentile(off, (50, 95)), off.max())))
    for name, some in (("still", [o for o, m in found if m < 0.01]), ("moving", [o for o, m in found if m >= 0.01])):
        if some:
            middle = (float(np.median([np.percentile(off, share) for off in some])) for share in (50, 95, 100))
            out.add_row(f"{name}: the median of {len(some)}", "", *(f"{v:.3f}" for v in middle))
    Console(width=None if sys.stdout.isatty() else 120).print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
