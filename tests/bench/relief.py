"""How far off presses are placed, on the plane and on the skin: ``python -m tests.bench.relief [FOLDER ...]``.

Of every press in a rendered session: where its two fingertips truly are on the back, and where the camera's picture of
them puts them, by the truth's own landmarks and by what the tracker saw (only of clips that a report has watched).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import HANDS, Floats, Hand, HandTrack
from coach.locate.plane import homography, to_back
from coach.locate.relief import eye, on_skin
from coach.moves.trace import CONTACT_LANDMARKS
from coach.parameters.traces import OVER_SKIN
from coach.protocol import Protocol
from coach.protocol.files import load
from tests.bench import store
from tests.bench.conditions import OVERHEAD_DEG
from tests.bench.recording import Clip, watch
from tests.bench.run import FOOTAGE

Json: TypeAlias = dict[str, Any]
RENDERED = store.ROOT / "samples" / "cache" / "sessions"
SETTLED_S = 0.2  # after a press has begun, and before it ends
FAR = 0.06  # back units: a press so far off is easily another point's
ASIDE_DEG = 15.0
TIPS = list(CONTACT_LANDMARKS["fingertips"])


def errors(truth: Json, tracks: dict[Hand, HandTrack] | None, rules: Protocol) -> Iterator[tuple[str, float, float]]:
    """(whose landmarks, error on the plane, error on the skin) of each press, back units.

    :param tracks: what the tracker made of the clip, where it was watched
    """
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    camera = eye(corners, (int(truth["size"][0]), int(truth["size"][1])))
    time_s = np.array([frame["t"] for frame in truth["frames"]])
    for segment in truth["segments"]:
        for hold in segment["holds"]:
            hand = pressing_hand(hold["point"], segment["id"], rules)
            inside = np.flatnonzero(
                (time_s > hold["start_s"] + SETTLED_S) & (time_s < hold["end_s"] - SETTLED_S)
            ).tolist()
            if not inside:
                continue
            shown = [truth["frames"][k] for k in inside]
            true = np.mean([frame["back"][hand]["fingertips"] for frame in shown], axis=0)
            yield "exact", *_off(np.array([_placed(frame, hand, corners) for frame in shown]), camera, true)
            if tracks is not None and len(marks := tracked(tracks[hand], hold)):
                yield "tracked", *_off(marks[:, TIPS].mean(axis=1), camera, true)


def tracked(track: HandTrack, hold: Json) -> Floats:
    """(n, 21, 2) back coordinates of a hand on the plane, wherever it was seen during a press."""
    then = (track.time_s > hold["start_s"] + SETTLED_S) & (track.time_s < hold["end_s"] - SETTLED_S)
    marks: Floats = track.landmarks[then & track.seen]
    return marks


def pressing_hand(point: str, segment: str, rules: Protocol) -> Hand:
    """Whose press it is: the point's own hand, or that of the side the points are on."""
    rule = rules.segment(segment).hold
    known = {} if rule is None else {p.id: p for p in (*rule.points, *rule.confusable)}
    if (own := known[point].hand) is not None:
        return own
    middle = float(np.mean([p.at[0] for p in known.values()]))
    return HANDS[0] if middle < 0.5 else HANDS[1]


def _placed(frame: Json, hand: Hand, corners: Floats) -> Floats:
    """(2,) back coordinates on the plane of a hand's true fingertips in the picture."""
    now = np.array(frame.get("back_frame_px", corners), dtype=np.float64)
    tips: Floats = to_back(np.array(frame["hands"][hand], dtype=np.float64)[TIPS], homography(now)).mean(axis=0)
    return tips


def _off(places: Floats, camera: Floats, true: Floats) -> tuple[float, float]:
    flat = np.median(places, axis=0)
    skin = np.median(on_skin(places, camera, OVER_SKIN), axis=0)
    return float(np.hypot(*(flat - true))), float(np.hypot(*(skin - true)))


def view(truth: Json) -> str:
    script = truth.get("script")
    camera = script.get("camera", {}) if isinstance(script, dict) else {}
    if camera.get("elevation_deg", 38.0) >= OVERHEAD_DEG:
        return "overhead"
    return "aside" if abs(camera.get("azimuth_deg", 3.0)) >= ASIDE_DEG else "behind"


def measured(videos: Sequence[Path], rules: Protocol) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """By whose landmarks and from where: the errors on the plane and on the skin."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for video in videos:
        truth = json.loads(video.with_suffix(".truth.json").read_text("utf-8"))
        tracks = tracks_of(video, truth)
        for whose, flat, skin in errors(truth, tracks, rules):
            found.setdefault((whose, view(truth)), []).append((flat, skin))
            found.setdefault((whose, "all"), []).append((flat, skin))
    return found


def tracks_of(video: Path, truth: Json) -> dict[Hand, HandTrack] | None:
    """What the tracker made of a clip; None where no report has watched it."""
    clip = Clip(video, np.array(truth["back_frame_px"], dtype=np.float64))
    seen = store.read(clip.named("back", clip.motions_key)) is not None
    return watch(clip).watching.tracks() if seen else None


def shown(found: dict[tuple[str, str], list[tuple[float, float]]]) -> Table:
    out = Table(title="How far presses are placed from where they are (back units)", title_justify="left", box=SIMPLE)
    for heading in ("landmarks", "camera", "presses", "plane, rms", "skin, rms", f"plane > {FAR}", f"skin > {FAR}"):
        out.add_column(heading, justify="right")
    for (whose, where), rows in sorted(found.items()):
        off = np.array(rows)
        rms, far = np.sqrt((off**2).mean(axis=0)), (off > FAR).mean(axis=0)
        out.add_row(whose, where, str(len(off)), *(f"{v:.3f}" for v in rms), *(f"{v:.0%}" for v in far))
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.relief", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[FOOTAGE, RENDERED])
    given = parser.parse_args(arguments)
    Console(width=None if sys.stdout.isatty() else 140).print(
        shown(measured(sessions(given.folders), load("oxytocin")))
    )
    return 0


def sessions(folders: Sequence[Path]) -> list[Path]:
    """Whole labelled sessions; not the clips of one movement, nor those in which the back is marked."""
    videos = [video for folder in folders for video in sorted(folder.glob("*.mp4")) if video.name[0] in "djr"]
    return [video for video in videos if video.with_suffix(".truth.json").exists()]


if __name__ == "__main__":
    sys.exit(main())
