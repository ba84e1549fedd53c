"""A trainer's side over a real store, with sessions that were folded from simulated hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import httpx2 as httpx
import numpy as np
from starlette.testclient import TestClient

from coach import archive, wiring
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from coach.domain import BackInfo, Session, VideoInfo
from coach.pipeline import Watching
from coach.recording import Recorder
from coach.score.session import read
from coach.store import Consent, Store, open_store
from coach.trainer import program
from coach.web.app import create_app
from coach.web.guard import Door
from coach.web.trainer_routes import TrainerPages
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.session import SIZE, frames_of
from tests.fakes.simulated import played
from tests.fakes.watcher import DriftingWatcher
from tests.footage import ROOT
from tests.simulator.standard import d03_like
from tests.store.made import protocol, protocol_file

PORT, TOKEN = 8760, "right-token"
BASE = f"http://127.0.0.1:{PORT}"
FRAMES = 1100  # the whole session, about a minute
CLIP = ROOT / "samples" / "r21_shoulders_left25.mp4"
CORNERS = [[152.7, 179.7], [446.2, 97.4], [442.4, 353.5], [218.5, 444.1]]  # px of the clip


@cache
def reviewed() -> tuple[wiring.Kept, Session]:
    """What a review of a short simulated session keeps, and the session."""
    one = played(d03_like(), 3)
    observations = one.observations[:FRAMES]
    finder = ReplayingFinder([found for _, found in observations])
    recorder = Recorder(finder, CarryingMover((0.4, 0.2)), DriftingWatcher((0.0, 0.0)))
    watching = Watching(recorder, recorder, recorder, one.corners_px, SIZE)
    kept = wiring.Kept(one.corners_px, SIZE)
    for frame in frames_of(observations):
        watching.step(frame)
        if recorder.waiting_s >= wiring.CHUNK_S:
            kept.take(recorder)
    kept.take(recorder)
    tracks = watching.tracks()
    about = VideoInfo("satu.mp4", len(watching.time_s), watching.time_s[-1])
    back = BackInfo("given", one.corners_px)
    found, whole = read(tracks, protocol()), protocol().part_ids
    return kept, wiring.session(about, back, tracks, found, protocol(), parts=whole)


def keep(store: Store, kader: str = "K01", video: Path | None = None) -> str:
    """A session in the store; with a video, and the consent to it."""
    kept, session = reviewed()
    consent = Consent(("agreed",), video=video is not None, by="T01")
    whose = archive.Belongs(kader, "Mawar", "satu.mp4", consent)
    made = archive.keep(store, session, kept, protocol(), protocol_file(), whose)
    if video is not None:
        store.keep_video(made, video)
    return made


@dataclass(frozen=True, slots=True)
class Side:
    """A trainer's side that is open, and a browser before it."""

    store: Store
    client: TestClient

    def get(self, path: str, status: int = 200, **query: str | float) -> Any:
        return self._told(self.client.get(path, params=query), status)

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        return self._told(self.client.post(path, json=body), status)

    def put(self, path: str, body: Any, status: int = 200) -> Any:
        return self._told(self.client.put(path, json=body), status)

    def delete(self, path: str, status: int = 200) -> Any:
        return self._told(self.client.delete(path), status)

    def upload(self, data: bytes, name: str = "film.mp4", status: int = 200) -> Any:
        return self._told(self.client.post("/api/imports", content=data, headers={"X-Name": name}), status)

    @staticmethod
    def _told(answer: httpx.Response, status: int) -> Any:
        assert answer.status_code == status, answer.text
        told = answer.json()
        if status >= 400:
            assert set(told["text"]) == {"id", "en"}, told
            assert all("\n" not in text and text for text in told["text"].values()), told
        return told


@contextmanager
def side(folder: Path, url: str | None = None) -> Iterator[Side]:
    """:param url: where the rows are on a server"""
    place = open_store(folder) if url is None else open_store(url, files=folder)
    with place as store, program.opened(store, "oxytocin", "id") as desk:
        pages = TrainerPages(desk)
        app = create_app(Door(PORT, TOKEN, home="/sessions", refusal="no token"), pages.routes())
        client = TestClient(app, base_url=BASE, headers={"origin": BASE}, cookies={f"coach_{PORT}": TOKEN})
        try:
            yield Side(store, client)
        finally:
            pages.pool.shutdown(wait=True)


def clip(path: Path, frames: int = 40, times_s: Sequence[float] | None = None) -> Path:
    """The beginning of a real session, with times of its own where they are given."""
    with open_video(CLIP) as video, VideoWriter(path, video.size) as sink:
        for frame in video.frames():
            if frame.index == frames:
                break
            sink.write(frame.image, frame.time_s if times_s is None else times_s[frame.index])
    return path


def turned(source: Path, path: Path) -> Path:
    """The same film as a phone held upright stores it: on its side, with the mark to turn it back."""
    with open_video(source) as video, av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=20)
        stream.width, stream.height, stream.pix_fmt = video.size[1], video.size[0], "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.set_display_rotation(90.0)
        for frame in video.frames():
            image = np.ascontiguousarray(np.rot90(frame.image, -1))
            stored = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")
            stored.pts, stored.time_base = round(1000 * frame.time_s), Fraction(1, 1000)
            container.mux(stream.encode(stored))
        container.mux(stream.encode(None))
    return path


def stamps(path: Path) -> list[float]:
    """When each decoded picture of a film is shown, s, as libav has it."""
    with av.open(str(path)) as film:
        return [float(frame.pts * frame.time_base) for frame in film.decode(video=0)]
