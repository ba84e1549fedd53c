"""How far fingertips are drawn from their place, by how long they seem: ``python -m tests.bench.fingers [FOLDER ...]``.

Of every press in a labelled session that a report has watched: the tracker's fingertips on the skin against the true
ones, and against the line on which they may lie where fingers seem too short (``coach/moves/fingers.py``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import Floats
from coach.locate.relief import on_skin
from coach.moves import fingers
from coach.parameters.landmarks import FINGER_OVER_PALM, WRIST
from coach.parameters.traces import OVER_SKIN
from coach.protocol import Protocol
from coach.protocol.files import load
from tests.bench.relief import RENDERED, TIPS, pressing_hand, sessions, tracked, tracks_of
from tests.bench.run import FOOTAGE

Json: TypeAlias = dict[str, Any]
BANDS = (0.0, 0.5, 0.7, 9.0)  # of the way from wrist to knuckle: how long fingers seem
TOO_FAR = 0.09  # back units: nine tenths of what a point of the scapula allows


def lengths(landmarks: Floats) -> float:
    """Of a hand (n, 21, 2): how long index and middle finger seem, over the way from the wrist to their knuckles."""
    finger, palm = (
        np.hypot(*np.moveaxis(landmarks[:, a] - landmarks[:, b], -1, 0)).sum(axis=1)
        for a, b in ((fingers.TIPS, fingers.KNUCKLES), (fingers.KNUCKLES, (WRIST, WRIST)))
    )
    return float(np.median(finger / palm))


def presses(videos: Sequence[Path], rules: Protocol) -> Iterator[tuple[float, bool, float, float]]:
    """Of each press: how long its fingers seem, whether the hand seems turned, tips off and the line off."""
    for video in videos:
        truth: Json = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
        tracks = tracks_of(video, truth)
        for segment in truth["segments"] if tracks is not None else ():
            for hold in segment["holds"]:
                hand = pressing_hand(hold["point"], segment["id"], rules)
                track = tracks[hand] if tracks is not None else None
                shown = [f for f in truth["frames"] if hold["start_s"] < f["t"] < hold["end_s"]]
                marks = np.empty(0) if track is None else tracked(track, hold)
                if track is None or track.eye is None or not len(marks) or not shown:
                    continue
                true = np.mean([frame["back"][hand]["fingertips"] for frame in shown], axis=0)
                drawn = on_skin(marks[:, TIPS].mean(axis=1), track.eye, OVER_SKIN)
                ahead = on_skin(_whole(marks), track.eye, OVER_SKIN)
                place, farthest = np.median(drawn, axis=0), np.median(ahead, axis=0)
                turned = bool(fingers.turned(marks, hand).mean() > 0.5)
                yield lengths(marks), turned, float(np.hypot(*(place - true))), _beside(true, place, farthest)


def _whole(marks: Floats) -> Floats:
    """(n, 2) where tips are if fingers are as long as they can be."""
    knuckles = marks[:, fingers.KNUCKLES].mean(axis=1)
    on: Floats = knuckles + FINGER_OVER_PALM * (knuckles - marks[:, WRIST])
    return on


def _beside(true: Floats, start: Floats, end: Floats) -> float:
    way = end - start
    share = float(np.clip((true - start) @ way / max(float(way @ way), 1e-12), 0.0, 1.0))
    return float(np.hypot(*(true - start - share * way)))


def table(found: Sequence[tuple[float, bool, float, float]]) -> Table:
    out = Table(title="Fingertips as they are drawn (back units, medians)", title_justify="left", box=SIMPLE)
    for heading in ("fingers seem", "presses", "off", f"> {TOO_FAR}", "off the line"):
        out.add_column(heading, justify="right")
    rows = {
        f"{low:.1f}-{high:.1f}": [f for f in found if low <= f[0] < high and not f[1]] for low, high in pairwise(BANDS)
    }
    rows["turned"] = [f for f in found if f[1]]
    for name, some in rows.items():
        off = np.array([(f[2], f[3]) for f in some]).reshape(-1, 2)
        if len(off):
            far = int((off[:, 0] > TOO_FAR).sum())
            out.add_row(name, str(len(off)), f"{np.median(off[:, 0]):.3f}", str(far), f"{np.median(off[:, 1]):.3f}")
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fingers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[FOOTAGE, RENDERED])
    given = parser.parse_args(arguments)
    found = list(presses(sessions(given.folders), load("oxytocin")))
    Console(width=None if sys.stdout.isatty() else 140).print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
