"""Is the set-up good enough to begin? What was measured → each thing green, or what to change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from math import atan, degrees, hypot
from typing import Literal, TypeAlias

import numpy as np

from coach.domain import Floats, Value
from coach.locate.framing import framed, framing
from coach.locate.relief import MIDDLE, eye, slant
from coach.locate.sight import Blind, hidden_steps
from coach.protocol import Segment
from coach.protocol.places import places

Layout: TypeAlias = Literal["far", "beside", "behind", "above"]  # where the camera stands
Light: TypeAlias = Literal["ok", "bad", "unknown"]
LAYOUTS: tuple[Layout, ...] = ("far", "beside", "behind", "above")
SLANTING: tuple[Layout, ...] = ("far", "beside")  # from where the camera looks over the back slantingly
LAPTOP: tuple[Layout, ...] = SLANTING  # there it is the laptop's own camera: who points it tilts the screen
HUNG = ("setup_back_small", "setup_back_cut", "setup_hands_small")  # mended by how high it hangs
CHECKS = ("back", "hands", "light", "sharpness", "angle", "rate")


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on it works; see ``limits.toml`` for where the numbers come from."""

    palm_px: float
    palm_share: float  # of the picture's width
    darkest: float  # 0–255, mean of the back
    dim: float  # 0–255, below which grain tells little light from dark skin
    grainy: float  # as the sharpness is measured
    brightest: float
    glare: float  # 0–1, share of plain white
    sharpness: float
    inside: float  # 0–1, share of the back that must be in the picture
    back_share: float  # of the picture's shorter side
    fps: float
    slant_deg: Mapping[Layout, float]  # of the line of sight, from straight before the back, by layout


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of the set-up; None where it is not known yet."""

    size: tuple[int, int]  # (width, height) px of the picture
    corners: Floats | None = None  # (4, 2) px of the back
    palms_px: tuple[float, ...] = ()  # of the hands seen in the last seconds
    light: float | None = None
    glare: float = 0.0
    sharpness: float | None = None
    fps: float | None = None
    layout: Layout = "behind"
    segments: tuple[Segment, ...] = ()  # that are to be practised: their places must be in the picture


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the set-up check."""

    id: str
    state: Light
    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def load_limits() -> Limits:
    """The limits that come with coach."""
    told = tomllib.loads(files(__package__).joinpath("limits.toml").read_text("utf-8"))
    return Limits(**told["limits"], slant_deg=told["slant_deg"])


def load_blind() -> Mapping[Layout, tuple[Blind, ...]]:
    """What is not seen, by where the camera stands; see ``sights.toml`` for where it comes from."""
    told = tomllib.loads(files(__package__).joinpath("sights.toml").read_text("utf-8"))
    return {
        layout: tuple(Blind(tuple(one["across_deg"]), tuple(one["y"]), one["presses"]) for one in told.get(layout, ()))
        for layout in LAYOUTS
    }


def unseen_steps(measured: Measured, blind: Mapping[Layout, tuple[Blind, ...]]) -> tuple[str, ...]:
    """The steps that coach will likely not see from there; none while the back is not marked."""
    if measured.corners is None:
        return ()
    return hidden_steps(measured.segments, eye(measured.corners, measured.size), blind[measured.layout])


def check(measured: Measured, limits: Limits) -> tuple[Check, ...]:
    """All the lines, in the order of :data:`CHECKS`."""
    return (
        _back(measured, limits),
        _hands(measured, limits),
        _light(measured, limits),
        _sharpness(measured, limits),
        _angle(measured, limits),
        _rate(measured, limits),
    )


def _words(key: str, layout: Layout) -> str:
    """The key of what to do there: a laptop is tilted, what hangs over her is hung lower or higher."""
    if layout in LAPTOP:
        return f"{key}_laptop"
    return f"{key}_above" if layout == "above" and key in HUNG else key


def _back(measured: Measured, limits: Limits) -> Check:
    if measured.corners is None:
        return Check("back", "unknown", "setup_back_unmarked")
    width, height = measured.size
    across, down = np.meshgrid(np.linspace(0.05, 0.95, 10), np.linspace(0.05, 0.95, 10))
    top = measured.corners[0] + across[..., None] * (measured.corners[1] - measured.corners[0])
    bottom = measured.corners[3] + across[..., None] * (measured.corners[2] - measured.corners[3])
    grid = top + down[..., None] * (bottom - top)
    inside = float(((grid >= 0) & (grid <= (width, height))).all(axis=-1).mean())
    if inside < limits.inside:
        return Check("back", "bad", _words("setup_back_outside", measured.layout), {"percent": 100 * inside})
    long = max(hypot(*(one - other)) for one in measured.corners for other in measured.corners) / min(width, height)
    if long < limits.back_share:
        return Check("back", "bad", _words("setup_back_small", measured.layout), {"percent": 100 * long})
    view = framing(measured.corners, measured.size)
    cut = next((s for s in measured.segments if not framed(np.array(places(s)), view).all()), None)
    if cut is not None:
        return Check("back", "bad", _words("setup_back_cut", measured.layout), {"segment": cut.id})
    return Check("back", "ok", "setup_back_ok")


def _hands(measured: Measured, limits: Limits) -> Check:
    if not measured.palms_px:
        return Check("hands", "unknown", "setup_hands_unseen")
    palm = float(np.median(measured.palms_px))
    if palm < limits.palm_px or palm < limits.palm_share * measured.size[0]:
        return Check("hands", "bad", _words("setup_hands_small", measured.layout), {"px": palm})
    return Check("hands", "ok", "setup_hands_ok", {"px": palm})


def _light(measured: Measured, limits: Limits) -> Check:
    if measured.light is None:
        return Check("light", "unknown", "setup_wait")
    grain = measured.sharpness or 0.0
    if measured.light < limits.darkest or (measured.light < limits.dim and grain > limits.grainy):
        return Check("light", "bad", "setup_light_dark")
    if measured.light > limits.brightest or measured.glare > limits.glare:
        return Check("light", "bad", "setup_light_bright")
    return Check("light", "ok", "setup_light_ok")


def _sharpness(measured: Measured, limits: Limits) -> Check:
    if measured.sharpness is None:
        return Check("sharpness", "unknown", "setup_wait")
    good = measured.sharpness >= limits.sharpness
    return Check("sharpness", "ok" if good else "bad", "setup_sharpness_ok" if good else "setup_sharpness_blurred")


def _angle(measured: Measured, limits: Limits) -> Check:
    if measured.corners is None:
        return Check("angle", "unknown", "setup_back_unmarked")
    off = degrees(atan(slant(MIDDLE, eye(measured.corners, measured.size))))
    if off > limits.slant_deg[measured.layout]:
        return Check("angle", "bad", f"setup_angle_{measured.layout}", {"degrees": off})
    return Check("angle", "ok", "setup_angle_ok")


def _rate(measured: Measured, limits: Limits) -> Check:
    if measured.fps is None:
        return Check("rate", "unknown", "setup_wait")
    good = measured.fps >= limits.fps
    return Check("rate", "ok" if good else "bad", "setup_rate_ok" if good else "setup_rate_slow", {"fps": measured.fps})
