"""How far off the back is that a person marks: ``python -m tests.bench.marks``.

The corners that follow from four marks on the body (C7, both shoulder points, L5), against the true ones, on every
labelled clip that is here, rendered or only its truth: exact marks, and such as a hand makes them. Beside them a
parallelogram of the same marks, which knows of no perspective.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import Floats
from coach.locate.marks import body_of, corners_of, parallelogram
from coach.locate.plane import homography, to_back
from coach.locate.relief import ASPECT
from tests.bench import store

Json: TypeAlias = dict[str, Any]
Way: TypeAlias = Literal["corners", "exact", "hand"]
WAYS: tuple[Way, ...] = ("corners", "exact", "hand")  # the true rectangle; by exact marks on the body; by a hand's
HAND_SD = 0.02  # back widths that a person's marks are off, across and down: seven millimetres
FOLDERS = (store.ROOT / "samples" / "cache" / "sessions", store.ROOT / "samples", store.ROOT.parent / "shared")
GRID = np.stack(np.meshgrid(np.linspace(0.0, 1.0, 5), np.linspace(0.0, 1.0, 6)), axis=-1).reshape(-1, 2)


def places(truth: Json) -> Floats:
    """(4, 2) px: where C7, both shoulder points and L5 are."""
    left, right = truth["back_corners_px"][:2]
    return np.array([truth["c7_px"], left, right, truth["waist_px"]], dtype=np.float64)


def marked(truth: Json, way: Way) -> Floats:
    """The back's corners (4, 2) px of a labelled session, true or as they follow from a person's marks."""
    if way == "corners":
        return np.array(truth["back_frame_px"], dtype=np.float64)
    draw = np.random.default_rng(zlib.crc32(str(truth["video"]).encode()))
    return corners_of(by_hand(places(truth), HAND_SD * (way == "hand"), draw), size_of(truth))


def size_of(truth: Json) -> tuple[int, int]:
    width, height = truth["size"]
    return int(width), int(height)


def by_hand(exact: Floats, off_sd: float, draw: np.random.Generator) -> Floats:
    """Marks (4, 2) px that are off by so many back widths."""
    width = float(np.hypot(*(exact[2] - exact[1])))
    return exact + draw.normal(0.0, off_sd * width, exact.shape)


def at_the_neck(exact: Floats, truth: Json) -> Floats:
    """Marks of someone who takes the shoulders at C7's height, as the rectangle has them."""
    raised = exact.copy()
    raised[1:3] = truth["back_frame_px"][:2]
    return raised


def off(corners: Floats, truth: Json) -> Floats:
    """(30,) how far places all over the back are from where they should be, back widths."""
    seen = to_back(GRID, np.linalg.inv(homography(corners)).astype(np.float64))
    away = to_back(seen, homography(marked(truth, "corners"))) - GRID
    return np.asarray(np.hypot(away[:, 0], away[:, 1] * ASPECT))


def truths() -> list[Json]:
    """Those of all clips in which the places on the body are known, each once."""
    found = {path.name: path for folder in FOLDERS for path in sorted(folder.rglob("*.truth.json"))}
    read: list[Json] = [json.loads(found[name].read_text("utf-8")) for name in sorted(found)]
    return [truth for truth in read if {"c7_px", "waist_px", "back_corners_px", "back_frame_px"} <= truth.keys()]


def shown(known: Sequence[Json]) -> Table:
    out = Table(
        title=f"Corners from marks on the body ({len(known)} clips), back widths", title_justify="left", box=SIMPLE
    )
    for heading in ("marks", "off (rms)", "farthest", "as a parallelogram", "farthest"):
        out.add_column(heading, justify="left" if heading == "marks" else "right")
    kinds: dict[str, Callable[[Json, np.random.Generator], Floats]] = {
        "exact": lambda truth, _: places(truth),
        **{f"off by {sd:g} (sd)": _off_by(sd) for sd in (0.01, HAND_SD, 0.03, 0.05)},
        "shoulders at C7's height": lambda truth, _: at_the_neck(places(truth), truth),
    }
    for name, marks in kinds.items():
        row = []
        for corners in (corners_of, lambda body, _size: parallelogram(body)):
            draw = np.random.default_rng(1)
            away = np.array([off(corners(marks(truth, draw), size_of(truth)), truth) for truth in known])
            row += [f"{np.sqrt((away**2).mean()):.3f}", f"{away.max():.3f}"]
        out.add_row(name, *row)
    back = [body_of(marked(truth, "corners"), size_of(truth)) - places(truth) for truth in known]
    widths = [np.hypot(*(places(truth)[2] - places(truth)[1])) for truth in known]
    apart = np.array([np.hypot(*one.T) / width for one, width in zip(back, widths, strict=True)])
    out.add_section()
    out.add_row("the other way: places from corners", f"{np.sqrt((apart**2).mean()):.3f}", f"{apart.max():.3f}", "", "")
    return out


def _off_by(sd: float) -> Callable[[Json, np.random.Generator], Floats]:
    return lambda truth, draw: by_hand(places(truth), sd, draw)


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="python -m tests.bench.marks", description=(__doc__ or "").split("\n")[0]).parse_args(
        arguments
    )
    Console(width=None if sys.stdout.isatty() else 120).print(shown(truths()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
