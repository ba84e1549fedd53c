"""A session without pixels through the same fold as a video, to its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coach.domain import (
    BackInfo,
    Floats,
    Frame,
    Hand,
    HandObservation,
    HandTrack,
    Session,
    TrackingInfo,
    VideoInfo,
)
from coach.pipeline import Watching
from coach.protocol import Protocol
from coach.score.session import read
from coach.score.verdict import conclude
from coach.summary.report import report
from tests.simulator import SessionScript, SimulatedSession, random_script, simulate

NOTHING = np.zeros((1, 1, 3), np.uint8)  # the picture that nobody looks at
MOST_MISTAKES = 5
HARD_EVERY, DECOYS_EVERY = 4, 2  # one session in so many


class NoFinder:
    """Finds no hand: the simulator brings the observations."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return ()


class NoMover:
    """Cannot follow any point, since there are no pictures."""

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:  # noqa: ARG002
        return None


class StillBack:
    """A back that never moves."""

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:  # noqa: ARG002
        return np.eye(3)


def session(seed: int) -> SimulatedSession:
    """The session of a seed: with no to five mistakes, every second with decoys, every fourth with a bad camera."""
    return simulate(script(seed), seed)


def script(seed: int) -> SessionScript:
    """What happens in the session of a seed."""
    rng = np.random.default_rng(seed)
    hard, decoys = seed % HARD_EVERY == HARD_EVERY - 1, seed % DECOYS_EVERY == 1
    return random_script(rng, seed % (MOST_MISTAKES + 1), hard, decoys)


def watch(played: SimulatedSession) -> Watching:
    """Folds the observations, as a review would those of a detector."""
    watching = Watching(NoFinder(), NoMover(), StillBack(), played.corners_px)
    for index, (time_s, hands) in enumerate(played.observations):
        watching.observe(Frame(index, time_s, NOTHING), hands)
    return watching


def review(played: SimulatedSession, protocol: Protocol) -> dict[str, Any]:
    """The report of a simulated session."""
    return reported(watch(played).tracks(), protocol, f"simulated-{played.seed}", played.corners_px)


def reported(tracks: dict[Hand, HandTrack], protocol: Protocol, name: str, corners: Floats) -> dict[str, Any]:
    """The report that a review makes of the tracks, but for the times in which no hand was seen."""
    found, items, _ = read(tracks, protocol)
    time_s = tracks["left"].time_s
    counts = np.bincount(tracks["left"].seen.astype(int) + tracks["right"].seen, minlength=3).tolist()
    made = Session(
        video=VideoInfo(name, len(time_s), float(time_s[-1])),
        back=BackInfo("given", corners),
        tracking=TrackingInfo(len(time_s), counts[0], counts[1], counts[2], unseen_s=0.0),
        protocol_id=protocol.id,
        protocol_version=protocol.version,
        protocol_digest=protocol.digest,
        software="coach",
        segments=found,
        items=items,
        total=conclude(items, protocol)[0],
        verdict=conclude(items, protocol)[1],
        scope=protocol.part_ids,
    )
    return report(made)
