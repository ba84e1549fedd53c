"""How much of the hands each layout shows, step by step: `python -m samples.renderer.sights --views 4 --out FILE`.

No picture is drawn, only how far everything is: of every step of the massage a few moments, from views drawn as
`layouts.py` draws them, with a whole giver. The file has a row for each view: the back's rectangle in the picture and,
by step and hand that works in it, what share of the hand's landmarks is seen on average, and in what share of the
moments less than half.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from samples.renderer import cast, layouts, lot, truth
from samples.renderer.draw import Painter
from samples.renderer.film import Studio
from samples.renderer.load import parse
from samples.renderer.play import Segment, act
from samples.renderer.script import SEGMENTS, Script

MOMENTS = 6  # of each step
SEED = 90_000  # no session has it
HALF = 0.5  # of its landmarks: what shows less of a hand hides it


def main(arguments: list[str] | None = None) -> int:
    """Writes the file; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m samples.renderer.sights", description=__doc__)
    parser.add_argument("--views", type=int, default=4, help="of each layout (default: 4)")
    parser.add_argument("--layout", choices=tuple(layouts.LAYOUTS), action="append", help="default: all")
    parser.add_argument("--world", choices=tuple(lot.WORLDS), default="development", help="(default: development)")
    parser.add_argument("--out", type=Path, required=True, help="JSON file")
    options = parser.parse_args(arguments)
    rows = []
    for layout in options.layout or layouts.LAYOUTS:
        for number in range(options.views):
            rows.append(seen_from(layout, number, options.world))
            print(layout, number, flush=True)
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    options.out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return 0


def seen_from(layout: str, number: int, world: str) -> dict[str, Any]:
    """A view's row."""
    script = _script(layout, number, world)
    acted = act(script)
    players = cast.Cast(script, acted)
    painter = Painter(script.size)
    painter.light(players.light(), players.centre)
    studio = Studio(script, players, painter)
    document = truth.head(script, acted, players.receiver, players.camera(0.0), players.sway(0.0))
    steps = {str(segment["id"]): _hands(studio, segment) for segment in acted.segments}
    painter.context.release()
    view = {name: document["script"]["camera"][name] for name in ("azimuth_deg", "elevation_deg")}
    about = {"layout": layout, **view, "lean_deg": script.receiver.lean_deg, "posture": script.receiver.posture}
    return about | {"size": list(script.size), "corners_px": document["back_frame_px"], "steps": steps}


def _script(layout: str, number: int, world: str) -> Script:
    data = lot.laid_out(number, layout, world)
    steps = [{"do": do} for do in SEGMENTS]
    return parse(data | {"name": f"sights_{layout}_{number}", "seed": SEED + number, "steps": steps})


def _hands(studio: Studio, segment: Segment) -> dict[str, Any]:
    """By hand that works: the mean share that is seen, and the share of moments in which it is hidden."""
    shares: dict[str, list[float]] = {}
    for time, sides in _moments(segment):
        found = studio.sight(time)
        for side in sides:
            shares.setdefault(side, []).append(found[side])
    return {
        side: {"seen": round(float(np.mean(all_)), 2), "hidden": round(float(np.mean(np.array(all_) < HALF)), 2)}
        for side, all_ in shares.items()
    }


def _moments(segment: Segment) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Times at which hands work, and which."""
    work = [*segment["repetitions"], *segment["holds"]]
    spread = [(one, part) for one in work for part in (0.15, 0.5, 0.85)]
    for k in np.linspace(0, len(spread) - 1, min(MOMENTS, len(spread))).round().astype(int).tolist():
        one, part = spread[k]
        hand = one.get("hand", segment.get("hand", "both"))
        yield one["start_s"] + part * (one["end_s"] - one["start_s"]), ("left", "right") if hand == "both" else (hand,)


if __name__ == "__main__":
    raise SystemExit(main())
