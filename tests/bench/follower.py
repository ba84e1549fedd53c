"""How far the back is off where it is followed: `python -m tests.bench.follower FILM…`.

Each film is a rendered one with its truth beside it, which tells where the corners are in each picture. Printed for
each, in widths of the back: how far the corners move in truth, and how far the worst of them is off: median, 95th
percentile, most; and what following costs, ms a picture.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from coach.capture.video import open_video
from coach.commands.quiet import quiet_libraries
from coach.detect.back import BackFollower
from coach.detect.hands import MediaPipeHands
from coach.domain import Floats
from coach.locate.plane import to_back


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.follower", description=__doc__)
    parser.add_argument("films", nargs="+", type=Path)
    print(f"{'film':48} moved  median    p95   most  ms/picture")
    for film in parser.parse_args().films:
        moved, off, cost_ms = followed(film)
        row = f"{np.median(off):7.3f}{np.percentile(off, 95):7.3f}{off.max():7.3f}{cost_ms:9.2f}"
        print(f"{film.stem[:48]:48} {moved:5.3f} {row}", flush=True)


def followed(film: Path) -> tuple[float, Floats, float]:
    """How far the corners move in truth, (n,) how far the worst is off, widths of the back; and ms a picture."""
    truth = json.loads(film.with_suffix(".truth.json").read_text("utf-8"))
    still = truth["back_frame_px"]
    true = np.array([frame.get("back_frame_px", still) for frame in truth["frames"]], dtype=np.float64)
    off, spent_s = [], 0.0
    with open_video(film) as video, quiet_libraries(), MediaPipeHands() as finder:
        corners = np.array(still) * video.scale
        follower, width = BackFollower(corners), float(np.hypot(*(corners[1] - corners[0])))
        for frame in video.frames():
            if frame.index >= len(true):
                break
            now = true[frame.index] * video.scale
            hands = finder.find(frame, now)
            began = time.process_time()
            motion = follower.watch(frame, hands)
            spent_s += time.process_time() - began
            off.append(float(np.hypot(*(to_back(corners, motion) - now).T).max()) / width)
    moved = float(np.hypot(*np.moveaxis(true - true[:1], -1, 0)).max()) / float(np.hypot(*(true[0, 1] - true[0, 0])))
    return moved, np.array(off), 1000.0 * spent_s / max(len(off), 1)


if __name__ == "__main__":
    main()
