"""The truth beside a clip, in the form of the project's footage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from samples.renderer.back import BackFrame
from samples.renderer.camera import Camera
from samples.renderer.checklist import checklist
from samples.renderer.human import Floats
from samples.renderer.play import Acted, Segment
from samples.renderer.receiver import Receiver
from samples.renderer.script import Script

TOUCHING = 0.03  # m a landmark may lie behind the nearest surface: its own hand's thickness


def pixels(camera: Camera, points: Floats) -> list[list[float]]:
    """Points (n, 3) m as px, one decimal."""
    return [[round(float(x), 1), round(float(y), 1)] for x, y in camera.pixels(points)[:, :2]]


def head(script: Script, acted: Acted, body: Receiver, camera: Camera, sway: Floats) -> dict[str, Any]:
    """Everything but the frames."""
    corners = body.back.corners()
    own = np.stack([*body.shoulders, corners[2], corners[3]])
    placed = {"own": own, "corners": corners, "c7": body.c7[None], "waist": body.waist[None]}
    seen = {name: pixels(camera, moved(sway, points)) for name, points in placed.items()}
    return {
        "video": f"{script.name}.mp4",
        "fps": script.fps,
        "size": list(script.size),
        "camera": {
            "position": _rounded(camera.position),
            "look_at": _rounded(camera.look_at),
            "hfov_deg": script.camera.hfov_deg,
            "f_px": round(camera.focal, 2),
            "view": [_rounded(row, 5) for row in camera.view],
        },
        "seed": script.seed,
        "expected": script.expected,
        "faults": acted.faults,
        "duration_s": round(acted.duration, 3),
        "back_corners_px": seen["own"],
        "c7_px": seen["c7"][0],
        "waist_px": seen["waist"][0],
        "back_frame_px": seen["corners"],
        "segments": [rounded(segment) for segment in acted.segments],
        **outside(script, acted),
        "script": asdict(script),
    }


def outside(script: Script, acted: Acted) -> dict[str, Any]:
    """What is no segment: idle stretches, decoys and fidgeting, touches, another person's hand in the picture."""
    stretches = [rounded(stretch) for stretch in acted.others]
    touches = [stretch for stretch in stretches if stretch["do"] == "touch"]
    return {
        "idles": [stretch for stretch in stretches if stretch["do"] == "idle"],
        "decoys": [stretch for stretch in stretches if stretch["do"] not in ("idle", "touch")],
        **({"touches": touches} if touches else {}),
        "visits": [
            {"start_s": visit.at_s, "end_s": visit.at_s + visit.seconds, "side": visit.side} for visit in script.visits
        ],
    }


def rated(document: dict[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
    """A whole truth with the expected checklist, and the frames last."""
    frames = document["frames"]
    head_ = {name: value for name, value in document.items() if name != "frames"}
    return head_ | {"checklist": checklist(document, rules), "frames": frames}


def retold(document: dict[str, Any], script: Script, acted: Acted, rules: Mapping[str, Any]) -> dict[str, Any]:
    """A rendered truth with everything anew that needs no pixels.

    :raises ValueError: where the script is not what was rendered
    """
    told = [rounded(segment) for segment in acted.segments]
    known = document.get("script", {})
    now = json.loads(json.dumps(asdict(script)))
    if document["segments"] != told or document["faults"] != acted.faults or not _within(known, now):
        raise ValueError(f"{script.name}: the script has changed since it was rendered; render it with --again")
    return rated(document | {"expected": script.expected} | outside(script, acted) | {"script": now}, rules)


def text(document: dict[str, Any]) -> str:
    """A truth as it is written to its file: without blanks, which would be a tenth of it."""
    return json.dumps(document, separators=(",", ":"))


def _within(old: Any, new: Any) -> bool:
    """Whether two JSON values agree in all that the old one has: a renderer that can do more adds keys."""
    if isinstance(old, dict):
        return all(name == "expected" or (name in new and _within(value, new[name])) for name, value in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(_within(a, b) for a, b in zip(old, new, strict=True))
    return bool(old == new)


def frame(
    time: float,
    segments: list[Segment],
    hands: dict[str, Floats],
    *,
    back: BackFrame,
    sway: Floats,
    camera: Camera,
    near: Floats,
) -> dict[str, Any]:
    """One frame's truth. `hands`: (21, 3) m in the unswayed world; `near`: the depth map (m) of the picture."""
    swayed = {side: moved(sway, points) for side, points in hands.items()}
    places = {
        side: back.of(np.stack([points.mean(axis=0), points[[8, 12]].mean(axis=0)])) for side, points in hands.items()
    }
    return {
        "t": round(time, 4),
        "segment": segment_at(segments, time),
        "hands": {side: pixels(camera, points) for side, points in swayed.items()},
        "visible": {side: round(visible(points, camera, near), 2) for side, points in swayed.items()},
        "back": {
            side: {"centre": _rounded(both[0, :2]), "fingertips": _rounded(both[1, :2])}
            for side, both in places.items()
        },
    }


def segment_at(segments: list[Segment], time: float) -> str | None:
    """The segment that runs at a time, if one does."""
    return next((str(s["id"]) for s in segments if s["start_s"] <= time < s["end_s"]), None)


def visible(points: Floats, camera: Camera, near: Floats) -> float:
    """The share of points inside the picture with nothing but their own hand before them."""
    seen = camera.pixels(points)
    width, height = camera.size
    column = (seen[:, 0] / width * near.shape[1]).astype(int)
    row = (seen[:, 1] / height * near.shape[0]).astype(int)
    inside = (seen[:, 0] >= 0) & (seen[:, 1] >= 0) & (seen[:, 0] < width) & (seen[:, 1] < height)
    depth = near[row.clip(0, near.shape[0] - 1), column.clip(0, near.shape[1] - 1)]
    return float(np.mean(inside & (seen[:, 2] < depth + TOUCHING)))


def moved(matrix: Floats, points: Floats) -> Floats:
    """(n, 3) points moved by a (4, 4)."""
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3])


def rounded(value: Any) -> Any:
    """The same structure with every number at three decimals."""
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value


def _rounded(values: Floats, digits: int = 3) -> list[float]:
    return [round(float(value), digits) for value in values]
