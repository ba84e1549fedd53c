"""Sessions for the review page: simulated hands, read by coach itself, with a barcoded video where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from coach import wiring
from coach.domain import BackInfo, Floats, Image, TrackChunk, VideoInfo
from coach.locate.turn import turned, turned_size
from coach.protocol import Protocol, files
from coach.recording import replay
from coach.score.session import read
from coach.store import Consent, NewSession, Store
from coach.summary.report import report
from tests.bench.barcode import paint
from tests.fakes.simulated import played
from tests.simulator import SessionScript
from tests.simulator.script import Press, Step

SIZE = (640, 480)
TICKS = 1000  # of the clip's clock in a second


@cache
def rules() -> Protocol:
    return files.load("oxytocin")


def script() -> SessionScript:
    """Three short segments: too few strokes, a point left out, and a heart that is right."""
    return SessionScript(
        (
            Step("shoulder_stroke", 3, mistake="too_few"),
            Step("scapula_right_points", presses=(Press("9"), Press("6")), mistake="missing_point", detail="4"),
            Step("heart", 5),
        ),
        name="short",
    )


@dataclass(frozen=True)
class Made:
    """A session as it goes into a store."""

    chunk: TrackChunk
    corners: Floats
    report: dict[str, Any]


@cache
def made(seed: int = 3) -> Made:
    session = played(script(), seed)
    seen = [(k, hand) for k, (_, hands) in enumerate(session.observations) for hand in hands]
    time_s = np.array([time for time, _ in session.observations])
    chunk = TrackChunk(
        time_s=time_s,
        motions=np.repeat(np.eye(3)[None], len(time_s), axis=0),
        frame=np.array([k for k, _ in seen], dtype=np.int64),
        landmarks=np.array([hand.landmarks for _, hand in seen]),
        confidence=np.array([hand.confidence for _, hand in seen]),
        bridged=np.zeros(len(seen), dtype=np.bool_),
    )
    tracks = replay([chunk], session.corners_px, session.script.camera.size).tracks()
    about = VideoInfo("clip.mp4", len(time_s), float(time_s[-1]))
    back, whole = BackInfo("given", session.corners_px), rules().part_ids
    found = wiring.session(about, back, tracks, read(tracks, rules()), rules(), parts=whole)
    return Made(chunk, session.corners_px, report(found))


def kept(
    store: Store,
    *,
    kader: str = "K01",
    video: Path | None = None,
    seed: int = 3,
    found: dict[str, Any] | None = None,
    turn: int = 0,
) -> str:
    """A new session in the store; its picture stands upright by so many quarter turns to the left."""
    one = made(seed)
    chunk = replace(one.chunk, landmarks=turned(one.chunk.landmarks, -turn, SIZE))
    new = NewSession(
        protocol=rules(),
        protocol_file=files.read(files.find("oxytocin")),
        software="coach 0.1.0",
        source="video",
        corners=turned(one.corners, -turn, SIZE),
        size=turned_size(SIZE, turn),
        kader=kader,
        posyandu="Mawar",
        origin="clip.mp4",
        consent=Consent(("agreed",), video=video is not None, by="T01"),
    )
    session = store.add(new, found or one.report, tracks=[chunk])
    if video is not None:
        store.keep_video(session, video)
    return session


def jittered(frames: int, fps: float = 25.0, seed: int = 5) -> list[int]:
    """Presentation times in ticks of a camera that hurries and lags, as webcams do, and now and then drops one."""
    random = np.random.default_rng(seed)
    gaps = random.uniform(0.45, 1.75, frames) * TICKS / fps
    gaps[random.integers(5, frames, frames // 40)] += 3 * TICKS / fps
    return [0, *np.cumsum(np.round(gaps)).astype(int).tolist()][:frames]


def clip(path: Path, times: Sequence[int], size: tuple[int, int] = SIZE) -> Path:
    """A film whose pictures carry their number, written as live practice writes: H.264, fragments, true times."""
    with av.open(str(path), "w", options={"movflags": "frag_keyframe+empty_moov"}) as file:
        stream = file.add_stream("libx264", rate=30, options={"preset": "ultrafast", "g": "30", "bf": "0"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
        for number, tick in enumerate(times):
            frame = av.VideoFrame.from_ndarray(picture(number, size), format="rgb24")
            frame.pts, frame.time_base = tick, Fraction(1, TICKS)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return path


def picture(number: int, size: tuple[int, int]) -> Image:
    """A slanted grey ground that moves with the number, so that neighbours differ everywhere."""
    x, y = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    grey = ((x + y + 37 * number) % 256).astype(np.uint8)
    return paint(np.repeat(grey[..., None], 3, axis=2), number)
