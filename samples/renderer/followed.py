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
from samples.renderer.human import Floats
from samples.renderer.play import BACK, WORK, Acted, act
from samples.renderer.script import FISTS, SEGMENTS
from samples.renderer.stage import SIDES, Side

PER_S = 8  # places a second; a page draws straight lines between them
TIPS = (8, 12)  # of the fore and the middle finger
FLESH = 0.12  # of a hand's size around its joints: to where its skin reaches
FILE = "hands.json"
# Of a stroke there and back: the way out, where that is done "with pressure" and the way back "only lightly".
PRESSED_SHARE = {name: WORK[name] / (WORK[name] + BACK[name]) for name in ("neck_stroke", "shoulder_stroke")}
Followed: TypeAlias = dict[str, Any]


def write(folder: Path, names: Sequence[str] = (*SEGMENTS, FISTS)) -> None:
    """Writes the file for these movements."""
    told = {name: followed(name) for name in names}
    (folder / FILE).write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


def followed(name: str) -> Followed:
    """One movement: ``per_s``, and for each working hand ``[x, y, presses]`` of its fingertips and its ``boxes``.

    All places are shares of the picture, a box is ``[left, top, right, bottom]``; outside is below 0 or above 1.
    """
    script = script_of(name)
    acted = act(script, Steady())
    start, end = loop(name, acted)
    players = cast.Cast(script, acted, levels=2)
    hands: dict[Side, Followed] = {side: {"tips": [], "boxes": []} for side in _working(acted)}
    for number in range(round((end - start) * PER_S)):
        time = start + number / PER_S
        shot, camera = players.shot(time), players.camera(time)
        for side, told in hands.items():
            seen = camera.pixels(truth.moved(shot.sway, shot.arms[side].landmarks))[:, :2] / np.array(script.size)
            told["tips"].append([*_rounded(seen[list(TIPS)].mean(axis=0)), int(_presses(acted, side, time))])
            told["boxes"].append(_rounded(_box(seen)))
    return {"per_s": PER_S, "hands": hands}


def _box(seen: Floats) -> Floats:
    """(4,) around a hand's landmarks (21, 2), shares of the picture, and the flesh about them."""
    low, high = seen.min(axis=0), seen.max(axis=0)
    wide, tall = SIZE
    flesh = FLESH * max((high - low) * SIZE) / np.array([wide, tall])
    return np.concatenate([low - flesh, high + flesh])


def _rounded(places: Floats) -> list[float]:
    return [round(float(value), 3) for value in places]


def _hand(segment: dict[str, Any], part: dict[str, Any]) -> str:
    """Whose part it is: "left", "right" or "both". Of points pressed together, each tells its side by its name."""
    own = str(part.get("hand") or segment.get("hand") or str(part.get("point", "")).rpartition("_")[2])
    return own if own in SIDES else "both"


def _working(acted: Acted) -> list[Side]:
    own = {_hand(segment, part) for segment in acted.segments for part in (*segment["repetitions"], *segment["holds"])}
    return [side for side in SIDES if own & {side, "both"}]


def _presses(acted: Acted, side: Side, time: float) -> bool:
    """Whether a hand presses: where a point is held, and on the way out of a stroke that comes back lightly."""
    for segment in acted.segments:
        way = PRESSED_SHARE.get(segment["id"], 0.0)
        spans = [(part, 1.0) for part in segment["holds"]] + [(part, way) for part in segment["repetitions"]]
        for part, share in spans:
            pressed_s = share * (part["end_s"] - part["start_s"])
            if _hand(segment, part) in (side, "both") and 0.0 <= time - part["start_s"] < pressed_s:
                return True
    return False
