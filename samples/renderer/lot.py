"""Draws session scripts by lot: `python -m samples.renderer.lot --first 150 --count 24 [--layout far]`.

What is measured on sessions that somebody made up tells how well that somebody's mistakes are known. So most judging
scripts are drawn: two to four movements that follow each other in the protocol, one or two planted mistakes among them,
now and then something else in between, and people, camera, light and style anywhere within what the set-up check lets
pass. The same numbers draw the same scripts. With a layout (`layouts.py`) the laptop stands somewhere else, and the
giver is whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from samples.renderer import layouts
from samples.renderer.layouts import between, happens
from samples.renderer.load import load, parse
from samples.renderer.script import (
    BUILDS,
    DECOYS,
    FIDGETS,
    HOLDS,
    JUDGED_BUILDS,
    SCHEMA,
    SEGMENTS,
    SKINS,
)

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
SEEDS_FROM = 1300  # a script's own seed is this and its number: none of those before has it
# of layouts: a name's first letter, the seeds, and the bodies
WORLDS = {"judging": ("v", 20_000, JUDGED_BUILDS), "development": ("u", 60_000, BUILDS)}
_WRONG_POINTS = {"scapula_left_points": {"8": "9", "6": "12"}, "scapula_right_points": {"4": "3", "6": "12"}}

Values = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Writes the scripts and says their names; returns the exit code."""
    options = _options(arguments)
    taken = {_view(load(path).camera) for path in SCRIPTS.glob("r*.toml")}
    for number in range(options.first, options.first + options.count):
        data = drawn(number, taken) if options.layout is None else laid_out(number, options.layout, options.world)
        path = options.out / f"{data['name']}.toml"
        path.write_text(toml(data), encoding="utf-8")
        print(path.stem)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m samples.renderer.lot", description=__doc__)
    parser.add_argument("--first", type=int, required=True, help="number of the first script; it decides the draw")
    parser.add_argument("--count", type=int, default=12, help="how many (default: 12)")
    parser.add_argument(
        "--layout", choices=tuple(layouts.LAYOUTS), help="where the laptop stands (default: behind her, as it was)"
    )
    parser.add_argument("--world", choices=tuple(WORLDS), default="judging", help="of a layout (default: judging)")
    parser.add_argument("--out", type=Path, default=SCRIPTS, help="folder (default: samples/scripts)")
    return parser.parse_args(arguments)


def drawn(
    number: int,
    taken: Collection[tuple[int, int]] = (),
    chance: np.random.Generator | None = None,
    first: int | None = None,
    builds: tuple[str, ...] = JUDGED_BUILDS,
) -> Values:
    """The script of a number, as parsed TOML; its view, in whole degrees, is none of those `taken`.

    The two worlds share no view (see README.md), hence `taken`. `chance` draws it instead of the number, and `first` is
    the movement that it begins with instead of any; people have one of `builds`.
    """
    chance = chance or np.random.default_rng(SEEDS_FROM + number)
    steps, planted = _steps(chance, first)
    massage = [step["do"] for step in steps if step["do"] in SEGMENTS]
    told = ", ".join(f"{do} {mistake}" for do, mistake in planted)
    data: Values = {
        "schema": SCHEMA,
        "name": f"j{number}_{massage[0]}_to_{massage[-1]}",
        "seed": SEEDS_FROM + number,
        "expected": f"Drawn by lot: {massage[0]} to {massage[-1]}; {told}.",
        "fps": _one(chance, (12, 15, 15, 20, 30)),
        **_people(chance, builds),
        "camera": _camera(chance, taken),
        "light": _light(chance),
        "picture": {
            "noise_sd": between(chance, 2.5, 6.0),
            "blur_px": between(chance, 0.5, 0.9),
            "crf": _one(chance, (22, 24, 26)),
        },
        "sway": {"angle_deg": between(chance, 1.0, 3.0) if happens(chance, 0.3) else 0.0, "period_s": 8.0},
        "style": _style(chance),
        "steps": steps,
    }
    parse(data)  # what contradicts itself is refused here, not when it is rendered
    return data


