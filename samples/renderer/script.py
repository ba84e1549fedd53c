"""Session scripts: small TOML files that say who, where, in which light and what is done, mistakes included.

Lengths are metres, angles degrees, times seconds, places back coordinates. Unknown keys are refused, all at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

SCHEMA = "coach.session/1"
CIRCLES = ("scapula_left_circles", "scapula_right_circles")
HOLDS = {
    "neck_points": ("ear_left", "ear_right"),
    "shoulder_points": ("hollow_left", "hollow_right"),
    "shoulder_c_grip": ("c_left", "c_right"),
    "scapula_left_points": ("3", "6", "8"),
    "scapula_right_points": ("9", "6", "4"),
}
SEGMENTS = (
    "neck_stroke",
    "neck_points",
    "shoulder_stroke",
    "shoulder_points",
    "shoulder_c_grip",
    "scapula_left_circles",
    "scapula_left_points",
    "scapula_right_circles",
    "scapula_right_points",
    "spine_circles",
    "spine_strokes",
    "heart",
    "love",
)
OTHERS = ("idle", "decoy")
DECOYS = ("wander", "wipe", "pat", "rub")
PLACES = ("back", "shoulder", "out")
MISTAKES = (
    "too_few",
    "too_fast",
    "wrong_order",
    "one_side",
    "no_alternation",
    "asymmetric",
    "missing_point",
    "wrong_point",
    "wrong_sequence",
    "short_hold",
    "skipped",
    "too_high",
)
BUILDS = ("average", "slim", "heavy", "muscular", "old", "stout")
SKINS = ("light", "medium_light", "medium_brown", "dark", "deep")
CONTACTS = ("palm", "backs", "fists")


class ScriptError(ValueError):
    """A script that cannot be played; the message lists everything that needs work."""


@dataclass(frozen=True, slots=True)
class Person:
    """A body and what it wears."""

    build: str = "average"
    skin: str = "medium_brown"
    shirt: bool = False
    pattern: float = 0.0  # 0 plain – 1 batik
    shirt_rgb: tuple[int, int, int] = (150, 70, 70)
    lean_deg: float = 15.0
    bend_deg: float = 22.0
    sleeve: float = 0.75  # giver: 0.75 covers so much of the upper arm, 1.4 also 0.4 of the forearm
    bands: bool = False  # giver: a blue band at the left wrist, a green one at the right


@dataclass(frozen=True, slots=True)
class View:
    """The camera: azimuth 0 straight behind, positive from her right; elevation 90 overhead."""

    azimuth_deg: float = 3.0
    elevation_deg: float = 38.0
    distance_m: float = 0.82
    hfov_deg: float = 53.0
    roll_deg: float = 0.0
    aim: tuple[float, float] = (0.5, 0.38)  # back coordinates in the picture's middle
    nudge_s: float | None = None
    nudge_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Lamp:
    """Direction (as the camera's), strengths as factors, and how oily the skin shines."""

    azimuth_deg: float = 40.0
    elevation_deg: float = 50.0
    key: float = 1.0
    ambient: float = 1.0
    warmth: float = 0.0
    gloss: float = 0.10


@dataclass(frozen=True, slots=True)
class Picture:
    """What the camera and the encoder do to the picture."""

    noise_sd: float = 3.0
    blur_px: float = 0.6
    shutter: float = 0.5  # share of a frame's time the shutter is open
    crf: int = 23


@dataclass(frozen=True, slots=True)
class Sway:
    """How the receiver rocks; 0 for not at all."""

    angle_deg: float = 0.0
    period_s: float = 9.0


@dataclass(frozen=True, slots=True)
class Style:
    """How this giver moves."""

    tempo: float = 1.0  # factor on every duration
    size: float = 1.0
    jitter: float = 0.06  # sd of durations and sizes, relative
    drift: float = 0.006  # back units
    evenness: float = 0.6  # 0 cosine, 1 constant speed
    inward_deg: float = 12.0
    heart: str = "rendered"  # rendered, classic or round
    circles: int = 7  # small circles in one pass beside the spine
    circle_size: float = 1.0
    clockwise: bool = True  # the left blade's circles; the right blade's run the other way
    transition_s: float = 1.5
    lift_m: float = 0.035
    rest: str = "shoulder"  # where the hand stays that does nothing
    pause_s: float = 0.0  # stillness between repetitions


@dataclass(frozen=True, slots=True)
class Step:
    """One movement, idle stretch or decoy."""

    do: str
    repetitions: int = 6  # love: each side
    tempo: float = 1.0
    size: float = 1.0
    left_size: float = 1.0
    reach: float = 1.0  # share of a path that is gone down
    hands: str = "both"  # both, left, right
    turns: str = "alternating"  # love: alternating, together, right_then_left
    contact: str = "palm"
    points: tuple[str, ...] = ()  # holds: what is pressed, in order
    hold_s: float = 3.3
    seconds: float = 3.0  # idle and decoys
    kind: str = "wander"  # decoys
    place: str = "back"  # idle
    mistake: str = ""
    detail: str = ""  # the point concerned


@dataclass(frozen=True, slots=True)
class Script:
    """One session."""

    name: str
    seed: int
    expected: str
    steps: tuple[Step, ...]
    fps: int = 15
    size: tuple[int, int] = (640, 480)
    receiver: Person = field(default_factory=Person)
    giver: Person = field(default_factory=Person)
    camera: View = field(default_factory=View)
    light: Lamp = field(default_factory=Lamp)
    picture: Picture = field(default_factory=Picture)
    sway: Sway = field(default_factory=Sway)
    style: Style = field(default_factory=Style)


_PARTS: Mapping[str, Any] = {
    "receiver": Person,
    "giver": Person,
    "camera": View,
    "light": Lamp,
    "picture": Picture,
    "sway": Sway,
    "style": Style,
}


def load(path: Path) -> Script:
    """The script of a TOML file."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ScriptError) as error:
        raise ScriptError(f"{path.name}: {error}") from error


def parse(data: Mapping[str, Any]) -> Script:
    """The script of parsed TOML."""
    faults: list[str] = []
    known = dict(data)
    if known.pop("schema", None) != SCHEMA:
        faults.append(f"schema: expected {SCHEMA!r}")
    values: dict[str, Any] = {}
    for part, kind in _PARTS.items():
        values[part] = _built(kind, known.pop(part, {}), part, faults)
    steps = known.pop("steps", [])
    values["steps"] = tuple(_built(Step, step, f"steps[{k}]", faults) for k, step in enumerate(steps))
    faults += [f"{name}: missing" for name in ("name", "seed", "expected") if name not in known]
    if not faults:
        script = _built(Script, known | values, "", faults)
        faults += [] if script is None else _contradictions(script)
    if faults:
        raise ScriptError("; ".join(faults))
    return Script(**_frozen(known), **values)


def _built(kind: Any, values: Mapping[str, Any], where: str, faults: list[str]) -> Any:
    names = {entry.name for entry in fields(kind)}
    unknown = sorted(set(values) - names)
    faults += [f"{where}.{name}: unknown key" for name in unknown]
    faults += [
        f"{where}.{entry.name}: expected {type(entry.default).__name__}, found {values[entry.name]!r}"
        for entry in fields(kind)
        if entry.name in values and not _like(values[entry.name], entry.default)
    ]
    if unknown:
        return None
    try:
        return kind(**_frozen(values))
    except TypeError as error:
        faults.append(f"{where}: {error}")
        return None


def _like(value: Any, default: Any) -> bool:
    """Whether a value is of a default's kind; numbers are alike, and what has no default is not checked."""
    if isinstance(default, bool) or not isinstance(default, int | float | str | tuple):
        return isinstance(value, bool) or not isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list | tuple if isinstance(default, tuple) else str)


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _contradictions(script: Script) -> list[str]:
    faults = [
        f"{who}.{name}: {getattr(person, name)!r} is none of {', '.join(allowed)}"
        for who, person in (("receiver", script.receiver), ("giver", script.giver))
        for name, allowed in (("build", BUILDS), ("skin", SKINS))
        if getattr(person, name) not in allowed
    ]
    return faults + [
        f"steps[{number}] ({step.do}): {fault}"
        for number, step in enumerate(script.steps)
        for fault in _step_faults(step)
    ]


