"""Sessions made up for the store's tests."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from coach.domain import TrackChunk
from coach.protocol import Protocol, files
from coach.store import Consent, NewSession
from coach.summary.report import report
from tests.summary.example import hardly_seen
from tests.summary.example import session as example

CORNERS = np.array([[180.0, 110.0], [430.0, 110.0], [440.0, 410.0], [190.0, 410.0]])


@cache
def protocol() -> Protocol:
    return files.load("oxytocin")


@cache
def protocol_file() -> bytes:
    return files.read(files.find("oxytocin"))


def new(kader: str = "K07", posyandu: str = "Mawar", consent: Consent | None = None, **more: Any) -> NewSession:
    given = {"source": "live", "mode": "guided"} | more
    return NewSession(
        protocol=protocol(),
        protocol_file=protocol_file(),
        software="coach 0.1.0",
        corners=CORNERS,
        size=(640, 480),
        kader=kader,
        posyandu=posyandu,
        consent=consent,
        **given,
    )


def result() -> dict[str, Any]:
    """coach.report/1 of a session with mistakes: 90 of 116 points."""
    return report(example(protocol()))


def undecided_result() -> dict[str, Any]:
    """coach.report/1 of a session of which too little could be rated: 4 of 4 points."""
    return report(hardly_seen(protocol()))


def chunk(number: int, frames: int = 15) -> TrackChunk:
    """Half a second of two hands; the time tells the number."""
    seed = np.random.default_rng(number)
    time_s = (number * frames + np.arange(frames)) / 30
    return TrackChunk(
        time_s=time_s,
        motions=np.repeat(np.eye(3)[None], frames, axis=0),
        frame=np.repeat(np.arange(frames), 2),
        landmarks=np.round(seed.uniform(0, 640, (2 * frames, 21, 2)) * 8) / 8,
        confidence=np.full(2 * frames, 0.5),
        bridged=np.zeros(2 * frames, dtype=np.bool_),
    )
