"""Speed and memory: ``python -m tests.bench.speed [VIDEO] [--pairs N]``.

- The whole review over a bare loop around the same detector, each in a process of its own, in turn (A B A B …), so
  that whatever else the machine does meets both: the ratio of each pair and their median, by the clock and in work.
  First ``--thorough``, as the bare loop looks at every picture; then as usual, with a film of 30 pictures a second: the
  given one, or where that has fewer, each of its pictures several times. That asks for more looks than a real one does:
  hands stand still and leap.
- The core after the detector, on simulated sessions of 1, 2 and 4 lengths at 30 frames a second.
- Peak memory of a review of the video and of one three times as long.

Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from coach.back_argument import parse
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from coach.commands.quiet import quiet_libraries
from coach.protocol.files import load
from coach.score.session import read
from tests.bench import simulated
from tests.footage import SAMPLE, cut, peak_mb
from tests.simulator import Timing, d01_like, simulate

LENGTHS = (1, 2, 4)
FPS = 30.0
BUSY = 0.8  # load of the machine above which the clock measures the others too


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("video", nargs="?", type=Path, default=SAMPLE, help="with its corners beside it as .back")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--one", choices=sorted(LOOPS), help=argparse.SUPPRESS)  # what this process is to measure
    parser.add_argument("--back", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(measured(LOOPS[given.one], given.video, given.back)))
        return 0
    back = given.video.with_suffix(".back").read_text("utf-8").strip()
    ratio("thorough", given.video, back, given.pairs, 1.15)
    with tempfile.TemporaryDirectory(prefix="coach-speed-") as folder:
        ratio("whole", quicker(given.video, Path(folder), FPS), back, given.pairs, 0.6)
    core()
    memory(given.video, back)
    return 0


# ------------------------------------------------------------------ in a process of its own
def bare(video: Path, back: str) -> int:  # noqa: ARG001
    """Decode to RGB, detect, nothing else."""
    import av  # noqa: PLC0415  imports are part of what a process costs, so each pays only its own

    from coach.detect.hands import CONFIDENCE, HANDS, load_mediapipe  # noqa: PLC0415
    from coach.places import MODELS  # noqa: PLC0415

    mediapipe, vision, options = load_mediapipe()
    wanted = vision.HandLandmarkerOptions(
        base_options=options(model_asset_path=str(MODELS / "hand_landmarker.task")),
        running_mode=vision.RunningMode.VIDEO,
        num_hands=HANDS,
        min_hand_detection_confidence=CONFIDENCE,
        min_hand_presence_confidence=CONFIDENCE,
        min_tracking_confidence=CONFIDENCE,
    )
    frames = 0
    with vision.HandLandmarker.create_from_options(wanted) as landmarker, av.open(str(video)) as container:
        for frame in container.decode(video=0):
            image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=frame.to_ndarray(format="rgb24"))
            landmarker.detect_for_video(image, round(float(frame.time or 0.0) * 1000))
            frames += 1
    return frames


def whole(video: Path, back: str, thorough: bool = False) -> int:
    """A review from the file to the checklist's items."""
    from coach import wiring  # noqa: PLC0415

    session = wiring.review(str(video), load("oxytocin"), parse(back), None, lambda *_: None, thorough=thorough)
    return session.video.frames


LOOPS: dict[str, Callable[[Path, str], int]] = {"bare": bare, "whole": whole, "thorough": partial(whole, thorough=True)}


def quicker(video: Path, folder: Path, per_s: float) -> Path:
    """The film with about so many pictures a second: each is shown several times."""
    with open_video(video) as film:
        times = [frame.time_s for frame in film.frames()]
        step_s = median(np.diff(times))
        more = max(1, round(step_s * per_s))
        if more == 1:
            return video
        target = folder / video.name
        with VideoWriter(str(target), film.size) as sink:
            for frame in film.frames():
                for k in range(more):
                    sink.write(frame.image, frame.time_s + k * step_s / more)
    return target