def _step_faults(step: Step) -> list[str]:
    """What does not fit together in one step: a mistake must be what is really done."""
    checks = (
        (step.do in SEGMENTS + OTHERS, "unknown movement"),
        (step.kind in DECOYS, f"kind is none of {', '.join(DECOYS)}"),
        (step.place in PLACES, f"place is none of {', '.join(PLACES)}"),
        (step.contact in CONTACTS, f"contact is none of {', '.join(CONTACTS)}"),
        (step.mistake in ("", *MISTAKES), f"mistake is none of {', '.join(MISTAKES)}"),
        (step.hands in ("both", "left", "right"), "hands is none of both, left, right"),
        (step.turns in ("alternating", "together", "right_then_left"), "unknown turns"),
        (step.mistake != "too_few" or step.repetitions < 5, "too_few with 5 repetitions or more"),
        (step.repetitions >= 5 or step.mistake in ("too_few", "skipped"), "under 5 repetitions is too_few"),
        (step.mistake != "too_fast" or step.tempo <= 0.5, "too_fast needs a tempo of 0.5 or less"),
        (step.mistake != "no_alternation" or step.turns != "alternating", "no_alternation needs other turns"),
        (step.mistake != "one_side" or step.hands != "both", "one_side needs hands left or right"),
        (step.mistake != "asymmetric" or step.left_size < 0.6, "asymmetric needs left_size under 0.6"),
        (step.mistake != "short_hold" or step.hold_s < 2.0, "short_hold needs hold_s under 2"),
        (not step.points or step.do in HOLDS, "points without a hold"),
    )
    return [text for fine, text in checks if not fine]
