"""Where the working fingers are in the demonstrations, and when they press: hands.json beside the films.

A page draws the pressure over a film, and shows the fingers from near. It is known from the movement itself, so the
films need not be rendered anew: python -m samples.renderer --followed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from samples.renderer import cast, truth
from samples.renderer.chance import Steady
from samples.renderer.demonstrations import SIZE, loop, script_of
from samples.renderer.play import BACK, WORK, Acted, act
from samples.renderer.script import SEGMENTS

PER_S = 8  # places a second; a page draws straight lines between them
SIDES = ("left", "right")
TIPS = (8, 12)  # of the fore and the middle finger
FILE = "hands.json"
# Of a stroke there and back: the way out, where that is done "with pressure" and the way back "only lightly".
PRESSED_SHARE = {name: WORK[name] / (WORK[name] + BACK[name]) for name in ("neck_stroke", "shoulder_stroke")}
Followed: TypeAlias = dict[str, Any]


def write(folder: Path, names: Sequence[str] = SEGMENTS) -> None:
    """Writes the file for these movements."""
    told = {name: followed(name) for name in names}
    (folder / FILE).write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


def followed(name: str) -> Followed:
    """One movement: ``per_s``, and for each working hand its places ``[x, y, presses]``, as shares of the picture."""
    script = script_of(name)
    acted = act(script, Steady())
    start, end = loop(name, acted)
    players = cast.Cast(script, acted, levels=2)
    hands: dict[str, list[list[float]]] = {side: [] for side in _working(acted)}
    size = np.array(script.size)
    for number in range(round((end - start) * PER_S)):
        time = start + number / PER_S
        shot = players.shot(time)
        for side, places in hands.items():
            tips = truth.moved(shot.sway, shot.arms[side].landmarks[list(TIPS)])
            x, y = players.camera(time).pixels(tips)[:, :2].mean(axis=0) / size
            places.append([round(float(x), 3), round(float(y), 3), int(_presses(acted, side, time))])
    return {"per_s": PER_S, "ratio": SIZE[0] / SIZE[1], "hands": hands}


def _hand(segment: dict[str, Any], part: dict[str, Any]) -> str:
    """Whose part it is: "left", "right" or "both". Of points pressed together, each tells its side by its name."""
    own = str(part.get("hand") or segment.get("hand") or str(part.get("point", "")).rpartition("_")[2])
    return own if own in SIDES else "both"


def _working(acted: Acted) -> list[str]:
    own = {_hand(segment, part) for segment in acted.segments for part in (*segment["repetitions"], *segment["holds"])}
    return [side for side in SIDES if own & {side, "both"}]


def _presses(acted: Acted, side: str, time: float) -> bool:
    """Whether a hand presses: where a point is held, and on the way out of a stroke that comes back lightly."""
    for segment in acted.segments:
        way = PRESSED_SHARE.get(segment["id"], 0.0)
        spans = [(part, 1.0) for part in segment["holds"]] + [(part, way) for part in segment["repetitions"]]
        for part, share in spans:
            pressed_s = share * (part["end_s"] - part["start_s"])
            if _hand(segment, part) in (side, "both") and 0.0 <= time - part["start_s"] < pressed_s:
                return True
    return False
