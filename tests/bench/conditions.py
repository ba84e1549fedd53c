"""Under which conditions a session was made, read from its script and its truth."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from coach.practice.setup_check import Measured, check, load_limits
from tests.bench.store import ROOT

Json: TypeAlias = dict[str, Any]
Conditions: TypeAlias = dict[str, tuple[str, ...]]  # condition → the session's values, mostly one
SCRIPTS = ROOT / "samples" / "scripts"
ASIDE_DEG, OVERHEAD_DEG = 20.0, 60.0  # azimuth and elevation from which a view is none from behind
LOW, HIGH = 1.65, 2.15  # key and ambient light together; 2 is the usual lamp
QUICK, SLOW = 0.9, 1.12  # factor on every duration
SMALL, LARGE = 0.14, 0.18  # the hand's larger extent over the picture's width
FAR_ASIDE_DEG = 30.0  # what is promised is promised from here at most; set-ups are asked to stay within
TO_THE_WRIST = 1.6  # from here on a sleeve covers most of the forearm; up to 1 only the upper arm (samples/renderer)
UNUSUAL = {"fists", "backs"}
MANY_EVERY = 10  # frames between looks at the hands' size


def conditions(name: str, truth: Json, folder: Path = SCRIPTS) -> Conditions:
    """All conditions of a session; only those that its truth tells where it has no script."""
    path = folder / f"{name}.toml"
    known = {"hand size": (_hand_size(truth),), "mistake": _mistakes(truth), "frames a second": (f"{truth['fps']:g}",)}
    known["set-up"] = (_set_up(truth),)
    known["contact"] = tuple(sorted({s.get("contact", "palm") for s in truth["segments"]})) or ("palm",)
    if not path.exists():
        return known
    script = tomllib.loads(path.read_text("utf-8"))
    return known | _of_script(script)


def _of_script(script: Mapping[str, Any]) -> Conditions:
    receiver, giver, camera, light, style = (
        script.get(part, {}) for part in ("receiver", "giver", "camera", "light", "style")
    )
    return {
        "skin": (receiver.get("skin", "medium_brown"),),
        "hands' skin": (giver.get("skin", "medium_brown"),),
        "clothing": ("shirt" if receiver.get("shirt") else "bare",),
        "camera": (_view(camera),),
        "place": ("farther aside than is promised" if _far_aside(camera) else "as promised",),
        "light": (_light(light),),
        "tempo": (_between(style.get("tempo", 1.0), QUICK, SLOW, ("quick", "usual", "slow")),),
        "unrest": _unrest(script),
        "hard case": _hard(script),
    }


def _hard(script: Mapping[str, Any]) -> tuple[str, ...]:
    """What is harder about it than about the first footage: palms and fingertips, seen from behind."""
    found = [f"{c} of the hand" for c in sorted({s.get("contact", "palm") for s in script.get("steps", ())} & UNUSUAL)]
    if _far_aside(script.get("camera", {})):
        found.append("far from the side")
    if script.get("giver", {}).get("sleeve", 0.0) > TO_THE_WRIST:
        found.append("sleeves to the wrist")
    if "head" in script.get("receiver", {}):
        found.append("covered head")
    return tuple(found) or ("none",)


def _far_aside(camera: Mapping[str, Any]) -> bool:
    return abs(float(camera.get("azimuth_deg", 0.0))) > FAR_ASIDE_DEG


def _view(camera: Mapping[str, Any]) -> str:
    if camera.get("elevation_deg", 38.0) >= OVERHEAD_DEG:
        return "overhead"
    if _far_aside(camera):
        return "farther aside"
    aside = camera.get("azimuth_deg", 3.0)
    return "left" if aside <= -ASIDE_DEG else "right" if aside >= ASIDE_DEG else "behind"


def _light(light: Mapping[str, Any]) -> str:
    both = light.get("key", 1.0) + light.get("ambient", 1.0)
    return _between(both, LOW, HIGH, ("dim", "usual", "bright"))


def _unrest(script: Mapping[str, Any]) -> tuple[str, ...]:
    found = []
    if script.get("sway", {}).get("angle_deg"):
        found.append("sway")
    if script.get("camera", {}).get("nudge_s") is not None:
        found.append("nudge")
    return tuple(found) or ("none",)


def _between(value: float, low: float, high: float, names: tuple[str, str, str]) -> str:
    return names[0] if value < low else names[2] if value > high else names[1]


def _set_up(truth: Json) -> str:
    """What the set-up check of live practice says of where the camera stands, with the corners as they truly are."""
    if "back_frame_px" not in truth:
        return "unknown"
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    width, height = truth["size"]
    lines = check(Measured((width, height), corners), load_limits())
    refused = [line.id for line in lines if line.id in ("back", "angle") and line.state == "bad"]
    return f"refused: {refused[0]}" if refused else "passed"


def _mistakes(truth: Json) -> tuple[str, ...]:
    own = [f for s in truth["segments"] for f in s.get("faults", ())]
    return tuple(sorted({str(f).split(":")[0] for f in (*truth.get("faults", ()), *own)})) or ("none",)


def hand_share(truth: Json) -> float:
    """The hand's larger extent over the picture's width: the median over a session."""
    sizes = [
        float(np.ptp(np.array(marks, dtype=float), axis=0).max())
        for frame in truth.get("frames", ())[::MANY_EVERY]
        for marks in frame["hands"].values()
    ]
    return float(np.median(sizes)) / float(truth["size"][0]) if sizes else float("nan")


def _hand_size(truth: Json) -> str:
    share = hand_share(truth)
    if np.isnan(share):
        return "unknown"
    names = (f"under {SMALL:.0%}", f"{SMALL:.0%}–{LARGE:.0%}", f"over {LARGE:.0%}")
    return _between(share, SMALL, LARGE, names)