def laid_out(number: int, layout: str, world: str = "judging") -> Values:
    """The script of a number with the laptop somewhere else, as parsed TOML: three movements, whichever come next."""
    letter, seeds, builds = WORLDS[world]
    order = list(layouts.LAYOUTS).index(layout)
    chance = np.random.default_rng([seeds, number, order])
    data = drawn(number, chance=chance, first=min(3 * (number % 5), len(SEGMENTS) - 3), builds=builds)
    seen = layouts.LAYOUTS[layout](chance)
    told = data["expected"].removeprefix("Drawn by lot: ")
    data |= {
        "name": f"{letter}{number}_{layout}_{data['name'].partition('_')[2]}",
        "seed": seeds + 10 * number + order,
        "expected": f"Drawn by lot, seen from {layout}: {told}",
        "camera": seen.camera,
        "receiver": data["receiver"] | seen.receiver,
        "giver": data["giver"] | {"whole": True},
    }
    parse(data)
    return data


def _steps(chance: np.random.Generator, start: int | None = None) -> tuple[list[Values], list[tuple[str, str]]]:
    """The steps, and which mistakes are planted in which."""
    length = 3 if start is not None else int(_one(chance, (2, 3, 3, 4)))
    first = start if start is not None else int(chance.integers(0, len(SEGMENTS) - length + 1))
    massage = SEGMENTS[first : first + length]
    wrong = set(chance.choice(length, size=int(_one(chance, (1, 1, 2))), replace=False).tolist())
    steps: list[Values] = []
    planted: list[tuple[str, str]] = []
    for number, do in enumerate(massage):
        if happens(chance, 0.35):
            steps.append(_other(chance))
        step = _wrong(chance, do) if number in wrong else _right(chance, do)
        if number in wrong:
            planted.append((do, step["mistake"]))
        steps.append(step)
    return steps, planted


def _other(chance: np.random.Generator) -> Values:
    """Something that is no massage."""
    do = _one(chance, ("idle", "decoy", "fidget"))
    if do == "idle":
        place = _one(chance, ("back", "shoulder", "out"))
        return {"do": do, "place": place, "seconds": between(chance, 2.0, 4.0)}
    if do == "decoy":
        return {"do": do, "kind": _one(chance, DECOYS), "seconds": between(chance, 4.0, 8.0)}
    return {"do": do, "kind": _one(chance, FIDGETS), "seconds": between(chance, 3.0, 5.0)}


def _right(chance: np.random.Generator, do: str) -> Values:
    """A movement done right."""
    if do in HOLDS:
        return {"do": do, "hold_s": between(chance, 2.8, 4.5)}
    return {"do": do, "repetitions": _one(chance, (5, 6, 7)), "tempo": between(chance, 0.75, 1.1)}


def _wrong(chance: np.random.Generator, do: str) -> Values:
    """A movement with one of the mistakes that can be made in it."""
    mistake = _one(chance, _mistakes(do))
    step = _right(chance, do) | {"mistake": mistake}
    match mistake:
        case "too_few":
            step["repetitions"] = _one(chance, (2, 3))
        case "too_fast":
            step["tempo"] = between(chance, 0.36, 0.45)
        case "short_hold":
            step["hold_s"] = between(chance, 0.8, 1.3)
        case "missing_point":
            step["detail"] = _one(chance, HOLDS[do])
            step["points"] = [point for point in HOLDS[do] if point != step["detail"]]
        case "wrong_point":
            step["detail"] = _one(chance, tuple(_WRONG_POINTS[do]))
            step["points"] = [_WRONG_POINTS[do][point] if point == step["detail"] else point for point in HOLDS[do]]
        case "wrong_sequence":
            step["points"] = [HOLDS[do][k] for k in (1, 0, 2)]
        case "one_side":
            step["hands"] = _one(chance, ("left", "right"))
        case "asymmetric":
            step["left_size"] = between(chance, 0.3, 0.5)
        case "no_alternation":
            step["turns"] = _one(chance, ("together", "right_then_left"))
        case "swapped_hand":
            step["hands"] = "left"
        case "wrong_direction":
            step["upward"] = True
    return step


