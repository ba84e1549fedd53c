"""A clean loop of every movement, for the page where it is practised: python -m samples.renderer --demonstrations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from samples.renderer import cast, scene
from samples.renderer.chance import Steady
from samples.renderer.draw import Painter
from samples.renderer.film import Studio
from samples.renderer.play import Acted, act
from samples.renderer.script import CIRCLES, FISTS, HOLDS, SEGMENTS, Lamp, Person, Picture, Script, Step, Style, View

FPS = 16
SIZE, DRAWN = (640, 480), (960, 720)  # px: shrunk from half as much again, which smooths the edges
CRF = "26"
ROOM = {2: (150, 140, 128), 5: (206, 200, 190), 6: (140, 112, 88), 7: (168, 138, 108)}  # floor, wall, stool, table
CLOCK = tuple(name for name in HOLDS if name.startswith("scapula"))
CONTACT = dict.fromkeys(("heart", "love"), "backs") | dict.fromkeys(
    ("shoulder_points", "shoulder_c_grip", *CLOCK), "tips"
)
CONTACT |= {FISTS: "thumbs"}
TEMPO = {
    "neck_stroke": 1.2,
    "spine_circles": 0.68,
    FISTS: 0.6,
    **dict.fromkeys(CIRCLES, 1.25),
    **dict.fromkeys(CLOCK, 0.8),
}
PRESSED_S = 3.0  # as long as a press is to be held: who copies the film does it right
# What is in the picture's middle, and how wide it looks (degrees): so near that a hand fills a third of its height, and
# so wide that no working hand leaves it. A hand that rests is out of the way.
VIEWS = {
    "neck_stroke": ((0.55, 0.06), 36.0),
    "neck_points": ((0.5, -0.02), 36.0),
    "shoulder": ((0.5, 0.08), 40.0),
    FISTS: ((0.5, 0.27), 40.0),
    "scapula_left": ((0.24, 0.33), 31.0),
    "scapula_right": ((0.76, 0.33), 31.0),
}
WHOLE = (0.5, 0.40), 46.0  # the back from top to bottom


def render(folder: Path, names: Sequence[str] = (*SEGMENTS, FISTS)) -> None:
    """Writes one SEGMENT.mp4 for each movement of the massage and of its short form."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        target = folder / f"{name}.mp4"
        count = _write(target, pictures(name))
        size = target.stat().st_size / 1000
        print(f"{name}: {count / FPS:.1f} s, {size:.0f} kB", file=sys.stderr, flush=True)


def pictures(name: str) -> Iterator[Any]:
    """(360, 480, 3) uint8: one turn of a movement; after its last picture comes its first."""
    script = script_of(name)
    acted = act(script, Steady())
    start, end = loop(name, acted)
    players = cast.Cast(script, acted, levels=2)
    players.room = scene.Room(np.random.default_rng(1), clutter=False)
    for kind, colour in ROOM.items():
        players.room.palette[kind] = scene.linear(tuple(float(value) for value in colour))
    painter = Painter(script.size)
    painter.light(players.light(), players.centre)
    studio = Studio(script, players, painter)
    count = round((end - start) * FPS)
    for number in range(count):
        picture, _ = studio.frame(start + (end - start) * number / count)
        yield cv2.resize(picture, SIZE, interpolation=cv2.INTER_AREA)
    painter.context.release()


def script_of(name: str) -> Script:
    """The movement more than once, seen from behind, a little from the right and above."""
    step = Step(name, tempo=TEMPO.get(name, 1.0), contact=CONTACT.get(name, "palm"))
    steps: tuple[Step, ...] = (step,)
    if name in CLOCK:
        steps = (replace(step, hold_s=PRESSED_S),) * 2
    elif name in HOLDS:
        press = replace(step, hold_s=PRESSED_S)
        steps = (press, Step("idle", seconds=0.3), press)
    aim, wide_deg = next((view for part, view in VIEWS.items() if name.startswith(part)), WHOLE)
    return Script(
        name=name,
        seed=1,
        expected="",
        steps=steps,
        fps=FPS,
        size=DRAWN,
        receiver=Person(lean_deg=16.0),
        giver=Person(skin="medium_light", sleeve=-1.0),
        camera=View(azimuth_deg=10.0, elevation_deg=42.0, distance_m=0.80, hfov_deg=wide_deg, aim=aim),
        light=Lamp(azimuth_deg=-35.0, elevation_deg=55.0, gloss=0.12),
        picture=Picture(noise_sd=0.0, shutter=0.0),
        style=Style(
            tempo=TEMPO.get(name, 1.0) if name in CLOCK else 1.0,
            jitter=0.0,
            drift=0.0,
            wobble=0.0,
            heart="classic",
            circles=5,
            inward_deg=-6.0 if name == FISTS else 12.0,
            transition_s=1.0,
            support="head",
            rest="out",
        ),
    )


def loop(name: str, acted: Acted) -> tuple[float, float]:
    """From when to when (s) the hands do it once, and end where they began."""
    if name in HOLDS:
        first, second = (segment["holds"][0]["start_s"] for segment in acted.segments)
        return first, second
    repetitions = acted.segments[0]["repetitions"]
    turn = 2 if name == "love" else 1  # right and left
    return repetitions[turn]["start_s"], repetitions[2 * turn]["start_s"]


def _write(target: Path, shots: Iterator[Any]) -> int:
    """H.264 that any browser plays; without B-frames, so that the first picture is at 0. Returns how many pictures."""
    waiting, count = target.with_suffix(".part.mp4"), 0
    with av.open(str(waiting), "w", options={"movflags": "faststart"}) as container:
        stream: Any = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.options = {"crf": CRF, "preset": "slow", "bf": "0", "profile": "high", "threads": "1"}
        for picture in shots:
            count += 1
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")))
        container.mux(stream.encode())
    waiting.replace(target)
    return count
