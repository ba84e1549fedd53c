"""Sessions made up for the store's tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from coach.domain import ItemScore, Reason, State, TrackChunk, Verdict
from coach.protocol import Protocol, files
from coach.score.verdict import conclude
from coach.store import Consent, NewSession
from coach.summary.report import report
from tests.summary.example import hardly_seen
from tests.summary.example import session as example

FLAWS = {"damaged": "verdict_too_short", "other_motion": "verdict_other_motion"}
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


def judged(state: State) -> dict[str, Any]:
    """coach.report/1 of a session that comes to a verdict; by a flaw of its film or by its items."""
    if state in ("undecided", "damaged", "other_motion"):
        made, points = hardly_seen(protocol()), None
    else:
        made = example(protocol(), mistakes={}, skipped="", unseen="")
        points = {"passed": 2, "not_passed": 0, "provisional": None}[state]
    items = tuple(rated(one, points) if one.kind == "manual" and points is not None else one for one in made.items)
    flaw = None if state not in FLAWS else Verdict(state, Reason(FLAWS[state]))
    total, verdict = conclude(items, protocol(), flaw)
    assert verdict.state == state
    return report(replace(made, items=items, total=total, verdict=verdict))


def rated(item: ItemScore, points: int) -> ItemScore:
    return replace(item, points=points, status="scored", reason=Reason("overridden"))


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