def _mistakes(do: str) -> tuple[str, ...]:
    if do in HOLDS:
        return ("short_hold", "missing_point", *(("wrong_point", "wrong_sequence") if do in _WRONG_POINTS else ()))
    more: Mapping[str, tuple[str, ...]] = {
        "neck_stroke": ("swapped_hand",),
        "shoulder_stroke": ("one_side",),
        "spine_circles": ("one_side",),
        "spine_strokes": ("wrong_direction",),
        "heart": ("asymmetric",),
        "love": ("no_alternation",),
    }
    return ("too_few", "too_fast", *more.get(do, ()))


def _people(chance: np.random.Generator, builds: tuple[str, ...]) -> Values:
    return {
        "receiver": {
            "build": _one(chance, builds),
            "skin": _one(chance, SKINS),
            "shirt": happens(chance, 0.6),
            "lean_deg": between(chance, 10.0, 22.0),
            "bend_deg": between(chance, 18.0, 28.0),
            "head": _one(chance, ("bun", "bun", "scarf")),
        },
        "giver": {
            "build": _one(chance, builds),
            "skin": _one(chance, SKINS),
            "sleeve": between(chance, 0.75, 1.6),
            "bands": happens(chance, 0.15),
        },
    }


def _camera(chance: np.random.Generator, taken: Collection[tuple[int, int]]) -> Values:
    while True:
        azimuth, elevation = between(chance, -28.0, 28.0), between(chance, 36.0, 66.0)
        if (round(azimuth), round(elevation)) not in taken:
            break
    return {
        "azimuth_deg": azimuth,
        "elevation_deg": elevation,
        "distance_m": between(chance, 0.78, 0.92),
        "hfov_deg": between(chance, 49.0, 60.0),
        "roll_deg": between(chance, -4.0, 4.0),
        "aim": [0.5, between(chance, 0.3, 0.38)],
    }


def _light(chance: np.random.Generator) -> Values:
    return {
        "azimuth_deg": between(chance, -80.0, 80.0),
        "elevation_deg": between(chance, 35.0, 65.0),
        "key": between(chance, 0.75, 1.15),
        "ambient": between(chance, 0.75, 1.1),
        "warmth": between(chance, 0.0, 0.8),
        "gloss": between(chance, 0.05, 0.25),
    }


def _style(chance: np.random.Generator) -> Values:
    return {
        "tempo": between(chance, 0.85, 1.25),
        "size": between(chance, 0.88, 1.12),
        "jitter": between(chance, 0.05, 0.13),
        "drift": between(chance, 0.0, 0.012),
        "evenness": between(chance, 0.55, 0.95),
        "inward_deg": between(chance, 6.0, 18.0),
        "heart": _one(chance, ("rendered", "classic", "round")),
        "circles": _one(chance, (6, 7, 8, 9)),
        "circle_size": between(chance, 0.88, 1.12),
        "clockwise": happens(chance, 0.5),
        "transition_s": between(chance, 0.9, 2.2),
        "lift_m": between(chance, 0.02, 0.05),
        "rest": _one(chance, ("back", "shoulder")),
        "pause_s": between(chance, 0.0, 0.5),
    }


def _one(chance: np.random.Generator, of: tuple[Any, ...]) -> Any:
    return of[int(chance.integers(0, len(of)))]


def _view(camera: Any) -> tuple[int, int]:
    return round(camera.azimuth_deg), round(camera.elevation_deg)


def toml(data: Mapping[str, Any]) -> str:
    """A script as TOML: plain values first, then its parts, then its steps."""
    plain = [f"{key} = {json.dumps(value)}" for key, value in data.items() if not isinstance(value, dict | list)]
    parts = [_table(f"[{key}]", value) for key, value in data.items() if isinstance(value, dict)]
    steps = [_table("[[steps]]", step) for step in data["steps"]]
    return "\n".join(plain) + "\n\n" + "\n\n".join([*parts, *steps]) + "\n"


def _table(head: str, values: Mapping[str, Any]) -> str:
    return "\n".join([head, *(f"{key} = {json.dumps(value)}" for key, value in values.items())])


if __name__ == "__main__":
    sys.exit(main())