def measured(loop: Callable[[Path, str], int], video: Path, back: str) -> dict[str, float]:
    """Seconds by the clock and of all cores, of the loop and its imports; frames; peak memory in MB."""
    began, worked = time.perf_counter(), time.process_time()
    with quiet_libraries():
        frames = loop(video, back)
    took_s, worked_s = time.perf_counter() - began, time.process_time() - worked
    return {"took_s": took_s, "worked_s": worked_s, "frames": frames, "peak_mb": peak_mb()}


def alone(name: str, video: Path, back: str) -> dict[str, float]:
    """What a loop costs in a new process."""
    command = [sys.executable, "-m", "tests.bench.speed", str(video), "--one", name, "--back", back]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    values: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return values


# ------------------------------------------------------------------ the three measurements
def ratio(loop: str, video: Path, back: str, pairs: int, wanted: float) -> float:
    """The median over the pairs of the review's time over the bare loop's."""
    print(f"Review ({loop}) over bare detector loop, {video.name}:")
    ratios, work, fastest = [], [], [float("inf"), float("inf")]
    busy = os.getloadavg()[0]
    for _ in range(pairs):
        plain, ours = alone("bare", video, back), alone(loop, video, back)
        if loop == "thorough" and plain["frames"] != ours["frames"]:
            raise RuntimeError(f"{plain['frames']} frames against {ours['frames']}")
        ratios.append(ours["took_s"] / plain["took_s"])
        work.append(ours["worked_s"] / plain["worked_s"])
        fastest = [min(a, run["took_s"]) for a, run in zip(fastest, (plain, ours), strict=True)]
        per_frame = [1000 * run["took_s"] / plain["frames"] for run in (plain, ours)]
        print(f"  bare {per_frame[0]:.2f} ms a frame, whole {per_frame[1]:.2f} ms, ratio {ratios[-1]:.3f}")
    best = fastest[1] / fastest[0]
    print(f"  median ratio {median(ratios):.3f} (wanted: at most {wanted}), fastest run to fastest {best:.3f}")
    print(f"  median ratio of the work of all cores {median(work):.3f}")
    if busy > BUSY:
        print(f"  The machine was busy (load {busy:.1f}): times by the clock mean little, the work of all cores does.")
    return median(ratios)


def core() -> list[float]:
    """How many times faster than real time the core is, at each length."""
    print(f"The core after the detector, full protocol at {FPS:g} frames a second:")
    protocol, speeds = load("oxytocin"), []
    for length in LENGTHS:
        script = d01_like()
        played = simulate(replace(script, steps=script.steps * length, timing=Timing(FPS)), 1)
        began = time.process_time()  # all of it is one thread's work; the clock would measure the machine's others too
        watching = simulated.watch(played)
        watched = time.process_time()
        tracks = watching.tracks()
        read(tracks, protocol)
        ended = time.process_time()
        seconds = float(played.observations[-1][0])
        speeds.append(seconds / (ended - began))
        parts = f"frame by frame {watched - began:.2f} s, at the end {ended - watched:.2f} s"
        print(f"  {seconds:5.0f} s of massage: {parts}: {speeds[-1]:.0f} × real time")
    print(f"  {LENGTHS[-1]} lengths against 1: speed × {speeds[-1] / speeds[0]:.2f} (linear: 1)")
    return speeds


def memory(video: Path, back: str, times: int = 3) -> tuple[float, float]:
    """Peak memory in MB of a review, and of one of a longer video."""
    with tempfile.TemporaryDirectory() as folder:
        longer = cut(video, Path(folder) / "longer.mp4", frames=1_000_000, times=times)
        once, more = (alone("whole", path, back)["peak_mb"] for path in (video, longer))
    print(f"Peak memory: {once:.0f} MB, {more:.0f} MB for a video {times} times as long (wanted: under 500, flat)")
    return once, more


if __name__ == "__main__":
    sys.exit(main())
